import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Offer, thingsFor } from '../../../shared/goods/points-as-things.ts';
import { shortName } from '../../../shared/goods/short-name.ts';
import { sayThings } from '../../../shared/goods/things-words.ts';

interface Item extends Offer {
  readonly unit: string;
}

function offer(name: string, unit: string, points: number, over: Partial<Item> = {}): Item {
  return { id: name, kind: 'goods', name, unit, price: points * 100, stock: 20, rank: null, ...over };
}

const shelf = [
  offer('大米', '袋', 32, { rank: 1 }),
  offer('酱油', '瓶', 8, { rank: 2 }),
  offer('食盐', '包', 3, { rank: 3 }),
  offer('菜籽油', '瓶', 28, { rank: 4 }),
  offer('理发', '次', 8, { kind: 'service', stock: null, rank: 5 }),
  offer('电水壶', '个', 55),
];
const said = (balance: number, items = shelf, mayHave?: (item: Item) => number | null) =>
  sayThings(thingsFor(balance * 100, items, mayHave), 'zh-CN');

describe('points as things', () => {
  it.each([
    [119, '够换 3 袋大米和 2 瓶酱油'],
    [45, '够换 1 袋大米和 1 瓶酱油'],
    [8, '够换 1 瓶酱油'],
    [3, '够换 1 包食盐'],
    [2, '再攒 1 分，换 1 包食盐'],
    [0, '再攒 3 分，换 1 包食盐'],
    [-4, '再攒 7 分，换 1 包食盐'],
  ])('%i are said as %s', (balance, sentence) => {
    expect(said(balance)).toBe(sentence);
  });

  it('are said in English with the village’s own units', () => {
    expect(sayThings(thingsFor(4500, shelf), 'en')).toBe('enough for 1 袋 大米 and 1 瓶 酱油');
    expect(sayThings(thingsFor(100, shelf), 'en')).toBe('2 more points for 1 包 食盐');
    expect(sayThings(thingsFor(200, shelf), 'en')).toMatch(/^1 more point for /);
  });

  it('are never what is gone, lent, or over the limit of this month', () => {
    const noRice = shelf.map((item) => (item.name === '大米' ? { ...item, stock: 0 } : item));
    expect(said(45, noRice)).not.toContain('大米');
    expect(said(70, shelf, ({ name }) => (name === '大米' ? 1 : null))).toBe('够换 2 瓶菜籽油和 1 瓶酱油');
    expect(said(70)).toBe('够换 2 袋大米');
    expect(said(40, shelf, ({ name }) => (name === '大米' ? 1 : null))).toBe('够换 1 袋大米和 1 瓶酱油');
    expect(said(100, shelf, ({ name }) => (name === '大米' ? 0 : null))).not.toContain('大米');
    expect(said(10)).not.toContain('理发');
  });

  it('are nothing where the shelf is empty', () => {
    expect(thingsFor(10_000, [])).toEqual({ enough: [], next: null });
    expect(said(100, [])).toBeNull();
  });

  it('never cost more than the balance, and stay within stock, limit and three of three', () => {
    const item = fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom('goods', 'service', 'loan'),
      name: fc.constantFrom('大米', '酱油', '食盐', '毛巾', '香皂', '面粉', '牙膏'),
      price: fc.integer({ min: 0, max: 20_000 }),
      stock: fc.option(fc.integer({ min: 0, max: 5 })),
      rank: fc.option(fc.integer({ min: 1, max: 60 })),
      limit: fc.option(fc.integer({ min: -2, max: 4 })),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: -5000, max: 200_000 }),
        fc.array(item, { maxLength: 30 }),
        (balance, items) => {
          const { enough, next } = thingsFor(balance, items, ({ limit }) => limit);
          const cost = enough.reduce((sum, { item: { price }, count }) => sum + price * count, 0);
          expect(cost).toBeLessThanOrEqual(Math.max(0, balance));
          expect(enough.length).toBeLessThanOrEqual(3);
          expect(new Set(enough.map(({ item: { name } }) => name)).size).toBe(enough.length);
          for (const { item: taken, count } of enough) {
            expect(count).toBeGreaterThan(0);
            expect(count).toBeLessThanOrEqual(Math.min(3, taken.stock ?? 3, taken.limit ?? 3));
            expect(taken.kind).toBe('goods');
          }
          const canHave = items.filter(
            ({ kind, price, stock, limit }) =>
              kind === 'goods' && price > 0 && (stock ?? 1) > 0 && (limit ?? 1) > 0,
          );
          // A household that can have something is told so; another is told what is nearest.
          expect(enough.length > 0).toBe(canHave.some(({ price }) => price <= balance));
          if (enough.length > 0) expect(next).toBeNull();
          else if (canHave.length === 0) expect(next).toBeNull();
          else
            expect(next).toMatchObject({ short: Math.min(...canHave.map(({ price }) => price)) - balance });
        },
      ),
    );
  });
});

describe('a name as people say it', () => {
  it.each([
    ['大米5kg', '大米'],
    ['菜籽油/大豆油1.8L', '菜籽油'],
    ['线手套(2双)', '线手套'],
    ['鸡蛋30枚', '鸡蛋'],
    ['纯牛奶1箱', '纯牛奶'],
    ['LED灯泡9W', 'LED灯泡'],
    ['水彩笔24色', '水彩笔'],
    ['香皂', '香皂'],
    ['5kg', '5kg'],
  ])('leaves the size of %s out', (name, short) => {
    expect(shortName(name)).toBe(short);
  });
});
