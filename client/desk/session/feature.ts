import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly session: (typeof chinese)['session'];
  }
}

export const session: Feature = {
  name: 'session',
  chinese,
  routes: [
    {
      path: '/login',
      name: 'login',
      component: () => import('./LoginPage.vue'),
      meta: { public: true },
    },
    { path: '/password', name: 'password', component: () => import('./PasswordPage.vue') },
  ],
};
