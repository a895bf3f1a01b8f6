import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import { handoverItem } from './home-item.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly handovers: (typeof chinese)['handovers'] & (typeof pages)['handovers'];
  }
}

export const handovers: Feature = {
  name: 'handovers',
  chinese,
  within: 'signatures',
  routes: [
    {
      path: '/handovers',
      name: 'handovers',
      component: () => import('./HandoversPage.vue'),
      meta: { needs: 'handover.read' },
    },
    {
      path: '/handovers/:id',
      name: 'handover',
      props: true,
      component: () => import('./HandoverPage.vue'),
      meta: { needs: 'handover.read' },
    },
  ],
  homeItems({ summary: { handover }, mayDo, t, day }) {
    const isShown = handover !== null && (handover.waitsForMe || mayDo('handover.start'));
    return isShown ? [handoverItem(handover, { t, day })] : [];
  },
};
