import { and, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { accountId } from '../ledger/index.ts';
import { DEDUCTED, ISSUED } from '../proposals/ledger-kinds.ts';
import { wordingOf } from '../rules/index.ts';
import { REDEEMED } from '../kiosk/ledger-kinds.ts';

const FAR_SIDES = [ISSUED, DEDUCTED, REDEEMED];
type FarSide = (typeof FAR_SIDES)[number]['kind'];

/** Points that left or came back to the village in a month, under one head of the rule book. */
export interface Flow {
  readonly month: string;
  readonly side: FarSide;
  /** Null: not under a rule. */
  readonly head: string | null;
  /** The amount on the far side: issued is negative, deducted and redeemed are positive. */
  readonly amount: number;
}

export interface Period {
  /** Business days, both included. */
  readonly from: string;
  readonly to: string;
}

/**
 * Points given, taken off and redeemed, by month and head. A reversal counts in its own month, under the head of the
 * entry it takes back. It reads along the far sides' own lines, so its work is bounded by the period.
 */
export async function flows(reader: Reader, villageId: string, { from, to }: Period): Promise<Flow[]> {
  const { journal, postings, proposals, ruleVersions } = reader.t;
  const sides = new Map(FAR_SIDES.map((side) => [accountId(side), side.kind]));
  const reversed = reader.db
    .select({ number: journal.number, source: journal.source })
    .from(journal)
    .where(eq(journal.villageId, villageId))
    .as('reversed');
  const month = sql<string>`substr(${postings.effectiveOn}, 1, 7)`;
  const cause = sql`coalesce(${reversed.source}, ${journal.source})`;
  const rows = await reader.db
    .select({
      month,
      accountId: postings.accountId,
      head: ruleVersions.category,
      amount: sql<number>`sum(${postings.amount})`.mapWith(Number),
    })
    .from(postings)
    .innerJoin(journal, and(eq(journal.villageId, postings.villageId), eq(journal.number, postings.number)))
    .leftJoin(reversed, eq(reversed.number, journal.reversesNumber))
    .leftJoin(
      proposals,
      // "proposal:…", the form the awards give their entries.
      and(eq(proposals.villageId, postings.villageId), eq(proposals.id, sql`substr(${cause}, 10)`)),
    )
    .leftJoin(ruleVersions, wordingOf({ proposals, ruleVersions }))
    .where(
      and(
        eq(postings.villageId, villageId),
        inArray(postings.accountId, [...sides.keys()]),
        // The index starts with the day that the account has reached, which is never earlier than a line's own day.
        gte(postings.effectiveThrough, from),
        gte(postings.effectiveOn, from),
        lte(postings.effectiveOn, to),
      ),
    )
    .groupBy(month, postings.accountId, ruleVersions.category);
  return rows.flatMap(({ accountId: id, ...row }) => {
    const side = sides.get(id);
    return side ? [{ ...row, side }] : [];
  });
}

/** The goods that points were exchanged for in a period, by category, without undone redemptions. */
export async function exchanged(
  reader: Reader,
  villageId: string,
  { from, to }: Period,
): Promise<{ category: string; points: number; pieces: number }[]> {
  const { journal, redemptions, redemptionLines, goods } = reader.t;
  const undone = reader.db
    .select({ number: journal.number, reverses: journal.reversesNumber })
    .from(journal)
    .where(eq(journal.villageId, villageId))
    .as('undone');
  const points =
    sql<number>`coalesce(sum(${redemptionLines.price} * ${redemptionLines.quantity}), 0)`.mapWith(Number);
  const rows = await reader.db
    .select({
      category: goods.category,
      points,
      pieces: sql<number>`coalesce(sum(${redemptionLines.quantity}), 0)`.mapWith(Number),
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
    .innerJoin(
      goods,
      and(eq(goods.villageId, redemptionLines.villageId), eq(goods.id, redemptionLines.goodsId)),
    )
    .leftJoin(undone, eq(undone.reverses, journal.number))
    .where(
      and(
        eq(journal.villageId, villageId),
        eq(journal.kind, 'redemption'),
        gte(journal.effectiveOn, from),
        lte(journal.effectiveOn, to),
        isNull(undone.number),
      ),
    )
    .groupBy(goods.category);
  return rows.sort((a, b) => b.points - a.points || (a.category < b.category ? -1 : 1));
}
