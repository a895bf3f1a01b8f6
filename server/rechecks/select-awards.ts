import { sha256 } from '../documents/index.ts';

/** The two things that choose together: neither is known to whoever could choose the other. */
export interface Lot {
  /** The hash of the last entry of the month, which stood before the meeting; 64 digits. */
  readonly hash: string;
  /** The number that was called out at the meeting. */
  readonly called: number;
}

/** The lot of one award: SHA-256 of the hash, the number and the number of its entry, with a space between (docs/rechecks.md). */
export function lotOf({ hash, called }: Lot, entry: number): string {
  return sha256(`${hash} ${String(called)} ${String(entry)}`);
}

/** The awards with the smallest lots, in the order of their lots. The order in which they are given makes no difference. */
export function selectAwards(lot: Lot, entries: readonly number[], count: number): number[] {
  return entries
    .map((entry) => ({ entry, lot: lotOf(lot, entry) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, count)
    .map(({ entry }) => entry);
}

/** The digest of a list as it was drawn. */
export function digestOfDrawn(drawn: readonly number[]): string {
  return sha256(drawn.join(' '));
}
