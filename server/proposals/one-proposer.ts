import { and, desc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { notReversed } from '../ledger/index.ts';
import type { ProposalRow } from './proposal-reads.ts';

/** So many proposals that were posted last and stand are looked through, whatever the history. */
export const LAST_MOST = 1000;
/** Fewer awards of a household are no habit. */
const AWARDS_LEAST = 5;
/** So many times the awards that other households have from the same proposer. */
const TIMES_OTHERS = 3;

type Award = Pick<ProposalRow, 'householdId' | 'proposedBy'>;

/** The awards of a village that were posted last, without those that were reversed. */
export async function recentAwards(reader: Reader, villageId: string) {
  const { proposals } = reader.t;
  const rows = await reader.db
    .select({
      kind: proposals.kind,
      householdId: proposals.householdId,
      proposedBy: proposals.proposedBy,
    })
    .from(proposals)
    .where(
      and(eq(proposals.villageId, villageId), eq(proposals.state, 'posted'), notReversed(reader, proposals)),
    )
    .orderBy(desc(proposals.id))
    .limit(LAST_MOST);
  return habitsIn(rows.filter(({ kind }) => kind === 'award'));
}

/**
 * Tells of a deed how many awards its household had lately if all of them came from its proposer, and far more than other
 * households have from the same person; else null. A proposer who serves one group gives all of it awards alone: that is no
 * favour. In a village with one proposer it says nothing.
 */
export function habitsIn(awards: readonly Award[]) {
  const byHousehold = Map.groupBy(awards, ({ householdId }) => householdId);
  const byProposer = Map.groupBy(awards, ({ proposedBy }) => proposedBy);
  return {
    ofOneProposer({ householdId, proposedBy }: Award): number | null {
      const own = byHousehold.get(householdId) ?? [];
      const isAlone = own.every((award) => award.proposedBy === proposedBy);
      if (byProposer.size < 2 || own.length < AWARDS_LEAST || !isAlone) return null;
      const given = byProposer.get(proposedBy) ?? [];
      const others = new Set(given.map((award) => award.householdId)).size - 1;
      const usual = others === 0 ? 0 : (given.length - own.length) / others;
      return own.length >= usual * TIMES_OTHERS ? own.length : null;
    },
  };
}
