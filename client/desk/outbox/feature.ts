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
  homeItems({ summary: { lateRows, keysToConfirm }, mayDo, t }) {
    const to = { name: 'outbox' };
    const rows = {
      ...({ name: 'outbox', to, icon: 'net', count: lateRows } as const),
      ...{ text: t('outbox.home'), isUrgent: true },
    };
    const keys = { ...rows, name: 'outbox-keys', count: keysToConfirm, text: t('outbox.homeKeys') };
    return [
      ...(lateRows === 0 ? [] : [rows]),
      ...(keysToConfirm === 0 || !mayDo('outbox.confirmKey') ? [] : [keys]),
    ];
  },
};
