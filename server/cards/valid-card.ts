import { aliasedTable, and, eq, isNull, ne, notExists, sql } from 'drizzle-orm';
import { read, stored } from '../commands/index.ts';

interface ValidCard {
  readonly issuedAtMs: number;
  /** The household had no other card before. */
  readonly isFirst: boolean;
}

/** The valid card of a household, for commands; undefined if it has none. A household has one at most. */
export const cardOf = read<readonly [householdId: string], ValidCard | undefined>()({
  name: 'cards.validCard',
  over: { cards: (answers, { now }) => answers.drop([now.householdId]) },
  rows: ({ db, t: { cards }, keys }) => {
    const other = aliasedTable(cards, 'other_card');
    const others = db
      .select({ code: other.code })
      .from(other)
      .where(
        and(
          eq(other.villageId, cards.villageId),
          eq(other.householdId, cards.householdId),
          ne(other.code, cards.code),
        ),
      );
    const isFirst = sql<boolean>`${notExists(others)}`.mapWith(Boolean).as('is_first');
    return db
      .select({ at: keys.at, issuedAtMs: cards.issuedAtMs, isFirst })
      .from(keys.table)
      .crossJoin(cards)
      .where(
        and(
          eq(cards.villageId, keys.villageId),
          eq(cards.householdId, keys.part(0)),
          isNull(cards.revokedAtMs),
        ),
      );
  },
  answer: ([found]) => found && stored(found),
});
