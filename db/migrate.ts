import { readMigrationFiles } from 'drizzle-orm/migrator';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Client } from 'pg';
import { keptAlive } from './postgres/kept-alive.ts';
import type { Engine } from './store.ts';

/** The database was made by a newer program, or by a changed migration: nothing is touched. */
export class UnknownSchema extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnknownSchema';
  }
}

export interface Migration {
  readonly hash: string;
  readonly madeAtMs: number;
  readonly statements: readonly string[];
}

export function readMigrations(engine: Engine): Migration[] {
  const folder = fileURLToPath(new URL(`./${engine}/migrations`, import.meta.url));
  return readMigrationFiles({ migrationsFolder: folder }).map(({ hash, folderMillis, sql }) => ({
    hash,
    madeAtMs: folderMillis,
    statements: sql.map((statement) => statement.trim()).filter((statement) => statement !== ''),
  }));
}

/**
 * Brings a SQLite file up to date in one transaction and answers how many migrations ran. Foreign keys are
 * off meanwhile, because drizzle-kit rebuilds tables, and are all checked before the commit.
 */
export function migrateSqlite(path: string, migrations = readMigrations('sqlite')): number {
  const raw = new Database(path);
  try {
    raw.pragma('journal_mode = wal');
    raw.pragma('synchronous = full');
    raw.pragma('foreign_keys = off');
    return raw
      .transaction(() => {
        raw.exec(
          'create table if not exists schema_migrations (position integer primary key, hash text not null) strict',
        );
        const done = raw
          .prepare('select hash from schema_migrations order by position')
          .pluck()
          .all() as string[];
        const missing = pendingAfter(done, migrations);
        for (const migration of missing) {
          for (const statement of migration.statements) raw.exec(strict(statement));
          raw.prepare('insert into schema_migrations (hash) values (?)').run(migration.hash);
        }
        const broken = raw.pragma('foreign_key_check') as { table: string }[];
        if (missing.length > 0 && broken[0])
          throw new Error(`a migration left a broken reference in ${broken[0].table}`);
        return missing.length;
      })
      .immediate();
  } finally {
    raw.close();
  }
}

/** Brings a PostgreSQL database up to date in one transaction; several processes starting at once take turns. */
export async function migratePostgres(url: string, migrations = readMigrations('postgres')): Promise<number> {
  const client = await connect(url, 'jishan-migrate');
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(7421001)');
    await client.query(
      'create table if not exists schema_migrations (position integer generated always as identity primary key, hash text not null)',
    );
    const { rows } = await client.query<{ hash: string }>(
      'select hash from schema_migrations order by position',
    );
    const missing = pendingAfter(
      rows.map((row) => row.hash),
      migrations,
    );
    for (const migration of missing) {
      for (const statement of migration.statements) await client.query(statement);
      await client.query('insert into schema_migrations (hash) values ($1)', [migration.hash]);
    }
    await client.query('commit');
    return missing.length;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

/** Whether a PostgreSQL database holds our tables; looking makes none. */
export async function hasPostgresTables(url: string): Promise<boolean> {
  const client = await connect(url, 'jishan');
  try {
    const { rows } = await client.query<{ there: boolean }>(
      "select to_regclass('villages') is not null as there",
    );
    return rows[0]?.there === true;
  } finally {
    await client.end();
  }
}

/** The driver is loaded by who needs it: on SQLite nobody does. */
async function connect(url: string, name: string): Promise<Client> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, application_name: name, ...keptAlive(url) });
  // What is under way learns of a broken connection; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function pendingAfter(done: readonly string[], migrations: readonly Migration[]): readonly Migration[] {
  if (done.length > migrations.length)
    throw new UnknownSchema('the database was made by a newer version of this program');
  done.forEach((hash, index) => {
    if (migrations[index]?.hash !== hash)
      throw new UnknownSchema(
        `migration ${String(index + 1)} differs from the one this database was made with`,
      );
  });
  return migrations.slice(done.length);
}

/** drizzle-kit cannot ask for STRICT tables; every one of ours is. */
function strict(statement: string): string {
  return /^create table/i.test(statement) ? statement.replace(/\)\s*;?\s*$/, ') STRICT') : statement;
}
