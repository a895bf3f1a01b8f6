import { sql } from 'drizzle-orm';
import type { Kit } from '#engine';

/** Answers kept for a repeated request. Written by server/http. */
export function httpTables(k: Kit) {
  /** One row for each write asked for over HTTP: the same key with the same content gets the stored answer. Keys never expire. */
  const commands = k.table(
    'commands',
    {
      villageId: k.text().plain().notNull(),
      idempotencyKey: k.text().plain().notNull(),
      route: k.text().plain().notNull(),
      actorId: k.text().reference().notNull(),
      inputHash: k.hex().personal('anybody', 'swept').notNull(),
      status: k.int().plain().notNull(),
      response: k.json<unknown>().personal('anybody', 'swept').notNull(),
      createdAtMs: k.int().plain().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.idempotencyKey] }),
      // Finds old answers for the sweep. A forgotten one leaves the index, so that it does not grow with the keys.
      k
        .index('commands_kept')
        .on(t.villageId, t.route, t.createdAtMs)
        .where(sql`${t.status} = 200`),
    ],
  );

  return { commands };
}
