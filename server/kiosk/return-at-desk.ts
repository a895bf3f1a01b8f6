import { addDays } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { RETURN_WITHIN_DAYS } from '../../shared/kiosk/return-limit.ts';
import { agreedFacts } from '../acts/index.ts';
import type { DraftAt, GuardedAt } from '../at.ts';
import { command, given } from '../commands/index.ts';
import { householdById } from '../households/index.ts';
import { bookOf } from '../ledger/index.ts';
import { needSecond } from '../need-second.ts';
import { type BasketLine, basketTitle } from './basket.ts';
import { bookReturn } from './book-return.ts';
import { decideReturn } from './decide-return.ts';
import { accountsOfBasket } from './redemption-reads.ts';
import { entryOfRedemption, redemptionById } from './redemption-rows.ts';
import { NOTHING_RETURNED, returnedOf } from './return-rows.ts';

interface DeskReturn {
  readonly id: string;
  readonly lines: readonly BasketLine[];
}

/**
 * Takes goods of an earlier redemption back, by two people of the desk. Refuses in this order: redemption.not_found,
 * household.closed, redemption.return_over, then what decideReturn refuses, change.needs_second.
 */
export const returnAtDesk = command<DeskReturn, DraftAt & GuardedAt>()({
  reads: ({ id }) => ({ handedOut: redemptionById.one([id]), entry: entryOfRedemption.one([id]) }),
  then({ handedOut }, { lines }) {
    const known = handedOut?.redemption;
    return {
      household: known ? householdById.one([known.householdId]) : given(undefined),
      returned: known ? returnedOf.one([known.journalNumber]) : given(NOTHING_RETURNED),
      book: bookOf(known ? accountsOfBasket(known.householdId, lines) : []),
    };
  },
  decide({ handedOut, entry, household, returned, book }, { lines }, at) {
    if (!handedOut || !household || !entry) throw new Refusal('redemption.not_found');
    const { redemption } = handedOut;
    if (household.state === 'closed') throw new Refusal('household.closed', { number: household.number });
    if (lastDayOf(redemption.effectiveOn) < at.today)
      throw new Refusal('redemption.return_over', { days: RETURN_WITHIN_DAYS });
    const decided = decideReturn(
      { householdId: household.id, handed: handedOut.lines, entry, returned },
      lines,
    );
    const goods = basketTitle(decided.lines);
    const is = { slip: redemption.journalNumber, goods, points: decided.points };
    needSecond(at, { on: `household:${household.id}`, is });
    const beside = at.agreed ? agreedFacts(at.agreed.by) : [];
    const place = { kioskId: null, shiftId: null, actorId: at.actorId, beside };
    return bookReturn(book, at, place, { redemption, household, decided });
  },
});

/** The last day on which the desk takes something back. */
export function lastDayOf(effectiveOn: string): string {
  return addDays(effectiveOn, RETURN_WITHIN_DAYS);
}
