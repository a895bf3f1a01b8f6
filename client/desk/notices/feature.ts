import type { Feature, HomeItem } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly notices: (typeof chinese)['notices'] & (typeof pages)['notices'];
  }
}

export const notices: Feature = {
  name: 'notices',
  chinese,
  place: {
    icon: 'notice',
    needs: 'village.read',
    group: 'daily',
    label: 'notices.menu.name',
    short: 'notices.menu.short',
  },
  routes: [
    {
      path: '/notices',
      name: 'notices',
      component: () => import('./NoticesPage.vue'),
      meta: { needs: 'village.read' },
    },
    {
      path: '/notices/numbered',
      name: 'numbered-notices',
      component: () => import('./NumberedNoticesPage.vue'),
      meta: { needs: 'village.read' },
    },
    {
      path: '/notices/numbered/:id',
      name: 'numbered-notice',
      props: true,
      component: () => import('./NumberedNoticePage.vue'),
      meta: { needs: 'village.read' },
    },
  ],
  homeItems({ summary: { notices: open }, mayDo, t }) {
    const item = (name: 'deeds' | 'toPutUp' | 'toReview'): HomeItem => ({
      name: `notices-${name}`,
      to: { name: 'numbered-notices' },
      icon: 'notice',
      count: open[name],
      text: t(`notices.home.${name}`),
      isUrgent: true,
    });
    const own = [
      ...(mayDo('notice.keep') ? (['deeds', 'toPutUp'] as const) : []),
      ...(mayDo('signature.sign') ? (['toReview'] as const) : []),
    ];
    return own.map(item).filter(({ count }) => count !== 0);
  },
};
