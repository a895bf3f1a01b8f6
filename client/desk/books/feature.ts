import { DAY_MS } from '../../../shared/business-day.ts';
import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly ledger: (typeof chinese)['ledger'];
    readonly proof: (typeof chinese)['proof'];
  }
}

/** The server verifies by itself each day. A longer time means that it does not run every day. */
const VERIFY_AFTER_MS = 3 * DAY_MS;

export const books: Feature = {
  name: 'books',
  chinese,
  place: {
    icon: 'ledger',
    needs: 'ledger.read',
    group: 'daily',
    label: 'ledger.menu.name',
    short: 'ledger.menu.short',
  },
  routes: [
    {
      path: '/ledger',
      name: 'books',
      component: () => import('./EntriesPage.vue'),
      meta: { needs: 'ledger.read', isListDetail: true },
      children: [
        {
          path: '/ledger/:number(\\d+)',
          name: 'entry',
          props: (route) => ({ number: Number(route.params.number) }),
          component: () => import('./EntryPage.vue'),
          meta: { needs: 'ledger.read' },
        },
      ],
    },
    {
      path: '/ledger/proof',
      name: 'proof',
      component: () => import('./ProofPage.vue'),
      meta: { needs: 'ledger.read' },
    },
  ],
  homeItems({ summary: { beganAtMs, entries, lastVerification: last }, mayDo, since, t }) {
    if (!mayDo('ledger.verify') || entries === 0) return [];
    const tile = { name: 'verify', to: { name: 'proof' } };
    // The first verification comes by itself within a day: before that there is nothing to say.
    if (last === null && Date.now() - (beganAtMs ?? Infinity) < VERIFY_AFTER_MS) return [];
    if (last === null) return [{ ...tile, icon: 'ledger', text: t('ledger.home.never') }];
    if (!last.ok) return [{ ...tile, icon: 'stop', text: t('ledger.home.bad'), isUrgent: true }];
    if (Date.now() - last.finishedAtMs < VERIFY_AFTER_MS) return [];
    const more = t('ledger.home.oldWhen', { since: since(last.finishedAtMs) });
    return [{ ...tile, icon: 'ledger', text: t('ledger.home.old'), more }];
  },
};
