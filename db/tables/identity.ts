import type { Kit } from '#engine';

/** Log-ins and what guards them. Written by server/identity. */
export function identityTables(k: Kit) {
  /** Refresh tokens by hash. A family is one log-in on one device; reuse of a spent token ends the family. */
  const sessions = k.table(
    'sessions',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      familyId: k.text().plain().notNull(),
      /** staff | household */
      subjectKind: k.text().plain().notNull(),
      subjectId: k.text().reference().notNull(),
      refreshHash: k.text().personal('anybody', 'swept').notNull(),
      /** The instant at which the log-in began, on each of its tokens: its longest life counts from there. */
      createdAtMs: k.int().personal('anybody', 'swept').notNull(),
      expiresAtMs: k.int().personal('anybody', 'swept').notNull(),
      spentAtMs: k.int().personal('anybody', 'swept'),
      revokedAtMs: k.int().personal('anybody', 'swept'),
      /** The kind of phone of a household's log-in, in words; null: unknown. */
      device: k.text().personal('household', 'swept'),
      /** The person who helps with this household's card on a phone that is not its own; null: its own phone. */
      helper: k.text().personal('household', 'swept'),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('sessions_refresh').on(t.refreshHash),
      k.index('sessions_by_family').on(t.familyId),
      k.index('sessions_by_subject').on(t.villageId, t.subjectKind, t.subjectId),
    ],
  );

  /** Wrong passwords and PINs, counted here so that limits survive a restart and hold over many processes. */
  const authFailures = k.table(
    'auth_failures',
    {
      villageId: k.text().plain().notNull(),
      subject: k.text().personal('anybody', 'swept').notNull(),
      failures: k.int().personal('anybody', 'swept').notNull(),
      lockedUntilMs: k.int().personal('anybody', 'swept').notNull(),
      updatedAtMs: k.int().personal('anybody', 'swept').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.subject] })],
  );

  return { sessions, authFailures };
}
