import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly reports: (typeof chinese)['reports'] & (typeof pages)['reports'];
  }
}

export const reports: Feature = {
  name: 'reports',
  chinese,
  place: {
    icon: 'phone',
    needs: 'report.read',
    group: 'daily',
    label: 'reports.menu.name',
    short: 'reports.menu.short',
  },
  routes: [
    {
      path: '/reports',
      name: 'reports',
      component: () => import('./ReportsPage.vue'),
      meta: { needs: 'report.read' },
    },
    {
      path: '/reports/:id',
      name: 'report',
      props: true,
      component: () => import('./ReportPage.vue'),
      meta: { needs: 'report.read' },
    },
  ],
  homeItems({ summary: { reports: waiting }, mayDo, t }) {
    if (!mayDo('report.check') || waiting.forMe === 0) return [];
    return [
      {
        name: 'reports',
        to: { name: 'reports' },
        icon: 'phone',
        count: waiting.forMe,
        text: t('reports.home.forMe'),
        isUrgent: true,
      },
    ];
  },
};
