import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutInMiddle } from '../../../client/ui/cut-in-middle.ts';

describe('a name that is too long for its place', () => {
  it.each([
    ['食盐400g', '食盐400g'],
    ['菜籽油/大豆油1.8L', '菜籽油/大豆油1.8L'],
    ['金龙鱼一级压榨菜籽油5升', '金龙鱼一级压榨菜籽油5升'],
    ['金龙鱼一级压榨特香菜籽油（非转基因）5升家庭装', '金龙鱼一级压榨特…5升家庭装'],
    ['金龙鱼一级压榨特香菜籽油（非转基因）1.8升小瓶装', '金龙鱼一级压榨…1.8升小瓶装'],
    ['', ''],
  ])('%s stands as %s', (name, shown) => {
    expect(cutInMiddle(name, 14)).toBe(shown);
  });

  it('halves no figure', () => {
    expect(cutInMiddle('食用植物调和油家庭实惠装12345678.5毫升一大桶', 14)).toMatch(
      /…12345678\.5毫升一大桶$/,
    );
  });

  it('keeps beginning and end, and is never longer than the name', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[米面油a-z0-9]{1,60}$/u),
        fc.integer({ min: 8, max: 20 }),
        (name, room) => {
          const shown = cutInMiddle(name, room);
          expect(shown.length).toBeLessThanOrEqual(name.length + 1);
          const [start = '', end = ''] = shown.split('…');
          expect(name.startsWith(start)).toBe(true);
          expect(name.endsWith(end)).toBe(true);
        },
      ),
    );
  });
});
