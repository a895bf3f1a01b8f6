import { and, eq, gte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { withoutReversed } from '../ledger/index.ts';

/** Counts the pieces that were handed out since this day, without undone redemptions. */
export async function piecesHandedOut(reader: Reader, villageId: string, from: string): Promise<number> {
  const { journal, redemptions, redemptionLines } = reader.t;
  const rows = await reader.db
    .select({
      number: journal.number,
      pieces: sql<number>`sum(${redemptionLines.quantity})`.mapWith(Number),
    })
    .from(journal)
    .innerJoin(
      redemptions,
      and(eq(redemptions.villageId, journal.villageId), eq(redemptions.journalNumber, journal.number)),
    )
    .innerJoin(
      redemptionLines,
      and(
        eq(redemptionLines.villageId, redemptions.villageId),
        eq(redemptionLines.redemptionId, redemptions.id),
      ),
    )
    .where(
      and(eq(journal.villageId, villageId), gte(journal.effectiveOn, from), eq(journal.kind, 'redemption')),
    )
    .groupBy(journal.number);
  const standing = await withoutReversed(reader, villageId, rows);
  return standing.reduce((sum, { pieces }) => sum + pieces, 0);
}
