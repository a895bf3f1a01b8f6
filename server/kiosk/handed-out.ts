import { and, eq, gte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { notReversed } from '../ledger/index.ts';

/** Counts the pieces that were handed out since this day, without undone redemptions. */
export async function piecesHandedOut(reader: Reader, villageId: string, from: string): Promise<number> {
  const { journal, redemptions, redemptionLines } = reader.t;
  const [row] = await reader.db
    .select({ pieces: sql<number>`coalesce(sum(${redemptionLines.quantity}), 0)`.mapWith(Number) })
    .from(journal)
    // Cross joins keep SQLite from beginning with the lines, whatever statistics say of them.
    .crossJoin(redemptions)
    .crossJoin(redemptionLines)
    .where(
      and(
        eq(redemptions.villageId, journal.villageId),
        eq(redemptions.journalNumber, journal.number),
        eq(redemptionLines.villageId, redemptions.villageId),
        eq(redemptionLines.redemptionId, redemptions.id),
        eq(journal.villageId, villageId),
        gte(journal.effectiveOn, from),
        eq(journal.kind, 'redemption'),
        notReversed(reader, redemptions),
      ),
    );
  return row?.pieces ?? 0;
}
