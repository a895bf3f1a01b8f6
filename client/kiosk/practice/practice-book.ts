import type { GoodsItem } from '../../../shared/goods/contract.ts';
import { UNDO_WITHIN_MS } from '../../../shared/kiosk/undo-limit.ts';
import { maskName } from '../../../shared/mask-name.ts';
import type { AnswerOf, BodyOf } from '../../api/index.ts';
import type { Redemption } from '../counter/state.ts';
import type { PracticeHousehold } from './practice-shop.ts';

interface BookParts {
  readonly households: readonly PracticeHousehold[];
  readonly goods: readonly GoodsItem[];
  readonly now: () => number;
  readonly volunteer: string;
}

type Statement = AnswerOf<'kiosk.statement'>;

interface Booked {
  readonly key: string;
  readonly redemption: Redemption;
  isUndone: boolean;
}

/** The practice till's balances and stock, in memory: a stand-in for the ledger that is thrown away. */
export function createPracticeBook({ households, goods, now, volunteer }: BookParts) {
  const stock = new Map(goods.map(({ id, stock: pieces }) => [id, pieces]));
  const booked: Booked[] = [];
  const standing = () => booked.filter(({ isUndone }) => !isUndone).map(({ redemption }) => redemption);
  const householdOf = (id: string) => households.find((one) => one.id === id);

  function shown({ redemption, isUndone }: Booked): Redemption {
    const isLatest = booked.at(-1)?.redemption === redemption;
    const isYoung = now() - redemption.bookedAtMs <= UNDO_WITHIN_MS;
    return { ...redemption, undone: isUndone, mayUndo: isLatest && !isUndone && isYoung };
  }

  /** Moves goods and points: `sign` is 1 for a hand-over and −1 for its undo. */
  function move({ household, lines, points }: Redemption, sign: 1 | -1): number {
    for (const { goodsId, quantity } of lines) {
      const pieces = stock.get(goodsId);
      if (typeof pieces === 'number') stock.set(goodsId, pieces - sign * quantity);
    }
    const whose = householdOf(household.id);
    if (!whose) return 0;
    whose.balance -= sign * points;
    return whose.balance;
  }

  return {
    goods: (): GoodsItem[] => goods.map((item) => ({ ...item, stock: stock.get(item.id) ?? null })),

    /** Null where points or goods do not suffice, or nobody is there. */
    redeem(key: string, { householdId, lines, expectedPoints }: BodyOf<'kiosk.redeem'>): Redemption | null {
      const before = booked.find((one) => one.key === key);
      if (before) return shown(before);
      const household = householdOf(householdId);
      const items = lines.flatMap(({ goodsId, quantity }) => {
        const item = goods.find(({ id }) => id === goodsId);
        const left = stock.get(goodsId) ?? Number.POSITIVE_INFINITY;
        return item && left >= quantity
          ? [{ goodsId, name: item.name, unit: item.unit, quantity, price: item.price }]
          : [];
      });
      const points = items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
      const isWhole = items.length === lines.length && points === expectedPoints;
      if (!household || !isWhole || points > household.balance) return null;
      const { id, number, head } = household;
      const redemption: Redemption = {
        id: `practice-${String(booked.length + 1)}`,
        household: { id, number, head },
        lines: items,
        points,
        balanceAfter: household.balance - points,
        bookedAtMs: now(),
        // It has no number in any book.
        journalNumber: 0,
        volunteer,
        undone: false,
        mayUndo: true,
      };
      move(redemption, 1);
      const made = { key, redemption, isUndone: false };
      booked.push(made);
      return shown(made);
    },

    undo(id: string): Redemption | null {
      const one = booked.find(({ redemption }) => redemption.id === id);
      if (!one) return null;
      if (one.isUndone) return { ...shown(one), balanceAfter: null };
      if (!shown(one).mayUndo) return null;
      one.isUndone = true;
      return { ...shown(one), balanceAfter: move(one.redemption, -1) };
    },

    recent: (): Redemption[] =>
      [...booked].reverse().map((one) => {
        const { household } = one.redemption;
        return {
          ...shown(one),
          household: { ...household, head: maskName(household.head) },
          balanceAfter: null,
        };
      }),

    spentBy: (householdId: string): number =>
      standing()
        .filter(({ household }) => household.id === householdId)
        .reduce((sum, { points }) => sum + points, 0),

    /** Pieces of limited goods that a household may still have. */
    remaining(householdId: string): { goodsId: string; pieces: number }[] {
      const taken = standing()
        .filter(({ household }) => household.id === householdId)
        .flatMap(({ lines }) => lines);
      return goods.flatMap(({ id, monthlyLimit }) => {
        if (monthlyLimit === null) return [];
        const had = taken.reduce((sum, line) => sum + (line.goodsId === id ? line.quantity : 0), 0);
        return [{ goodsId: id, pieces: Math.max(0, monthlyLimit - had) }];
      });
    },

    linesOf: (householdId: string): Statement['lines'] =>
      [...booked].reverse().flatMap((one, index) => {
        const { household, points, lines, bookedAtMs, balanceAfter } = one.redemption;
        if (household.id !== householdId) return [];
        const title = lines.map(({ name, quantity }) => `${name} × ${String(quantity)}`).join('、');
        return [
          {
            number: index + 1,
            kind: 'redemption' as const,
            effectiveOn: new Date(bookedAtMs).toLocaleDateString('sv'),
            amount: -points,
            balanceAfter: balanceAfter ?? 0,
            text: { title, note: '', erased: false },
            reversedBy: one.isUndone ? index + 2 : null,
          },
        ];
      }),

    sums() {
      const all = standing();
      return {
        redemptions: all.length,
        points: all.reduce((sum, { points }) => sum + points, 0),
        households: new Set(all.map(({ household }) => household.id)).size,
        pieces: all.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0),
        undone: booked.length - all.length,
      };
    },
  };
}
