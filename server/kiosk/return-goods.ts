import { Refusal } from '../../shared/errors.ts';
import { cardOf } from '../cards/index.ts';
import { command, given } from '../commands/index.ts';
import { householdById } from '../households/index.ts';
import { bookOf } from '../ledger/index.ts';
import type { BasketLine } from './basket.ts';
import { bookReturn, type GoodsReturn } from './book-return.ts';
import { requirePresence } from './decide-recognition.ts';
import { decideReturn } from './decide-return.ts';
import { accountsOfBasket } from './redemption-reads.ts';
import type { Recognised } from './presence.ts';
import type { KioskAt } from './redemption-reads.ts';
import { entryOfRedemption, redemptionById } from './redemption-rows.ts';
import { NOTHING_RETURNED, returnedOf } from './return-rows.ts';
import { isOwnHousehold, requireOpen, shiftById } from './shifts.ts';

export interface CounterReturn {
  /** The redemption of which something comes back, of any kiosk of the village. */
  readonly id: string;
  /** The household that the caller takes it to be of; undefined: whosever it is. */
  readonly householdId?: string;
  readonly lines: readonly BasketLine[];
  /** How this household was recognised here and now; null if it was not. */
  readonly recognisedAs: (householdId: string) => Recognised | null;
}

/**
 * Takes goods of a redemption back at the counter, on the day of the slip and with the household's card. The amount of the
 * day without PIN is not given back, as after an undo. Refuses in this order: the shift, redemption.not_found,
 * redemption.own_household, household.closed, redemption.absent, redemption.card_needed, card.revoked,
 * redemption.return_late, then what decideReturn refuses.
 */
export const returnGoods = command<CounterReturn, KioskAt>()({
  reads: ({ id }, { shiftId }) => ({
    shift: shiftById.one([shiftId]),
    handedOut: redemptionById.one([id]),
    entry: entryOfRedemption.one([id]),
  }),
  then({ handedOut }, { lines }) {
    const known = handedOut?.redemption;
    return {
      household: known ? householdById.one([known.householdId]) : given(undefined),
      card: known ? cardOf.one([known.householdId]) : given(undefined),
      returned: known ? returnedOf.one([known.journalNumber]) : given(NOTHING_RETURNED),
      book: bookOf(known ? accountsOfBasket(known.householdId, lines) : []),
    };
  },
  decide(
    { shift, handedOut, entry, household, card, returned, book },
    { householdId, lines, recognisedAs },
    at,
  ) {
    const onDuty = requireOpen(shift, at);
    if (!handedOut || !household || !entry) throw new Refusal('redemption.not_found');
    requireSameHousehold(household, householdId);
    const { redemption } = handedOut;
    if (isOwnHousehold(onDuty, household.id)) throw new Refusal('redemption.own_household');
    if (household.state === 'closed') throw new Refusal('household.closed', { number: household.number });
    const recognised = requirePresence(household, { recognised: recognisedAs(household.id), card });
    if (recognised.how !== 'card') throw new Refusal('redemption.card_needed');
    if (redemption.effectiveOn !== at.today) throw new Refusal('redemption.return_late');
    const facts = { householdId: household.id, handed: handedOut.lines, entry, returned };
    const decided = decideReturn(facts, lines);
    const place = { kioskId: at.kioskId, shiftId: onDuty.id, actorId: onDuty.volunteerId, beside: [] };
    const { rows, answer } = bookReturn(book, at, place, { redemption, household, decided });
    const volunteer: string = onDuty.volunteer;
    return { rows, answer: { ...answer, volunteer } satisfies GoodsReturn & { volunteer: string } };
  },
});

export function requireSameHousehold(household: { readonly id: string }, named: string | undefined): void {
  if (named !== undefined && named !== household.id) throw new Refusal('redemption.not_found');
}
