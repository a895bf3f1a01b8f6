import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly goods: (typeof chinese)['goods'];
  }
}

export const goods: Feature = {
  name: 'goods',
  chinese,
  place: {
    icon: 'basket',
    needs: 'goods.read',
    group: 'daily',
    label: 'goods.menu.name',
  },
  routes: [
    {
      path: '/goods',
      name: 'goods',
      component: () => import('./GoodsPage.vue'),
      meta: { needs: 'goods.read', isListDetail: true },
      children: [
        {
          path: '/goods/new',
          name: 'newGoods',
          component: () => import('./EditGoodsPage.vue'),
          meta: { needs: 'goods.change' },
        },
        {
          path: '/goods/:id',
          name: 'editGoods',
          props: true,
          component: () => import('./EditGoodsPage.vue'),
          meta: { needs: 'goods.change' },
        },
      ],
    },
    {
      path: '/goods/stock-in',
      name: 'stockIn',
      component: () => import('./StockInPage.vue'),
      meta: { needs: 'stock.change' },
    },
    {
      path: '/goods/opening-stock',
      name: 'openingStock',
      component: () => import('./OpeningStockPage.vue'),
      meta: { needs: 'stock.change' },
    },
  ],
  homeItems({ summary: { soldOut: count, setup }, mayDo, t }) {
    // Before the shop opens its shelf is empty as it should be.
    if (count === 0 || !setup.opening || !mayDo('stock.change')) return [];
    return [{ name: 'soldOut', to: { name: 'goods' }, icon: 'basket', count, text: t('goods.home.soldOut') }];
  },
  setupSteps: [
    {
      name: 'stock',
      order: 50,
      to: { name: 'openingStock' },
      title: 'goods.setup.title',
      why: 'goods.setup.why',
      isDone: ({ stock }) => stock,
      skip: { step: 'stock', words: 'goods.setup.none' },
    },
  ],
};
