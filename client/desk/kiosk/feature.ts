import type { Feature } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly shop: (typeof chinese)['shop'] & (typeof pages)['shop'];
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
    {
      path: '/shop/day',
      name: 'daySheet',
      component: () => import('./DaySheetPage.vue'),
      meta: { needs: 'redemption.read' },
    },
  ],
  homeItems({ summary: { volunteersToConfirm }, t }) {
    if (volunteersToConfirm === 0) return [];
    return [
      {
        ...{ name: 'volunteers', to: { name: 'kiosk' }, icon: 'person', count: volunteersToConfirm },
        ...{ text: t('shop.home.waits', { n: volunteersToConfirm }), isUrgent: true },
      },
    ];
  },
  setupSteps: [
    {
      name: 'volunteer',
      order: 70,
      to: { name: 'kiosk', query: { add: 'volunteer' } },
      title: 'shop.setup.volunteer.title',
      why: 'shop.setup.volunteer.why',
      isDone: ({ volunteer }) => volunteer,
    },
    {
      name: 'kiosk',
      order: 80,
      to: { name: 'kiosk', query: { add: 'kiosk' } },
      title: 'shop.setup.kiosk.title',
      why: 'shop.setup.kiosk.why',
      isDone: ({ kiosk }) => kiosk,
    },
    {
      name: 'firstRedemption',
      order: 110,
      to: { name: 'opening' },
      title: 'shop.setup.redemption.title',
      why: 'shop.setup.redemption.why',
      isDone: ({ firstRedemption }) => firstRedemption,
    },
  ],
};
