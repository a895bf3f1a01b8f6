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
  ],
};
