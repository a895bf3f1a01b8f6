import { isRedemption } from '../../shared/kiosk/entry-kinds.ts';
import type { Concern } from '../../shared/proposals/concerns.ts';
import { TOGETHER } from '../../shared/proposals/reading.ts';
import type { LookKind } from '../../shared/village/look-kinds.ts';
import { tooFast } from './fast-approvals.ts';
import type { BookedProposal, RecentEntry } from './recent-entries.ts';

export interface LookItem {
  readonly kind: LookKind;
  readonly atMs: number;
  /** The entry to open. */
  readonly number: number;
  readonly count: number;
  readonly points: number;
  /** The usual points of such an entry; only where it is far more. */
  readonly usual: number | null;
  /** How long it was on the screen before it was approved; only where that is too short. */
  readonly seconds: number | null;
  readonly title: string;
  readonly actorId: string;
  readonly householdId: string | null;
  readonly goodsId: string | null;
}

/** An award is large from so many times the usual one, and never under ten points. */
export const LARGE_TIMES = 5;
const LARGE_LEAST = 1000;
/** So many redemptions of one household on one day are unusual. */
export const OFTEN = 3;

type DayOf = (atMs: number) => string;
type Decisions = ReadonlyMap<string, Pick<BookedProposal, 'decidedAtMs' | 'proposedBy'>>;

/** Further knowledge of entries, by their numbers. */
export interface Beside {
  /** Redemptions at which no card was scanned, and how the household was recognised. */
  readonly withoutCard?: ReadonlyMap<number, 'no_card' | 'vouched'>;
  /** When whoever approved them was first shown what they approved. */
  readonly seenAtMs?: ReadonlyMap<number, number>;
  /** The warnings that approvers had, by the ids of the proposals. */
  readonly concerns?: ReadonlyMap<string, readonly Concern['kind'][]>;
}

const LOOK_OF_CONCERN: Readonly<Record<Concern['kind'], LookKind>> = {
  over_cap: 'over_cap',
  near_cap: 'near_cap',
  same_deed: 'same_deed',
  no_photo: 'no_evidence',
  no_evidence: 'no_evidence',
  kin: 'kin',
  late: 'entered_late',
  one_proposer: 'one_proposer',
};

/** Finds in entries (newest first) what somebody should look at, newest first. */
export function worthALook(
  recent: readonly RecentEntry[],
  decisions: Decisions,
  dayOf: DayOf,
  { withoutCard = new Map(), seenAtMs = new Map(), concerns = new Map() }: Beside = {},
): LookItem[] {
  return [
    ...together(recent, decisions),
    ...fast(recent, decisions, seenAtMs),
    ...large(recent),
    ...warned(recent, decisions, concerns),
    ...reversals(recent, decisions),
    ...undone(recent, dayOf),
    ...recent.flatMap((entry) => {
      const kind = withoutCard.get(entry.number);
      return kind === undefined ? [] : item(kind, [entry]);
    }),
    ...losses(recent),
    ...often(recent, dayOf),
    ...late(recent),
  ].sort((a, b) => b.atMs - a.atMs || b.number - a.number);
}

function item(kind: LookKind, entries: readonly RecentEntry[], more: Partial<LookItem> = {}): LookItem[] {
  const [first] = entries;
  if (!first) return [];
  const { bookedAtMs, number, title, actorId, householdId, goodsId } = first;
  const points = entries.reduce((total, entry) => total + entry.points, 0);
  const count = entries.length;
  return [
    {
      ...{ kind, atMs: bookedAtMs, number, count, points, usual: null, seconds: null, title },
      actorId,
      householdId,
      goodsId,
      ...more,
    },
  ];
}

function groups(entries: readonly RecentEntry[], keyOf: (entry: RecentEntry) => string): RecentEntry[][] {
  return [...Map.groupBy(entries, keyOf).values()];
}

/** Entries that one person booked in one go have the same key. */
function decisionOf({ actorId, bookedAtMs, proposalId }: RecentEntry, decisions: Decisions): string {
  return `${actorId} ${decisions.get(proposalId ?? '')?.decidedAtMs ?? bookedAtMs}`;
}

function inOneGo(recent: readonly RecentEntry[], decisions: Decisions): RecentEntry[][] {
  const decided = recent.filter(({ kind, proposalId }) => kind !== 'reversal' && proposalId !== null);
  return groups(decided, (entry) => decisionOf(entry, decisions));
}

function together(recent: readonly RecentEntry[], decisions: Decisions): LookItem[] {
  return inOneGo(recent, decisions)
    .filter((entries) => entries.length >= TOGETHER)
    .flatMap((entries) => item('together', entries, { householdId: null }));
}

/** Piles that are told of as approved together are left out. */
function fast(
  recent: readonly RecentEntry[],
  decisions: Decisions,
  seenAtMs: ReadonlyMap<number, number>,
): LookItem[] {
  const few = inOneGo(recent, decisions).filter(({ length }) => length < TOGETHER);
  return groups(few.flat(), ({ actorId }) => actorId).flatMap((own) => {
    const approvals = own.flatMap((entry) => {
      const seen = seenAtMs.get(entry.number);
      const decidedAtMs = decisions.get(entry.proposalId ?? '')?.decidedAtMs ?? entry.bookedAtMs;
      return seen === undefined ? [] : [{ entry, seenAtMs: seen, decidedAtMs }];
    });
    return tooFast(approvals).flatMap(({ entries, readMs }) =>
      item(
        'fast',
        entries.toSorted((one, other) => other.number - one.number),
        { householdId: null, seconds: Math.floor(readMs / 1000) },
      ),
    );
  });
}

function large(recent: readonly RecentEntry[]): LookItem[] {
  const awards = recent.filter(({ kind }) => kind === 'award');
  const sorted = awards.map(({ points }) => points).sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return awards
    .filter(({ points }) => points >= Math.max(LARGE_LEAST, usual * LARGE_TIMES))
    .flatMap((entry) => item('large', [entry], { usual }));
}

/** Awards of which their approver was warned: one line for each proposer and kind, because a habit has many. */
function warned(
  recent: readonly RecentEntry[],
  decisions: Decisions,
  concerns: NonNullable<Beside['concerns']>,
): LookItem[] {
  const standing = recent.filter(({ kind, reversedBy }) => kind === 'award' && reversedBy === null);
  const found = standing.flatMap((entry) => {
    const kinds = (concerns.get(entry.proposalId ?? '') ?? []).map((kind) => LOOK_OF_CONCERN[kind]);
    const actorId = decisions.get(entry.proposalId ?? '')?.proposedBy ?? entry.actorId;
    return Array.from(new Set(kinds), (kind) => ({ kind, entry: { ...entry, actorId } }));
  });
  const habits = Map.groupBy(found, ({ kind, entry }) => `${kind} ${entry.actorId}`);
  return [...habits.values()].flatMap((own) => {
    const kind = own[0]?.kind;
    const all = own.map(({ entry }) => entry);
    return kind === undefined ? [] : item(kind, all, all.length > 1 ? { householdId: null } : {});
  });
}

function isUndo({ kind, reversesNumber }: RecentEntry, byNumber: ReadonlyMap<number, RecentEntry>): boolean {
  return kind === 'reversal' && isRedemption(byNumber.get(reversesNumber ?? 0)?.kind ?? '');
}

function reversals(recent: readonly RecentEntry[], decisions: Decisions): LookItem[] {
  const byNumber = new Map(recent.map((entry) => [entry.number, entry]));
  const taken = recent.filter((entry) => entry.kind === 'reversal' && !isUndo(entry, byNumber));
  // A batch that is taken back is one event, however many households it had.
  return groups(taken, (entry) => `${decisionOf(entry, decisions)} ${entry.title}`).flatMap((entries) =>
    item('reversal', entries),
  );
}

function undone(recent: readonly RecentEntry[], dayOf: DayOf): LookItem[] {
  const byNumber = new Map(recent.map((entry) => [entry.number, entry]));
  // The counter books its own undos; a proposed reversal of a redemption names its proposal.
  const atCounter = recent.filter((entry) => isUndo(entry, byNumber) && entry.proposalId === null);
  return groups(atCounter, ({ actorId, bookedAtMs }) => `${actorId} ${dayOf(bookedAtMs)}`).flatMap(
    (entries) => item('undone', entries, { householdId: null }),
  );
}

/** Handed out without network where points or goods did not reach. */
function late(recent: readonly RecentEntry[]): LookItem[] {
  return recent.filter(({ kind }) => kind === 'late_redemption').flatMap((entry) => item('late', [entry]));
}

function losses(recent: readonly RecentEntry[]): LookItem[] {
  return recent
    .filter(({ kind, pieces }) => kind === 'stocktake' && pieces < 0)
    .flatMap((entry) => item('loss', [entry], { count: -entry.pieces }));
}

function often(recent: readonly RecentEntry[], dayOf: DayOf): LookItem[] {
  const standing = recent.filter(({ kind, reversedBy }) => isRedemption(kind) && reversedBy === null);
  return groups(standing, ({ householdId, bookedAtMs }) => `${householdId ?? ''} ${dayOf(bookedAtMs)}`)
    .filter((entries) => entries.length >= OFTEN)
    .flatMap((entries) => item('often', entries));
}

/** How much of what was given each proposer had proposed, most first. */
export function sharesOf(
  recent: readonly RecentEntry[],
  proposals: ReadonlyMap<string, Pick<BookedProposal, 'proposedBy'>>,
): { proposedBy: string; points: number; percent: number }[] {
  const awards = recent.filter(({ kind, reversedBy }) => kind === 'award' && reversedBy === null);
  const total = awards.reduce((sum, { points }) => sum + points, 0);
  const by = Map.groupBy(awards, ({ proposalId }) => proposals.get(proposalId ?? '')?.proposedBy ?? '');
  by.delete('');
  return [...by]
    .map(([proposedBy, entries]) => {
      const points = entries.reduce((sum, entry) => sum + entry.points, 0);
      return { proposedBy, points, percent: total > 0 ? Math.round((points * 100) / total) : 0 };
    })
    .sort((a, b) => b.points - a.points);
}
