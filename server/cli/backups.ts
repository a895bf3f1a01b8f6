import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hasDatabase, sqlitePath } from '../../db/index.ts';
import { bookInEveryVillage, BY_COMMAND_LINE } from '../acts/index.ts';
import {
  type RestoreReport,
  type Shelved,
  aloneIn,
  backup,
  BackupFault,
  listShelf,
  makeOnShelf,
  moveToPostgres,
  refuseMoved,
  restore,
  type BackupRun,
} from '../backups/index.ts';
import { type CliDesk, upgraderOf, withStore } from './desk.ts';
import { CliProblem, EXIT, type ExitCode } from './problems.ts';
import { progressOn } from './progress.ts';

export interface BackupFlags {
  readonly json?: boolean;
}

export interface RestoreFlags extends BackupFlags {
  readonly force?: boolean;
}

/** Makes a backup in the file named, or on the shelf, where the server keeps its own. */
export function backupCommand(
  desk: CliDesk,
  file: string | undefined,
  { json }: BackupFlags,
): Promise<ExitCode> {
  return stoppable(desk, (work) =>
    withStore(desk, async (store) => {
      const keys = desk.backupKeys();
      if (keys === null) desk.note(desk.say('unmarked'));
      const maker = { store, clock: desk.clock, version: desk.version, keys };
      const by = { ...BY_COMMAND_LINE, clock: desk.clock };
      const is = { file: file === undefined ? undefined : basename(file).slice(0, 200) };
      await bookInEveryVillage(store, by, (id) => ({ act: 'backups.made', on: `village:${id}`, is }));
      if (file === undefined) {
        const { copyFault, ...made } = await makeOnShelf(maker, desk.shelf, 'asked', work);
        const path = join(desk.shelf.folder, made.name);
        desk.out(
          `${json ? JSON.stringify({ path, ...made }) : desk.say('shelved', { file: path, bytes: made.bytes })}\n`,
        );
        if (copyFault === null) return EXIT.ok;
        desk.note([desk.say('fault.no_copy'), copyFault.what].join('\n'));
        return EXIT.unavailable;
      }
      const report = await backup(maker, file, work);
      const { path, rows, bytes } = report;
      desk.out(`${json ? JSON.stringify(report) : desk.say('backed_up', { file: path, rows, bytes })}\n`);
      return EXIT.ok;
    }),
  );
}

/**
 * Lists the backups of the shelf, latest first. It needs no database, because people look here when the database is
 * gone.
 */
export async function backupsCommand(desk: CliDesk, { json }: BackupFlags): Promise<ExitCode> {
  const { folder, copyFolder } = desk.shelf;
  const backups = await listShelf(desk.shelf);
  if (json) {
    desk.out(`${JSON.stringify({ folder, copyFolder, backups })}\n`);
    return EXIT.ok;
  }
  desk.note(backups.length === 0 ? desk.say('no_backups', { folder }) : folder);
  for (const one of backups) desk.out(`${lineOf(desk, one)}\n`);
  return EXIT.ok;
}

export function restoreCommand(
  desk: CliDesk,
  file: string,
  { json, force = false }: RestoreFlags,
): Promise<ExitCode> {
  const { dataDir, databaseUrl, clock } = desk;
  return stoppable(desk, async (work) => {
    refuseMoved(desk);
    const target = { dataDir, databaseUrl, clock, force, keys: desk.backupKeys() };
    const put = () => restore(target, onShelf(desk, file), work);
    const report = await (databaseUrl === undefined ? aloneIn(dataDir, put) : put());
    const { rows, keptAside, isMadeHere } = report;
    desk.out(`${json ? JSON.stringify(report) : restored(desk, { rows, keptAside, isMadeHere })}\n`);
    return EXIT.ok;
  });
}

/** The path of the file if it exists; otherwise the backup of that name on the shelf. */
function onShelf({ shelf }: CliDesk, file: string): string {
  return existsSync(file) || file !== basename(file) ? file : join(shelf.folder, file);
}

/** The database may be named on the line or, so that its password is in no list of processes, in DATABASE_URL. */
export function moveCommand(
  desk: CliDesk,
  url: string | undefined,
  { json }: BackupFlags,
): Promise<ExitCode> {
  return stoppable(desk, async (work) => {
    const { dataDir, say } = desk;
    const databaseUrl = url ?? desk.databaseUrl;
    if (databaseUrl === undefined) throw new CliProblem(EXIT.usage, say('which_database'));
    if (!(await hasDatabase({ dataDir })))
      throw new CliProblem(EXIT.unavailable, say('no_database', { place: sqlitePath(dataDir) }));
    const report = await moveToPostgres({ dataDir, databaseUrl, upgrader: upgraderOf(desk) }, work);
    if (json) desk.out(`${JSON.stringify(report)}\n`);
    else {
      for (const { name, number, hash } of report.books)
        desk.out(`${say('same_head', { village: name, number, hash })}\n`);
      const { rows, marker } = report;
      const old = { file: sqlitePath(dataDir), marker };
      desk.note(
        [say('moved', { rows }), say(marker === null ? 'old_book_unmarked' : 'old_book_marked', old)].join(
          '\n',
        ),
      );
    }
    return EXIT.ok;
  });
}

/** Runs work that removes its drafts when a signal ends it. */
async function stoppable(desk: CliDesk, run: (work: BackupRun) => Promise<ExitCode>): Promise<ExitCode> {
  const ending = new AbortController();
  const stop = () => ending.abort(new CliProblem(EXIT.interrupted, desk.say('interrupted')));
  const progress = progressOn(desk);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await run({
      signal: ending.signal,
      onProgress: (phase, done, total) => progress(desk.say(`phase.${phase}`), done, total),
    });
  } catch (error) {
    // The sentence about the interruption says that nothing was changed, which may be wrong here.
    if (error instanceof BackupFault && error.code === 'outcome_unknown') throw error;
    // An abort surfaces as different errors, depending on what the work was doing. Its reason is thrown instead.
    throw ending.signal.aborted ? ending.signal.reason : error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function lineOf({ say }: CliDesk, { name, bytes, isCopied, books }: Shelved): string {
  const copied = isCopied === null ? [] : [say(isCopied ? 'copied' : 'not_copied')];
  const heads = books.map((book) =>
    say('head_on_shelf', { village: book.name, number: book.number, hash: book.hash.slice(0, 16) }),
  );
  return [say('on_shelf', { name, bytes }), ...copied, ...heads].join('  ');
}

function restored(
  { say }: CliDesk,
  report: Pick<RestoreReport, 'rows' | 'keptAside' | 'isMadeHere'>,
): string {
  const { rows, keptAside, isMadeHere } = report;
  const done = say('restored', { rows, aside: keptAside }).trimEnd();
  return [done, say(isMadeHere ? 'made_here' : 'made_elsewhere')].join('\n');
}
