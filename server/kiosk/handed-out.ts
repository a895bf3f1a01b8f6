import { sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { returnedPieces, standingLines } from '../goods/index.ts';

/** Counts the pieces that were handed out since this day, without undone redemptions and what came back of them. */
export async function piecesHandedOut(reader: Reader, villageId: string, from: string): Promise<number> {
  const { journal, redemptionLines } = reader.t;
  const [row] = await reader.db
    .select({
      pieces: sql<number>`coalesce(sum(${redemptionLines.quantity} - ${returnedPieces(reader)}), 0)`.mapWith(
        Number,
      ),
    })
    .from(journal)
    .crossJoin(redemptionLines)
    .where(standingLines(reader, villageId, { from }));
  return row?.pieces ?? 0;
}
