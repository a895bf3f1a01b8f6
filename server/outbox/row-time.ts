import { businessDay } from '../../shared/business-day.ts';
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
}

/**
 * When a row was done. A time in the future, or before the kiosk was there, is none: then the row counts now, and is
 * marked. It counts on its own day while that day's month is open, which is until its device has been heard of with nothing
 * left to send, or was written off, after the month's end; afterwards it counts today.
 */
export function timeOf(
  { atMs, offsetMs, done }: Pick<OutboxRow, 'atMs' | 'offsetMs' | 'done'>,
  device: DeviceTime,
  { nowMs, timeZone }: { readonly nowMs: number; readonly timeZone: string },
): RowTime {
  const today = businessDay(nowMs, timeZone);
  // Nothing has happened yet: it is decided by what is true now.
  if (done === null) return { madeAtMs: nowMs, day: today, marks: [] };
  const told = Math.round(done.atMs + (offsetMs ?? 0));
  const isPossible = told <= nowMs + SLACK_MS && told >= device.knownSinceMs - SLACK_MS;
  if (!isPossible) return { madeAtMs: nowMs, day: today, marks: ['outbox.clock'] };
  const madeAtMs = Math.min(told, nowMs);
  const marks: Mark[] = isJump(atMs, done.atMs) ? ['outbox.clock'] : [];
  const day = businessDay(madeAtMs, timeZone);
  if (isOpenMonth(day, today, device, timeZone)) return { madeAtMs, day, marks };
  return { madeAtMs, day: today, marks: [...marks, 'outbox.month_over'] };
}

/** A clock that was set between the two makes a mark before its own row, or days after it. */
function isJump(askedAtMs: number, doneAtMs: number): boolean {
  return doneAtMs < askedAtMs - SLACK_MS || doneAtMs > askedAtMs + 24 * 3_600_000;
}

function isOpenMonth(
  day: string,
  today: string,
  { emptyAtMs, writtenOffAtMs }: DeviceTime,
  timeZone: string,
): boolean {
  const month = day.slice(0, 7);
  if (month >= today.slice(0, 7)) return true;
  return [emptyAtMs, writtenOffAtMs].every(
    (atMs) => atMs === null || businessDay(atMs, timeZone).slice(0, 7) <= month,
  );
}
