/** A month's budget: its parts, what counts as giving more, and what each part gets when it is set anew. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headDigest, ownerOfBudget } from '../../../server/budget/ledger-kinds.ts';
import { loosensBudget, partsOf, partUnder } from '../../../server/budget/parts.ts';
import { movesTo } from '../../../server/budget/refill.ts';
import { accountId } from '../../../server/ledger/index.ts';

const HEADS = ['五美家庭', '乡风家风', '村规民俗'] as const;
const budget = (budgetHundredths: number | null, own: Readonly<Record<string, number>> = {}) => ({
  budgetHundredths,
  budgetHeads: Object.entries(own).map(([head, hundredths]) => ({ head, hundredths })),
});

describe('the parts of a budget', () => {
  it('are one account of the month, and one of each category with a part of its own', () => {
    const parts = partsOf(budget(1000, { 五美家庭: 300 }), '2026-05-17');
    expect(parts.map(({ head, hundredths }) => [head, hundredths])).toEqual([
      [null, 700],
      ['五美家庭', 300],
    ]);
    expect(parts.map(({ account }) => accountId(account))).toEqual([
      'budget:2026-05:POINT',
      `budget:2026-05-${headDigest('五美家庭')}:POINT`,
    ]);
    expect(parts.map(({ account }) => ownerOfBudget(accountId(account)))).toEqual([
      { month: '2026-05', digest: null },
      { month: '2026-05', digest: headDigest('五美家庭') },
    ]);
    expect(ownerOfBudget('household:2026-05:POINT')).toBeNull();
    expect([partUnder(parts, '五美家庭')?.head, partUnder(parts, '乡风家风')?.head]).toEqual([
      '五美家庭',
      null,
    ]);
    expect(partsOf(budget(null, { 五美家庭: 300 }), '2026-05-17')).toEqual([]);
  });

  it.each([
    ['none before', budget(null), budget(100), false],
    ['the same', budget(100), budget(100), false],
    ['less', budget(1000, { 五美家庭: 500 }), budget(900, { 五美家庭: 400 }), false],
    ['none any more', budget(1000), budget(null), true],
    ['more in all', budget(1000, { 五美家庭: 500 }), budget(1001, { 五美家庭: 501 }), true],
    ['more for one, less for the others', budget(1000), budget(1000, { 五美家庭: 1000 }), false],
    [
      'less for one, more for the others',
      budget(1000, { 五美家庭: 500 }),
      budget(1000, { 五美家庭: 400 }),
      true,
    ],
    ['a part taken out', budget(1000, { 五美家庭: 100 }), budget(900), true],
    [
      'one part to another',
      budget(1000, { 五美家庭: 500, 乡风家风: 500 }),
      budget(1000, { 五美家庭: 400, 乡风家风: 600 }),
      true,
    ],
  ])('%s', (_, was, is, expected) => {
    expect(loosensBudget(was, is)).toBe(expected);
  });

  it('never get more together than the whole, and give back no more than they hold', () => {
    const amount = fc.nat({ max: 1000 });
    const own = fc.dictionary(
      fc.constantFrom(...HEADS),
      fc.record({ wanted: amount, spent: amount, left: amount }),
    );
    fc.assert(
      fc.property(own, (accounts) => {
        const map = (of: (one: { wanted: number; spent: number; left: number }) => number) =>
          new Map(Object.entries(accounts).map(([id, one]) => [id, of(one)]));
        const wanted = map((one) => one.wanted);
        const allotted = map(({ spent, left }) => spent + left);
        const moves = movesTo(
          wanted,
          allotted,
          map(({ left }) => left),
        );
        const sum = (all: ReadonlyMap<string, number>) =>
          Array.from(all.values()).reduce((total, one) => total + one, 0);
        for (const [id, move] of moves) {
          const { wanted: most, spent, left } = accounts[id] ?? { wanted: 0, spent: 0, left: 0 };
          expect(left + move).toBeGreaterThanOrEqual(0);
          if (move > 0) expect(spent + left + move).toBeLessThanOrEqual(most);
        }
        const spent = sum(map((one) => one.spent));
        expect(sum(allotted) + sum(moves)).toBeLessThanOrEqual(Math.max(sum(wanted), spent));
        // Set to the same again, nothing moves.
        const after = new Map(Array.from(allotted, ([id, was]) => [id, was + (moves.get(id) ?? 0)]));
        const left = map(({ left: was }) => was);
        for (const [id, move] of moves) left.set(id, (left.get(id) ?? 0) + move);
        expect(movesTo(wanted, after, left).size).toBe(0);
      }),
    );
  });
});
