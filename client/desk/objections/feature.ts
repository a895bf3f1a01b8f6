import type { Feature, HomeItem } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly objections: (typeof chinese)['objections'] & (typeof pages)['objections'];
  }
}

export const objections: Feature = {
  name: 'objections',
  chinese,
  place: {
    icon: 'warning',
    needs: 'village.read',
    group: 'daily',
    label: 'objections.menu.name',
    short: 'objections.menu.short',
  },
  routes: [
    {
      path: '/objections',
      name: 'objections',
      component: () => import('./ObjectionsPage.vue'),
      meta: { needs: 'village.read' },
    },
    {
      path: '/objections/new',
      name: 'new-objection',
      component: () => import('./NewObjectionPage.vue'),
      meta: { needs: 'objection.keep' },
    },
    {
      path: '/objections/:id',
      name: 'objection',
      props: true,
      component: () => import('./ObjectionPage.vue'),
      meta: { needs: 'village.read' },
    },
  ],
  homeItems({ summary: { objections: open }, mayDo, t }) {
    const item = (name: 'forMe' | 'overdue' | 'atRisk' | 'appeals', filter: string): HomeItem => ({
      name: `objections-${name}`,
      to: { name: 'objections', query: { filter } },
      icon: 'warning',
      count: open[name],
      text: t(`objections.home.${name}`),
      isUrgent: true,
    });
    const isConcerned = mayDo('objection.keep') || mayDo('objection.judge');
    const own = [
      ...(mayDo('objection.answer') ? [item('forMe', 'open')] : []),
      ...(isConcerned ? [item('overdue', 'overdue'), item('atRisk', 'open')] : []),
      ...(mayDo('objection.judge') ? [item('appeals', 'appealed')] : []),
    ];
    return own.filter(({ count }) => count !== 0);
  },
};
