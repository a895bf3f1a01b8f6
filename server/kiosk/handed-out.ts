import { sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { standingLines } from '../goods/index.ts';

/** Counts the pieces that were handed out since this day, without undone redemptions. */
export async function piecesHandedOut(reader: Reader, villageId: string, from: string): Promise<number> {
  const { journal, redemptionLines } = reader.t;
  const [row] = await reader.db
    .select({ pieces: sql<number>`coalesce(sum(${redemptionLines.quantity}), 0)`.mapWith(Number) })
    .from(journal)
    .crossJoin(redemptionLines)
    .where(standingLines(reader, villageId, { from }));
  return row?.pieces ?? 0;
}
