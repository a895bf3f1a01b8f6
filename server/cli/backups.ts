import { backup, restore } from '../backup/index.ts';
import { type CliDesk, withStore } from './desk.ts';
import { EXIT, type ExitCode } from './problems.ts';

export function backupCommand(desk: CliDesk, file: string): Promise<ExitCode> {
  return withStore(desk, async (store) => {
    const { path, rows, bytes } = await backup({ store, clock: desk.clock, version: desk.version }, file);
    desk.out(`${desk.words.backedUp(path, rows, bytes)}\n`);
    return EXIT.ok;
  });
}

export async function restoreCommand(desk: CliDesk, file: string, force: boolean): Promise<ExitCode> {
  const { dataDir, databaseUrl, clock } = desk;
  const { rows, keptAside } = await restore({ dataDir, databaseUrl, clock, force }, file);
  desk.out(`${desk.words.restored(rows, keptAside)}\n`);
  return EXIT.ok;
}
