import { COMMAND_LINE } from '../../shared/acts/program-words.ts';
import type { Store, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { username as usernameRule } from '../../shared/staff/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { bookActs, commandLineAt } from '../acts/index.ts';
import { createIds, type RandomBytes } from '../http/index.ts';
import { requireGoodPassword } from '../identity/index.ts';
import { hashSecret, newPassword } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { actsOfMaking } from './acts.ts';
import { refuseTakenName } from './fit-for-staff.ts';
import { createStaff, findByUsername, setPassword } from './staff.ts';

export interface AdminTools {
  readonly store: Store;
  readonly random: RandomBytes;
  readonly clock: () => number;
  /** The book of the village, which keeps the acts of the command line too. */
  readonly ledger: Ledger;
}

export interface NewAdmin {
  readonly villageId: string;
  readonly username: string;
  readonly displayName: string;
  /** A one-time password is made when left out. */
  readonly password?: string;
}

/** The log-in that the command line shows once. */
export interface ShownPassword {
  readonly username: string;
  readonly password: string;
  readonly oneTime: boolean;
}

/** Adds an administrator from the server's own command line. */
export async function createAdmin(tools: AdminTools, admin: NewAdmin): Promise<ShownPassword> {
  const parsed = usernameRule.safeParse(admin.username);
  if (!parsed.success) throw new Refusal('request.invalid', { what: 'username' });
  const username = parsed.data;
  const shown = choosePassword(tools, username, admin.password);
  const passwordHash = await hashSecret(shown.password);
  const nowMs = tools.clock();
  const id = createIds(tools.clock, tools.random)();
  await tools.store.transaction(async (tx) => {
    await tx.lockBook(admin.villageId);
    await refuseTakenName(tx, { ...admin, id });
    const made = await createStaff(tx, {
      villageId: admin.villageId,
      id,
      username,
      displayName: admin.displayName,
      passwordHash,
      mustChangePassword: shown.oneTime,
      roles: ['admin'],
      householdIds: [],
      unconfirmedBy: COMMAND_LINE,
      nowMs,
    });
    await note(tools, tx, admin.villageId, actsOfMaking(made));
  });
  return shown;
}

/** Gives somebody a new password and ends all of that person's log-ins and locks. */
export async function resetPassword(
  tools: AdminTools,
  { username: typed, password }: { username: string; password?: string },
): Promise<ShownPassword> {
  const username = typed.trim().toLowerCase();
  const shown = choosePassword(tools, username, password);
  const hash = await hashSecret(shown.password);
  await tools.store.transaction(async (tx) => {
    const row = await findByUsername(tx, username);
    if (!row) throw new Refusal('staff.not_found');
    await tx.lockBook(row.villageId);
    const set = { hash, mustChange: shown.oneTime, setBy: COMMAND_LINE };
    await setPassword(tx, row.villageId, row.id, set, tools.clock());
    await note(tools, tx, row.villageId, [{ act: 'staff.password_reset', on: `staff:${row.id}` }]);
  });
  return shown;
}

async function note(tools: AdminTools, tx: Tx, villageId: string, acts: readonly AnyAct[]): Promise<void> {
  await bookActs(tools.ledger, tx, await commandLineAt(tx, villageId, tools), acts);
}

function choosePassword({ random }: AdminTools, username: string, given: string | undefined): ShownPassword {
  if (given === undefined) return { username, password: newPassword(random), oneTime: true };
  requireGoodPassword(given, username);
  return { username, password: given, oneTime: false };
}
