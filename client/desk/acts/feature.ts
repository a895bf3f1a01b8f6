import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly acts: (typeof chinese)['acts'] & (typeof pages)['acts'];
  }
}

export const acts: Feature = {
  name: 'acts',
  chinese,
  place: {
    icon: 'list',
    needs: 'acts.read',
    group: 'daily',
    label: 'acts.menu',
  },
  routes: [
    {
      path: '/acts',
      name: 'acts',
      component: () => import('./ActsPage.vue'),
      meta: { needs: 'acts.read' },
    },
  ],
};
