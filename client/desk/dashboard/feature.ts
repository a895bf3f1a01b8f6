import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly dashboard: (typeof chinese)['dashboard'];
  }
}

export const dashboard: Feature = {
  name: 'dashboard',
  chinese,
  place: {
    icon: 'chart',
    needs: 'village.read',
    group: 'daily',
    label: 'dashboard.menu.name',
    short: 'dashboard.menu.short',
  },
  routes: [
    {
      path: '/dashboard',
      name: 'dashboard',
      component: () => import('./DashboardPage.vue'),
      meta: { needs: 'village.read' },
    },
  ],
};
