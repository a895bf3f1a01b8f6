import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly signatures: (typeof chinese)['signatures'] & (typeof pages)['signatures'];
  }
}

export const signatures: Feature = {
  name: 'signatures',
  chinese,
  place: {
    icon: 'stamp',
    needs: 'signature.read',
    group: 'daily',
    label: 'signatures.menu',
  },
  routes: [
    {
      path: '/signatures',
      name: 'signatures',
      component: () => import('./SignaturesPage.vue'),
      meta: { needs: 'signature.read' },
    },
  ],
};
