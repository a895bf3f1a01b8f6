import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly home: (typeof chinese)['home'];
  }
}

export const home: Feature = {
  name: 'home',
  chinese,
  place: {
    icon: 'home',
    needs: 'village.read',
    group: 'daily',
    label: 'home.menu.name',
    short: 'home.menu.short',
  },
  routes: [{ path: '/', name: 'home', component: () => import('./HomePage.vue') }],
};
