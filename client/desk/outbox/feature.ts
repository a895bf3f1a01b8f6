import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly outbox: (typeof chinese)['outbox'] & (typeof pages)['outbox'];
  }
}

/** The hand-overs of counters without network. Until there is any, nothing leads here. */
export const outbox: Feature = {
  name: 'outbox',
  chinese,
  within: 'kiosk',
  routes: [
    {
      path: '/without-network',
      name: 'outbox',
      component: () => import('./LateRowsPage.vue'),
      meta: { needs: 'outbox.read' },
    },
  ],
  homeItems({ summary: { lateRows }, t }) {
    if (lateRows === 0) return [];
    return [
      {
        ...{ name: 'outbox', to: { name: 'outbox' }, icon: 'net', count: lateRows },
        ...{ text: t('outbox.home'), isUrgent: true },
      },
    ];
  },
};
