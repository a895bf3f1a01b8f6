import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly workdays: (typeof chinese)['workdays'] & (typeof pages)['workdays'];
  }
}

export const workdays: Feature = {
  name: 'workdays',
  chinese,
  place: {
    icon: 'people',
    needs: 'village.read',
    group: 'daily',
    label: 'workdays.menu.name',
  },
  routes: [
    {
      path: '/workdays',
      name: 'workdays',
      component: () => import('./WorkdaysPage.vue'),
      meta: { needs: 'village.read' },
    },
    {
      path: '/workdays/new',
      name: 'new-workday',
      component: () => import('./NewWorkdayPage.vue'),
      meta: { needs: 'workday.lead' },
    },
    {
      path: '/workdays/:id',
      name: 'workday',
      props: true,
      component: () => import('./WorkdayPage.vue'),
      meta: { needs: 'village.read' },
    },
    {
      path: '/workdays/:id/list',
      name: 'workday-list',
      props: true,
      component: () => import('./PaperListPage.vue'),
      meta: { needs: 'workday.keep' },
    },
  ],
  homeItems({ summary, mayDo, t }) {
    const { open } = summary.workdays;
    if (open === 0 || !mayDo('workday.keep')) return [];
    return [
      {
        name: 'workdays-open',
        to: { name: 'workdays' },
        icon: 'people',
        count: open,
        text: t('workdays.home.open'),
      },
    ];
  },
};
