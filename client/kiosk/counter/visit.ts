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
import { mostAlone } from './without-network.ts';
import type {
  Basket,
  Household,
  Owed,
  Place,
  Presence,
  Question,
  Visit,
  VouchProof,
  World,
} from './state.ts';

/** A proof or a presence that runs out on the way is none. */
const SPARE_MS = 15_000;

type Goods = ReadonlyMap<string, GoodsItem>;

export function beginVisit(household: Household, asked: Question, world: World): Visit {
  return {
    household,
    asked,
    key: world.freshKey,
    lines: [],
    changedAtMs: world.nowMs,
    presence: household.presence,
    proof: null,
    vouches: [],
    pinWaitUntilMs: pinWaitUntilMs(household, world),
  };
}

/** The same household was looked up again: its basket, key, card and proof stay; balance, limits and PIN wait are new. */
export function renewVisit(visit: Visit, household: Household, asked: Question, world: World): Visit {
  const presence = betterPresence(visit.presence, household, world);
  // A copy does not know of everything that is new: the server's word stands.
  const newSince =
    household.newSince ?? (household.copiedAtMs === undefined ? null : visit.household.newSince);
  const known = { ...household, newSince };
  return { ...visit, household: known, asked, presence, pinWaitUntilMs: pinWaitUntilMs(household, world) };
}

/**
 * An unsent basket comes back to its household, under its own key, with the card that was shown for it while that
 * counts. A proof does not: the PIN is asked for anew.
 */
export function resumeVisit(basket: Basket, household: Household, asked: Question, world: World): Visit {
  const { key, lines, changedAtMs } = basket;
  const presence = betterPresence(basket.presence, household, world);
  return { ...beginVisit(household, asked, world), key, lines, changedAtMs, presence };
}

/** A card that was shown before counts more than a number that is named now. The server asks for its own word on it. */
function betterPresence(
  kept: Presence | null,
  { presence: fresh, copiedAtMs }: Household,
  { nowMs }: World,
): Presence {
  const isWord = kept?.cardIssuedAtMs === undefined || copiedAtMs !== undefined;
  const isKept =
    fresh.how !== 'card' && kept?.how === 'card' && isWord && kept.expiresAtMs - SPARE_MS >= nowMs;
  return isKept ? kept : fresh;
}

function pinWaitUntilMs({ pin }: Household, { nowMs }: World): number {
  return nowMs + pin.waitSeconds * 1000;
}

/** The part of a visit that is kept on the disk; null if the basket is empty. */
export function basketOf(visit: Visit): Basket | null {
  const { household, key, lines, changedAtMs, presence } = visit;
  if (lines.length === 0) return null;
  const { id: householdId, number: householdNumber } = household;
  return { key, householdId, householdNumber, lines, changedAtMs, presence };
}

/** The basket that a row was made of, of which nothing was handed out. */
export function basketAgain(
  { key, content }: Pick<Owed & { kind: 'kiosk.redeem' }, 'key' | 'content'>,
  { nowMs }: World,
  presence: Presence | null,
): Basket {
  const { householdId, householdNumber } = content;
  const lines = content.lines.map(({ goodsId, quantity }) => ({ goodsId, quantity }));
  return { key, householdId, householdNumber, lines, changedAtMs: nowMs, presence };
}

/** `most`: what may be handed out without the server; null: the server is there. */
export function purchaseOf({ household, lines }: Visit, goods: Goods, most: number | null): Purchase {
  const remaining = new Map(household.remaining.map(({ goodsId, pieces }) => [goodsId, pieces]));
  return { balance: household.balance, lines, goods, remaining, most };
}

/**
 * The household has shown no card, or with this basket more goes out today than may without its PIN; and the PIN has
 * not been given. Nobody asks for a PIN that it does not have if two people vouch for it.
 */
export function needsPin(visit: Visit, goods: Goods, nowMs: number): boolean {
  const { household, lines, presence, proof } = visit;
  const { pinAbove, redeemedToday } = household;
  const total = totalOf(lines, goods);
  const isMuch = pinAbove !== null && total > 0 && redeemedToday + total > pinAbove;
  if (isVouchedFor(visit) || (!isMuch && presence?.how !== 'number')) return false;
  return proof === null || proof.expiresAtMs - SPARE_MS < nowMs;
}

/** Two people may vouch for it: it showed no card, and has no PIN that it could give. */
export function isVouchedFor({ household, presence }: Visit): boolean {
  return presence?.how === 'number' && !household.pin.isSet && household.vouching !== null;
}

/** The volunteers who agreed to as much as the basket costs now. If it grew, they are asked anew. */
export function standingVouches({ lines, vouches }: Visit, goods: Goods): readonly VouchProof[] {
  const total = totalOf(lines, goods);
  return vouches.filter(({ points }) => points >= total);
}

/** The volunteers, besides the one who confirms, whose PINs are still missing. */
export function missingVouches(visit: Visit, goods: Goods): number {
  const wanted = isVouchedFor(visit) ? 2 : visit.household.newSince === null ? 0 : 1;
  return Math.max(0, wanted - standingVouches(visit, goods).length);
}

/** The household on the screen, if its basket may still be changed. */
export function visitIn(place: Place): Visit | null {
  return place.at === 'serving' || place.at === 'pin' || place.at === 'vouch' ? place.visit : null;
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
  const purchase = purchaseOf(visit, world.goods, mostAlone(visit, world));
  const obstacle = obstacleTo(purchase, item);
  const left = leftAfter(purchase);
  if (obstacle !== null) return { visit, item, obstacle, left };
  const lines = withQuantity(visit.lines, goodsId, quantityOf(visit.lines, goodsId) + 1);
  return { visit: withLines(visit, lines, world), item, obstacle, left };
}

export function vanished({ lines }: Visit, { goods }: World): readonly BasketLine[] {
  return goods === null ? [] : lines.filter(({ goodsId }) => !goods.has(goodsId));
}
