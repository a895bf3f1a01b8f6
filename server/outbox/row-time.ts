import { businessDay, DAY_MS } from '../../shared/business-day.ts';
import type { Mark } from '../../shared/outbox/mark-words.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';

/** Clocks of devices and of the server differ by a little. */
const SLACK_MS = 2 * 60_000;

export interface RowTime {
  /** When it was done, by the server's clock. */
  readonly madeAtMs: number;
  /** The day it counts on. */
  readonly day: string;
  readonly marks: readonly Mark[];
}

/** The device of a row, as far as it says in which time its rows can lie. */
export interface DeviceTime {
  /** When its kiosk was made: a restored server registers the device anew. */
  readonly knownSinceMs: number;
  /** When it last had no row without an answer. */
  readonly emptyAtMs: number | null;
  readonly writtenOffAtMs: number | null;
  /** The number of the last row that had come by then; 0: none. */
  readonly lastAtEmpty: number;
  /** The server's clock minus the device's, as this request shows it; null: it does not. */
  readonly seenOffsetMs: number | null;
}

export interface TimeAt {
  readonly nowMs: number;
  readonly timeZone: string;
  /** A month stays open for so many days after its end, whatever a device says. */
  readonly openDays: number;
}

/**
 * When a row was done. A time in the future, before the kiosk was there, or before its device had nothing left to send though
 * the row had not come, is none: then the row counts now, and is marked. It counts on its own day while that day's month is
 * open; afterwards it counts today.
 */
export function timeOf(
  { number, atMs, offsetMs, done }: Pick<OutboxRow, 'number' | 'atMs' | 'offsetMs' | 'done'>,
  device: DeviceTime,
  { nowMs, timeZone, openDays }: TimeAt,
): RowTime {
  const today = businessDay(nowMs, timeZone);
  // Nothing has happened yet: it is decided by what is true now.
  if (done === null) return { madeAtMs: nowMs, day: today, marks: [] };
  const told = Math.round(done.atMs + (offsetMs ?? 0));
  const isPossible = told <= nowMs + SLACK_MS && told >= earliest(number, device) - SLACK_MS;
  if (!isPossible) return { madeAtMs: nowMs, day: today, marks: ['outbox.clock'] };
  const madeAtMs = Math.min(told, nowMs);
  const isWrong = isJump(atMs, done.atMs) || isOff(offsetMs, device);
  const marks: Mark[] = isWrong ? ['outbox.clock'] : [];
  const day = businessDay(madeAtMs, timeZone);
  if (isOpenMonth(day, device, { nowMs, timeZone, openDays })) return { madeAtMs, day, marks };
  return { madeAtMs, day: today, marks: [...marks, 'outbox.month_over'] };
}

/** A row that came after its device had nothing left was not there then, whatever it says. */
function earliest(number: number, { knownSinceMs, emptyAtMs, lastAtEmpty }: DeviceTime): number {
  return emptyAtMs !== null && number > lastAtEmpty ? Math.max(knownSinceMs, emptyAtMs) : knownSinceMs;
}

/** The row was made by another clock than the one that the device shows now. */
function isOff(offsetMs: number | null, { seenOffsetMs }: DeviceTime): boolean {
  return seenOffsetMs !== null && Math.abs((offsetMs ?? 0) - seenOffsetMs) > SLACK_MS;
}

/** A clock that was set between the two makes a mark before its own row, or days after it. */
function isJump(askedAtMs: number, doneAtMs: number): boolean {
  return doneAtMs < askedAtMs - SLACK_MS || doneAtMs > askedAtMs + 24 * 3_600_000;
}

/**
 * A month is open until the device was heard of with nothing left to send, or was written off, after the month's end. By the
 * server's own clock it closes so many days after its end in any case: a device could put that off for ever.
 */
function isOpenMonth(
  day: string,
  { emptyAtMs, writtenOffAtMs }: DeviceTime,
  { nowMs, timeZone, openDays }: TimeAt,
): boolean {
  const month = day.slice(0, 7);
  const monthOf = (atMs: number) => businessDay(atMs, timeZone).slice(0, 7);
  if (month >= monthOf(nowMs)) return true;
  if (month < monthOf(nowMs - openDays * DAY_MS)) return false;
  return [emptyAtMs, writtenOffAtMs].every((atMs) => atMs === null || monthOf(atMs) <= month);
}
