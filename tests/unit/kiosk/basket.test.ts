import { describe, expect, it } from 'vitest';
import {
  allowedMore,
  categoriesOf,
  keepKnown,
  leftAfter,
  obstacleTo,
  reachable,
  inOrder,
  totalOf,
  withQuantity,
  type BasketLine,
  type Purchase,
} from '../../../client/kiosk/basket.ts';
import type { GoodsItem } from '../../../shared/goods/contract.ts';

function item(id: string, over: Partial<GoodsItem> = {}): GoodsItem {
  return {
    id,
    kind: 'goods',
    category: '米面粮油',
    name: id,
    unit: '件',
    price: 300,
    costFen: null,
    barcode: null,
    monthlyLimit: null,
    enabled: true,
    pictureId: null,
    ...{ nextPrice: null, formerPrice: null },
    chosenDrawing: null,
    drawing: 'salt-bag',
    rank: null,
    stock: 10,
    ...over,
  };
}

const salt = item('salt', { price: 300, stock: 2 });
const rice = item('rice', { price: 3250, monthlyLimit: 3 });
const haircut = item('haircut', { category: '便民服务', price: 800, kind: 'service', stock: null });
const goods = new Map([salt, rice, haircut].map((one) => [one.id, one]));

function purchase(lines: readonly BasketLine[], balance = 10_000): Purchase {
  return { balance, lines, goods, remaining: new Map([['rice', 2]]), most: null };
}

describe('basket', () => {
  it('takes no more without the server than may be handed out without it', () => {
    const alone = { ...purchase([{ goodsId: 'salt', quantity: 1 }]), most: 599 };
    expect([obstacleTo(alone, salt), obstacleTo({ ...alone, most: 600 }, salt)]).toEqual([
      'needs_network',
      null,
    ]);
    expect(obstacleTo({ ...alone, most: null }, salt)).toBeNull();
  });

  it('keeps the order of first adding, changes quantities, and takes out at zero', () => {
    let lines: BasketLine[] = [];
    lines = withQuantity(lines, 'salt', 1);
    lines = withQuantity(lines, 'rice', 2);
    lines = withQuantity(lines, 'salt', 3);
    expect(lines).toEqual([
      { goodsId: 'salt', quantity: 3 },
      { goodsId: 'rice', quantity: 2 },
    ]);
    expect(withQuantity(lines, 'salt', 0)).toEqual([{ goodsId: 'rice', quantity: 2 }]);
  });

  it('adds up in whole hundredths and says what is left', () => {
    const lines = [
      { goodsId: 'salt', quantity: 2 },
      { goodsId: 'rice', quantity: 1 },
    ];
    expect(totalOf(lines, goods)).toBe(3850);
    expect(leftAfter(purchase(lines))).toBe(6150);
  });

  it('stops at the stock, at the month’s limit and at the balance, in that order', () => {
    expect(obstacleTo(purchase([{ goodsId: 'salt', quantity: 1 }]), salt)).toBeNull();
    expect(obstacleTo(purchase([{ goodsId: 'salt', quantity: 2 }]), salt)).toBe('sold_out');
    expect(obstacleTo(purchase([{ goodsId: 'rice', quantity: 2 }]), rice)).toBe('limit');
    expect(obstacleTo(purchase([], 3249), rice)).toBe('points_short');
    expect(obstacleTo(purchase([], 3250), rice)).toBeNull();
    expect(obstacleTo(purchase([{ goodsId: 'haircut', quantity: 9 }]), haircut)).toBeNull();
  });

  it('counts the basket against the month’s limit, and knows where there is none', () => {
    expect(allowedMore(purchase([{ goodsId: 'rice', quantity: 1 }]), 'rice')).toBe(1);
    expect(allowedMore(purchase([{ goodsId: 'rice', quantity: 5 }]), 'rice')).toBe(0);
    expect(allowedMore(purchase([]), 'salt')).toBeNull();
  });

  it('drops what is no longer handed out when a kept basket meets fresh goods', () => {
    const kept = [
      { goodsId: 'gone', quantity: 1 },
      { goodsId: 'salt', quantity: 1 },
    ];
    expect(keepKnown(kept, goods)).toEqual([{ goodsId: 'salt', quantity: 1 }]);
  });

  it('keeps what cannot be had in its place, among the others of its category', () => {
    const soldOut = item('soap', { price: 100, stock: 0 });
    const shown = inOrder([soldOut, haircut, rice, salt]);
    expect(shown.map((one) => one.id)).toEqual(['soap', 'rice', 'salt', 'haircut']);
    expect(categoriesOf([rice, haircut, salt])).toEqual(['米面粮油', '便民服务']);
  });

  it('begins with what is taken most, where that is known', () => {
    const ranked = [salt, { ...rice, rank: 2 }, { ...haircut, rank: 1 }];
    expect(inOrder(ranked).map((one) => one.id)).toEqual(['haircut', 'rice', 'salt']);
    const seldom = [haircut, { ...salt, rank: 13 }, { ...rice, rank: 40 }];
    expect(inOrder(seldom).map((one) => one.id)).toEqual(['haircut', 'salt', 'rice']);
  });

  it('F17: counts only what can be had now, the basket counted', () => {
    const soldOut = item('soap', { price: 100, stock: 0 });
    const all = [soldOut, rice, salt, haircut];
    expect(reachable(all, purchase([]))).toBe(3);
    expect(reachable(all, purchase([{ goodsId: 'salt', quantity: 2 }]))).toBe(2);
    expect(reachable(all, purchase([], 0))).toBe(0);
  });
});
