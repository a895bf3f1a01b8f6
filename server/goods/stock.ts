import { added, changed, type WrittenRow } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { agreedFacts } from '../acts/index.ts';
import type { DraftAt, GuardedAt } from '../at.ts';
import { needSecond } from '../need-second.ts';
import { command, type Plan } from '../commands/index.ts';
import {
  type AccountRef,
  balanceIn,
  type Book,
  bookOf,
  type FactInput,
  type LineInput,
  orRefuse,
} from '../ledger/index.ts';
import { shareOfCostFen } from './cost.ts';
import { DONOR_FACT } from './donor-fact.ts';
import { needSecondForTakenIn, readTakenIn, readTakenInToday } from './guard-taken-in.ts';
import { goodsById, type GoodsRow } from './goods.ts';
import { COST, FUNDING, goodsAccount, stockCostAccount } from './ledger-kinds.ts';

/** The context of a change of the stock. */
export type StockAt = DraftAt & GuardedAt;

export interface StockIn {
  readonly goodsId: string;
  readonly quantity: number;
  readonly totalCostFen: number;
  readonly source: 'bought' | 'donated';
  readonly note: string;
  /** The donor; empty: not written down. Only donated goods have a donor. */
  readonly donor?: string;
  /** The donor agreed to be thanked in public. */
  readonly thanksDonor?: boolean;
}

/** Takes goods in with their cost, or for donated goods their value, as one entry. */
export const stockIn = command<StockIn, StockAt>()({
  reads: ({ goodsId }, at) => ({
    item: goodsById.one([goodsId]),
    book: bookOf([...shelfAnd('supplier', goodsId), FUNDING]),
    ...readTakenIn(at),
  }),
  then: (known) => readTakenInToday(known),
  decide({ item, book, before }, delivery, at) {
    const { goodsId, quantity, totalCostFen, source, note } = delivery;
    const stocked = requireStocked(item, goodsId);
    const donor = donorOf(delivery);
    needSecondForTakenIn(at, before, [{ item: stocked, pieces: quantity, totalCostFen }], (worthFen) => {
      const thanks = donor ? { donor: donor.donor, thanksDonor: donor.isNamed } : {};
      return { on: `goods:${goodsId}`, is: { quantity, totalCostFen, worthFen, source, note, ...thanks } };
    });
    const { rows, number } = bookMovement(book, at, {
      kind: 'stock_in',
      source: `${source}:${goodsId}`,
      text: { title: `${stocked.name}×${quantity}`, note },
      lines: [...pieces(goodsId, 'supplier', quantity), ...cost(goodsId, FUNDING, totalCostFen)],
      facts: donor ? [{ name: DONOR_FACT, value: JSON.stringify([donor.donor, donor.isNamed]) }] : [],
    });
    const answer = { stock: onShelf(book, goodsId).left + quantity, journalNumber: number };
    const { villageId, today: effectiveOn } = at;
    const donation = { villageId, journalNumber: number, goodsId, effectiveOn };
    const ofDonor = donor ? [added('donations', { ...donation, ...donor })] : [];
    return { rows: [...rows, ...keepStock(stocked), ...ofDonor], answer };
  },
});

/** The donor of goods that were given, if the shop wrote it down. */
function donorOf({ source, donor = '', thanksDonor = false }: StockIn) {
  return source === 'donated' && donor !== '' ? { donor, isNamed: thanksDonor } : null;
}

export interface Stocktake {
  readonly goodsId: string;
  readonly counted: number;
  readonly reason: string;
}

interface Counted {
  readonly stock: number;
  /** Null when the count was right. */
  readonly journalNumber: number | null;
}

/**
 * Brings the stock to what was counted. Missing pieces take their share of the cost along (all of it when
 * nothing is left); found ones come in at the average of what is there, or at the item's usual cost.
 */
export const stocktake = command<Stocktake, StockAt>()({
  reads: ({ goodsId }, at) => ({
    item: goodsById.one([goodsId]),
    book: bookOf([...shelfAnd('adjusted', goodsId), COST]),
    ...readTakenIn(at),
  }),
  then: (known) => readTakenInToday(known),
  decide({ item, book, before }, { goodsId, counted, reason }, at): Plan<Counted> {
    const stocked = requireStocked(item, goodsId);
    const { left, costFen } = onShelf(book, goodsId);
    const difference = counted - left;
    if (difference === 0) return { rows: [], answer: { stock: left, journalNumber: null } };
    const costChange = costOfDifference(stocked, difference, left, costFen);
    const told = { on: `goods:${goodsId}`, was: { stock: left }, is: { stock: counted, reason } } as const;
    const found = { item: stocked, pieces: difference, totalCostFen: costChange };
    if (difference < 0) needSecond(at, told);
    else needSecondForTakenIn(at, before, [found], (worthFen) => ({ ...told, is: { ...told.is, worthFen } }));
    const { rows, number } = bookMovement(book, at, {
      kind: 'stocktake',
      source: `stocktake:${goodsId}`,
      text: { title: `${stocked.name}: ${left} → ${counted}`, note: reason },
      lines: [...pieces(goodsId, 'adjusted', difference), ...cost(goodsId, COST, costChange)],
    });
    return {
      rows: [...rows, ...keepStock(stocked)],
      answer: { stock: counted, journalNumber: number },
    };
  },
});

export function requireStocked(item: GoodsRow | undefined, id: string): GoodsRow {
  if (!item) throw new Refusal('goods.not_found', { id });
  if (item.kind === 'service') throw new Refusal('goods.no_stock', { name: item.name });
  return item;
}

interface Movement {
  readonly kind: 'stock_in' | 'stocktake';
  readonly source: string;
  readonly text: { readonly title: string; readonly note: string };
  readonly lines: readonly LineInput[];
  readonly facts?: readonly FactInput[];
}

function bookMovement(
  book: Book,
  { ledger, villageId, today: effectiveOn, idempotencyKey, actorId, agreed }: StockAt,
  { facts = [], ...movement }: Movement,
): { readonly rows: readonly WrittenRow[]; readonly number: number } {
  const by = agreed ? agreedFacts(agreed.by) : [];
  const entry = { villageId, effectiveOn, idempotencyKey, actorId, ...movement, facts: [...by, ...facts] };
  const { rows, entries } = orRefuse(ledger.draft(book, [entry]));
  return { rows, number: entries[0]?.number ?? 0 };
}

function costOfDifference(item: GoodsRow, difference: number, left: number, costFen: number): number {
  if (difference < 0) return -shareOfCostFen(costFen, -difference, left);
  return left > 0 ? shareOfCostFen(costFen, difference, left) : (item.costFen ?? 0) * difference;
}

/** Pieces on the shelf, and what they cost. */
function onShelf({ states }: Book, goodsId: string): { left: number; costFen: number } {
  return {
    left: balanceIn(states, goodsAccount('shelf', goodsId)),
    costFen: balanceIn(states, stockCostAccount(goodsId)),
  };
}

/** A loan is counted from the first time it is taken in. */
export function keepStock(item: GoodsRow): WrittenRow[] {
  return item.keepsStock ? [] : [changed('goods', item, { keepsStock: true })];
}

export function shelfAnd(against: 'supplier' | 'adjusted', goodsId: string): AccountRef[] {
  return [goodsAccount('shelf', goodsId), goodsAccount(against, goodsId), stockCostAccount(goodsId)];
}

export function pieces(goodsId: string, against: 'supplier' | 'adjusted', quantity: number): LineInput[] {
  return [
    { account: goodsAccount(against, goodsId), amount: -quantity },
    { account: goodsAccount('shelf', goodsId), amount: quantity },
  ];
}

export function cost(goodsId: string, against: AccountRef, fen: number): LineInput[] {
  if (fen === 0) return [];
  return [
    { account: against, amount: -fen },
    { account: stockCostAccount(goodsId), amount: fen },
  ];
}
