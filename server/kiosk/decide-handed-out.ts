import { Refusal } from '../../shared/errors.ts';
import { isMark, type Mark } from '../../shared/outbox/mark-words.ts';
import { checkLimits, type PricedLine } from './basket.ts';
import { type DecidedRedemption, movement, type RedemptionFacts } from './decide-redemption.ts';
import {
  type Recognition,
  type RecognitionRules,
  requirePresence,
  requireRecognition,
} from './decide-recognition.ts';

/** A line as the screen showed it when the goods went over the counter. */
export interface LineShown {
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  readonly price: number;
}

export interface HandedOutWanted extends RecognitionRules {
  /** The total that the screen showed. */
  readonly expectedPoints: number;
  /** The most that a household is handed out on a day without network; null: no amount was agreed on. */
  readonly withoutNetworkMost: number | null;
  readonly householdId: string;
  readonly lines: readonly LineShown[];
}

/**
 * Decides about goods that are gone already. It is booked as the screen showed it, and every rule that would have stood
 * against it is named. Throws only where there is nothing to book it on: household.not_found, goods.not_found,
 * redemption.empty.
 */
export function decideHandedOut(
  facts: RedemptionFacts,
  wanted: HandedOutWanted,
): { readonly decided: DecidedRedemption; readonly marks: readonly Mark[] } {
  const { household, recognised } = facts;
  if (!household) throw new Refusal('household.not_found', { id: wanted.householdId });
  const lines = wanted.lines.map((line) => shownLine(line, facts));
  const points = lines.reduce((sum, { goods, quantity }) => sum + goods.price * quantity, 0);
  const marks = new Set<Mark>();
  const allowed = <T>(check: () => T): T | null => tried(check, marks);
  if (household.state === 'closed') marks.add('household.closed');
  if (facts.isOwn) marks.add('redemption.own_household');
  if (points !== wanted.expectedPoints) marks.add('redemption.total');
  if (facts.redeemedToday + points > (wanted.withoutNetworkMost ?? 0)) marks.add('outbox.over_offline');
  allowed(() => requirePresence(household, facts));
  for (const line of wanted.lines) noteItem(line, facts, marks);
  allowed(() => {
    checkLimits(lines, facts.takenThisMonth);
  });
  const recognition =
    recognised === null ? null : allowed(() => requireRecognition(points, recognised, facts, wanted));
  const decided = {
    ...{ household, lines, points },
    recognition: recognition ?? unproven(facts),
    ...movement(household.id, lines, points, facts.states),
  };
  return { decided, marks: Array.from(marks) };
}

/** The item with the name and price that stood on the screen. */
function shownLine(
  { goodsId, name, unit, quantity, price }: LineShown,
  { goods }: RedemptionFacts,
): PricedLine {
  const row = goods(goodsId);
  if (!row) throw new Refusal('goods.not_found', { id: goodsId });
  return { goods: { ...row, name, unit, price }, quantity };
}

function noteItem({ goodsId, price }: LineShown, { goods }: RedemptionFacts, marks: Set<Mark>): void {
  const row = goods(goodsId);
  if (row?.enabled === false) marks.add('goods.disabled');
  if (row?.price !== price) marks.add('goods.price_changed');
}

function unproven({ recognised }: RedemptionFacts): Recognition {
  return { how: recognised?.how === 'card' ? 'card' : 'none', vouchers: [] };
}

/** The result of a check; null where its refusal is one of the marks, which it becomes. */
export function tried<T>(check: () => T, marks: Set<Mark>): T | null {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Refusal) || !isMark(error.code)) throw error;
    marks.add(error.code);
    return null;
  }
}
