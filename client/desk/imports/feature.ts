import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly imports: (typeof chinese)['imports'] & (typeof pages)['imports'];
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
  setupSteps: [
    {
      name: 'roster',
      order: 10,
      to: { name: 'import', params: { kind: 'roster' } },
      title: 'imports.setup.roster.title',
      why: 'imports.setup.roster.why',
      isDone: ({ households }) => households,
    },
    {
      name: 'rules',
      order: 20,
      to: { name: 'import', params: { kind: 'rules' } },
      title: 'imports.setup.rules.title',
      why: 'imports.setup.rules.why',
      isDone: ({ rules }) => rules,
    },
    {
      name: 'goods',
      order: 30,
      to: { name: 'import', params: { kind: 'goods' } },
      title: 'imports.setup.goods.title',
      why: 'imports.setup.goods.why',
      isDone: ({ goods }) => goods,
    },
    {
      name: 'balances',
      order: 40,
      to: { name: 'import', params: { kind: 'balances' } },
      title: 'imports.setup.balances.title',
      why: 'imports.setup.balances.why',
      isDone: ({ balances }) => balances,
      skip: { step: 'balances', words: 'imports.setup.balances.none' },
    },
  ],
};
