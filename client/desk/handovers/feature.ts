import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
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
  homeItems({ summary: { handover }, mayDo, t }) {
    if (!handover) return [];
    const { id, from, to, dueOn, isOverdue, waitsForMe } = handover;
    if (!waitsForMe && !mayDo('handover.start')) return [];
    return [
      {
        ...{ name: 'handover', to: { name: 'handover', params: { id } }, icon: 'swap' },
        text: t(waitsForMe ? 'handovers.home.sign' : 'handovers.home.waits', { from, to }),
        more: t(isOverdue ? 'handovers.home.late' : 'handovers.home.due', { day: dueOn }),
        isUrgent: waitsForMe || isOverdue,
      },
    ];
  },
};
