import type { Feature, HomeItem } from '../shell/feature-contract.ts';
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
    badge: ({ waitingForMe, returnedToMe }) => waitingForMe + returnedToMe,
  },
  routes: [
    {
      path: '/approvals',
      name: 'approvals',
      component: () => import('./ApprovalsPage.vue'),
      meta: { needs: 'proposal.read', isListDetail: true },
      children: [
        {
          path: '/approvals/:id',
          name: 'batch',
          props: true,
          component: () => import('./BatchPage.vue'),
          meta: { needs: 'proposal.read' },
        },
        {
          path: '/proposals/:id',
          name: 'proposal',
          props: true,
          component: () => import('./ProposalPage.vue'),
          meta: { needs: 'proposal.read' },
        },
      ],
    },
    {
      path: '/proposals/:id/correct',
      name: 'correct',
      props: true,
      component: () => import('./CorrectPage.vue'),
      meta: { needs: 'proposal.correct' },
    },
  ],
  homeItems({ summary, t }) {
    const waiting: HomeItem = {
      name: 'pile',
      to: { name: 'approvals' },
      icon: 'stamp',
      count: summary.waitingForMe,
      text: t('approvals.home.waiting'),
      isUrgent: true,
    };
    const returned: HomeItem = {
      name: 'returned',
      to: { name: 'approvals', query: { view: 'returned' } },
      icon: 'undo',
      count: summary.returnedToMe,
      text: t('approvals.home.returned'),
      isUrgent: true,
    };
    return [waiting, returned].filter(({ count }) => count !== 0);
  },
};
