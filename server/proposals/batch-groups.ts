import { count, isNotNull, max, min, or, type SQL, sql, and, eq, inArray } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { Batch } from '../../shared/proposals/batch.ts';
import type { ProposalKind } from '../../shared/proposal-kinds.ts';
import type { ProposalState } from '../../shared/proposals/states.ts';
import { wordingOf } from '../rules/index.ts';
import { isKin, type Judged } from './may-decide.ts';

/** The rows that an answer counts: those of the batches on a page, in the state that was asked for. */
export interface Scope {
  readonly reader: Reader;
  readonly rows: SQL | undefined;
}

/** Rows of one batch that look the same on the screen. */
export interface Group {
  readonly batchId: string;
  readonly state: ProposalState;
  readonly kind: ProposalKind;
  readonly rule: Batch['deeds'][number]['rule'];
  readonly effectiveOn: string;
  readonly pictureIds: readonly string[];
  readonly count: number;
  readonly points: number;
  readonly least: number;
  readonly most: number;
  /** The least and the greatest of their notes: equal if all notes are the same. */
  readonly notes: readonly [string, string];
}

/** The database counts and sums, so a batch of a thousand rows makes no longer answer than one of ten. */
export async function groupsIn({ reader, rows }: Scope): Promise<Group[]> {
  const { proposals, rules, ruleVersions } = reader.t;
  const pictures = sql<string | null>`cast(${proposals.pictureIds} as text)`;
  // A deed under a rule was written once for many households. Opening balances differ from household to household.
  const ownPoints = sql`case when ${proposals.ruleId} is not null then ${proposals.points} end`;
  const ownNote = sql`case when ${proposals.ruleId} is not null then ${proposals.note} end`;
  const shown = {
    batchId: proposals.batchId,
    state: proposals.state,
    kind: proposals.kind,
    ruleId: proposals.ruleId,
    version: proposals.ruleVersion,
    effectiveOn: proposals.effectiveOn,
    code: rules.code,
    title: ruleVersions.title,
    category: ruleVersions.category,
    pictures,
  };
  const found = await reader.db
    .select({
      ...shown,
      count: count(),
      points: sumOf(proposals.points),
      least: min(proposals.points).mapWith(Number),
      most: max(proposals.points).mapWith(Number),
      firstNote: min(proposals.note),
      lastNote: max(proposals.note),
    })
    .from(proposals)
    .leftJoin(rules, and(eq(rules.villageId, proposals.villageId), eq(rules.id, proposals.ruleId)))
    .leftJoin(ruleVersions, wordingOf(proposals, ruleVersions))
    .where(rows)
    .groupBy(...Object.values(shown), ownPoints, ownNote)
    .orderBy(min(proposals.id));
  return found.map((row) => {
    const { ruleId, version, code, title, category } = row;
    return {
      ...row,
      rule:
        ruleId === null || version === null
          ? null
          : { id: ruleId, version, code: code ?? '', title: title ?? '', category: category ?? '' },
      pictureIds: row.pictures === null ? [] : (JSON.parse(row.pictures) as string[]),
      notes: [row.firstNote ?? '', row.lastNote ?? ''],
    };
  });
}

export async function reasonsIn({ reader, rows }: Scope) {
  const { proposals } = reader.t;
  const { batchId, decidedBy, reason } = proposals;
  const found = await reader.db
    .select({ batchId, decidedBy, reason, count: count() })
    .from(proposals)
    .where(and(rows, isNotNull(reason)))
    .groupBy(batchId, decidedBy, reason)
    .orderBy(min(proposals.id));
  return found;
}

/** Counts the rows of each batch that touch the family of the person who proposed it. */
export async function kinIn(
  { reader, rows }: Scope,
  familyOf: ReadonlyMap<string, { readonly householdIds: readonly string[] }>,
): Promise<Map<string, number>> {
  const { proposals } = reader.t;
  const { batchId, householdId, proposedBy, change } = proposals;
  const families = Array.from(familyOf.values()).flatMap(({ householdIds }) => householdIds);
  const found: (Pick<Judged, 'householdId' | 'change' | 'proposedBy'> & { batchId: string })[] =
    await reader.db
      .select({ batchId, householdId, proposedBy, change })
      .from(proposals)
      .where(and(rows, or(inArray(householdId, families), isNotNull(change))));
  const counts = new Map<string, number>();
  for (const row of found) {
    if (isKin(familyOf.get(row.proposedBy) ?? { householdIds: [] }, row))
      counts.set(row.batchId, (counts.get(row.batchId) ?? 0) + 1);
  }
  return counts;
}

function sumOf(column: SQL | Reader['t']['proposals']['points']) {
  return sql<number>`sum(${column})`.mapWith(Number);
}
