import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly village: (typeof chinese)['village'] & (typeof pages)['village'];
  }
}

export const village: Feature = {
  name: 'village',
  chinese,
  place: {
    icon: 'gear',
    needs: 'village.change',
    group: 'village',
    label: 'village.menu.name',
  },
  routes: [
    {
      path: '/village',
      name: 'village',
      component: () => import('./VillagePage.vue'),
      meta: { needs: 'village.change' },
    },
  ],
};
