import { and, eq, inArray, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { CONCERN_ROWS_MOST, type Concern } from '../../shared/proposals/concerns.ts';
import type { Proposal } from '../../shared/proposals/proposal.ts';
import { PROPOSAL_TRANSITIONS, STATE_FACTS } from '../../shared/proposals/states.ts';
import { lacksEvidence } from '../../shared/rules/asked-evidence.ts';
import { asksForPhotos } from '../../shared/rules/asks-for-photos.ts';
import { countsTogether, DEED_WORDS, type DeedWords } from '../../shared/rules/caps.ts';
import { askNow, together } from '../commands/index.ts';
import { ruleById, wordingOf } from '../rules/index.ts';
import { findNear, findPassed, type NewDeed, standingUnder } from './caps.ts';
import { asSeenBy, staffOf, unordered, type Viewer } from './list.ts';
import { isKin } from './may-decide.ts';
import { recentAwards } from './one-proposer.ts';
import type { ProposalRow } from './proposal-reads.ts';
import { type StandingDeed, standingDeeds } from './standing-deeds.ts';

interface DeedToLookAt extends NewDeed {
  readonly row: ProposalRow;
  readonly batchId: string;
  readonly hasPhotos: boolean;
  readonly asksPhotos: boolean;
  readonly isUnproved: boolean;
  readonly isKin: boolean;
}

type Concerns = ReadonlyMap<string, readonly Concern[]>;

interface BatchConcerns {
  batchId: string;
  count: number;
  kinds: { kind: Concern['kind']; count: number }[];
  rows: { proposal: Proposal; concerns: Concern[] }[];
}

/** Tells which rows of these batches want a look before somebody approves them, in the order they were proposed. */
export async function listConcerns(
  reader: Reader,
  viewer: Viewer & { readonly today: string },
  batchIds: readonly string[],
): Promise<{ items: BatchConcerns[] }> {
  const staff = await staffOf(reader, viewer.villageId);
  const { proposals } = reader.t;
  const isWaiting = and(
    inArray(proposals.batchId, [...batchIds]),
    eq(proposals.state, PROPOSAL_TRANSITIONS.approve.from),
  );
  const deeds = await deedsWhere(reader, viewer.villageId, isWaiting, { staff, dayOf: () => viewer.today });
  const concerns = await concernsOf(reader, viewer.villageId, deeds);
  const wanted = deeds.filter(({ id }) => concerns.has(id));
  const byBatch = Map.groupBy(wanted, ({ batchId }) => batchId);
  const shown = Array.from(byBatch.values()).flatMap((own) => own.slice(0, CONCERN_ROWS_MOST));
  const rows = shown.map(({ row }) => row);
  const seen = new Map((await asSeenBy(reader, viewer, rows)).map((proposal) => [proposal.id, proposal]));
  const items = Array.from(byBatch, ([batchId, own]) => ({
    batchId,
    count: own.length,
    kinds: kindsOf(own.flatMap(({ id }) => concerns.get(id) ?? [])),
    rows: own.slice(0, CONCERN_ROWS_MOST).flatMap(({ id }) => {
      const proposal = seen.get(id);
      return proposal ? [{ proposal, concerns: [...(concerns.get(id) ?? [])] }] : [];
    }),
  }));
  return { items };
}

/**
 * The same of deeds that are posted, for whoever watches the books, by the ids of their proposals (some thousands):
 * measured by the caps of the day on which they were approved. The later of two that are the same is told.
 */
export async function concernsOfPosted(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
  dayOf: (atMs: number) => string,
): Promise<Map<string, readonly Concern['kind'][]>> {
  const staff = await staffOf(reader, villageId);
  // One statement for all: the planner of PostgreSQL may read the village's proposals once for each.
  const isAsked = inArray(reader.t.proposals.id, [...ids]);
  const dayOfRow = ({ decidedAtMs }: ProposalRow) => dayOf(decidedAtMs ?? 0);
  const deeds = await deedsWhere(reader, villageId, isAsked, { staff, dayOf: dayOfRow });
  const concerns = await concernsOf(reader, villageId, deeds);
  return new Map(Array.from(concerns, ([id, own]) => [id, own.map(({ kind }) => kind)]));
}

interface Beside {
  readonly staff: Awaited<ReturnType<typeof staffOf>>;
  /** The day by whose caps a deed is measured. */
  readonly dayOf: (row: ProposalRow) => string;
}

async function deedsWhere(
  reader: Reader,
  villageId: string,
  isWanted: SQL | undefined,
  { staff, dayOf }: Beside,
): Promise<DeedToLookAt[]> {
  const { proposals, ruleVersions } = reader.t;
  const rows = await reader.db
    .select({
      proposal: proposals,
      title: ruleVersions.title,
      evidence: ruleVersions.evidence,
    })
    .from(proposals)
    .leftJoin(ruleVersions, wordingOf(proposals, ruleVersions))
    .where(and(eq(proposals.villageId, villageId), isWanted))
    .orderBy(unordered(proposals.id));
  const asked = rows.flatMap(({ proposal }) => {
    const { ruleId } = proposal;
    return ruleId === null ? [] : [[ruleId, dayOf(proposal)] as const];
  });
  const each = new Map(asked.map((one) => [one.join(' '), one])).values();
  const ruleOn = await askNow(reader, villageId, ruleById.each([...each]));
  return rows.map(({ proposal, title, evidence }) => {
    const { id, batchId, householdId, ruleId, points, effectiveOn, member, event, pictureIds } = proposal;
    const hasPhotos = (pictureIds?.length ?? 0) > 0;
    const now = ruleId === null ? undefined : ruleOn(ruleId, dayOf(proposal));
    return {
      row: proposal,
      ...{ id, batchId, householdId, ruleId, points, effectiveOn, member, event },
      ...{ code: now?.code ?? '', title: title ?? '' },
      // A deed from before may pass the caps of that day, and be allowed under those of its own.
      caps: now ? [now.caps] : [],
      hasPhotos,
      asksPhotos: asksForPhotos(evidence ?? ''),
      isUnproved: lacksEvidence(evidence ?? '', { note: proposal.note, hasPhotos }),
      isKin: isKin(staff.get(proposal.proposedBy) ?? { householdIds: [] }, proposal),
    };
  });
}

async function concernsOf(
  reader: Reader,
  villageId: string,
  deeds: readonly DeedToLookAt[],
): Promise<Concerns> {
  if (deeds.length === 0) return new Map();
  const keyed = deeds.filter(({ ruleId }) => ruleId !== null);
  const known = await askNow(
    reader,
    villageId,
    together({
      standing: standingUnder(keyed),
      sameDay: standingDeeds.each(keyed.map((deed) => keyOfDay(deed))),
    }),
  );
  const passed = new Map(
    findPassed(known.standing, keyed, 'earlier').map((one) => [one.deed.id, one] as const),
  );
  const near = new Map(findNear(known.standing, keyed).map((one) => [one.deed.id, one] as const));
  const recent = await recentAwards(reader, villageId);
  const found = new Map<string, readonly Concern[]>();
  for (const deed of deeds) {
    const favour = deed.points > 0 ? recent.ofOneProposer(deed.row) : null;
    const over = passed.get(deed.id);
    const nearly = over ? undefined : near.get(deed.id);
    const same = deed.ruleId === null ? undefined : known.sameDay(...keyOfDay(deed)).find(isBefore(deed));
    const own: Concern[] = [
      ...(over ? [{ ...NOTHING_MORE, kind: 'over_cap' as const, cap: capFacts(over) }] : []),
      ...(nearly ? [{ ...NOTHING_MORE, kind: 'near_cap' as const, cap: capFacts(nearly) }] : []),
      ...(same ? [{ ...NOTHING_MORE, kind: 'same_deed' as const, other: otherFacts(same) }] : []),
      ...(deed.asksPhotos && !deed.hasPhotos ? [{ ...NOTHING_MORE, kind: 'no_photo' as const }] : []),
      ...(deed.isUnproved ? [{ ...NOTHING_MORE, kind: 'no_evidence' as const }] : []),
      ...(deed.row.attendance?.isLate ? [{ ...NOTHING_MORE, kind: 'late' as const }] : []),
      ...(deed.isKin ? [{ ...NOTHING_MORE, kind: 'kin' as const }] : []),
      ...(favour === null ? [] : [{ ...NOTHING_MORE, kind: 'one_proposer' as const, awards: favour }]),
    ];
    if (own.length > 0) found.set(deed.id, own);
  }
  return found;
}

const NOTHING_MORE = { cap: null, other: null, awards: null };

/** The household, rule and day of a deed, by which the same deed is looked for. */
export function keyOfDay({ householdId, ruleId, effectiveOn }: NewDeed) {
  return [householdId, ruleId ?? '', effectiveOn, effectiveOn] as const;
}

/** The later of two deeds looks like the second telling of the same, unless their words tell them apart. */
function isBefore({ row, ...deed }: DeedToLookAt) {
  const waits = !STATE_FACTS[row.state].isPosted;
  return (one: StandingDeed) =>
    one.id !== deed.id && ((waits && !one.waits) || one.id < deed.id) && !areToldApart(one, deed);
}

/** Whether a word that both deeds say tells them apart. */
export function areToldApart(one: DeedWords, other: DeedWords): boolean {
  return DEED_WORDS.some(
    (word) => one[word] !== null && other[word] !== null && !countsTogether(word, one, other),
  );
}

function capFacts({ deed, cap, span, figure, used }: ReturnType<typeof findPassed>[number]): Concern['cap'] {
  const limit = (figure === 'times' ? cap.times : cap.points) ?? 0;
  const about = cap.scope === 'household' ? null : deed[cap.scope];
  return { figure, period: cap.period, about, ...span, limit, used: used[figure] };
}

function otherFacts({
  id,
  points,
  journalNumber,
}: {
  readonly id: string;
  readonly points: number;
  readonly journalNumber: number | null;
}): Concern['other'] {
  return { id, points, journalNumber };
}

function kindsOf(concerns: readonly Concern[]): BatchConcerns['kinds'] {
  return Array.from(
    Map.groupBy(concerns, ({ kind }) => kind),
    ([kind, own]) => ({ kind, count: own.length }),
  );
}
