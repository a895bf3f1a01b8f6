import { backup, restore, type Work } from '../backup/index.ts';
import { type CliDesk, withStore } from './desk.ts';
import { CliProblem, EXIT, type ExitCode } from './problems.ts';
import { progressOn } from './progress.ts';

export interface BackupFlags {
  readonly json?: boolean;
}

export interface RestoreFlags extends BackupFlags {
  readonly force?: boolean;
}

export function backupCommand(desk: CliDesk, file: string, { json }: BackupFlags): Promise<ExitCode> {
  return stoppable(desk, (work) =>
    withStore(desk, async (store) => {
      const report = await backup({ store, clock: desk.clock, version: desk.version }, file, work);
      const { path, rows, bytes } = report;
      desk.out(`${json ? JSON.stringify(report) : desk.words.backedUp(path, rows, bytes)}\n`);
      return EXIT.ok;
    }),
  );
}

export function restoreCommand(
  desk: CliDesk,
  file: string,
  { json, force = false }: RestoreFlags,
): Promise<ExitCode> {
  const { dataDir, databaseUrl, clock } = desk;
  return stoppable(desk, async (work) => {
    const report = await restore({ dataDir, databaseUrl, clock, force }, file, work);
    const { rows, keptAside } = report;
    desk.out(`${json ? JSON.stringify(report) : desk.words.restored(rows, keptAside)}\n`);
    return EXIT.ok;
  });
}

/** Work that clears its drafts away when it is told to end. */
async function stoppable(desk: CliDesk, run: (work: Work) => Promise<ExitCode>): Promise<ExitCode> {
  const ending = new AbortController();
  const stop = () => ending.abort(new CliProblem(EXIT.interrupted, desk.words.interrupted));
  const progress = progressOn(desk);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await run({
      signal: ending.signal,
      onProgress: (phase, done, total) => progress(desk.words.phases[phase], done, total),
    });
  } catch (error) {
    // What is thrown on the way out differs with where the work was.
    throw ending.signal.aborted ? ending.signal.reason : error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
