import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly share: (typeof pages)['share'];
  }
}

/** The week's good news for the village's chat group and its loudspeaker. */
export const share: Feature = {
  name: 'share',
  chinese: {},
  within: 'notices',
  routes: [
    {
      path: '/share',
      name: 'share',
      component: () => import('./SharePage.vue'),
      meta: { needs: 'village.read' },
    },
  ],
};
