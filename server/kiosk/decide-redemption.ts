import { Refusal } from '../../shared/errors.ts';
import { COST, goodsAccount, stockCostAccount } from '../goods/ledger-kinds.ts';
import { type GoodsRow, shareOfCostFen } from '../goods/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { balanceIn, type Book, type LineInput } from '../ledger/index.ts';
import {
  type BasketLine,
  checkLimits,
  mergeLines,
  type PricedLine,
  priceLines,
  totalPoints,
} from './basket.ts';
import { givenAccount, REDEEMED } from './ledger-kinds.ts';
import type { Recognised } from './presence.ts';

/** The facts that decide about a basket, read while the village's book is held. */
export interface RedemptionFacts {
  readonly household: Recipient | undefined;
  /** The volunteer declared it as the own household or a relative's. */
  readonly isOwn: boolean;
  /** How it was recognised; null: it was not, or not here and now. */
  readonly recognised: Recognised | null;
  /** Its valid card. Only known where it was recognised by a card. */
  readonly card: { readonly issuedAtMs: number } | undefined;
  /** The items of the basket, by id. */
  readonly goods: (id: string) => GoodsRow | undefined;
  /** Pieces of each item that the household took this month. */
  readonly takenThisMonth: ReadonlyMap<string, number>;
  /** Hundredths that the household redeemed today, what was undone included. */
  readonly redeemedToday: number;
  /** Whether the household has shown its PIN just now, and took nothing since. */
  readonly isPinProven: boolean;
  /** Accounts by id. Those that were never used are missing. */
  readonly states: Book['states'];
}

export interface Recipient {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly state: string;
}

export interface BasketWanted {
  readonly householdId: string;
  readonly lines: readonly BasketLine[];
  /** The total the screen showed. */
  readonly expectedPoints: number;
  /** Above so many points in a day the household's PIN is needed, however many baskets they are; null: never. */
  readonly pinAbove: number | null;
}

export interface DecidedRedemption {
  readonly household: Recipient;
  readonly recognised: Recognised;
  readonly lines: readonly PricedLine[];
  readonly points: number;
  readonly costFen: number;
  readonly balanceBefore: number;
  /** The lines of the entry. Whether the balances reach is for the ledger to say. */
  readonly moved: readonly LineInput[];
}

/**
 * Decides about a basket from facts alone and throws the first refusal that stands against it, in this order:
 * household.not_found, household.closed, redemption.own_household, redemption.absent, card.revoked, goods.not_found,
 * goods.disabled, goods.limit, goods.price_changed, redemption.pin_needed, redemption.empty. Points and stock follow
 * when the ledger plans the entry.
 */
export function decideRedemption(facts: RedemptionFacts, wanted: BasketWanted): DecidedRedemption {
  const { household } = facts;
  if (!household) throw new Refusal('household.not_found', { id: wanted.householdId });
  if (household.state === 'closed') throw new Refusal('household.closed', { number: household.number });
  if (facts.isOwn) throw new Refusal('redemption.own_household');
  const recognised = requirePresence(household, facts);
  const lines = priceLines(mergeLines(wanted.lines), facts.goods);
  checkLimits(lines, facts.takenThisMonth);
  const points = totalPoints(lines, wanted.expectedPoints);
  requirePin(points, facts, recognised, wanted.pinAbove);
  return { household, recognised, lines, points, ...movement(household.id, lines, points, facts.states) };
}

/** The household stood at the counter, and its card is still the one that was shown. */
function requirePresence({ number }: Recipient, { recognised, card }: RedemptionFacts): Recognised {
  if (recognised === null) throw new Refusal('redemption.absent');
  if (recognised.how === 'card' && card?.issuedAtMs !== recognised.cardIssuedAtMs)
    throw new Refusal('card.revoked', { number });
  return recognised;
}

/**
 * Without the card the household always gives its PIN. With it, counted by the day: whoever found a card cannot stay
 * under the amount with many small baskets, nor with baskets that are undone while the goods are gone.
 */
function requirePin(
  points: number,
  { redeemedToday: before, isPinProven }: RedemptionFacts,
  { how }: Recognised,
  above: number | null,
): void {
  if (isPinProven) return;
  if (how === 'number') throw new Refusal('redemption.pin_needed', { what: 'number' });
  if (above === null || points === 0 || before + points <= above) return;
  throw new Refusal('redemption.pin_needed', { above, ...(before > 0 ? { before } : {}) });
}

/** Lays out what the entry moves: points for every item, pieces and their cost for those that keep stock. */
function movement(
  householdId: string,
  lines: readonly PricedLine[],
  points: number,
  states: Book['states'],
): Pick<DecidedRedemption, 'balanceBefore' | 'costFen' | 'moved'> {
  const counted = lines.filter(({ goods }) => goods.keepsStock);
  if (points === 0 && counted.length === 0) throw new Refusal('redemption.empty');
  const household = householdAccount(householdId);
  const moved: LineInput[] = [];
  if (points > 0) {
    moved.push({ account: household, amount: -points }, { account: REDEEMED, amount: points });
  }
  let costFen = 0;
  for (const { goods, quantity } of counted) {
    const shelf = goodsAccount('shelf', goods.id);
    const left = balanceIn(states, shelf);
    moved.push({ account: shelf, amount: -quantity }, { account: givenAccount(goods.id), amount: quantity });
    const stock = stockCostAccount(goods.id);
    const share = shareOfCostFen(balanceIn(states, stock), Math.min(quantity, left), left);
    if (share > 0) moved.push({ account: stock, amount: -share });
    costFen += share;
  }
  if (costFen > 0) moved.push({ account: COST, amount: costFen });
  return { balanceBefore: balanceIn(states, household), costFen, moved };
}
