import type { Reader } from '../../db/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import type { VillageContext } from '../http/index.ts';
import { bookedBetween, type EntrySpan } from '../ledger/index.ts';

/** A village whose entries are looked at. */
export type Village = Pick<VillageContext, 'id' | 'settings'>;

/** Business days, both included. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

export interface StretchQuery {
  readonly months: number;
  /** YYYY-MM */
  readonly until?: string | undefined;
}

/** So many months, the last of them this one or an earlier one. The month of today ends today. */
export function stretchOf(today: string, { months, until }: StretchQuery): Stretch {
  const current = today.slice(0, 7);
  const last = until === undefined || until > current ? current : until;
  return {
    from: `${monthsLater(last, 1 - months)}-01`,
    to: last === current ? today : lastDayOf(last),
  };
}

/** The same date three months earlier, or the last day of that month. */
export function threeMonthsBefore(day: string): string {
  const month = monthsLater(day.slice(0, 7), -3);
  const [same, last] = [`${month}${day.slice(7)}`, lastDayOf(month)];
  return same < last ? same : last;
}

/** The month so many months later: 2026-11 and 2 give 2027-01. */
export function monthsLater(month: string, count: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

function lastDayOf(month: string): string {
  return addDays(`${monthsLater(month, 1)}-01`, -1);
}

/** The entries that were booked in these days, whatever days they are of; null when there are none. */
export function bookedIn(
  reader: Reader,
  { id, settings }: Village,
  { from, to }: Stretch,
): Promise<EntrySpan | null> {
  return bookedBetween(reader, id, {
    hasBegun: (atMs) => businessDay(atMs, settings.timeZone) >= from,
    isOver: (atMs) => businessDay(atMs, settings.timeZone) > to,
  });
}
