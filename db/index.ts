import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hasPostgresTables, migratePostgres, migrateSqlite } from './migrate.ts';
import { openSqliteStore } from './sqlite/store.ts';
import type { Store, StoreObserver } from './store.ts';

export { UnknownSchema } from './migrate.ts';
export * from './store.ts';
export type { Tables } from './tables/index.ts';

export interface StoreOptions {
  /** Where the SQLite file lives; unused when databaseUrl is given. */
  readonly dataDir: string;
  /** postgres://…; SQLite when absent. */
  readonly databaseUrl?: string | undefined;
  readonly connectionsMax?: number;
  readonly observer?: StoreObserver | undefined;
}

/** Brings the database up to date and opens it. */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (options.databaseUrl) {
    await migratePostgres(options.databaseUrl);
    const { openPostgresStore } = await import('./postgres/store.ts');
    return openPostgresStore({
      url: options.databaseUrl,
      observer: options.observer,
      ...(options.connectionsMax ? { connectionsMax: options.connectionsMax } : {}),
    });
  }
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const path = sqlitePath(options.dataDir);
  migrateSqlite(path);
  chmodSync(path, 0o600);
  return openSqliteStore({ path, observer: options.observer });
}

/** Whether there is a database to open; looking makes none. */
export async function hasDatabase({ dataDir, databaseUrl }: StoreOptions): Promise<boolean> {
  if (databaseUrl) return hasPostgresTables(databaseUrl);
  return (statSync(sqlitePath(dataDir), { throwIfNoEntry: false })?.size ?? 0) > 0;
}

export function sqlitePath(dataDir: string): string {
  return join(dataDir, 'jishan.db');
}
