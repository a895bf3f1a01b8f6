import { and, eq, isNull } from 'drizzle-orm';
import { read, stored } from '../commands/index.ts';

/** The valid card of a household, for commands; undefined if it has none. A household has one at most. */
export const cardOf = read<readonly [householdId: string], { readonly issuedAtMs: number } | undefined>()({
  name: 'cards.validCard',
  over: { cards: (answers, { now }) => answers.drop([now.householdId]) },
  rows: ({ db, t: { cards }, keys }) =>
    db
      .select({ at: keys.at, issuedAtMs: cards.issuedAtMs })
      .from(keys.table)
      .crossJoin(cards)
      .where(
        and(
          eq(cards.villageId, keys.villageId),
          eq(cards.householdId, keys.part(0)),
          isNull(cards.revokedAtMs),
        ),
      ),
  answer: ([found]) => found && stored(found),
});
