import { watch } from 'vue';
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type Router,
  type RouteRecordRaw,
} from 'vue-router';
import type { Permission } from '../../shared/permissions.ts';
import type { Desk } from './desk.ts';
import { habitsOf } from './home/place-visits.ts';
import { isIn, PLACES } from './navigation.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Open to whoever comes: setting up and logging in. */
    public?: boolean;
    needs?: Permission;
    /** The page stays the same page while its address changes. */
    isOnePage?: boolean;
  }
}

/** Every page of the desk; the tests look at each of them. */
export const routes: RouteRecordRaw[] = [
  { path: '/setup', name: 'setup', component: () => import('./setup/SetupPage.vue'), meta: { public: true } },
  {
    path: '/login',
    name: 'login',
    component: () => import('./session/LoginPage.vue'),
    meta: { public: true },
  },
  { path: '/password', name: 'password', component: () => import('./session/PasswordPage.vue') },
  { path: '/', name: 'home', component: () => import('./home/HomePage.vue') },
  {
    path: '/dashboard',
    name: 'dashboard',
    component: () => import('./dashboard/DashboardPage.vue'),
    meta: { needs: 'village.read' },
  },
  {
    path: '/notices',
    name: 'notices',
    component: () => import('./notices/NoticesPage.vue'),
    meta: { needs: 'village.read' },
  },
  {
    path: '/award',
    name: 'award',
    component: () => import('./award/AwardPage.vue'),
    meta: { needs: 'proposal.make' },
  },
  {
    path: '/approvals',
    name: 'approvals',
    component: () => import('./approvals/ApprovalsPage.vue'),
    meta: { needs: 'proposal.read' },
  },
  {
    path: '/proposals/:id/correct',
    name: 'correct',
    props: true,
    component: () => import('./approvals/CorrectPage.vue'),
    meta: { needs: 'proposal.make' },
  },
  {
    path: '/proposals/:id',
    name: 'proposal',
    props: true,
    component: () => import('./approvals/ProposalPage.vue'),
    meta: { needs: 'proposal.read' },
  },
  {
    path: '/households',
    name: 'households',
    component: () => import('./households/HouseholdsPage.vue'),
    meta: { needs: 'household.read' },
  },
  {
    path: '/households/new',
    name: 'newHousehold',
    component: () => import('./households/EditHouseholdPage.vue'),
    meta: { needs: 'household.change' },
  },
  {
    path: '/households/:id',
    name: 'household',
    props: true,
    component: () => import('./households/HouseholdPage.vue'),
    meta: { needs: 'household.read' },
  },
  {
    path: '/households/:id/edit',
    name: 'editHousehold',
    props: true,
    component: () => import('./households/EditHouseholdPage.vue'),
    meta: { needs: 'household.change' },
  },
  {
    path: '/households/:id/change',
    name: 'changeHousehold',
    props: true,
    component: () => import('./households/change/ChangePage.vue'),
    meta: { needs: 'proposal.make' },
  },
  {
    path: '/households/:id/passbook',
    name: 'printPassbook',
    props: true,
    component: () => import('./households/passbook/PrintPassbookPage.vue'),
    meta: { needs: 'household.read' },
  },
  {
    path: '/cards',
    name: 'cards',
    component: () => import('./cards/CardsPage.vue'),
    meta: { needs: 'card.issue' },
  },
  {
    path: '/import',
    name: 'imports',
    component: () => import('./imports/ImportsPage.vue'),
    meta: { needs: 'paper.import' },
  },
  {
    path: '/import/:kind(roster|balances|rules|goods)/:id?',
    name: 'import',
    props: true,
    component: () => import('./imports/ImportPage.vue'),
    meta: { needs: 'paper.import', isOnePage: true },
  },
  {
    path: '/rules',
    name: 'rules',
    component: () => import('./rules/RulesPage.vue'),
    meta: { needs: 'rule.read' },
  },
  {
    path: '/rules/new',
    name: 'newRule',
    component: () => import('./rules/EditRulePage.vue'),
    meta: { needs: 'rule.change' },
  },
  {
    path: '/rules/:id',
    name: 'rule',
    props: true,
    component: () => import('./rules/RulePage.vue'),
    meta: { needs: 'rule.read' },
  },
  {
    path: '/rules/:id/edit',
    name: 'editRule',
    props: true,
    component: () => import('./rules/EditRulePage.vue'),
    meta: { needs: 'rule.change' },
  },
  {
    path: '/goods',
    name: 'goods',
    component: () => import('./goods/GoodsPage.vue'),
    meta: { needs: 'goods.read' },
  },
  {
    path: '/goods/new',
    name: 'newGoods',
    component: () => import('./goods/EditGoodsPage.vue'),
    meta: { needs: 'goods.change' },
  },
  {
    path: '/goods/stock-in',
    name: 'stockIn',
    component: () => import('./goods/StockInPage.vue'),
    meta: { needs: 'stock.change' },
  },
  {
    path: '/goods/:id',
    name: 'editGoods',
    props: true,
    component: () => import('./goods/EditGoodsPage.vue'),
    meta: { needs: 'goods.change' },
  },
  {
    path: '/shop',
    name: 'shop',
    component: () => import('./shop/ShopPage.vue'),
    meta: { needs: 'kiosk.read' },
  },
  {
    path: '/staff',
    name: 'staff',
    component: () => import('./staff/StaffPage.vue'),
    meta: { needs: 'staff.read' },
  },
  {
    path: '/backups',
    name: 'backups',
    component: () => import('./backups/BackupsPage.vue'),
    meta: { needs: 'backup.manage' },
  },
  {
    path: '/village',
    name: 'village',
    component: () => import('./village/VillagePage.vue'),
    meta: { needs: 'village.change' },
  },
  {
    path: '/ledger',
    name: 'ledger',
    component: () => import('./ledger/EntriesPage.vue'),
    meta: { needs: 'ledger.read' },
  },
  {
    path: '/ledger/proof',
    name: 'proof',
    component: () => import('./ledger/ProofPage.vue'),
    meta: { needs: 'ledger.read' },
  },
  {
    path: '/ledger/:number(\\d+)',
    name: 'entry',
    props: (route) => ({ number: Number(route.params.number) }),
    component: () => import('./ledger/EntryPage.vue'),
    meta: { needs: 'ledger.read' },
  },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./layout/NowherePage.vue') },
];

export function createDeskRouter(desk: Desk): Router {
  const router = createRouter({
    history: createWebHistory('/desk'),
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });
  router.beforeEach(async (to) => {
    await settled(desk);
    return whereInstead(desk, to);
  });
  router.afterEach((to, from) => {
    if (to.path !== from.path) desk.quiet();
    const staffId = desk.session?.staff.id;
    const place = PLACES.find((one) => isIn(one, to.name));
    // Coming to a place from another one is a habit; moving about in it is not.
    if (staffId !== undefined && place && !isIn(place, from.name))
      habitsOf(staffId, () => localStorage).came(place.name);
  });
  // A log-in that ended elsewhere ends here too; after logging in again one is back where one was.
  watch(
    () => desk.stage,
    (now, before) => {
      if (before === 'in' && now === 'out') void router.push(loginFor(router.currentRoute.value));
    },
  );
  return router;
}

/** Waits until it is known who sits here. */
async function settled(desk: Desk): Promise<void> {
  const isSettled = () => desk.stage !== 'starting' && desk.stage !== 'unreachable';
  if (isSettled()) return;
  await new Promise<void>((resolve) => {
    const stop = watch(
      () => desk.stage,
      () => {
        if (!isSettled()) return;
        stop();
        resolve();
      },
    );
  });
}

function whereInstead(desk: Desk, to: RouteLocationNormalized): true | string | object {
  const stage = desk.stage;
  if (stage === 'setup') return to.name === 'setup' || { name: 'setup', query: to.query };
  if (stage === 'out') return to.name === 'login' || loginFor(to);
  if (desk.session?.staff.mustChangePassword) return to.name === 'password' || { name: 'password' };
  if (to.meta.public) {
    const next = to.query.next;
    // The demo's log-ins are shown on the setup page itself, after it has been done.
    if (to.name === 'setup') return { name: 'home' };
    return typeof next === 'string' && next.startsWith('/') ? next : { name: 'home' };
  }
  return to.meta.needs === undefined || desk.mayDo(to.meta.needs) || { name: 'home' };
}

function loginFor(route: RouteLocationNormalized): object {
  const isHome = route.name === 'home' || route.meta.public === true;
  return { name: 'login', query: isHome ? {} : { next: route.fullPath } };
}
