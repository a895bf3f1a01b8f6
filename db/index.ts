import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { changedOnPostgres, changedOnSqlite } from './guards.ts';
import { migratePostgres, migrateSqlite, postgresSchema, type SchemaState, sqliteSchema } from './migrate.ts';
import { refuseLogAlone } from './sqlite/sidecar-files.ts';
import { openSqliteStore } from './sqlite/store.ts';
import type { Store, StoreObserver } from './store.ts';

export { isOfTrial, type SchemaState, UnknownSchema } from './migrate.ts';
export { chunked } from './many-rows.ts';
export { FolderInUse, type Held, holdFolder, isFolderHeld } from './sqlite/folder-lock.ts';
export { checkFile, checkLargeFile, DamagedFile } from './sqlite/check.ts';
export * from './store.ts';
export { createSwitch, StoreShut, type SwitchOptions, type SwitchStore } from './swappable-store.ts';
export type { Tables } from './tables/index.ts';
export { type KeyTable, keyTable, keyValues } from './key-table.ts';
export { stagedForm, type StagedRun, writeStaged } from './staged-rows.ts';
export { tableText } from './table-text.ts';
export { ownColumns, RowsChanged, sendRows, writeRows } from './write-rows.ts';
export {
  added,
  addedTo,
  changed,
  type RowOf,
  type TableName,
  type WrittenIn,
  type WrittenRow,
} from './written-rows.ts';

export interface StoreOptions {
  /** The folder of the SQLite file; unused when databaseUrl is given. */
  readonly dataDir: string;
  /** postgres://…; SQLite when absent. */
  readonly databaseUrl?: string | undefined;
  readonly connectionsMax?: number;
  /** PostgreSQL only: a statement without an answer is given up after this time. */
  readonly queryTimeoutMs?: number;
  readonly observer?: StoreObserver | undefined;
}

/** Brings the database up to date and opens it. */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (options.databaseUrl) {
    await migratePostgres(options.databaseUrl);
    return openAsItIs(options);
  }
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const path = sqlitePath(options.dataDir);
  refuseLogAlone(path);
  migrateSqlite(path);
  chmodSync(path, 0o600);
  return openAsItIs(options);
}

/** Opens a database under whatever schema it has: for copying it before it is brought up to date. */
export async function openAsItIs(options: StoreOptions): Promise<Store> {
  const { dataDir, databaseUrl, connectionsMax, queryTimeoutMs, observer } = options;
  if (!databaseUrl) return openSqliteStore({ path: sqlitePath(dataDir), observer });
  const { openPostgresStore } = await import('./postgres/store.ts');
  return openPostgresStore({
    url: databaseUrl,
    observer,
    ...(connectionsMax ? { connectionsMax } : {}),
    ...(queryTimeoutMs ? { queryTimeoutMs } : {}),
  });
}

/** Reads how far the database has come; null when there is none. Looking makes none. */
export async function schemaState({ dataDir, databaseUrl }: StoreOptions): Promise<SchemaState | null> {
  if (!databaseUrl && !((statSync(sqlitePath(dataDir), { throwIfNoEntry: false })?.size ?? 0) > 0))
    return null;
  const state = databaseUrl ? await postgresSchema(databaseUrl) : sqliteSchema(sqlitePath(dataDir));
  return state.done === 0 ? null : state;
}

/**
 * Compares the triggers of a database with those that its migrations made, and answers the names of those that are missing,
 * changed or switched off. Triggers of other hands are left alone.
 */
export async function changedGuards({ dataDir, databaseUrl }: StoreOptions): Promise<string[]> {
  return databaseUrl ? changedOnPostgres(databaseUrl) : changedOnSqlite(sqlitePath(dataDir));
}

/** True when there is a database to open. Looking makes none. */
export async function hasDatabase({ dataDir, databaseUrl }: StoreOptions): Promise<boolean> {
  if (databaseUrl) return (await schemaState({ dataDir, databaseUrl })) !== null;
  return (statSync(sqlitePath(dataDir), { throwIfNoEntry: false })?.size ?? 0) > 0;
}

export function sqlitePath(dataDir: string): string {
  return join(dataDir, 'jishan.db');
}
