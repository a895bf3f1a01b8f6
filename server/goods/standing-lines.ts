import { REDEMPTION_KINDS } from '../../shared/kiosk/entry-kinds.ts';
import { and, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';
import { notReversed } from '../ledger/index.ts';

/**
 * The condition for lines of redemptions of these days that were not undone, in a query that begins at the journal. Join
 * the lines with a cross join, which keeps SQLite from beginning with all lines of the village.
 */
export function standingLines(
  reader: Reader,
  villageId: string,
  { from, to }: { readonly from: string; readonly to?: string },
): SQL | undefined {
  const { journal, redemptionLines } = reader.t;
  return and(
    eq(redemptionLines.villageId, journal.villageId),
    eq(redemptionLines.journalNumber, journal.number),
    eq(journal.villageId, villageId),
    inArray(journal.kind, [...REDEMPTION_KINDS]),
    gte(journal.effectiveOn, from),
    to === undefined ? undefined : lte(journal.effectiveOn, to),
    notReversed(reader, redemptionLines),
  );
}

/** Selects the pieces of a line of a redemption that came back, in returns that stand. */
export function returnedPieces({
  db,
  t,
}: {
  readonly db: Reader['db'];
  readonly t: Pick<Tables, 'returns' | 'returnLines' | 'redemptionLines' | 'journal'>;
}): SQL<number> {
  const { returns, returnLines, redemptionLines } = t;
  const back = db
    .select({ pieces: sql`sum(${returnLines.quantity})` })
    .from(returns)
    .innerJoin(
      returnLines,
      and(eq(returnLines.villageId, returns.villageId), eq(returnLines.journalNumber, returns.journalNumber)),
    )
    .where(
      and(
        eq(returns.villageId, redemptionLines.villageId),
        eq(returns.redemptionNumber, redemptionLines.journalNumber),
        eq(returnLines.goodsId, redemptionLines.goodsId),
        notReversed({ db, t }, returns),
      ),
    );
  return sql<number>`coalesce((${back}), 0)`.mapWith(Number);
}
