import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly deductions: (typeof chinese)['deductions'] & (typeof pages)['deductions'];
  }
}

export const deductions: Feature = {
  name: 'deductions',
  chinese,
  place: {
    icon: 'minus',
    needs: 'reminder.read',
    group: 'daily',
    label: 'deductions.menu.name',
    short: 'deductions.menu.short',
  },
  routes: [
    {
      path: '/reminders',
      name: 'deductions',
      component: () => import('./RemindersPage.vue'),
      meta: { needs: 'reminder.read' },
    },
    {
      path: '/reminders/new',
      name: 'new-reminder',
      component: () => import('./NewReminderPage.vue'),
      meta: { needs: 'reminder.keep' },
    },
    {
      path: '/reminders/:id',
      name: 'reminder',
      props: true,
      component: () => import('./ReminderPage.vue'),
      meta: { needs: 'reminder.read' },
    },
  ],
  homeItems({ summary: { reminders: count }, mayDo, t }) {
    if (count === 0 || !mayDo('reminder.keep')) return [];
    const to = { name: 'deductions' };
    return [{ name: 'reminders', to, icon: 'minus', count, text: t('deductions.home'), isUrgent: true }];
  },
};
