import { and, asc, eq, sql } from 'drizzle-orm';
import { added, type RowOf, type WrittenRow } from '../../db/index.ts';
import { read } from '../commands/index.ts';
import { notReversed } from '../ledger/index.ts';

export type ReturnRow = RowOf<'returns'>;

/** The sums of what came back of one item of a redemption, in returns that stand. */
export interface Returned {
  readonly quantity: number;
  readonly costFen: number;
}

export const NOTHING_RETURNED: ReadonlyMap<string, Returned> = new Map();

/** The rows of a return, beside those of the entry that moved it. */
export function returnRows(row: ReturnRow, lines: readonly RowOf<'returnLines'>[]): WrittenRow[] {
  return [added('returns', row), ...lines.map((line) => added('returnLines', line))];
}

/** The sums of what came back of a redemption, by item. The redemption is named by the number of its entry. */
export const returnedOf = read<readonly [redemptionNumber: number], ReadonlyMap<string, Returned>>()({
  name: 'kiosk.returnedOf',
  over: {
    returns: (answers, { now }) => answers.drop([now.redemptionNumber]),
    // A line comes together with its return.
    returnLines: 'apart',
    // A sum does not say which returns are in it, so a reversal has all of them read again.
    journal: (answers, { now }) => {
      if (now.reversesNumber !== null) answers.dropAll();
    },
  },
  rows: ({ db, t, keys }) => {
    const { returns, returnLines } = t;
    return db
      .select({
        at: keys.at,
        goodsId: returnLines.goodsId,
        quantity: sql<number>`sum(${returnLines.quantity})`.mapWith(Number).as('quantity'),
        costFen: sql<number>`sum(${returnLines.costFen})`.mapWith(Number).as('cost_fen'),
      })
      .from(keys.table)
      .crossJoin(returns)
      .innerJoin(
        returnLines,
        and(
          eq(returnLines.villageId, returns.villageId),
          eq(returnLines.journalNumber, returns.journalNumber),
        ),
      )
      .where(
        and(
          eq(returns.villageId, keys.villageId),
          eq(returns.redemptionNumber, keys.part(0, returns.redemptionNumber)),
          notReversed({ db, t }, returns),
        ),
      )
      .groupBy(sql`${keys.at}`, returnLines.goodsId)
      .orderBy(asc(returnLines.goodsId));
  },
  answer: (rows) => new Map(rows.map(({ goodsId, quantity, costFen }) => [goodsId, { quantity, costFen }])),
});
