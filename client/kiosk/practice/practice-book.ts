import { localDay } from '../../i18n/format.ts';
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

interface Booked {
  readonly key: string;
  readonly redemption: Redemption;
  isUndone: boolean;
}

/** The entries of the practice, oldest first, and the pieces left on the shelf. */
interface Pages extends BookParts {
  readonly booked: Booked[];
  readonly stock: Map<string, number | null>;
}

export interface PracticeBook {
  readonly goods: () => GoodsItem[];
  /** Null where points or goods do not suffice, or nobody is there. */
  readonly redeem: (key: string, basket: BodyOf<'kiosk.redeem'>) => Redemption | null;
  /** Null where there is none, or its time is over. */
  readonly undo: (id: string) => Redemption | null;
  readonly recent: () => Redemption[];
  /** Points of a household, what was undone included: undoing gives back no amount without PIN. */
  readonly spentBy: (householdId: string) => number;
  /** Pieces of limited goods that a household may still have. */
  readonly remaining: (householdId: string) => { goodsId: string; pieces: number }[];
  readonly linesOf: (householdId: string) => AnswerOf<'kiosk.statement'>['lines'];
  readonly sums: () => Sums;
}

type Sums = Record<
  | 'redemptions'
  | 'points'
  | 'households'
  | 'pieces'
  | 'undone'
  | 'undonePoints'
  | 'returned'
  | 'returnedPoints',
  number
>;

/** The practice till's balances and stock, in memory: a stand-in for the ledger that is thrown away. */
export function createPracticeBook(parts: BookParts): PracticeBook {
  const { goods } = parts;
  const pages: Pages = {
    ...parts,
    booked: [],
    stock: new Map(goods.map(({ id, stock }) => [id, stock])),
  };
  const of = (householdId: string) => standing(pages).filter(({ household }) => household.id === householdId);
  return {
    goods: () => goods.map((item) => ({ ...item, stock: pages.stock.get(item.id) ?? null })),
    redeem: (key, basket) => redeem(pages, key, basket),
    undo: (id) => undo(pages, id),
    recent: () => [...pages.booked].reverse().map((one) => inList(pages, one)),
    spentBy: (householdId) =>
      sumOf(
        pages.booked.filter(({ redemption }) => redemption.household.id === householdId),
        ({ redemption }) => redemption.points,
      ),
    remaining(householdId) {
      const taken = of(householdId).flatMap(({ lines }) => lines);
      return goods.flatMap(({ id, monthlyLimit }) => {
        if (monthlyLimit === null) return [];
        const had = sumOf(taken, (line) => (line.goodsId === id ? line.quantity : 0));
        return [{ goodsId: id, pieces: Math.max(0, monthlyLimit - had) }];
      });
    },
    linesOf: (householdId) => statementLines(pages, householdId),
    sums: () => sumsOf(pages),
  };
}

function redeem(
  pages: Pages,
  key: string,
  { householdId, lines, expectedPoints }: BodyOf<'kiosk.redeem'>,
): Redemption | null {
  const { booked, goods, stock, now, volunteer } = pages;
  const before = booked.find((one) => one.key === key);
  if (before) return shown(pages, before);
  const household = pages.households.find(({ id }) => id === householdId);
  const items = lines.flatMap(({ goodsId, quantity }) => {
    const item = goods.find(({ id }) => id === goodsId);
    const left = stock.get(goodsId) ?? Number.POSITIVE_INFINITY;
    return item && left >= quantity
      ? [{ goodsId, name: item.name, unit: item.unit, quantity, price: item.price, returned: 0 }]
      : [];
  });
  const points = sumOf(items, ({ price, quantity }) => price * quantity);
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
    digits: '',
    volunteer,
    undone: false,
    mayUndo: true,
  };
  move(pages, redemption, 1);
  const made = { key, redemption, isUndone: false };
  booked.push(made);
  return shown(pages, made);
}

function undo(pages: Pages, id: string): Redemption | null {
  const one = pages.booked.find(({ redemption }) => redemption.id === id);
  if (!one) return null;
  if (one.isUndone) return { ...shown(pages, one), balanceAfter: null };
  if (!shown(pages, one).mayUndo) return null;
  one.isUndone = true;
  return { ...shown(pages, one), balanceAfter: move(pages, one.redemption, -1) };
}

/** Moves goods and points, and answers the balance: `sign` is 1 for a hand-over and −1 for its undo. */
function move({ households, stock }: Pages, { household, lines, points }: Redemption, sign: 1 | -1): number {
  for (const { goodsId, quantity } of lines) {
    const pieces = stock.get(goodsId);
    if (typeof pieces === 'number') stock.set(goodsId, pieces - sign * quantity);
  }
  const whose = households.find(({ id }) => id === household.id);
  if (!whose) return 0;
  whose.balance -= sign * points;
  return whose.balance;
}

function shown({ booked, now }: Pages, { redemption, isUndone }: Booked): Redemption {
  const isLatest = booked.at(-1)?.redemption === redemption;
  const isYoung = now() - redemption.bookedAtMs <= UNDO_WITHIN_MS;
  return { ...redemption, undone: isUndone, mayUndo: isLatest && !isUndone && isYoung };
}

function inList(pages: Pages, one: Booked): Redemption {
  const { household } = one.redemption;
  const masked = { ...household, head: maskName(household.head) };
  return { ...shown(pages, one), household: masked, balanceAfter: null };
}

function standing({ booked }: Pages): Redemption[] {
  return booked.filter(({ isUndone }) => !isUndone).map(({ redemption }) => redemption);
}

function statementLines({ booked }: Pages, householdId: string): AnswerOf<'kiosk.statement'>['lines'] {
  const own = booked.filter(({ redemption }) => redemption.household.id === householdId);
  return [...own].reverse().map(({ redemption, isUndone }, index) => ({
    number: index + 1,
    kind: 'redemption' as const,
    effectiveOn: localDay(redemption.bookedAtMs),
    amount: -redemption.points,
    balanceAfter: redemption.balanceAfter ?? 0,
    text: {
      title: redemption.lines.map(({ name, quantity }) => `${name} × ${String(quantity)}`).join('、'),
      note: '',
      erased: false,
    },
    reversedBy: isUndone ? index + 2 : null,
    witnessed: null,
  }));
}

function sumsOf(pages: Pages): Sums {
  const all = standing(pages);
  return {
    redemptions: all.length,
    points: sumOf(all, ({ points }) => points),
    households: new Set(all.map(({ household }) => household.id)).size,
    pieces: sumOf(
      all.flatMap(({ lines }) => lines),
      ({ quantity }) => quantity,
    ),
    undone: pages.booked.length - all.length,
    undonePoints:
      sumOf(pages.booked, ({ redemption }) => redemption.points) - sumOf(all, ({ points }) => points),
    // Practice hands out and undoes; it takes nothing back.
    ...{ returned: 0, returnedPoints: 0 },
  };
}

function sumOf<T>(all: readonly T[], amount: (one: T) => number): number {
  return all.reduce((sum, one) => sum + amount(one), 0);
}
