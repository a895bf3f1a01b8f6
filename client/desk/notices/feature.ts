import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly notices: (typeof chinese)['notices'] & (typeof pages)['notices'];
  }
}

export const notices: Feature = {
  name: 'notices',
  chinese,
  place: {
    icon: 'notice',
    needs: 'village.read',
    group: 'daily',
    label: 'notices.menu.name',
    short: 'notices.menu.short',
  },
  routes: [
    {
      path: '/notices',
      name: 'notices',
      component: () => import('./NoticesPage.vue'),
      meta: { needs: 'village.read' },
    },
  ],
};
