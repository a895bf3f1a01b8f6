import { added, changed, writeRows, type WrittenRow } from '../../db/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { errorSpec, Refusal } from '../../shared/errors.ts';
import type { OutboxAnswer } from '../../shared/outbox/answers.ts';
import { areSelfTold, type Mark } from '../../shared/outbox/mark-words.ts';
import { FIRST_BEFORE, type OutboxRow } from '../../shared/outbox/row.ts';
import { type Call, given, type Plan, together, type WorkingSet } from '../commands/index.ts';
import {
  amountSinceHeard,
  bookedAt,
  entryByKey,
  hashesByNumber,
  rowByKey,
  type StoredRow,
} from './outbox-rows.ts';
import type { RowAt, RowOutcome } from './row-kind.ts';

/** The answer to one row. */
export interface RowAnswer {
  readonly device: string;
  readonly key: string;
  readonly answer: OutboxAnswer;
  readonly entry: number | null;
  readonly marks: readonly string[];
  readonly code: Refusal['code'] | null;
  readonly params: Readonly<Record<string, string | number>>;
  readonly receipt: Readonly<Record<string, unknown>> | null;
}

interface Carried {
  readonly row: OutboxRow;
  readonly householdId: string | null;
  readonly carriedBy: StoredRow['carriedBy'];
  readonly receivedAtMs: number;
  /** The hundredths of a point that it hands out; null: none. */
  readonly amount: number | null;
}

/**
 * Makes the call that answers a row once: the same row again gets the same answer, whoever brings it. A row that asked and
 * was declined is decided anew when it comes again as done.
 */
export function rowCall(carried: Carried, at: RowAt, inner: Call<RowOutcome>): Call<RowAnswer> {
  const { row } = carried;
  const stored = rowByKey.one([row.device, row.key]);
  const isChained = row.number > 1 && row.hash !== '';
  const before = isChained ? hashesByNumber.one([row.device, row.number - 1]) : given([FIRST_BEFORE]);
  const booked = entryByKey.one([row.key]);
  const limits = deviceLimits(carried, at);
  const first = together({ stored, before, booked, ...limits.asks, own: inner.first() });
  return {
    first: () => first,
    second: (set) => inner.second(set),
    decide(set) {
      const was = stored.pick(set);
      if (was && !isSameRow(was, row)) return { rows: [], answer: refusedAnswer(row, 'outbox.other_row') };
      // Its key was used by another way: nothing of it is kept.
      if (!was && booked.pick(set) !== null)
        return { rows: [], answer: refusedAnswer(row, 'outbox.other_row') };
      if (was && row.done?.how === 'given_up' && was.entryNumber !== null) return givenUpLate(was, row);
      if (was && isAnswered(was, row)) return { rows: [], answer: answerOf(was) };
      const marks = [...at.marks, ...chainMarks(row, before.pick(set)), ...limits.marks(set, was)];
      const keep = (outcome: Decided) => keptRow(carried, at, was, outcome);
      if (row.done?.how === 'given_up') return givenUp(row, keep);
      try {
        return withRow(inner.decide(set), marks, keep, row);
      } catch (error) {
        const outcome = declined(error, row, marks);
        return { rows: [keep(outcome)], answer: toldAnswer(row, outcome, null) };
      }
    },
  };
}

/** An answer to a row that is not kept, because anybody could have made such a row. */
export function refusedAnswer(
  row: OutboxRow,
  code: Refusal['code'],
  answer: OutboxAnswer = 'refused',
): RowAnswer {
  return { ...nameOf(row), answer, entry: null, marks: [], code, params: {}, receipt: null };
}

type Decided = Omit<RowAnswer, 'device' | 'key' | 'receipt'> & { readonly thing: string | null };

/** It was booked before the counter said that it did not happen: somebody at the desk looks at it. */
function givenUpLate(was: StoredRow, row: OutboxRow): Plan<RowAnswer> {
  if (was.doneHow !== 'asked') return { rows: [], answer: answerOf(was) };
  const marks = Array.from(new Set([...was.marks, 'outbox.given_up']));
  const now = { ...doneOf(row), marks, isMarked: true };
  return { rows: [changed('outboxRows', was, now)], answer: answerOf({ ...was, ...now }) };
}

/** The counter says that it did not happen. */
function givenUp(row: OutboxRow, keep: (outcome: Decided) => WrittenRow): Plan<RowAnswer> {
  const code = 'outbox.given_up';
  const outcome = { answer: 'declined', entry: null, thing: null, marks: [], code, params: {} } as const;
  return { rows: [keep(outcome)], answer: toldAnswer(row, outcome, null) };
}

function withRow(
  plan: Plan<RowOutcome>,
  marks: readonly Mark[],
  keep: (outcome: Decided) => WrittenRow,
  row: OutboxRow,
): Plan<RowAnswer> {
  const decided = (outcome: RowOutcome): Decided => ({
    ...{ answer: outcome.answer, entry: outcome.entry, thing: outcome.thing, code: null, params: {} },
    marks: Array.from(new Set([...marks, ...outcome.marks])),
  });
  const told = (outcome: RowOutcome) => toldAnswer(row, decided(outcome), outcome.receipt);
  if (!plan.work) return { rows: [...plan.rows, keep(decided(plan.answer))], answer: told(plan.answer) };
  const { work } = plan;
  return {
    rows: plan.rows,
    async work(tx) {
      const outcome = await work(tx);
      await writeRows(tx, [keep(decided(outcome))]);
      return told(outcome);
    },
  };
}

/** A refusal answers the row. Any other failure is no answer: the row is sent again. */
function declined(error: unknown, row: OutboxRow, marks: readonly Mark[]): Decided {
  if (!(error instanceof Refusal) || errorSpec(error.code).kind !== 'refused') throw error;
  const { code, params } = error;
  const answer = row.done === null ? 'declined' : 'refused';
  return { answer, entry: null, thing: null, marks: [...marks], code, params };
}

/** The limits that a device keeps by itself, looked at once more by the server: its sum, and the age of its copy. */
function deviceLimits({ row, amount }: Carried, at: RowAt) {
  const isHere = row.done?.how === 'here';
  const { withoutNetworkKioskHundredths: most, copyDaysMost } = at.village.settings;
  const sum = isHere && amount !== null ? amountSinceHeard.one([row.device]) : given(0);
  // By then the copy was old: it does not know this entry.
  const unknown = isHere && row.copy !== null ? bookedAt.one([row.copy + 1]) : given(null);
  return {
    asks: { sum, unknown },
    marks(set: WorkingSet, was: StoredRow | undefined): Mark[] {
      const counted = was?.doneHow === 'here' ? (was.amount ?? 0) : 0;
      const isOver = isHere && amount !== null && sum.pick(set) - counted + amount > most;
      const bookedAtMs = unknown.pick(set);
      const isOld = bookedAtMs !== null && at.madeAtMs - bookedAtMs > copyDaysMost * DAY_MS;
      return [
        ...(isOver ? (['outbox.over_kiosk'] as const) : []),
        ...(isOld ? (['outbox.old_copy'] as const) : []),
      ];
    },
  };
}

/** A row follows the one before. If that one has not come yet, nobody can say. */
function chainMarks({ before }: OutboxRow, hashes: readonly string[]): Mark[] {
  return hashes.length === 0 || hashes.includes(before) || before === '' ? [] : ['outbox.chain'];
}

function isSameRow(was: StoredRow, row: OutboxRow): boolean {
  return was.hash === row.hash && was.number === row.number && was.kind === row.kind && sameBody(was, row);
}

/** The hash covers the body of a signed row, also of one whose body was erased. */
function sameBody({ body, hash }: StoredRow, row: OutboxRow): boolean {
  return hash !== '' || body === null || body === row.body;
}

function isAnswered({ answer, settledAtMs, doneHow }: StoredRow, { done }: OutboxRow): boolean {
  if (settledAtMs !== null) return true;
  // A row that was done cannot be given up later.
  if (answer === 'waiting') return hasHappened(doneHow) && done?.how === 'given_up';
  return answer !== 'declined' || done === null || doneHow === 'given_up';
}

function answerOf({
  deviceId,
  key,
  answer,
  entryNumber,
  marks,
  code,
  params,
  settledAtMs,
}: StoredRow): RowAnswer {
  const isEnded = settledAtMs !== null && answer === 'waiting';
  return {
    ...{
      device: deviceId,
      key,
      answer: isEnded ? 'refused' : answer,
      entry: entryNumber,
      marks,
      code,
      params,
    },
    receipt: null,
  };
}

function doneOf({ done }: OutboxRow) {
  const doneHow: StoredRow['doneHow'] = done?.how ?? 'asked';
  return {
    ...{ doneHow, doneAtMs: done?.atMs ?? null, doneEntry: done?.entry ?? null },
    doneSignature: done?.signature ?? null,
  };
}

/** Whether somebody has to look at it: something stood against it, or it was done and not booked. */
export function isMarked({
  doneHow,
  marks,
  answer,
}: Pick<StoredRow, 'doneHow' | 'answer'> & { readonly marks: readonly string[] }): boolean {
  if (doneHow === 'given_up') return marks.includes('outbox.given_up');
  return hasHappened(doneHow) && (marks.length > 0 || answer === 'refused' || answer === 'waiting');
}

/** Whether nothing stands against it but that the device alone says so. */
export function isSelfTold(row: Parameters<typeof isMarked>[0]): boolean {
  return isMarked(row) && row.answer === 'late' && areSelfTold(row.marks);
}

export function hasHappened(how: StoredRow['doneHow']): boolean {
  return how === 'here' || how === 'server';
}

function keptRow(
  { row, householdId, carriedBy, receivedAtMs, amount }: Carried,
  at: RowAt,
  was: StoredRow | undefined,
  { answer, entry, thing, marks, code, params }: Decided,
): WrittenRow {
  const done = doneOf(row);
  const { doneHow } = done;
  const told = {
    answer,
    code,
    params: { ...params },
    marks: [...marks],
    isMarked: isMarked({ doneHow, marks, answer }),
    isSelfTold: isSelfTold({ doneHow, marks, answer }),
  };
  const outcome = { ...told, entryNumber: entry, thingId: thing };
  const came = { ...done, madeAtMs: at.madeAtMs, carriedBy, receivedAtMs };
  if (was) return changed('outboxRows', was, { ...outcome, ...came, householdId, amount });
  const { device, key, number, kind, body, shift, atMs, offsetMs, copy, before, hash, signature } = row;
  return added('outboxRows', {
    ...{ villageId: at.villageId, id: at.newId(), deviceId: device, key, number, kind, body, householdId },
    ...{ shiftId: shift, atMs, offsetMs, copyNumber: copy, before, hash, signature },
    ...{ ...outcome, ...came, amount, settledAtMs: null, settledBy: null, remark: null },
  });
}

function toldAnswer(
  row: OutboxRow,
  { thing: _, ...told }: Decided,
  receipt: RowAnswer['receipt'],
): RowAnswer {
  return { ...nameOf(row), ...told, receipt };
}

function nameOf({ device, key }: OutboxRow): Pick<RowAnswer, 'device' | 'key'> {
  return { device, key };
}
