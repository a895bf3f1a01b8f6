import type { RowBodies } from '../../shared/kiosk/rows.ts';
import { finalAnswer, type KeptRow } from '../outbox/outbox-disk.ts';
import type { AnswerOf } from '../api/index.ts';

export type ShiftFigures = NonNullable<AnswerOf<'kiosk.state'>['shift']>;

/** A shift that was begun on this device without the server. */
export interface LocalShift {
  readonly id: string;
  readonly volunteerId: string;
  readonly volunteer: string;
  readonly startedAtMs: number;
}

/** A hand-over that only this device knows of so far. */
export interface HandOver {
  readonly key: string;
  readonly number: number;
  readonly shift: string;
  readonly atMs: number;
  readonly body: RowBodies['kiosk.redeem'];
  readonly isUndone: boolean;
}

export function emptyFigures({ id, volunteer, volunteerId, startedAtMs }: LocalShift): ShiftFigures {
  return {
    ...{ id, volunteer, volunteerId, startedAtMs, redemptions: 0, points: 0, households: 0, pieces: 0 },
    ...{ undone: 0, undonePoints: 0, returned: 0, returnedPoints: 0, today: { redemptions: 0, points: 0 } },
  };
}

/** Adds what was handed out in this shift and has not been booked yet. */
export function withHandOvers(shift: ShiftFigures, all: readonly HandOver[]): ShiftFigures {
  const own = all.filter((one) => one.shift === shift.id);
  const standing = own.filter(({ isUndone }) => !isUndone);
  const undone = own.filter(({ isUndone }) => isUndone);
  const points = sum(standing, ({ body }) => body.points);
  const households = new Set(standing.map(({ body }) => body.householdId)).size;
  const { today } = shift;
  return {
    ...shift,
    redemptions: shift.redemptions + standing.length,
    points: shift.points + points,
    households: shift.households + households,
    pieces: shift.pieces + sum(standing, ({ body }) => sum(body.lines, ({ quantity }) => quantity)),
    undone: shift.undone + undone.length,
    undonePoints: shift.undonePoints + sum(undone, ({ body }) => body.points),
    today: { redemptions: today.redemptions + standing.length, points: today.points + points },
  };
}

/** Hand-overs on the disk that happened without an answer, and that the server has not answered yet. */
export function unsentHandOvers(rows: readonly KeptRow[]): HandOver[] {
  return handOversIn(rows, (kept) => kept.row.done?.how === 'here' && finalAnswer(kept) === null);
}

/** Hand-overs of which a copy that knows the book up to this entry knows nothing. */
export function handOversAfter(rows: readonly KeptRow[], entry: number): HandOver[] {
  return handOversIn(rows, (kept) => {
    const { done } = kept.row;
    if (done === null || done.how === 'given_up') return false;
    const answer = finalAnswer(kept);
    return done.how === 'here' && answer === null ? true : (answer?.entry ?? 0) > entry;
  });
}

/** Hand-overs of this device that are booked, by an entry after this one. */
export function bookedHandOvers(rows: readonly KeptRow[], entry = 0): HandOver[] {
  return handOversIn(
    rows,
    ({ row: { done }, answer }) => done !== null && done.how !== 'given_up' && (answer?.entry ?? 0) > entry,
  );
}

function handOversIn(rows: readonly KeptRow[], counts: (kept: KeptRow) => boolean): HandOver[] {
  const counted = rows.filter(counts);
  const undone = new Set(
    counted.flatMap(({ row }) =>
      row.kind === 'kiosk.undo' ? [(JSON.parse(row.body) as RowBodies['kiosk.undo']).undoes] : [],
    ),
  );
  return counted.flatMap(({ row }) => {
    if (row.kind !== 'kiosk.redeem') return [];
    const body = JSON.parse(row.body) as RowBodies['kiosk.redeem'];
    const { key, number, shift, atMs } = row;
    return [{ key, number, shift, atMs, body, isUndone: undone.has(key) }];
  });
}

function sum<T>(all: readonly T[], figure: (one: T) => number): number {
  return all.reduce((total, one) => total + figure(one), 0);
}
