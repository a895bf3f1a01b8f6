import { and, eq, inArray, sum } from 'drizzle-orm';
import { chunked, type Reader } from '../../db/index.ts';
import type { ProposalState } from '../../shared/proposals/states.ts';
import { budgetNow, partUnder } from '../budget/index.ts';
import { askNow } from '../commands/index.ts';
import { wordingOf } from '../rules/index.ts';
import { inOpenState } from './open-proposals.ts';
import type { DecisionAt } from './proposal-kind.ts';

/** Points of awards that are not posted yet, by the category of their rules and by state. */
interface AwardsUnderWay {
  readonly head: string;
  readonly state: ProposalState;
  /** Hundredths. */
  readonly points: number;
}

/** Sums up the awards that wait for an approval or for the end of a notice. */
export async function awardsUnderWay(
  { db, t: { proposals, ruleVersions } }: Reader,
  villageId: string,
): Promise<AwardsUnderWay[]> {
  const { category: head } = ruleVersions;
  const { state, points } = proposals;
  return db
    .select({ head, state, points: sum(points).mapWith(Number) })
    .from(proposals)
    .innerJoin(ruleVersions, wordingOf(proposals, ruleVersions))
    .where(
      and(
        eq(proposals.villageId, villageId),
        inOpenState(proposals, ['proposed', 'on_notice', 'contested']),
        eq(proposals.kind, 'award'),
      ),
    )
    .groupBy(head, state);
}

/**
 * Those of these awards that the month's budget still has points for, each in its turn; all of them where the village has no
 * budget. A smaller one is not held up by a larger one before it.
 */
export async function withinBudget(
  reader: Reader,
  at: Pick<DecisionAt, 'villageId' | 'settings' | 'today'>,
  ids: readonly string[],
): Promise<string[]> {
  const { parts } = await askNow(reader, at.villageId, budgetNow(at));
  if (parts.length === 0) return [...ids];
  const deeds = await pointsOf(reader, at.villageId, ids);
  const left = new Map(parts.map((part) => [part, part.left]));
  return ids.filter((id) => {
    const { head, points } = deeds.get(id) ?? { head: '', points: 0 };
    const part = partUnder(parts, head);
    const rest = (part && left.get(part)) ?? 0;
    if (!part || points > rest) return false;
    left.set(part, rest - points);
    return true;
  });
}

async function pointsOf(
  { db, t: { proposals, ruleVersions } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly head: string; readonly points: number }>> {
  const found = new Map<string, { readonly head: string; readonly points: number }>();
  for (const some of chunked(ids)) {
    const rows = await db
      .select({ id: proposals.id, head: ruleVersions.category, points: proposals.points })
      .from(proposals)
      .innerJoin(ruleVersions, wordingOf(proposals, ruleVersions))
      .where(and(eq(proposals.villageId, villageId), inArray(proposals.id, some)));
    for (const { id, ...deed } of rows) found.set(id, deed);
  }
  return found;
}
