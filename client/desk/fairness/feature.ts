import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly fairness: (typeof chinese)['fairness'] & (typeof pages)['fairness'];
  }
}

export const fairness: Feature = {
  name: 'fairness',
  chinese,
  place: {
    icon: 'search',
    needs: 'fairness.read',
    group: 'daily',
    label: 'fairness.menu.name',
    short: 'fairness.menu.short',
  },
  routes: [
    {
      path: '/fairness',
      name: 'fairness',
      component: () => import('./FairnessPage.vue'),
      meta: { needs: 'fairness.read' },
    },
    {
      path: '/fairness/entries',
      name: 'fairnessEntries',
      component: () => import('./FigureEntriesPage.vue'),
      meta: { needs: 'fairness.read' },
    },
    {
      path: '/fairness/visits',
      name: 'fairnessVisits',
      component: () => import('./VisitsPage.vue'),
      meta: { needs: 'fairness.read' },
    },
  ],
};
