/** Nobody reads a proposal in less. */
export const READING_MS = 2_000;
/** Fewer may well be clear at a glance. */
export const FAST_LEAST = 5;
/** Approved in one go, so many were hardly read one by one, however long they were on the screen. */
export const TOGETHER = 20;

/** Whether so many proposals were on the screen for too short a time to be read, all together. */
export function isTooFast(count: number, shownMs: number): boolean {
  return count >= FAST_LEAST && shownMs < count * READING_MS;
}
