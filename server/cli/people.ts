import { username as usernameRule } from '../../shared/staff/contract.ts';
import { createAdmin, resetPassword, type ShownPassword } from '../staff/index.ts';
import { type CliDesk, findOrMakeVillage, nameFrom, type NewVillageFlags, withStore } from './desk.ts';
import { CliProblem, EXIT, type ExitCode } from './problems.ts';

export interface PasswordFlags {
  /** The password comes from standard input instead of being made; never as an argument, where others can see it. */
  readonly passwordStdin?: boolean;
  readonly json?: boolean;
}

export interface AdminFlags extends PasswordFlags, NewVillageFlags {
  readonly username: string;
  readonly name?: string;
}

export async function createAdminCommand(desk: CliDesk, flags: AdminFlags): Promise<ExitCode> {
  const { username, name = username, villageName } = flags;
  if (!usernameRule.safeParse(username).success) throw new CliProblem(EXIT.usage, desk.say('bad_username'));
  const displayName = nameFrom(desk, name, 40);
  return withStore(
    desk,
    async (store) => {
      const given = await givenPassword(desk, flags);
      const { id: villageId } = await findOrMakeVillage(desk, store, flags);
      return show(
        desk,
        flags,
        await createAdmin({ ...desk, store }, { villageId, username, displayName, ...given }),
      );
    },
    villageName !== undefined,
  );
}

export function resetPasswordCommand(
  desk: CliDesk,
  username: string,
  flags: PasswordFlags,
): Promise<ExitCode> {
  return withStore(desk, async (store) => {
    const given = await givenPassword(desk, flags);
    return show(desk, flags, await resetPassword({ ...desk, store }, { username, ...given }));
  });
}

async function givenPassword(
  desk: CliDesk,
  { passwordStdin }: PasswordFlags,
): Promise<{ password?: string }> {
  if (!passwordStdin) return {};
  const password = (await desk.readStdin()).replace(/\r?\n$/, '');
  if (password === '') throw new CliProblem(EXIT.usage, desk.say('empty_password'));
  return { password };
}

/** A password that was made is shown this once; one that was given is not shown again. */
function show(
  desk: CliDesk,
  { json }: PasswordFlags,
  { username, password, oneTime }: ShownPassword,
): ExitCode {
  if (json) desk.out(`${JSON.stringify(oneTime ? { username, password } : { username })}\n`);
  else
    desk.out(
      `${oneTime ? desk.say('password', { username, password }) : desk.say('password_kept', { username })}\n`,
    );
  return EXIT.ok;
}
