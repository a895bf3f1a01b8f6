import type { Kit } from '#engine';
import type { StaffRole } from '../../shared/roles.ts';

/** Written by server/staff. */
export function staffTables(k: Kit) {
  const staff = k.table(
    'staff',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().reference().notNull(),
      username: k.text().personal('staff', 'kept').notNull(),
      displayName: k.text().personal('staff', 'kept').notNull(),
      passwordHash: k.text().personal('staff', 'ended').notNull(),
      mustChangePassword: k.bool().plain().notNull(),
      roles: k.json<StaffRole[]>().personal('staff', 'kept').notNull(),
      /** Own household and declared relatives' households: this person may not decide on them. */
      householdIds: k.json<string[]>().personal('household', 'erased').notNull(),
      /** Since when this person decides. Null: a new account, a new password, role or kin waits for a second person's yes. */
      confirmedAtMs: k.int().personal('staff', 'kept'),
      /** The person who made the change that waits, and the time. That person does not confirm it. */
      unconfirmedBy: k.text().reference(),
      unconfirmedSinceMs: k.int().personal('staff', 'kept'),
      disabledAtMs: k.int().personal('staff', 'kept'),
      /** Until when a second person's yes held that was lost since, by the last change that needed another one. Null: none was lost. */
      confirmedUntilMs: k.int().personal('staff', 'kept'),
      createdAtMs: k.int().personal('staff', 'kept').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.id] }), k.unique('staff_username').on(t.username)],
  );

  return { staff };
}
