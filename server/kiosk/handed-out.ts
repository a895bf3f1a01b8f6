import { and, eq, gte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { notReversed } from '../ledger/index.ts';

/** Counts the pieces that were handed out since this day, without undone redemptions. */
export async function piecesHandedOut(reader: Reader, villageId: string, from: string): Promise<number> {
  const { journal, redemptionLines } = reader.t;
  const [row] = await reader.db
    .select({ pieces: sql<number>`coalesce(sum(${redemptionLines.quantity}), 0)`.mapWith(Number) })
    .from(journal)
    // A cross join keeps SQLite from beginning with the lines, whatever statistics say of them.
    .crossJoin(redemptionLines)
    .where(
      and(
        eq(redemptionLines.villageId, journal.villageId),
        eq(redemptionLines.journalNumber, journal.number),
        eq(journal.villageId, villageId),
        gte(journal.effectiveOn, from),
        eq(journal.kind, 'redemption'),
        notReversed(reader, redemptionLines),
      ),
    );
  return row?.pieces ?? 0;
}
