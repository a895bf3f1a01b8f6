/** How hours come from signing in and out: minutes of the day, rounded to half or whole hours. */

const MINUTES_AN_HOUR = 60;

/** The steps in which hours count: half hours, or whole ones under a rule whose hour cannot be halved. */
export function stepOf(pointsAnHour: number): number {
  return pointsAnHour % 2 === 0 ? MINUTES_AN_HOUR / 2 : MINUTES_AN_HOUR;
}

/** The minute of the day that a clock shows: "08:30" is 510. */
export function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * MINUTES_AN_HOUR + Number(minutes);
}

export interface Span {
  /** Minutes of the day. */
  readonly from: number;
  readonly until: number;
}

/**
 * The minutes that count for somebody who was there from `came` until `left`. Time before the announced beginning and after
 * the announced end does not count. A begun step counts once half of it is over.
 */
export function countedMinutes(
  announced: Span,
  { came, left }: { readonly came: number; readonly left: number },
  step: number,
): number {
  const minutes = Math.min(left, announced.until) - Math.max(came, announced.from);
  return Math.max(0, Math.round(minutes / step) * step);
}

/** The most that somebody may have who was there from beginning to end. A begun step counts. */
export function mostMinutes({ from, until }: Span, step: number): number {
  return Math.ceil((until - from) / step) * step;
}

/** Hours as people write them: 150 minutes are 2.5. */
export function hoursOf(minutes: number): number {
  return minutes / MINUTES_AN_HOUR;
}

/** The points of so many minutes; hundredths. */
export function pointsOfMinutes(pointsAnHour: number, minutes: number): number {
  return (pointsAnHour * minutes) / MINUTES_AN_HOUR;
}
