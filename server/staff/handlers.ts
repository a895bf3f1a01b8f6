import type { Reader } from '../../db/index.ts';
import type { endpoints } from '../../shared/staff/endpoints.ts';
import { withBefore, type HandlersOf, type RandomBytes } from '../http/index.ts';
import { actsOfChange, actsOfMaking } from './acts.ts';
import { whoAmI, type StaffSessions } from './staff-sessions.ts';
import { changePassword, logIn, logOut, refresh } from './log-ins.ts';
import { hashSecret, type KnownDevices, newPassword } from '../identity/index.ts';
import { confirmStaff } from './confirm.ts';
import { refuseTakenName, refuseUnfit } from './fit-for-staff.ts';
import { createStaff, findStaff, listStaff, setPassword, staffMember, updateStaff } from './staff.ts';

export interface StaffServices {
  readonly staffSessions: StaffSessions;
  readonly knownDevices: KnownDevices;
  readonly random: RandomBytes;
  /** Refuses ids that are not households of the village (server/households). */
  readonly requireHouseholds: (reader: Reader, villageId: string, ids: readonly string[]) => Promise<void>;
}

export function staffHandlers(services: StaffServices): HandlersOf<typeof endpoints> {
  const { random, requireHouseholds } = services;

  async function oneTimePassword(): Promise<{ password: string; passwordHash: string }> {
    const password = newPassword(random);
    return { password, passwordHash: await hashSecret(password) };
  }

  return {
    'session.login': ({ body }, context) => logIn(services, context, body),
    'session.refresh': (_, context) => refresh(services, context),
    'session.logout': async (_, context) => {
      await logOut(context);
      return { ok: true };
    },
    'session.me': (_, { reader, village, actor, nowMs }) => whoAmI(reader, village.id, actor.id, nowMs),
    'session.changePassword': async ({ body }, context) => {
      await changePassword(context, body);
      return { ok: true };
    },

    'staff.list': async (_, { reader, village }) => {
      const rows = await listStaff(reader, village.id);
      return { items: rows.map(staffMember), next: null };
    },
    'staff.create': withBefore({
      before: oneTimePassword,
      async run({ body }, { tx, village, actor, nowMs, newId, act }, { password, passwordHash }) {
        await requireHouseholds(tx, village.id, body.householdIds);
        const person = { ...body, villageId: village.id, id: newId() };
        await refuseTakenName(tx, person);
        await refuseUnfit(tx, person);
        const row = await createStaff(tx, {
          ...person,
          ...{ passwordHash, mustChangePassword: true, unconfirmedBy: actor.id, nowMs },
        });
        act(...actsOfMaking(row));
        return { staff: staffMember(row), oneTimePassword: password };
      },
    }),
    'staff.update': async ({ params, body }, { tx, village, actor, nowMs, act }) => {
      await requireHouseholds(tx, village.id, body.householdIds ?? []);
      const whom = { villageId: village.id, id: params.id, actorId: actor.id, nowMs };
      const was = await findStaff(tx, village.id, params.id);
      const now = await updateStaff(tx, whom, body);
      act(...actsOfChange(was, now));
      return staffMember(now);
    },
    'staff.confirm': async ({ params }, { tx, village, actor, nowMs, act }) => {
      const row = await confirmStaff(tx, village.id, params.id, { actor, nowMs });
      act({ act: 'staff.confirmed', on: `staff:${row.id}`, is: { roles: row.roles } });
      return staffMember(row);
    },
    'staff.resetPassword': withBefore({
      before: oneTimePassword,
      async run({ params }, { tx, village, actor, nowMs, act }, { password, passwordHash }) {
        const row = await findStaff(tx, village.id, params.id);
        const set = { hash: passwordHash, mustChange: true, setBy: actor.id };
        await setPassword(tx, village.id, row.id, set, nowMs);
        act({ act: 'staff.password_reset', on: `staff:${row.id}` });
        return { oneTimePassword: password };
      },
    }),
  };
}
