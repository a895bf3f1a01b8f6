import { and, asc, eq, lt, or } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';

/**
 * The deductions that count now: approved, the household was told of just this approval, and it agreed or its days are over. One that
 * it objects to is contested and is none of these.
 */
export async function dueDeductions(
  { db, t: { deductionTerms, proposals } }: Reader,
  { villageId, today }: { readonly villageId: string; readonly today: string },
  proposalId?: string,
): Promise<string[]> {
  const rows = await db
    .select({ id: proposals.id })
    .from(deductionTerms)
    .innerJoin(
      proposals,
      and(eq(proposals.villageId, deductionTerms.villageId), eq(proposals.id, deductionTerms.proposalId)),
    )
    .where(
      and(
        eq(deductionTerms.villageId, villageId),
        eq(proposals.state, 'on_notice'),
        proposalId === undefined ? undefined : eq(proposals.id, proposalId),
        eq(deductionTerms.toldOf, proposals.decidedAtMs),
        or(lt(deductionTerms.answerUntil, today), eq(deductionTerms.agreedOf, proposals.decidedAtMs)),
      ),
    )
    .orderBy(asc(proposals.id));
  return rows.map(({ id }) => id);
}
