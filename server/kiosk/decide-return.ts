import { Refusal } from '../../shared/errors.ts';
import { COST, goodsAccount, stockCostAccount } from '../goods/ledger-kinds.ts';
import { shareOfCostFen } from '../goods/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { accountId, type AccountRef, type LineInput, type ReversibleEntry } from '../ledger/index.ts';
import { type BasketLine, mergeLines } from './basket.ts';
import { givenAccount, REDEEMED } from './ledger-kinds.ts';
import type { Returned } from './return-rows.ts';

/** An item of a redemption, as it was handed out. */
export interface HandedLine {
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  readonly price: number;
}

export interface ReturnFacts {
  readonly householdId: string;
  readonly handed: readonly HandedLine[];
  /** The entry of the redemption. */
  readonly entry: ReversibleEntry;
  /** The sums of what came back of it before, by item. */
  readonly returned: ReadonlyMap<string, Returned>;
}

/** An item that comes back, with its share of the cost. */
export interface ReturnedLine extends HandedLine {
  readonly costFen: number;
}

export interface DecidedReturn {
  readonly lines: readonly ReturnedLine[];
  readonly points: number;
  readonly costFen: number;
  readonly moved: readonly LineInput[];
}

/**
 * Decides what a return moves, at the prices and the cost of the redemption. Throws the first refusal, in this order:
 * redemption.undone, goods.not_found, redemption.returned, redemption.nothing_returned.
 */
export function decideReturn(facts: ReturnFacts, wanted: readonly BasketLine[]): DecidedReturn {
  if (facts.entry.reversedBy !== null) throw new Refusal('redemption.undone');
  const lines = mergeLines(wanted).map((line) => returnedLine(facts, line));
  const points = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const costFen = lines.reduce((sum, line) => sum + line.costFen, 0);
  const moved: LineInput[] = [];
  if (points > 0)
    moved.push(
      { account: householdAccount(facts.householdId), amount: points },
      { account: REDEEMED, amount: -points },
    );
  for (const { goodsId, quantity, costFen: share } of lines) {
    // Pieces that no shelf counted when they were handed out cannot come back to one.
    if (movedOf(facts.entry, goodsAccount('shelf', goodsId)) === 0) continue;
    moved.push(
      { account: goodsAccount('shelf', goodsId), amount: quantity },
      { account: givenAccount(goodsId), amount: -quantity },
    );
    if (share > 0) moved.push({ account: stockCostAccount(goodsId), amount: share });
  }
  if (costFen > 0) moved.push({ account: COST, amount: -costFen });
  if (moved.length === 0) throw new Refusal('redemption.nothing_returned');
  return { lines, points, costFen, moved };
}

/**
 * The lines with no more pieces than the redemption has left, without those of which all came back. Throws goods.not_found
 * where an item was not handed out.
 */
export function leftOfLines(
  { handed, returned }: Pick<ReturnFacts, 'handed' | 'returned'>,
  wanted: readonly BasketLine[],
): BasketLine[] {
  return mergeLines(wanted)
    .map(({ goodsId, quantity }) => {
      const line = handed.find((one) => one.goodsId === goodsId);
      if (!line) throw new Refusal('goods.not_found', { id: goodsId });
      const left = line.quantity - (returned.get(goodsId)?.quantity ?? 0);
      return { goodsId, quantity: Math.min(quantity, left) };
    })
    .filter(({ quantity }) => quantity > 0);
}

function returnedLine(
  { handed, entry, returned }: ReturnFacts,
  { goodsId, quantity }: BasketLine,
): ReturnedLine {
  const line = handed.find((one) => one.goodsId === goodsId);
  if (!line) throw new Refusal('goods.not_found', { id: goodsId });
  const before = returned.get(goodsId) ?? { quantity: 0, costFen: 0 };
  const left = line.quantity - before.quantity;
  if (quantity > left) throw new Refusal('redemption.returned', { name: line.name, left, wanted: quantity });
  const booked = 0 - movedOf(entry, stockCostAccount(goodsId));
  // The sum of the parts is a share of the whole, so that the last piece brings back what is left, to the fen. A return
  // that was taken back may have had more than its share: then this one has less, and never less than nothing.
  const through = shareOfCostFen(booked, before.quantity + quantity, line.quantity);
  return { ...line, quantity, costFen: Math.max(0, through - before.costFen) };
}

function movedOf({ lines }: ReversibleEntry, account: AccountRef): number {
  const id = accountId(account);
  return lines.find((line) => line.accountId === id)?.amount ?? 0;
}
