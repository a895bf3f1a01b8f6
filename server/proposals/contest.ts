import { and, asc, eq, inArray } from 'drizzle-orm';
import {
  changed,
  chunked,
  type Reader,
  type RowOf,
  type Tx,
  type WrittenRow,
  writeRows,
} from '../../db/index.ts';
import { OBJECTOR } from '../../shared/acts/program-words.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { PROPOSAL_TRANSITIONS } from '../../shared/proposals/states.ts';
import type { DecideAt } from '../at.ts';
import { wordingOf } from '../rules/index.ts';
import { stepRows } from './decide.ts';
import { touchedBy } from './open-proposals.ts';
import type { ProposalRow } from './proposal-reads.ts';
import { actsOfSteps } from './told-steps.ts';

/** A deed that somebody may object to, with everybody who had a part in it. */
export interface ContestedDeed {
  readonly row: ProposalRow;
  readonly lastStep: number;
  readonly title: string;
  /**
   * Everybody who proposed, corrected, approved, sent back or took it off notice, judged it in a round, or kept the list of an
   * event.
   */
  readonly hadPart: ReadonlySet<string>;
  readonly householdIds: readonly string[];
}

const SOURCE = 'proposal:';

/** Finds the award or deduction that an objection names, by its proposal or by its entry; undefined: there is none. */
export async function deedInQuestion(
  reader: Reader,
  villageId: string,
  { proposalId, entry }: { readonly proposalId?: string | undefined; readonly entry?: number | undefined },
): Promise<ContestedDeed | undefined> {
  const id =
    proposalId ?? (entry === undefined ? undefined : await proposalOfEntry(reader, villageId, entry));
  if (id === undefined) return undefined;
  const found = (await contestedDeeds(reader, villageId, [id])).get(id);
  const isOfEntry = entry === undefined || found?.row.journalNumber === entry;
  return isOfEntry && isDeed(found?.row.kind) ? found : undefined;
}

function isDeed(kind: ProposalRow['kind'] | undefined): boolean {
  return kind === 'award' || kind === 'deduction';
}

async function proposalOfEntry(
  { db, t: { journal } }: Reader,
  villageId: string,
  number: number,
): Promise<string | undefined> {
  const [row] = await db
    .select({ source: journal.source })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.number, number)));
  return row?.source?.startsWith(SOURCE) ? row.source.slice(SOURCE.length) : undefined;
}

/** Reads deeds by their proposals. */
export async function contestedDeeds(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, ContestedDeed>> {
  const { proposals, proposalEvents, ruleVersions } = reader.t;
  const deeds = new Map<string, ContestedDeed>();
  for (const some of chunked([...new Set(ids)])) {
    const rows = await reader.db
      .select({ row: proposals, title: ruleVersions.title })
      .from(proposals)
      .leftJoin(ruleVersions, wordingOf(proposals, ruleVersions))
      .where(and(eq(proposals.villageId, villageId), inArray(proposals.id, some)));
    const events = await reader.db
      .select()
      .from(proposalEvents)
      .where(and(eq(proposalEvents.villageId, villageId), inArray(proposalEvents.proposalId, some)))
      .orderBy(asc(proposalEvents.proposalId), asc(proposalEvents.step));
    const steps = Map.groupBy(events, ({ proposalId }) => proposalId);
    for (const { row, title } of rows) {
      const own = steps.get(row.id) ?? [];
      deeds.set(row.id, {
        ...{ row, title: title ?? '', lastStep: own.at(-1)?.step ?? 0, householdIds: touchedBy(row) },
        hadPart: new Set([
          ...own.flatMap((event) => (isPart(event) ? event.actorId : [])),
          ...(row.judgedBy ?? []),
          ...(row.attendance?.keptBy ?? []),
        ]),
      });
    }
  }
  return deeds;
}

/** Somebody who answered an objection to it had no part in the deed itself, and neither had the clock. */
function isPart({ fromState, toState }: Pick<RowOf<'proposalEvents'>, 'fromState' | 'toState'>): boolean {
  const step = Object.values(PROPOSAL_TRANSITIONS).find(
    ({ from, to }) => from === fromState && to === toState,
  );
  return step === undefined || step.by === 'proposer' || step.by === 'decider';
}

type At = Pick<DecideAt, 'villageId' | 'actorId' | 'nowMs' | 'today' | 'newId'>;

/**
 * Notes that one more objection to this deed is open: it is not posted before that is answered. Answers the acts that tell of
 * it. Call under the village's lock.
 */
export async function objectionCame(tx: Tx, at: At, deed: ContestedDeed): Promise<AnyAct[]> {
  const { row } = deed;
  if (row.state === 'posted') return [];
  const change = { openObjections: (row.openObjections ?? 0) + 1 };
  if (row.state !== 'on_notice') return write(tx, [changed('proposals', row, change)]);
  return write(tx, stepRows(byObjector(at), deed, { step: 'contest', reason: '', change }));
}

/**
 * Notes that an objection to this deed is open no more. One that was right sends it back to its proposer; after the last of
 * those that were not, its notice goes on. Answers the acts that tell of it. Call under the village's lock.
 */
export async function objectionEnded(
  tx: Tx,
  at: At,
  deed: ContestedDeed,
  { isRight, reason }: { readonly isRight: boolean; readonly reason: string },
): Promise<AnyAct[]> {
  const { row } = deed;
  if (row.state === 'posted') return [];
  const left = (row.openObjections ?? 0) - 1;
  const change = { openObjections: left > 0 ? left : null };
  if (row.state === 'contested' && isRight) {
    const off = { ...change, seenAtMs: null, noticeId: null };
    return write(tx, stepRows(at, deed, { step: 'uphold', reason, change: off }));
  }
  if (row.state === 'contested' && left <= 0)
    return write(tx, stepRows(byObjector(at), deed, { step: 'dismiss', reason: '', change }));
  return write(tx, [changed('proposals', row, change)]);
}

/** The steps that an objection takes by itself name nobody. */
function byObjector(at: At): At {
  return { ...at, actorId: OBJECTOR };
}

async function write(tx: Tx, rows: readonly WrittenRow[]): Promise<AnyAct[]> {
  await writeRows(tx, rows);
  return actsOfSteps(rows);
}
