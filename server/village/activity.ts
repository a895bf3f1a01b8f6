import { isRedemption } from '../../shared/kiosk/entry-kinds.ts';
import type { BookedProposal, RecentEntry } from './recent-entries.ts';

/** Something that happened: one entry, or several of the same cause. */
export interface Happening {
  readonly kind: RecentEntry['kind'];
  readonly day: string;
  readonly bookedAtMs: number;
  /** The entry to open: the newest of them. */
  readonly number: number;
  readonly count: number;
  readonly title: string;
  readonly points: number;
  readonly actorId: string;
  readonly householdId: string | null;
}

/** So many redemptions of a day stand alone; the others are told in one line. */
const REDEMPTIONS_ALONE = 3;

/**
 * Tells entries (newest first) as somebody would: a batch is one thing, and so are the redemptions of an earlier day.
 * An entry that was reversed the same day is told by its reversal alone.
 */
export function happenings(
  recent: readonly RecentEntry[],
  proposals: ReadonlyMap<string, Pick<BookedProposal, 'batchId' | 'decidedAtMs'>>,
  { today, dayOf }: { readonly today: string; readonly dayOf: (atMs: number) => string },
): Happening[] {
  const groups = new Map<string, Happening>();
  const alone = new Map<string, number>();
  for (const entry of recent) {
    const day = dayOf(entry.bookedAtMs);
    const key = keyOf(entry, { day, isToday: day === today, proposals, alone });
    const before = groups.get(key);
    const { kind, bookedAtMs, number, title, points, actorId, householdId } = entry;
    groups.set(
      key,
      before
        ? { ...before, count: before.count + 1, points: before.points + points }
        : { kind, day, bookedAtMs, number, count: 1, title, points, actorId, householdId },
    );
  }
  return [...groups.values()].map((one) => (one.count === 1 ? one : { ...one, householdId: null }));
}

interface Grouping {
  readonly day: string;
  readonly isToday: boolean;
  readonly proposals: ReadonlyMap<string, Pick<BookedProposal, 'batchId' | 'decidedAtMs'>>;
  readonly alone: Map<string, number>;
}

function keyOf(entry: RecentEntry, { day, isToday, proposals, alone }: Grouping): string {
  const { kind, number, proposalId, bookedAtMs, actorId } = entry;
  if (isRedemption(kind)) {
    const before = alone.get(day) ?? 0;
    alone.set(day, before + 1);
    return isToday && before < REDEMPTIONS_ALONE ? `entry ${number}` : `redemptions ${day}`;
  }
  const proposal = proposalId === null ? undefined : proposals.get(proposalId);
  // A batch that was approved in several goes is told each time.
  if (proposal) return `batch ${proposal.batchId} ${proposal.decidedAtMs ?? bookedAtMs}`;
  return kind === 'opening' ? `openings ${day} ${actorId}` : `entry ${number}`;
}
