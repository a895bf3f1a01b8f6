/** A day has so many milliseconds wherever no summer time is kept. */
export const DAY_MS = 86_400_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  quarter: number;
  day: string;
}

const zones = new Map<string, Zone>();
/** Every zone’s midnight falls on a quarter of an hour: within one the day stays. */
const QUARTER_MS = 900_000;

/** The calendar day at this instant in a time zone, YYYY-MM-DD. */
export function businessDay(atMs: number, timeZone: string): string {
  const zone = zones.get(timeZone) ?? addZone(timeZone);
  const quarter = Math.floor(atMs / QUARTER_MS);
  if (quarter !== zone.quarter) {
    zone.quarter = quarter;
    zone.day = zone.format.format(atMs);
  }
  return zone.day;
}

/** The day so many days later (or, negative, earlier): 2026-03-01 and −1 give 2026-02-28. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first day of this day's month: 2026-03-01. */
export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

function addZone(timeZone: string): Zone {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const zone = { format: new Intl.DateTimeFormat('en-CA', { timeZone, ...parts }), quarter: NaN, day: '' };
  zones.set(timeZone, zone);
  return zone;
}
