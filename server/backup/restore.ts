import { isNull } from 'drizzle-orm';
import { chmodSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type HeldFile,
  holdSqliteFile,
  isEmpty,
  readTable,
  refreshStatistics,
  renameSqliteFile,
  setAside,
  settleReferences,
  tableShapes,
  writeRows,
} from '../../db/copy/index.ts';
import {
  openStore,
  OutcomeUnknown,
  type Reader,
  type Store,
  StoreBusy,
  sqlitePath,
  type Tx,
} from '../../db/index.ts';
import { notePathOf } from '../own-file.ts';
import { syncFile, syncFolder } from './backup.ts';
import { BackupFault } from './fault.ts';
import type { BookHeader, Header } from './format.ts';
import { type BackupKeys, isMadeHere } from './origin.ts';
import { type CheckedCopy, readBackup, verifyBooks } from './read.ts';
import { removeScratch, scratchFolder } from './scratch.ts';
import { stamp } from './shelf.ts';
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
 * more shows by its missing signs of life (db/postgres/kept-alive.ts).
 */
export const FILLING = { queryTimeoutMs: 3_600_000 };

async function restoreFile(target: Target, file: string, work: Work): Promise<RestoreReport> {
  const { dataDir, force } = target;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = sqlitePath(dataDir);
  const held = existsSync(path) ? hold(path) : null;
  const folder = scratchFolder(dataDir);
  try {
    if (held?.isEmpty === false && !force) throw new BackupFault('not_empty', { what: path });
    const copyPath = join(folder, 'jishan.db');
    const copy = await readBackup(file, copyPath, work);
    if (force) await endLogIns(copy.store, target.clock());
    await copy.store.close();
    chmodSync(copyPath, 0o600);
    syncFile(copyPath);
    await lastWord(work);
    const aside =
      held?.isEmpty === false ? freePath(`${path}.before-restore-${stamp(target.clock())}`) : null;
    forgetHeads(dataDir);
    swap(copyPath, path, aside);
    return reportOf(copy, target, aside);
  } finally {
    held?.release();
    removeScratch(folder);
  }
}

/** What came while the disk was busy is heard, and this may still be called off. From here on nothing is waited for. */
async function lastWord({ signal, atTurn }: Work): Promise<void> {
  await atTurn?.();
  for (let turn = 0; turn < TURNS_TO_HEAR; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}

/** The note tells of the database that goes; it goes first, so that a kill in between leaves nothing to be refused. */
function forgetHeads(dataDir: string): void {
  rmSync(notePathOf(dataDir), { force: true });
}

/** Nothing that was kept aside is ever written over. */
function freePath(wanted: string): string {
  for (let count = 1; ; count += 1) {
    const path = count === 1 ? wanted : `${wanted}-${String(count)}`;
    if (!existsSync(path)) return path;
  }
}

function hold(path: string): HeldFile {
  const held = holdSqliteFile(path);
  if (!held) throw new BackupFault('in_use', { what: path });
  return held;
}

/** At every moment a whole database stands under the name, the old one or the new. */
function swap(fresh: string, path: string, aside: string | null): void {
  if (aside !== null) keepAside(path, aside);
  renameSync(fresh, path);
  syncFolder(join(path, '..'));
}

function keepAside(path: string, aside: string): void {
  try {
    // Where a log lies beside it (a damaged file), the two go together.
    if (!existsSync(`${path}-wal`)) {
      linkSync(path, aside);
      return;
    }
  } catch {
    // A disk without second names for a file, such as a memory stick.
  }
  renameSqliteFile(path, aside);
}

/** A log-in that was ended after the backup must not come alive again. */
async function endLogIns(store: Store, nowMs: number): Promise<void> {
  await store.transaction(({ db, t: { sessions } }) =>
    db
      .update(sessions)
      .set({ revokedAtMs: nowMs })
      .where(isNull(sessions.revokedAtMs))
      .returning({ id: sessions.id }),
  );
}

async function restoreServer(target: Target, file: string, work: Work): Promise<RestoreReport> {
  const { dataDir, databaseUrl, force, clock } = target;
  const store = await openStore({ dataDir, databaseUrl, ...FILLING });
  // Of the system's own place for such things many keep theirs in memory.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const folder = scratchFolder(dataDir);
  try {
    const isFree = (reader: Reader) => isEmpty(reader, tableShapes());
    if (!force && !(await store.read(isFree))) throw new BackupFault('not_empty');
    const copy = await readBackup(file, join(folder, 'copy.db'), work);
    try {
      if (force) await endLogIns(copy.store, clock());
      const aside = await copy.store.read((source) =>
        transactOnce(store, work, async (tx) => {
          const place = (await isFree(tx)) ? null : `before_restore_${stamp(clock()).replace('-', '_')}`;
          if (place !== null && !force) throw new BackupFault('not_empty');
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
  } catch (error) {
    if (error instanceof StoreBusy) throw new BackupFault('in_use', { what: error.message, cause: error });
    throw error;
  } finally {
    await store.close();
    removeScratch(folder);
  }
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
