import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly staff: (typeof chinese)['staff'];
  }
}

export const staff: Feature = {
  name: 'staff',
  chinese,
  place: {
    icon: 'person',
    needs: 'staff.read',
    group: 'village',
    label: 'staff.menu.name',
  },
  routes: [
    {
      path: '/staff',
      name: 'staff',
      component: () => import('./StaffPage.vue'),
      meta: { needs: 'staff.read' },
    },
  ],
  homeItems({ summary: { unconfirmedStaff }, mayDo, t }) {
    if (!mayDo('staff.confirm') || unconfirmedStaff === 0) return [];
    return [
      {
        ...{ name: 'unconfirmed', to: { name: 'staff' }, icon: 'person', count: unconfirmedStaff },
        ...{ text: t('staff.home.waits', { n: unconfirmedStaff }), isUrgent: true },
      },
    ];
  },
  setupSteps: [
    {
      name: 'secondPerson',
      order: 60,
      to: { name: 'staff', query: { add: 'approver' } },
      title: 'staff.setup.title',
      why: 'staff.setup.why',
      isDone: ({ secondPerson }) => secondPerson,
    },
  ],
};
