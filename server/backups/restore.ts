import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  freeSqlitePath,
  type HeldFile,
  holdSqliteFile,
  isEmpty,
  isLogAlone,
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
import { endAllSessions } from '../identity/index.ts';
import { notePathOf } from '../private-file.ts';
import { syncFile, syncFolder } from './backup.ts';
import { BackupFault } from './fault.ts';
import type { BookHeader, Header } from './format.ts';
import { firstWithoutHead } from './compare-heads.ts';
import { type BackupKeys, isMadeHere } from './backup-mac.ts';
import { type CheckedCopy, readBackup, verifyBooks } from './read.ts';
import { inScratch } from './temp-folder.ts';
import { stamp } from './backup-folder.ts';
import { rowsOf, type Work } from './write.ts';

export interface Target {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly clock: () => number;
  /**
   * Takes the place of villages that are there, and ends every log-in. What was is kept aside: on SQLite in a file
   * beside it, on PostgreSQL in a schema beside it.
   */
  readonly force: boolean;
  /** By which a backup of this server's is known. */
  readonly keys?: BackupKeys | null;
}

export interface RestoreReport {
  readonly books: readonly BookHeader[];
  readonly rows: number;
  readonly madeAt: string;
  /** Whether it was made with this server's secret. */
  readonly isMadeHere: boolean;
  /** Where the database that was there before is now; null when it held nothing. */
  readonly keptAside: string | null;
}

/**
 * Restores a backup of either engine. It is put into a copy first, and whatever does not verify there is refused with
 * nothing touched. On SQLite that copy then takes the file's place; a PostgreSQL database is filled from it in one
 * transaction, which verifies once more before it commits. Whenever it is broken off, the old or the new stands whole.
 */
export async function restore(target: Target, file: string, work: Work = {}): Promise<RestoreReport> {
  if (!existsSync(file)) throw new BackupFault('no_access', { what: file });
  return target.databaseUrl === undefined
    ? restoreFile(target, file, work)
    : restoreServer(target, file, work);
}

/** Of the event loop: a word from the server is read in one and given out in the next. */
const TURNS_TO_HEAR = 3;

/**
 * For a store that is filled: references of millions of rows are checked by one statement. A road that leads nowhere any
 * more shows by its missing signs of life (db/postgres/connection-options.ts).
 */
export const FILLING = { queryTimeoutMs: 3_600_000 };

async function restoreFile(target: Target, file: string, work: Work): Promise<RestoreReport> {
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
      if (force) await endLogIns(copy.store, clock());
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

/** What came while the disk was busy is heard, and this may still be called off. From here on nothing is waited for. */
async function lastWord({ signal, atTurn }: Work): Promise<void> {
  await atTurn?.();
  for (let turn = 0; turn < TURNS_TO_HEAR; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}

/** Where the disk took the log's pages and not the file's, closing leaves them in the log, and says nothing. */
function refuseUnfinished(copyPath: string): void {
  if (existsSync(`${copyPath}-wal`)) throw new BackupFault('no_space', { what: copyPath });
}

/**
 * The old file stands under its name until the new one does. Of what lies beside it (a log without its file, or that of
 * a damaged one) that cannot be so: for a moment it lies aside only. Until the end the note of the heads stays, by which
 * a start in that moment is refused.
 */
function swap(fresh: string, path: string, aside: string | null): void {
  const folder = dirname(path);
  setSqliteAside(path, aside);
  renameSync(fresh, path);
  forgetHeads(folder);
  syncFolder(folder);
}

/** The note tells of the database that went. */
function forgetHeads(dataDir: string): void {
  rmSync(notePathOf(dataDir), { force: true });
}

/** Of what stands there now: that nothing came in between. */
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

/** A log-in that was ended after the backup must not come alive again. */
async function endLogIns(store: Store, nowMs: number): Promise<void> {
  await store.transaction((tx) => endAllSessions(tx, nowMs));
}

async function restoreServer(target: Target, file: string, work: Work): Promise<RestoreReport> {
  const { dataDir, force, clock } = target;
  const { store, isCurrent } = await openTarget(target);
  const isFree = (reader: Reader) => (isCurrent ? isEmpty(reader, tableShapes()) : hasNoVillage(reader));
  try {
    if (!force && !(await store.read(isFree))) throw new BackupFault('not_empty');
    // Of the system's own place for such things many keep theirs in memory.
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return await inScratch(dataDir, async (folder) => {
      const copy = await readBackup(file, join(folder, 'copy.db'), work);
      try {
        if (force) await endLogIns(copy.store, clock());
        const aside = await copy.store.read((source) =>
          transactOnce(store, work, async (tx) => {
            if (!force && !(await isFree(tx))) throw new BackupFault('not_empty');
            const isKept = !isCurrent || !(await isFree(tx));
            const place = isKept ? `before_restore_${stamp(clock()).replace('-', '_')}` : null;
            const kept = place === null ? null : await setAside(tx, place);
            await fillIn(tx, source, copy.header, work);
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
 * What is there is never brought up to date for this: of another version than this program's it is set aside as it is,
 * so that a newer program's database, or one that a step of the schema left halfway, can be replaced too.
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

/** By what every schema of the program has had. */
async function hasNoVillage({ db, t: { villages } }: Reader): Promise<boolean> {
  return (await db.select({ id: villages.id }).from(villages).limit(1)).length === 0;
}

/** Fills a PostgreSQL database, all of it or nothing, and verifies it before the commit. */
export async function fill(
  store: Store,
  source: Reader,
  header: Pick<Header, 'books' | 'tables'>,
  checks: { refuseFull(tx: Tx): Promise<void>; refuseGrown?(): Promise<void> },
  work: Work,
): Promise<void> {
  await transactOnce(store, work, async (tx) => {
    await checks.refuseFull(tx);
    await fillIn(tx, source, header, work);
    await checks.refuseGrown?.();
  });
}

/** Where nobody knows whether it was committed, that is told, and not that nothing was done. */
async function transactOnce<T>(store: Store, work: Work, act: (tx: Tx) => Promise<T>): Promise<T> {
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
 * The guards of the journal ask its tables for each row. Planned while those are empty, a question goes through all
 * lines of an account, longer with each row. So the planner is told early, and again as they grow.
 */
const LOOK_FIRST_ROWS = 2_000;

async function fillIn(
  tx: Tx,
  source: Reader,
  header: Pick<Header, 'books' | 'tables'>,
  work: Work,
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
    // The lines went in before.
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
