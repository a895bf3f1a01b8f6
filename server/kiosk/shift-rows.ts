import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Mark } from '../../shared/outbox/mark-words.ts';
import type { RowBodies } from '../../shared/kiosk/rows.ts';
import { bookActs } from '../acts/index.ts';
import { command, type Plan } from '../commands/index.ts';
import type { RandomBytes } from '../http/index.ts';
import { hashToken, newToken } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { NOT_YET, type RowAt, type RowOutcome } from '../outbox/index.ts';
import { actOfBegin, actsOfEnd } from './shift-acts.ts';
import { keepCount } from './keep-count.ts';
import { shiftById } from './shifts.ts';
import { volunteerById } from './volunteer-by-id.ts';

interface ShiftAt extends RowAt {
  readonly random: RandomBytes;
  /** Acts are booked in the transaction of the shift. */
  readonly book: Ledger;
}

/**
 * A shift that a volunteer began on a device without network: the device checked the PIN. Nobody has its token, so that it
 * counts for rows of this device alone.
 */
export const beginShift = command<{ readonly volunteerId: string }, ShiftAt>()({
  reads: ({ volunteerId }, { shiftId }) => ({
    shift: shiftById.one([shiftId]),
    volunteer: volunteerById.one([volunteerId]),
  }),
  decide({ shift, volunteer }, { volunteerId }, at): Plan<RowOutcome> {
    if (shift && (shift.kioskId !== at.kioskId || shift.volunteerId !== volunteerId))
      throw new Refusal('outbox.not_ours');
    if (shift) return { rows: [], answer: told(at) };
    if (at.done === null || at.shiftId === '') throw new Refusal('outbox.body');
    if (!volunteer) throw new Refusal('volunteer.not_found', { id: volunteerId });
    return {
      rows: [],
      async work(tx) {
        // By a clock that nobody believes it is not known which shift came before.
        if (!at.marks.includes('outbox.clock')) await endBefore(tx, at);
        await insertShift(tx, volunteerId, at);
        const begun = actOfBegin(at.kioskId, at.shiftId, true);
        await bookActs(at.book, tx, actAt(at, volunteerId), [begun]);
        return told(at, ['outbox.own_shift']);
      },
    };
  },
});

/** A shift that ended on a device, with or without network, and what was counted then. */
export const endShift = command<RowBodies['kiosk.endShift'], ShiftAt>()({
  reads: (_, { shiftId }) => ({ shift: shiftById.one([shiftId]) }),
  decide({ shift }, { counts = [] }, at): Plan<RowOutcome> {
    if (at.done === null) throw new Refusal('outbox.body');
    if (!shift) return { rows: [], answer: NOT_YET };
    if (shift.kioskId !== at.kioskId) throw new Refusal('outbox.not_ours');
    const isEnded = shift.endedAtMs !== null;
    if (isEnded && counts.length === 0) return { rows: [], answer: told(at) };
    return {
      rows: [],
      async work(tx) {
        const kept = counts.length > 0 && (await keepEndCount(tx, counts, at));
        const ended = isEnded ? [] : actsOfEnd([{ id: shift.id, kioskId: shift.kioskId }]);
        if (!isEnded) await end(tx, at.villageId, shift.id, at.madeAtMs);
        await bookActs(at.book, tx, actAt(at, shift.volunteerId), [...(kept ? [kept] : []), ...ended]);
        return told(at);
      },
    };
  },
});

/** The counts of then stand beside the book of now, which has every row that the device sent before this one. */
async function keepEndCount(
  tx: Tx,
  items: NonNullable<RowBodies['kiosk.endShift']['counts']>,
  at: ShiftAt,
): Promise<AnyAct | null> {
  const { villageId, kioskId, shiftId, madeAtMs, done } = at;
  await tx.lockBook(villageId);
  const count = { kioskId, shiftId, phase: 'end', answersId: null, takenAtMs: madeAtMs } as const;
  return keepCount(tx, at, { ...count, withoutNetwork: done === 'here', items });
}

function told({ marks, shiftId }: ShiftAt, own: readonly Mark[] = []): RowOutcome {
  return { answer: 'late', entry: null, thing: shiftId, marks: [...marks, ...own], receipt: null };
}

function actAt({ villageId, today, newId }: ShiftAt, actorId: string) {
  return { villageId, actorId, today, newId, via: 'kiosk' } as const;
}

/** A volunteer who begins a shift ends the one before on this kiosk. One that began later stays. */
async function endBefore(tx: Tx, at: ShiftAt): Promise<void> {
  const { villageId, kioskId, madeAtMs } = at;
  const { shifts } = tx.t;
  const before = await tx.db
    .select({ id: shifts.id, kioskId: shifts.kioskId, volunteerId: shifts.volunteerId })
    .from(shifts)
    .where(
      and(
        eq(shifts.villageId, villageId),
        eq(shifts.kioskId, kioskId),
        isNull(shifts.endedAtMs),
        lt(shifts.startedAtMs, madeAtMs),
      ),
    )
    .orderBy(shifts.id);
  for (const shift of before) {
    await end(tx, villageId, shift.id, madeAtMs);
    await bookActs(at.book, tx, actAt(at, shift.volunteerId), actsOfEnd([shift]));
  }
}

async function end(tx: Tx, villageId: string, id: string, endedAtMs: number): Promise<void> {
  const { shifts } = tx.t;
  await tx.db
    .update(shifts)
    .set({ endedAtMs })
    .where(and(eq(shifts.villageId, villageId), eq(shifts.id, id)))
    .returning({ id: shifts.id });
}

async function insertShift(
  tx: Tx,
  volunteerId: string,
  { villageId, shiftId, kioskId, madeAtMs, random }: ShiftAt,
): Promise<void> {
  const tokenHash = hashToken(newToken(random));
  await tx.db
    .insert(tx.t.shifts)
    .values({
      ...{ villageId, id: shiftId, kioskId, volunteerId, tokenHash, startedAtMs: madeAtMs },
      ...{ endedAtMs: null, usedAtMs: null, byDevice: true },
    })
    .returning({ id: tx.t.shifts.id });
}
