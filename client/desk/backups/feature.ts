import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly backups: (typeof chinese)['backups'] & (typeof pages)['backups'];
  }
}

export const backups: Feature = {
  name: 'backups',
  chinese,
  place: {
    icon: 'download',
    needs: 'backup.manage',
    group: 'village',
    label: 'backups.menu.name',
  },
  routes: [
    {
      path: '/backups',
      name: 'backups',
      component: () => import('./BackupsPage.vue'),
      meta: { needs: 'backup.manage' },
    },
  ],
};
