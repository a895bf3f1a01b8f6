import { sql } from 'drizzle-orm';
import type { Kit } from '#engine';

/** Written by server/cards. */
export function cardsTables(k: Kit) {
  const cards = k.table(
    'cards',
    {
      villageId: k.text().plain().notNull(),
      /** Random digits with a check digit; unique over all villages so that a scan alone finds the household. */
      code: k.text().personal('household', 'erased').notNull(),
      householdId: k.text().reference().notNull(),
      issuedAtMs: k.int().personal('household', 'erased').notNull(),
      revokedAtMs: k.int().personal('household', 'erased'),
      /** The instant at which it was last put on a sheet to be printed. */
      printedAtMs: k.int().personal('household', 'erased'),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.code] }),
      k.unique('cards_code').on(t.code),
      k.index('cards_by_household').on(t.villageId, t.householdId),
      k
        .uniqueIndex('cards_one_each')
        .on(t.villageId, t.householdId)
        .where(sql`${t.revokedAtMs} is null`),
    ],
  );

  return { cards };
}
