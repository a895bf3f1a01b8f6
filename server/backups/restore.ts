import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  freeSqlitePath,
  type HeldFile,
  holdSqliteFile,
  isEmpty,
  isLogAlone,
  putOffReferences,
  readTable,
  refreshStatistics,
  setAside,
  setSqliteAside,
  settleReferences,
  tableShapes,
  writeRows,
} from '../../db/copy/index.ts';
import {
  openAsItIs,
  openStore,
  OutcomeUnknown,
  type Reader,
  schemaState,
  type Store,
  StoreBusy,
  sqlitePath,
  type Tx,
  UnknownSchema,
} from '../../db/index.ts';
import { BY_COMMAND_LINE } from '../acts/index.ts';
import { endAllSessions } from '../identity/index.ts';
import { notePathOf } from '../private-file.ts';
import { syncFile, syncFolder } from './backup.ts';
import { BackupFault } from './fault.ts';
import type { BookHeader, Header } from './format.ts';
import { firstWithoutHead } from './compare-heads.ts';
import { type BackupKeys, isMadeHere } from './backup-mac.ts';
import { type CheckedCopy, readBackup, verifyBooks } from './read.ts';
import { oldBooksOfFile, oldBooksOfServer } from './old-books.ts';
import {
  bookRestored,
  booksIn,
  type Books,
  compareReplaced,
  type Replaced,
  type Restored,
  type RestoredBy,
} from './restored-act.ts';
import { inScratch } from './temp-folder.ts';
import { stamp } from './backup-folder.ts';
import { rowsOf, type BackupRun } from './write.ts';

export interface Target {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly clock: () => number;
  /**
   * Replaces villages that are there, and ends every log-in. The old database is kept aside: on SQLite in a file
   * beside it, on PostgreSQL in a schema beside it.
   */
  readonly force: boolean;
  /** The person who has it done; the command line when left out. */
  readonly by?: RestoredBy;
  /** They recognise a backup that this server made. */
  readonly keys?: BackupKeys | null;
}

export interface RestoreReport {
  readonly books: readonly BookHeader[];
  readonly rows: number;
  readonly madeAt: string;
  /** Whether it was made with this server's secret. */
  readonly isMadeHere: boolean;
  /** File or schema that holds the earlier database now; null when there was nothing in it. */
  readonly keptAside: string | null;
}

/**
 * Restores a backup of either engine. It is loaded into a copy first; if that does not verify, nothing is touched. On
 * SQLite the copy then takes the file's place. A PostgreSQL database is filled from it in one transaction, which
 * verifies again before it commits. An interruption leaves the old or the new database whole.
 */
export async function restore(target: Target, file: string, work: BackupRun = {}): Promise<RestoreReport> {
  if (!existsSync(file)) throw new BackupFault('no_access', { what: file });
  return target.databaseUrl === undefined
    ? restoreFile(target, file, work)
    : restoreServer(target, file, work);
}

/** Turns of the event loop until a message from the server is delivered: one reads it, the next emits it. */
const TURNS_TO_HEAR = 3;

/**
 * Options of a store that is being filled: one statement checks the references of millions of rows, which takes long.
 * A dead connection shows by its missing keep-alives (db/postgres/connection-options.ts).
 */
export const FILLING = { queryTimeoutMs: 3_600_000 };

async function restoreFile(target: Target, file: string, work: BackupRun): Promise<RestoreReport> {
  const { dataDir, force, clock } = target;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = sqlitePath(dataDir);
  const isLogLeft = isLogAlone(path);
  const held = existsSync(path) ? hold(path) : null;
  try {
    const isFull = held?.isEmpty === false;
    if (isFull && !force) throw new BackupFault('not_empty', { what: path });
    return await inScratch(dataDir, async (folder) => {
      const copyPath = join(folder, 'jishan.db');
      const copy = await readBackup(file, copyPath, work);
      await settle(target, file, copy, oldBooksOfFile(dataDir, held));
      await copy.store.close();
      refuseUnfinished(copyPath);
      chmodSync(copyPath, 0o600);
      syncFile(copyPath);
      await lastWord(work);
      const aside = isFull || isLogLeft ? freeSqlitePath(`${path}.before-restore-${stamp(clock())}`) : null;
      swap(copyPath, path, aside);
      await lookAtHeads(target, copy.header);
      return reportOf(copy, target, aside);
    });
  } finally {
    held?.release();
  }
}

/** Delivers messages that came while the disk was busy: the last point at which the work can be called off. */
async function lastWord({ signal, atTurn }: BackupRun): Promise<void> {
  await atTurn?.();
  for (let turn = 0; turn < TURNS_TO_HEAR; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}

/** On a full disk, closing leaves pages of the log in the `-wal` file and reports no error. */
function refuseUnfinished(copyPath: string): void {
  if (existsSync(`${copyPath}-wal`)) throw new BackupFault('no_space', { what: copyPath });
}

/**
 * The old file keeps its name until the new one takes it. A stray log (without its file, or of a damaged one) cannot:
 * for a moment it lies aside only. The note of the heads stays until the end, so a server that starts in that moment
 * refuses to run.
 */
function swap(fresh: string, path: string, aside: string | null): void {
  const folder = dirname(path);
  setSqliteAside(path, aside);
  renameSync(fresh, path);
  forgetHeads(folder);
  syncFolder(folder);
}

/** Removes the note of the rollback guard: it describes the database that was replaced. */
function forgetHeads(dataDir: string): void {
  rmSync(notePathOf(dataDir), { force: true });
}

/** Checks the heads of the file that stands there now: another process may have replaced it. */
async function lookAtHeads({ dataDir }: Target, { books }: Header): Promise<void> {
  const missing = await headMissingIn(dataDir, books).catch((cause: unknown) => {
    throw new BackupFault('outcome_unknown', { what: sqlitePath(dataDir), cause });
  });
  if (missing) throw new BackupFault('outcome_unknown', { what: `head ${missing.name}` });
}

async function headMissingIn(dataDir: string, books: readonly BookHeader[]): Promise<BookHeader | null> {
  const store = await openAsItIs({ dataDir });
  try {
    return await firstWithoutHead(store, books);
  } finally {
    await store.close();
  }
}

function hold(path: string): HeldFile {
  const held = holdSqliteFile(path);
  if (!held) throw new BackupFault('in_use', { what: path });
  return held;
}

/**
 * Ends log-ins, because one that was ended after the backup must not come alive again, and books the restore as the
 * first entry of the book that goes on.
 */
async function settle(
  target: Target,
  file: string,
  { store, header }: CheckedCopy,
  old: Books,
): Promise<void> {
  const replaced = await store.read(async (reader) => compareReplaced(old, await booksIn(reader)));
  await store.transaction(async (tx) => {
    if (target.force) await endAllSessions(tx, target.clock());
    await bookRestored(tx, restoredOf(target, file, header, replaced));
  });
}

function restoredOf(
  { by = BY_COMMAND_LINE, clock }: Target,
  file: string,
  { madeAt }: Header,
  replaced: Replaced,
): Restored {
  return { backup: basename(file), madeAtMs: Date.parse(madeAt), by, clock, replaced };
}

async function restoreServer(target: Target, file: string, work: BackupRun): Promise<RestoreReport> {
  const { dataDir, force, clock } = target;
  const { store, isCurrent } = await openTarget(target);
  const isFree = (reader: Reader) => (isCurrent ? isEmpty(reader, tableShapes()) : hasNoVillage(reader));
  try {
    if (!force && !(await store.read(isFree))) throw new BackupFault('not_empty');
    // The copy is made in the data folder: many systems keep their temporary folder in memory.
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return await inScratch(dataDir, async (folder) => {
      const copy = await readBackup(file, join(folder, 'copy.db'), work);
      try {
        if (force) await copy.store.transaction((tx) => endAllSessions(tx, clock()));
        const aside = await copy.store.read((source) =>
          transactOnce(store, work, async (tx) => {
            if (!force && !(await isFree(tx))) throw new BackupFault('not_empty');
            const isKept = !isCurrent || !(await isFree(tx));
            const old = await oldBooksOfServer(tx, dataDir);
            const replaced = await compareReplaced(old, await booksIn(source));
            const place = isKept ? `before_restore_${stamp(clock()).replace('-', '_')}` : null;
            const kept = place === null ? null : await setAside(tx, place);
            await fillIn(tx, source, copy.header, work);
            await putOffReferences(tx);
            await bookRestored(tx, restoredOf(target, file, copy.header, replaced));
            forgetHeads(dataDir);
            return kept;
          }),
        );
        return reportOf(copy, target, aside);
      } finally {
        await copy.store.close();
      }
    });
  } catch (error) {
    if (error instanceof StoreBusy) throw new BackupFault('in_use', { what: error.message, cause: error });
    throw error;
  } finally {
    await store.close();
  }
}

/**
 * Opens the database without bringing it up to date. One of another version is set aside unchanged, so that a newer
 * program's database, or one that stopped halfway through a migration, can be replaced too.
 */
async function openTarget({
  dataDir,
  databaseUrl,
  force,
}: Target): Promise<{ store: Store; isCurrent: boolean }> {
  const place = { dataDir, databaseUrl, ...FILLING };
  try {
    const state = await schemaState(place);
    if (state === null || state.pending === 0) return { store: await openStore(place), isCurrent: true };
  } catch (error) {
    if (!(error instanceof UnknownSchema) || error.reason === 'foreign') throw error;
    if (!force) throw new BackupFault('unknown_schema', { cause: error });
  }
  return { store: await openAsItIs(place), isCurrent: false };
}

/** It reads only columns that every schema of the program has had. */
async function hasNoVillage({ db, t: { villages } }: Reader): Promise<boolean> {
  return (await db.select({ id: villages.id }).from(villages).limit(1)).length === 0;
}

/** Fills a PostgreSQL database, all of it or nothing, and verifies it before the commit. */
export async function fill(
  store: Store,
  source: Reader,
  header: Pick<Header, 'books' | 'tables'>,
  checks: { refuseFull(tx: Tx): Promise<void>; refuseGrown?(): Promise<void> },
  work: BackupRun,
): Promise<void> {
  await transactOnce(store, work, async (tx) => {
    await checks.refuseFull(tx);
    await fillIn(tx, source, header, work);
    await checks.refuseGrown?.();
  });
}

/** Runs one transaction; throws `outcome_unknown` if nobody can tell whether it was committed. */
async function transactOnce<T>(store: Store, work: BackupRun, act: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await store.transaction(async (tx) => {
      const value = await act(tx);
      await lastWord(work);
      return value;
    });
  } catch (error) {
    if (!(error instanceof OutcomeUnknown)) throw error;
    throw new BackupFault('outcome_unknown', { what: error.message, cause: error });
  }
}

/**
 * The triggers of the journal query its tables for each row. A query that was planned while those were empty scans
 * all lines of an account. So the statistics are refreshed after this many rows, and again as the tables grow.
 */
const LOOK_FIRST_ROWS = 2_000;

async function fillIn(
  tx: Tx,
  source: Reader,
  header: Pick<Header, 'books' | 'tables'>,
  work: BackupRun,
): Promise<void> {
  const total = rowsOf(header);
  let done = 0;
  for (const shape of tableShapes()) {
    let [written, lookAt] = [0, LOOK_FIRST_ROWS];
    for await (const rows of readTable(source, shape)) {
      work.signal?.throwIfAborted();
      await writeRows(tx, shape, rows);
      done += rows.length;
      written += rows.length;
      if (written >= lookAt) {
        await refreshStatistics(tx, shape);
        lookAt *= 8;
      }
      work.onProgress?.('load', done, total);
    }
    // The lines were written before their entries, so their references are checked only now.
    if (shape.name === 'journal') await settleReferences(tx);
  }
  await refreshStatistics(tx);
  await verifyBooks(tx, header, work);
}

function reportOf(
  { header, trailer }: CheckedCopy,
  { keys = null }: Target,
  keptAside: string | null,
): RestoreReport {
  const { books, madeAt } = header;
  return { books, rows: rowsOf(header), madeAt, isMadeHere: isMadeHere(keys, trailer), keptAside };
}
