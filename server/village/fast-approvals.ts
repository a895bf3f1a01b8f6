import { isTooFast } from '../../shared/proposals/reading.ts';

/** Something that one person approved: when it was first on their screen, and when they approved it. */
export interface Approval<Entry> {
  readonly entry: Entry;
  readonly seenAtMs: number;
  readonly decidedAtMs: number;
}

export interface TooFast<Entry> {
  readonly entries: readonly Entry[];
  /** How long any of them was on the screen before it was approved. */
  readonly readMs: number;
}

/** Approvals of one person that follow each other within this time are one sitting. */
const PAUSE_MS = 120_000;

/**
 * Finds what one person approved faster than it can be read, sitting by sitting: of what was opened last in each as many as
 * were on the screen for too short a time, all together. A pile is no better for being approved one by one or in small parts.
 */
export function tooFast<Entry>(approvals: readonly Approval<Entry>[]): TooFast<Entry>[] {
  return sittings(approvals).flatMap((sitting) => fastIn(sitting) ?? []);
}

function sittings<Entry>(approvals: readonly Approval<Entry>[]): Approval<Entry>[][] {
  const found: Approval<Entry>[][] = [];
  let lastMs = -Infinity;
  for (const approval of approvals.toSorted((one, other) => one.decidedAtMs - other.decidedAtMs)) {
    if (approval.decidedAtMs - lastMs > PAUSE_MS) found.push([]);
    found.at(-1)?.push(approval);
    lastMs = approval.decidedAtMs;
  }
  return found;
}

function fastIn<Entry>(sitting: readonly Approval<Entry>[]): TooFast<Entry> | null {
  const lastOpened = sitting.toSorted((one, other) => other.seenAtMs - one.seenAtMs);
  /** The times at which something was on the screen, apart from each other, the earliest last. */
  const times: { from: number; to: number }[] = [];
  let readMs = 0;
  let found: TooFast<Entry> | null = null;
  for (const [place, { seenAtMs, decidedAtMs }] of lastOpened.entries()) {
    let to = Math.max(seenAtMs, decidedAtMs);
    for (let next = times.at(-1); next && next.from <= to; next = times.at(-1)) {
      to = Math.max(to, next.to);
      readMs -= next.to - next.from;
      times.pop();
    }
    times.push({ from: seenAtMs, to });
    readMs += to - seenAtMs;
    const count = place + 1;
    if (isTooFast(count, readMs))
      found = { entries: lastOpened.slice(0, count).map(({ entry }) => entry), readMs };
  }
  return found;
}
