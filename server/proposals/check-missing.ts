import { and, count, eq, gte, isNull, lt } from 'drizzle-orm';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { badTold, type CheckAt } from '../acts/index.ts';

/** Finds a step of no proposal, if there are more steps than the proposals have. */
export async function strayEvent({ reader, villageId }: CheckAt, steps: number): Promise<BadRow | null> {
  const { proposals, proposalEvents } = reader.t;
  const ofVillage = eq(proposalEvents.villageId, villageId);
  const [all] = await reader.db.select({ n: count() }).from(proposalEvents).where(ofVillage);
  if ((all?.n ?? 0) === steps) return null;
  const [stray] = await reader.db
    .select({ id: proposalEvents.proposalId, step: proposalEvents.step })
    .from(proposalEvents)
    .leftJoin(
      proposals,
      and(eq(proposals.villageId, proposalEvents.villageId), eq(proposals.id, proposalEvents.proposalId)),
    )
    .where(and(ofVillage, isNull(proposals.id)))
    .limit(1);
  return badTold(proposalEvents, { id: `${stray?.id ?? ''} ${String(stray?.step ?? 0)}`, check: 'orphan' });
}

const SOURCE = 'proposal:';

/** Finds an entry that a proposal caused and no row tells of, if there are more of them than posted proposals. */
export async function missingProposal(
  { reader, villageId }: CheckAt,
  booked: number,
): Promise<BadRow | null> {
  const { journal, proposals } = reader.t;
  const isProposed = and(
    eq(journal.villageId, villageId),
    gte(journal.source, SOURCE),
    // The character after the colon.
    lt(journal.source, 'proposal;'),
  );
  const [all] = await reader.db.select({ n: count() }).from(journal).where(isProposed);
  if ((all?.n ?? 0) === booked) return null;
  const [lost] = await reader.db
    .select({ number: journal.number, source: journal.source })
    .from(journal)
    .leftJoin(
      proposals,
      and(eq(proposals.villageId, journal.villageId), eq(proposals.journalNumber, journal.number)),
    )
    .where(and(isProposed, isNull(proposals.id)))
    .limit(1);
  const id = (lost?.source ?? '').slice(SOURCE.length);
  return badTold(proposals, { id, number: lost?.number ?? null, check: 'missing' });
}
