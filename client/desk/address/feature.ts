import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly address: (typeof chinese)['address'];
  }
}

export const address: Feature = {
  name: 'address',
  chinese,
  within: 'kiosk',
  routes: [
    {
      path: '/address',
      name: 'address',
      component: () => import('./AddressPage.vue'),
      meta: { needs: 'address.read' },
    },
  ],
  homeItems: ({ summary: { movedAddress }, mayDo, t }) =>
    movedAddress === null || !mayDo('address.choose')
      ? []
      : [
          {
            name: 'address',
            to: { name: 'address' },
            icon: 'screen',
            text: t('address.movedTitle'),
            more:
              movedAddress.now === null
                ? t('address.movedOff', { was: movedAddress.was })
                : t('address.movedFromTo', { was: movedAddress.was, now: movedAddress.now }),
            isUrgent: true,
          },
        ],
};
