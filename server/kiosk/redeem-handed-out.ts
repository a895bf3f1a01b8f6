import { Refusal } from '../../shared/errors.ts';
import type { Mark } from '../../shared/outbox/mark-words.ts';
import { command, type Plan } from '../commands/index.ts';
import { goodsAccount } from '../goods/ledger-kinds.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { balanceIn, type Book, orRefuse } from '../ledger/index.ts';
import { NOT_YET, type RowOutcome, withoutNetworkFact } from '../outbox/index.ts';
import { decideHandedOut, type LineShown } from './decide-handed-out.ts';
import type { DecidedRedemption } from './decide-redemption.ts';
import { redemptionFacts } from './redemption-facts.ts';
import { entryOf, redemptionPlan } from './redemption-plan.ts';
import { type Basket, factsOf, type KioskAt, readsToRedeem, thenToRedeem } from './redemption-reads.ts';
import { redeemedOnDay } from './redemption-rows.ts';
import { marksOfShift } from './shift-of-row.ts';
import type { KnownShift } from './shifts.ts';

export interface HandedOut extends Basket {
  readonly lines: readonly LineShown[];
}

/** `nowMs` is when it was handed out, `today` the day it counts on. */
export interface HandedOutAt extends KioskAt {
  /** The device and number of its row. */
  readonly row: { readonly device: string; readonly number: number };
  readonly marks: readonly Mark[];
  readonly withoutNetworkMost: number | null;
}

/**
 * Books a basket that was handed out before the server heard of it. If points or goods do not reach, the entry is of a kind of its own, the only one of the counter that may pass a floor: somebody at the desk looks at it.
 */
export const redeemHandedOut = command<HandedOut, HandedOutAt>()({
  // The day's amount without network counts also where no PIN is ever asked.
  reads: (basket: HandedOut, at: HandedOutAt) => ({
    ...readsToRedeem(basket, at),
    redeemedToday: redeemedOnDay.one([basket.householdId, at.today]),
  }),
  then: thenToRedeem,
  decide({ shift, book, ...known }, basket, at): Plan<RowOutcome> {
    // The row that began the shift has not come yet.
    if (!shift) return { rows: [], answer: NOT_YET };
    if (shift.kioskId !== at.kioskId) throw new Refusal('outbox.not_ours');
    const { pinAbove, vouchedMost, withoutNetworkMost, nowMs } = at;
    const facts = factsOf({ ...known, states: book.states }, basket, at, shift);
    const { decided, marks: found } = decideHandedOut(facts, {
      ...basket,
      ...{ pinAbove, vouchedMost, withoutNetworkMost, nowMs },
    });
    const short = shortOf(book, decided);
    const marks = Array.from(new Set([...at.marks, ...marksOfShift(shift, at), ...found, ...short]));
    return bookIt({ shift, book, decided, marks, isShort: short.length > 0 }, at);
  },
});

interface ToBook {
  readonly shift: KnownShift;
  readonly book: Book;
  readonly decided: DecidedRedemption;
  readonly marks: readonly Mark[];
  readonly isShort: boolean;
}

function bookIt({ shift, book, decided, marks, isShort }: ToBook, at: HandedOutAt): Plan<RowOutcome> {
  const id = at.newId();
  const entry = entryOf(at, shift, id, decided);
  const facts = [
    ...redemptionFacts(decided, shift.id),
    withoutNetworkFact(decided.household.id, { ...at.row, atMs: at.nowMs, marks }),
  ];
  const kind = isShort
    ? ({ kind: 'late_redemption', mayPassFloor: true } as const)
    : ({ kind: 'redemption' } as const);
  const drafted = orRefuse(at.ledger.draft(book, [{ ...entry, ...kind, facts }]));
  const { rows, answer: receipt } = redemptionPlan(at, shift, { id, decided, drafted });
  return {
    rows,
    answer: {
      ...{ answer: 'late', entry: receipt.journalNumber, thing: receipt.id, marks },
      receipt: { ...receipt },
    },
  };
}

/** The floors that the entry passes. */
function shortOf({ states }: Book, { household, points, lines }: DecidedRedemption): Mark[] {
  const marks: Mark[] = [];
  if (points > 0 && balanceIn(states, householdAccount(household.id)) < points)
    marks.push('ledger.points_short');
  const isShort = lines.some(
    ({ goods, quantity }) =>
      goods.keepsStock && balanceIn(states, goodsAccount('shelf', goods.id)) < quantity,
  );
  return isShort ? [...marks, 'ledger.stock_short'] : marks;
}
