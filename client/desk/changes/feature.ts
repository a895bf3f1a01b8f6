import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly agreement: (typeof chinese)['agreement'] & (typeof pages)['agreement'];
  }
}

export const changes: Feature = {
  name: 'changes',
  chinese,
  place: {
    icon: 'done',
    needs: 'change.read',
    group: 'daily',
    label: 'agreement.menu',
  },
  routes: [
    {
      path: '/changes',
      name: 'changes',
      component: () => import('./ChangesPage.vue'),
      meta: { needs: 'change.read' },
    },
  ],
  homeItems({ summary: { changesForMe }, t }) {
    if (changesForMe === 0) return [];
    return [
      {
        ...{ name: 'changes', to: { name: 'changes' }, icon: 'done', count: changesForMe },
        ...{ text: t('agreement.home'), isUrgent: true },
      },
    ];
  },
};
