import { watch } from 'vue';
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type Router,
  type RouteRecordRaw,
} from 'vue-router';
import type { Permission } from '../../../shared/permissions.ts';
import type { Desk } from '../desk.ts';
import type { Feature } from './feature-contract.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Open to whoever comes: setting up and logging in. */
    public?: boolean;
    needs?: Permission;
    /** The page stays the same page while its address changes. */
    isOnePage?: boolean;
    /** A list whose children open beside it (ListDetail): the list stays while they change. */
    isListDetail?: boolean;
  }
}

/** Every page of the desk; the tests look at each of them. */
export function routesOf(features: readonly Feature[]): RouteRecordRaw[] {
  return [
    ...features.flatMap(({ routes = [] }) => routes),
    { path: '/settings', name: 'settings', component: () => import('./SettingsPage.vue') },
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./NowherePage.vue') },
  ];
}

export function createDeskRouter(desk: Desk, features: readonly Feature[]): Router {
  const router = createRouter({
    history: createWebHistory('/desk'),
    routes: routesOf(features),
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });
  router.beforeEach(async (to) => {
    await settled(desk);
    return whereInstead(desk, to);
  });
  router.afterEach((to, from) => {
    if (to.path !== from.path) desk.quiet();
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
