import { Refusal } from '../../shared/errors.ts';
import type { Mark } from '../../shared/outbox/mark-words.ts';
import { UNDO_WITHIN_MS } from '../../shared/kiosk/undo-limit.ts';
import { command, type Plan } from '../commands/index.ts';
import { NOT_YET, type RowOutcome, withoutNetworkFact } from '../outbox/index.ts';
import type { HandedOutAt } from './redeem-handed-out.ts';
import { marksOfShift } from './shift-of-row.ts';
import { isOwnHousehold } from './shifts.ts';
import { receiptOf, takeBack, undoRedemption } from './undo.ts';

/** The redemption that is taken back, and when it was handed out. */
export interface UndoneThere {
  readonly id: string;
  readonly madeAtMs: number;
}

/** Books an undo that happened before the server heard of it: the goods are back on the shelf. */
export const undoHandedOut = command<UndoneThere, HandedOutAt>()({
  reads: undoRedemption.reads,
  then: undoRedemption.then,
  decide({ shift, entry, book, latestId: _, ...known }, { id, madeAtMs }, at): Plan<RowOutcome> {
    if (!shift) return { rows: [], answer: NOT_YET };
    if (shift.kioskId !== at.kioskId) throw new Refusal('outbox.not_ours');
    const receipt = receiptOf({ ...known, entry }, at.kioskId);
    if (!receipt) throw new Refusal('redemption.not_found', { id });
    const { household } = known;
    const marks = new Set<Mark>([...at.marks, ...marksOfShift(shift, at)]);
    if (at.nowMs - madeAtMs > UNDO_WITHIN_MS) marks.add('redemption.undo_late');
    if (household !== undefined && isOwnHousehold(shift, household.id)) marks.add('redemption.own_household');
    if (household?.state === 'closed') marks.add('household.closed');
    const answer = { answer: 'late', thing: id, marks: Array.from(marks) } as const;
    // Somebody at the desk took it back meanwhile: there is nothing left to give back.
    if (receipt.undone) return { rows: [], answer: { ...answer, entry: null, receipt: null } };
    // A part of it came back already, and the rest is returned at the desk.
    if (receipt.lines.some(({ returned }) => returned > 0)) {
      const partly: Mark[] = [...answer.marks, 'redemption.partly_returned'];
      return { rows: [], answer: { ...answer, marks: partly, entry: null, receipt: null } };
    }
    const facts = [
      withoutNetworkFact(receipt.household.id, { ...at.row, atMs: at.nowMs, marks: answer.marks }),
    ];
    const back = takeBack({ receipt, entry, book, volunteerId: shift.volunteerId, facts }, at);
    return { rows: back.rows, answer: { ...answer, entry: back.entry, receipt: { ...back.receipt } } };
  },
});
