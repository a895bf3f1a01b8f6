import { createAdmin, resetPassword, type ShownPassword } from '../identity/index.ts';
import { type CliDesk, requireVillage, withStore } from './desk.ts';
import { CliProblem, EXIT, type ExitCode } from './problems.ts';

export interface PasswordFlags {
  /** The password comes from standard input instead of being made; never as an argument, where others can see it. */
  readonly passwordStdin?: boolean;
}

export interface AdminFlags extends PasswordFlags {
  readonly username: string;
  readonly name: string;
  readonly village?: string;
}

export function createAdminCommand(desk: CliDesk, flags: AdminFlags): Promise<ExitCode> {
  return withStore(desk, async (store) => {
    const { id: villageId } = await requireVillage(desk, store, flags.village);
    const tools = { store, random: desk.random, clock: desk.clock };
    const admin = { villageId, username: flags.username, displayName: flags.name };
    return show(desk, await createAdmin(tools, { ...admin, ...(await givenPassword(desk, flags)) }));
  });
}

export function resetPasswordCommand(
  desk: CliDesk,
  username: string,
  flags: PasswordFlags,
): Promise<ExitCode> {
  return withStore(desk, async (store) => {
    const tools = { store, random: desk.random, clock: desk.clock };
    return show(desk, await resetPassword(tools, { username, ...(await givenPassword(desk, flags)) }));
  });
}

async function givenPassword(
  desk: CliDesk,
  { passwordStdin }: PasswordFlags,
): Promise<{ password?: string }> {
  if (!passwordStdin) return {};
  const password = (await desk.readStdin()).replace(/\r?\n$/, '');
  if (password === '') throw new CliProblem(EXIT.usage, desk.words.emptyPassword);
  return { password };
}

function show(desk: CliDesk, { username, password, oneTime }: ShownPassword): ExitCode {
  desk.out(`${oneTime ? desk.words.password(username, password) : desk.words.passwordKept(username)}\n`);
  return EXIT.ok;
}
