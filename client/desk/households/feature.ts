import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly households: (typeof chinese)['households'];
    readonly changes: (typeof chinese)['changes'];
    readonly passbook: (typeof chinese)['passbook'];
    readonly phones: (typeof chinese)['phones'];
  }
}

export const households: Feature = {
  name: 'households',
  chinese,
  place: {
    icon: 'people',
    needs: 'household.read',
    group: 'daily',
    label: 'households.menu.name',
    short: 'households.menu.short',
  },
  routes: [
    {
      path: '/households',
      name: 'households',
      component: () => import('./HouseholdsPage.vue'),
      meta: { needs: 'household.read', isListDetail: true },
      children: [
        {
          path: '/households/:id',
          name: 'household',
          props: true,
          component: () => import('./HouseholdPage.vue'),
          meta: { needs: 'household.read' },
        },
        {
          path: '/households/:id/edit',
          name: 'editHousehold',
          props: true,
          component: () => import('./EditHouseholdPage.vue'),
          meta: { needs: 'household.change' },
        },
        {
          path: '/households/new',
          name: 'newHousehold',
          component: () => import('./EditHouseholdPage.vue'),
          meta: { needs: 'household.change' },
        },
      ],
    },
    {
      path: '/households/:id/change',
      name: 'changeHousehold',
      props: true,
      component: () => import('./change/ChangePage.vue'),
      meta: { needs: 'proposal.make' },
    },
    {
      path: '/households/:id/passbook',
      name: 'printPassbook',
      props: true,
      component: () => import('./passbook/PrintPassbookPage.vue'),
      meta: { needs: 'household.read' },
    },
  ],
};
