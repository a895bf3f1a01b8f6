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
import {
  type Recognition,
  type RecognitionFacts,
  type RecognitionRules,
  requirePresence,
  requireRecognition,
} from './decide-recognition.ts';

/** The facts that decide about a basket, read while the village's book is held. */
export interface RedemptionFacts extends RecognitionFacts {
  readonly household: Recipient | undefined;
  /** The volunteer declared it as the own household or a relative's. */
  readonly isOwn: boolean;
  /** The items of the basket, by id. */
  readonly goods: (id: string) => GoodsRow | undefined;
  /** Pieces of each item that the household took this month. */
  readonly takenThisMonth: ReadonlyMap<string, number>;
  /** Accounts by id. Those that were never used are missing. */
  readonly states: Book['states'];
}

export interface Recipient {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly state: string;
}

export interface BasketWanted extends RecognitionRules {
  readonly householdId: string;
  readonly lines: readonly BasketLine[];
  /** The total the screen showed. */
  readonly expectedPoints: number;
}

export interface DecidedRedemption {
  readonly household: Recipient;
  readonly recognition: Recognition;
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
 * goods.disabled, goods.limit, goods.price_changed, redemption.pin_needed, redemption.vouched_over,
 * redemption.second_needed, redemption.empty. Points and stock follow when the ledger plans the entry.
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
  const recognition = requireRecognition(points, recognised, facts, wanted);
  return { household, recognition, lines, points, ...movement(household.id, lines, points, facts.states) };
}

/** Lays out what the entry moves: points for every item, pieces and their cost for those that keep stock. */
export function movement(
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
    const share = left <= 0 ? 0 : shareOfCostFen(balanceIn(states, stock), Math.min(quantity, left), left);
    if (share > 0) moved.push({ account: stock, amount: -share });
    costFen += share;
  }
  if (costFen > 0) moved.push({ account: COST, amount: costFen });
  return { balanceBefore: balanceIn(states, household), costFen, moved };
}
