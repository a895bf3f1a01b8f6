import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly approvals: (typeof chinese)['approvals'];
  }
}

export const approvals: Feature = {
  name: 'approvals',
  chinese,
  place: {
    icon: 'stamp',
    needs: 'proposal.read',
    group: 'daily',
    label: 'approvals.menu.name',
    short: 'approvals.menu.short',
    isAlwaysInView: true,
  },
  routes: [
    {
      path: '/approvals',
      name: 'approvals',
      component: () => import('./ApprovalsPage.vue'),
      meta: { needs: 'proposal.read' },
    },
    {
      path: '/proposals/:id/correct',
      name: 'correct',
      props: true,
      component: () => import('./CorrectPage.vue'),
      meta: { needs: 'proposal.make' },
    },
    {
      path: '/proposals/:id',
      name: 'proposal',
      props: true,
      component: () => import('./ProposalPage.vue'),
      meta: { needs: 'proposal.read' },
    },
  ],
  homeItems: ({ summary, t }) => [
    ...(summary.waitingForMe === 0
      ? []
      : [
          {
            name: 'pile',
            to: { name: 'approvals' },
            icon: 'stamp' as const,
            count: summary.waitingForMe,
            text: t('approvals.home.waiting'),
            isUrgent: true,
          },
        ]),
    ...(summary.returnedToMe === 0
      ? []
      : [
          {
            name: 'returned',
            to: { name: 'approvals', query: { view: 'returned' } },
            icon: 'undo' as const,
            count: summary.returnedToMe,
            text: t('approvals.home.returned'),
            isUrgent: true,
          },
        ]),
  ],
};
