import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly cards: (typeof chinese)['cards'];
  }
}

export const cards: Feature = {
  name: 'cards',
  chinese,
  within: 'households',
  routes: [
    {
      path: '/cards',
      name: 'cards',
      component: () => import('./CardsPage.vue'),
      meta: { needs: 'card.issue' },
    },
    {
      path: '/print-run',
      name: 'printRun',
      component: () => import('./PrintRunPage.vue'),
      meta: { needs: 'card.issue' },
    },
  ],
  setupSteps: [
    {
      name: 'print',
      order: 90,
      to: { name: 'printRun' },
      title: 'cards.setup.title',
      why: 'cards.setup.why',
      isDone: ({ print }) => print,
      skip: { step: 'print', words: 'cards.setup.none' },
    },
  ],
};
