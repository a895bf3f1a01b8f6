import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly shop: (typeof chinese)['shop'];
  }
}

export const kiosk: Feature = {
  name: 'kiosk',
  chinese,
  place: {
    icon: 'screen',
    needs: 'kiosk.read',
    group: 'village',
    label: 'shop.menu.name',
  },
  routes: [
    {
      path: '/shop',
      name: 'kiosk',
      component: () => import('./ShopPage.vue'),
      meta: { needs: 'kiosk.read' },
    },
  ],
};
