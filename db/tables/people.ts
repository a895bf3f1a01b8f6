import type { Kit } from '#engine';
import type { StaffRole } from '../../shared/permissions.ts';

/** Log-ins and what guards them. Owned by server/identity. */
export function peopleTables(k: Kit) {
  const staff = k.table(
    'staff',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      username: k.text().notNull(),
      displayName: k.text().notNull(),
      passwordHash: k.text().notNull(),
      mustChangePassword: k.bool().notNull(),
      roles: k.json<StaffRole[]>().notNull(),
      /** Own household and declared relatives' households: this person may not decide on them. */
      householdIds: k.json<string[]>().notNull(),
      disabledAtMs: k.int(),
      createdAtMs: k.int().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.id] }), k.unique('staff_username').on(t.username)],
  );

  /** Refresh tokens by hash. A family is one log-in on one device; reuse of a spent token ends the family. */
  const sessions = k.table(
    'sessions',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      familyId: k.text().notNull(),
      /** staff | household */
      subjectKind: k.text().notNull(),
      subjectId: k.text().notNull(),
      refreshHash: k.text().notNull(),
      /** When the log-in began, on each of its tokens: what it may last at most counts from there. */
      createdAtMs: k.int().notNull(),
      expiresAtMs: k.int().notNull(),
      spentAtMs: k.int(),
      revokedAtMs: k.int(),
      /** Of a household's log-in: what kind of phone it is, in words; null: unknown. */
      device: k.text(),
      /** Who helps with this household's card on a phone that is not its own; null: its own phone. */
      helper: k.text(),
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
      villageId: k.text().notNull(),
      subject: k.text().notNull(),
      failures: k.int().notNull(),
      lockedUntilMs: k.int().notNull(),
      updatedAtMs: k.int().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.subject] })],
  );

  /** One row for each write asked for over HTTP: the same key with the same content gets the stored answer. Keys never expire. */
  const commands = k.table(
    'commands',
    {
      villageId: k.text().notNull(),
      idempotencyKey: k.text().notNull(),
      route: k.text().notNull(),
      actorId: k.text().notNull(),
      inputHash: k.text().notNull(),
      status: k.int().notNull(),
      response: k.json<unknown>().notNull(),
      createdAtMs: k.int().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.idempotencyKey] })],
  );

  return { staff, sessions, authFailures, commands };
}
