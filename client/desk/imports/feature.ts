import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly imports: (typeof chinese)['imports'];
  }
}

export const imports: Feature = {
  name: 'imports',
  chinese,
  place: {
    icon: 'upload',
    needs: 'paper.import',
    group: 'village',
    label: 'imports.menu.name',
  },
  routes: [
    {
      path: '/import',
      name: 'imports',
      component: () => import('./ImportsPage.vue'),
      meta: { needs: 'paper.import' },
    },
    {
      path: '/import/:kind(roster|balances|rules|goods)/:id?',
      name: 'import',
      props: true,
      component: () => import('./ImportPage.vue'),
      meta: { needs: 'paper.import', isOnePage: true },
    },
  ],
};
