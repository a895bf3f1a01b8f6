/**
 * Migrated databases that are made once in a run. A test copies one instead of running every migration again;
 * tests of the migrations themselves begin with an empty database (`createTestDatabase`).
 */
import { join } from 'node:path';
import pg from 'pg';
import { migratePostgres, migrateSqlite } from '../../db/migrate.ts';

/** The name of the migrated database on the private PostgreSQL. */
export const MIGRATED = 'jishan_migrated';

/** Makes the migrated database that `create database … template` copies. */
export async function makeMigratedPostgres(postgresUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query(`create database ${MIGRATED}`);
    const url = new URL(postgresUrl);
    url.pathname = `/${MIGRATED}`;
    await migratePostgres(url.href);
  } finally {
    await client.end();
  }
}

/** Makes a migrated SQLite file in a folder and answers its path. */
export function makeMigratedSqlite(folder: string): string {
  const path = join(folder, 'migrated.db');
  migrateSqlite(path);
  return path;
}
