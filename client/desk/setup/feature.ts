import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly setup: (typeof chinese)['setup'];
  }
}

export const setup: Feature = {
  name: 'setup',
  chinese,
  routes: [
    { path: '/setup', name: 'setup', component: () => import('./SetupPage.vue'), meta: { public: true } },
    {
      path: '/opening',
      name: 'opening',
      component: () => import('./OpeningPage.vue'),
      meta: { needs: 'village.read' },
    },
  ],
  homeItems: ({ summary, mayDo, t }) =>
    mayDo('village.open') && !summary.setup.opening
      ? [{ name: 'opening', to: { name: 'opening' }, icon: 'book', text: t('setup.home'), isUrgent: true }]
      : [],
  setupSteps: [
    {
      name: 'opening',
      order: 100,
      to: { name: 'opening' },
      title: 'setup.opening.title',
      why: 'setup.opening.why',
      isDone: ({ opening }) => opening,
    },
  ],
};
