import {
  leftAfter,
  obstacleTo,
  quantityOf,
  totalOf,
  withQuantity,
  type BasketLine,
  type Obstacle,
  type Purchase,
} from '../basket.ts';
import type { GoodsItem } from '../../../shared/goods/contract.ts';
import type { Basket, Household, Owed, Question, Visit, World } from './state.ts';

/** A proof that runs out on the way is none. */
const PROOF_SPARE_MS = 15_000;

type Goods = ReadonlyMap<string, GoodsItem>;

export function beginVisit(household: Household, asked: Question, world: World): Visit {
  return {
    household,
    asked,
    key: world.freshKey,
    lines: [],
    changedAtMs: world.nowMs,
    proof: null,
    pinWaitUntilMs: pinWaitUntilMs(household, world),
  };
}

/** The same household was looked up again: its basket, key and proof stay; balance, limits and PIN wait are new. */
export function renewVisit(visit: Visit, household: Household, asked: Question, world: World): Visit {
  return { ...visit, household, asked, pinWaitUntilMs: pinWaitUntilMs(household, world) };
}

/** An unsent basket comes back to its household, under its own key. A proof does not: the PIN is asked for anew. */
export function resumeVisit(basket: Basket, household: Household, asked: Question, world: World): Visit {
  const { key, lines, changedAtMs } = basket;
  return { ...beginVisit(household, asked, world), key, lines, changedAtMs };
}

function pinWaitUntilMs({ pin }: Household, { nowMs }: World): number {
  return nowMs + pin.waitSeconds * 1000;
}

/** The part of a visit that is kept on the disk; null if the basket is empty. */
export function basketOf(visit: Visit): Basket | null {
  const { household, key, lines, changedAtMs } = visit;
  if (lines.length === 0) return null;
  return { key, householdId: household.id, householdNumber: household.number, lines, changedAtMs };
}

/** The basket that a redemption was made of, not sent after all. */
export function basketAgain(owed: Owed & { kind: 'kiosk.redeem' }, { nowMs }: World): Basket {
  const { householdId, householdNumber, lines } = owed.content;
  return { key: owed.key, householdId, householdNumber, lines, changedAtMs: nowMs };
}

export function purchaseOf({ household, lines }: Visit, goods: Goods): Purchase {
  const remaining = new Map(household.remaining.map(({ goodsId, pieces }) => [goodsId, pieces]));
  return { balance: household.balance, lines, goods, remaining };
}

/** With this basket more goes out today than may without the household's PIN, and it has not been given. */
export function needsPin({ household, lines, proof }: Visit, goods: Goods, nowMs: number): boolean {
  const { pinAbove, redeemedToday } = household;
  const total = totalOf(lines, goods);
  if (pinAbove === null || total === 0 || redeemedToday + total <= pinAbove) return false;
  return proof === null || proof.expiresAtMs - PROOF_SPARE_MS < nowMs;
}

export function withLines(visit: Visit, lines: readonly BasketLine[], { nowMs }: World): Visit {
  return { ...visit, lines, changedAtMs: nowMs };
}

export interface Added {
  readonly visit: Visit;
  readonly item: GoodsItem;
  readonly obstacle: Obstacle | null;
  /** Points left before this piece. */
  readonly left: number;
}

/** One piece more, or what stands against it; null where the item is not on the shelf. */
export function addPiece(visit: Visit, goodsId: string, world: World): Added | null {
  const item = world.goods?.get(goodsId);
  if (!item || !world.goods) return null;
  const purchase = purchaseOf(visit, world.goods);
  const obstacle = obstacleTo(purchase, item);
  const left = leftAfter(purchase);
  if (obstacle !== null) return { visit, item, obstacle, left };
  const lines = withQuantity(visit.lines, goodsId, quantityOf(visit.lines, goodsId) + 1);
  return { visit: withLines(visit, lines, world), item, obstacle, left };
}

export function vanished({ lines }: Visit, { goods }: World): readonly BasketLine[] {
  return goods === null ? [] : lines.filter(({ goodsId }) => !goods.has(goodsId));
}
