import { and, eq, gte, lte, sql } from 'drizzle-orm';
import { manyRows, type Reader, type Tables, type Tx } from '../../db/index.ts';
import { notUndone } from './receipts.ts';

export type RedemptionRow = Tables['redemptions']['$inferSelect'];
type LineRow = Tables['redemptionLines']['$inferSelect'];

/**
 * Stores the redemption beside the entry that moved it. Both queries are prepared, because every redemption runs
 * them.
 */
export async function writeRedemption(tx: Tx, row: RedemptionRow, lines: readonly LineRow[]): Promise<void> {
  await tx.write(
    'shop.insertRedemption',
    ({ db, t: { redemptions } }) => {
      const at = sql.placeholder;
      return db.insert(redemptions).values({
        villageId: at('villageId'),
        id: at('id'),
        householdId: at('householdId'),
        kioskId: at('kioskId'),
        volunteerId: at('volunteerId'),
        shiftId: at('shiftId'),
        points: at('points'),
        costFen: at('costFen'),
        effectiveOn: at('effectiveOn'),
        bookedAtMs: at('bookedAtMs'),
        journalNumber: at('journalNumber'),
      });
    },
    { ...row },
  );
  await tx.write(
    `shop.insertLines${lines.length}`,
    ({ db, t: { redemptionLines } }) =>
      db.insert(redemptionLines).values(
        LINES.placeholders(lines.length).map((line) => ({
          villageId: sql.placeholder('villageId'),
          redemptionId: sql.placeholder('redemptionId'),
          ...line,
        })),
      ),
    LINES.values(lines, { villageId: row.villageId, redemptionId: row.id }),
  );
}

const LINES = manyRows(['line', 'goodsId', 'name', 'unit', 'quantity', 'price']);

/** Hundredths of a point that a household redeemed on a day, without undone redemptions. */
export async function redeemedOn(
  reader: Reader,
  villageId: string,
  householdId: string,
  day: string,
): Promise<number> {
  const [row] = await reader.prepared(
    'shop.redeemedOnDay',
    ({ db, t }) => {
      const { redemptions } = t;
      return db
        .select({ points: sql`coalesce(sum(${redemptions.points}), 0)`.mapWith(Number) })
        .from(redemptions)
        .where(
          and(
            eq(redemptions.villageId, sql.placeholder('villageId')),
            eq(redemptions.householdId, sql.placeholder('householdId')),
            eq(redemptions.effectiveOn, sql.placeholder('day')),
            notUndone({ db, t }),
          ),
        );
    },
    { villageId, householdId, day },
  );
  return row?.points ?? 0;
}

/** Pieces of each item handed out to a household in the calendar month of `day`, without undone redemptions. */
export async function takenThisMonth(
  reader: Reader,
  villageId: string,
  householdId: string,
  day: string,
): Promise<Map<string, number>> {
  const month = day.slice(0, 7);
  const rows = await reader.prepared(
    'shop.takenInMonth',
    ({ db, t }) => {
      const { redemptions, redemptionLines } = t;
      return db
        .select({
          goodsId: redemptionLines.goodsId,
          pieces: sql`sum(${redemptionLines.quantity})`.mapWith(Number),
        })
        .from(redemptions)
        .innerJoin(
          redemptionLines,
          and(
            eq(redemptionLines.villageId, redemptions.villageId),
            eq(redemptionLines.redemptionId, redemptions.id),
          ),
        )
        .where(
          and(
            eq(redemptions.villageId, sql.placeholder('villageId')),
            eq(redemptions.householdId, sql.placeholder('householdId')),
            gte(redemptions.effectiveOn, sql.placeholder('first')),
            lte(redemptions.effectiveOn, sql.placeholder('last')),
            notUndone({ db, t }),
          ),
        )
        .groupBy(redemptionLines.goodsId);
    },
    { villageId, householdId, first: `${month}-01`, last: `${month}-31` },
  );
  return new Map(rows.map((row) => [row.goodsId, row.pieces]));
}
