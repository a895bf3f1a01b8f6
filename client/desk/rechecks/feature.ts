import type { Feature, HomeItem } from '../shell/feature-contract.ts';
import type pages from './locales/zh-CN.ts';
import chinese from './menu/locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly rechecks: (typeof chinese)['rechecks'] & (typeof pages)['rechecks'];
  }
}

export const rechecks: Feature = {
  name: 'rechecks',
  chinese,
  within: 'notices',
  routes: [
    {
      path: '/rechecks',
      name: 'rechecks',
      component: () => import('./RechecksPage.vue'),
      meta: { needs: 'recheck.read' },
    },
    {
      path: '/rechecks/:month(\\d{4}-\\d{2})',
      name: 'recheck',
      props: true,
      component: () => import('./RecheckPage.vue'),
      meta: { needs: 'recheck.read' },
    },
  ],
  homeItems({ summary: { recheck }, mayDo, t }) {
    const { missing = null, open = 0, openIn = null } = recheck ?? {};
    const of = (name: string, month: string, text: string): HomeItem => {
      return { name, to: { name: 'recheck', params: { month } }, icon: 'search', text };
    };
    const drawing = missing !== null && mayDo('recheck.draw');
    const checking = openIn !== null && mayDo('recheck.check');
    return [
      ...(drawing
        ? [
            {
              ...of('recheckMissing', missing, t('rechecks.home.missing')),
              more: t('rechecks.home.missingMore'),
            },
          ]
        : []),
      ...(checking ? [{ ...of('recheckOpen', openIn, t('rechecks.home.open')), count: open }] : []),
    ];
  },
};
