import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'goods.not_found': {
    zh: { title: '没有这件商品', detail: '没有找到这件商品，没有扣分。请刷新后重选。' },
    en: {
      title: 'No such item',
      detail: 'This item was not found; no points were taken. Reload and choose again.',
    },
  },
  'goods.name_taken': {
    zh: { title: '名称已有', detail: '已经有叫[“{name}”]这个名称的商品，没有保存。请换一个名称。' },
    en: {
      title: 'Name taken',
      detail: 'There is an item of this name[ (“{name}”)] already; nothing was saved. Choose another name.',
    },
  },
  'goods.barcode_taken': {
    zh: { title: '条码已有', detail: '这个条码已经是[“{name}”]另一件商品的，没有保存。请核对条码。' },
    en: {
      title: 'Barcode taken',
      detail: 'This barcode belongs to another item[ (“{name}”)]; nothing was saved. Check the barcode.',
    },
  },
  'goods.disabled': {
    zh: { title: '商品已停兑', detail: '没有扣分：[“{name}”]这件商品已停止兑换。请拿掉它，或换一样。' },
    en: {
      title: 'No longer handed out',
      detail:
        'No points were taken: an item[ (“{name}”)] is no longer handed out. Take it out, or choose another.',
    },
  },
  'goods.limit': {
    zh: {
      title: '超过每月限量',
      detail: '没有扣分：[“{name}”]每户每月限量[ {limit} 件，本月还可以兑 {left} 件]。请减少数量。',
    },
    en: {
      title: 'Over the monthly limit',
      detail:
        'No points were taken: there is a monthly limit per household[ on “{name}”: {limit}, with {left} left this month]. Take fewer.',
    },
  },
  'goods.price_changed': {
    zh: {
      title: '价格变了',
      detail: '没有扣分：商品的积分价刚刚改过[，现在合计 {total:points} 分]。请核对新的合计再确认。',
    },
    en: {
      title: 'The price changed',
      detail:
        'No points were taken: prices have just changed[; the total is now {total:points} points]. Check the new total and confirm.',
    },
  },
  'goods.price_day': {
    zh: {
      title: '这一天不能用',
      detail: '新的积分价没有保存：从哪天起，要填明天以后、一年以内的日子。今天就改的话，请选今天。',
    },
    en: {
      title: 'Not on this day',
      detail:
        'The new price was not saved: it can begin tomorrow at the earliest and in a year at the latest. To change it now, choose today.',
    },
  },
  'goods.no_stock': {
    zh: { title: '不记库存', detail: '[“{name}”]这一项是服务，不记库存，什么都没有改动。' },
    en: {
      title: 'No stock is kept',
      detail: 'This item[ (“{name}”)] is a service and has no stock; nothing was changed.',
    },
  },
  'goods.on_shelf': {
    zh: {
      title: '货架上已经有了',
      detail: '[“{name}”]有一样商品已经记过库存[，现在 {left} 件]，这张表都没有入账。请刷新后再看。',
    },
    en: {
      title: 'Already on the shelf',
      detail:
        'An item[ (“{name}”)] is on the shelf already[ ({left})]; nothing was booked of this list. Reload and look again.',
    },
  },
  'goods.has_stock': {
    zh: {
      title: '还有库存',
      detail: '[“{name}”]货架上还有[ {left} 件]，不能改成服务，没有保存。请先盘点清零。',
    },
    en: {
      title: 'Still on the shelf',
      detail:
        'This item[ (“{name}”)] is still on the shelf[ ({left})] and cannot become a service; nothing was saved. Count it down to none first.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  goods: {
    zh: '商店有什么、几分一件、还剩多少，进货和盘点。',
    en: 'What the shop has, at what price and how many; stock in and stocktakes.',
  },
} as const satisfies Tags;
