const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day at this instant in a time zone, YYYY-MM-DD. */
export function businessDay(atMs: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(atMs);
}

/** The day so many days later (or, negative, earlier): 2026-03-01 and −1 give 2026-02-28. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
