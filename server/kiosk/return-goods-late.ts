import { Refusal } from '../../shared/errors.ts';
import type { Mark } from '../../shared/outbox/mark-words.ts';
import { command, type Plan } from '../commands/index.ts';
import { NOT_YET, type RowOutcome, withoutNetworkFact } from '../outbox/index.ts';
import type { BasketLine } from './basket.ts';
import { bookReturn } from './book-return.ts';
import { requirePresence } from './decide-recognition.ts';
import { tried } from './decide-handed-out.ts';
import { decideReturn, leftOfLines, type ReturnFacts } from './decide-return.ts';
import type { HandedOutAt } from './redeem-handed-out.ts';
import { type CounterReturn, requireSameHousehold, returnGoods } from './return-goods.ts';
import { marksOfShift } from './shift-of-row.ts';
import { isOwnHousehold } from './shifts.ts';

/** `nowMs` is when the goods came back, `madeOn` the day of it, and `today` the day it counts on. */
interface ReturnedAt extends HandedOutAt {
  readonly madeOn: string;
}

/**
 * Books a return that a server before had booked: the goods are back on the shelf, and the household has the slip. Never more
 * comes back than the redemption has left by this book, because points and pieces that it no longer holds would be invented.
 * The rest is marked, and people settle it.
 */
export const returnGoodsLate = command<CounterReturn, ReturnedAt>()({
  reads: returnGoods.reads,
  then: returnGoods.then,
  decide({ shift, handedOut, entry, household, card, returned, book }, wanted, at): Plan<RowOutcome> {
    // The row that began the shift has not come yet.
    if (!shift) return { rows: [], answer: NOT_YET };
    if (shift.kioskId !== at.kioskId) throw new Refusal('outbox.not_ours');
    if (!handedOut || !household || !entry) throw new Refusal('redemption.not_found');
    requireSameHousehold(household, wanted.householdId);
    const { redemption } = handedOut;
    const recognised = wanted.recognisedAs(household.id);
    const marks = new Set<Mark>([...at.marks, ...marksOfShift(shift, at)]);
    if (isOwnHousehold(shift, household.id)) marks.add('redemption.own_household');
    if (household.state === 'closed') marks.add('household.closed');
    tried(() => requirePresence(household, { recognised, card }), marks);
    if (recognised?.how === 'number') marks.add('redemption.card_needed');
    // A return whose month is over counts today, though it came back on the day of its slip.
    if (![at.today, at.madeOn].includes(redemption.effectiveOn)) marks.add('redemption.return_late');
    const facts = { householdId: household.id, handed: handedOut.lines, entry, returned };
    const lines = leftOf(facts, wanted.lines, marks);
    const decided = lines.length === 0 ? null : tried(() => decideReturn(facts, lines), marks);
    const answer = { answer: 'late', thing: redemption.id, marks: Array.from(marks) } as const;
    if (decided === null) return { rows: [], answer: { ...answer, entry: null, receipt: null } };
    const told = withoutNetworkFact(household.id, { ...at.row, atMs: at.nowMs, marks: answer.marks });
    const { id: shiftId, volunteerId: actorId, kioskId, volunteer } = shift;
    const place = { kioskId, shiftId, actorId, beside: [told] };
    const booked = bookReturn(book, at, place, { redemption, household, decided });
    const receipt = { ...booked.answer, volunteer };
    return { rows: booked.rows, answer: { ...answer, entry: receipt.journalNumber, receipt } };
  },
});

function leftOf(facts: ReturnFacts, wanted: readonly BasketLine[], marks: Set<Mark>): BasketLine[] {
  const left = leftOfLines(facts, wanted);
  if (piecesOf(left) < piecesOf(wanted)) marks.add('redemption.returned');
  return left;
}

function piecesOf(lines: readonly BasketLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
