import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly award: (typeof chinese)['award'];
  }
}

export const award: Feature = {
  name: 'award',
  chinese,
  place: {
    icon: 'star',
    needs: 'proposal.make',
    group: 'daily',
    label: 'award.menu.name',
    short: 'award.menu.short',
    isCentral: true,
  },
  routes: [
    {
      path: '/award',
      name: 'award',
      component: () => import('./AwardPage.vue'),
      meta: { needs: 'proposal.make' },
    },
    // The pages of imports, in the place of those who propose.
    {
      path: '/score-sheet/:id?',
      name: 'scores',
      component: () => import('../imports/ImportPage.vue'),
      props: ({ params }) => ({ kind: 'scores', ...params }),
      meta: { needs: 'proposal.make', isOnePage: true },
    },
  ],
};
