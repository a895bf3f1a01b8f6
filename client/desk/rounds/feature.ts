import type { Feature, HomeItem } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly rounds: (typeof chinese)['rounds'] & (typeof pages)['rounds'];
  }
}

export const rounds: Feature = {
  name: 'rounds',
  chinese,
  place: {
    icon: 'list',
    needs: 'round.read',
    group: 'daily',
    label: 'rounds.menu',
  },
  routes: [
    {
      path: '/rounds',
      name: 'rounds',
      component: () => import('./RoundsPage.vue'),
      meta: { needs: 'round.read' },
    },
    {
      path: '/rounds/new',
      name: 'new-round',
      component: () => import('./NewRoundPage.vue'),
      meta: { needs: 'round.open' },
    },
    {
      path: '/rounds/:id',
      name: 'round',
      props: true,
      component: () => import('./RoundPage.vue'),
      meta: { needs: 'round.read' },
    },
    {
      path: '/rounds/:id/mark',
      name: 'mark-round',
      props: true,
      component: () => import('./MarkPage.vue'),
      meta: { needs: 'round.mark' },
    },
    {
      path: '/rounds/:id/key/:judge',
      name: 'key-round',
      props: true,
      component: () => import('./KeyPage.vue'),
      meta: { needs: 'round.mark' },
    },
  ],
  homeItems({ summary: { rounds: open }, t }) {
    const item = (name: 'toMark' | 'toClose'): HomeItem => ({
      name: `rounds-${name}`,
      to: { name: 'rounds' },
      icon: 'list',
      count: open[name],
      text: t(`rounds.home.${name}`),
      isUrgent: true,
    });
    return [item('toMark'), item('toClose')].filter(({ count }) => count !== 0);
  },
};
