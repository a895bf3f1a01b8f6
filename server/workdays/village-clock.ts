import { minuteOf } from '../../shared/workdays/hours.ts';

/** The minute of the day at this instant on the village’s own clock. */
export function minuteOfDay(atMs: number, timeZone: string): number {
  const clock = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return minuteOf(new Intl.DateTimeFormat('en-GB', clock).format(atMs));
}
