import { readMigrationFiles } from 'drizzle-orm/migrator';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Client } from 'pg';
import { keptAlive } from './postgres/connection-options.ts';
import type { Engine } from './store.ts';

/** First migrations of 0.1.0, which was never released: its databases and backups end with it. */
const TRIAL_MIGRATIONS: ReadonlySet<string> = new Set([
  '7eb09293f53f94ced0e8358e18f8550c2d1c0a510c58202e631082f377d8be14',
  '5caa3b43ea8954baffebb57329df450b08b16ef77387e08ece725500ef449721',
]);

/** True when these are the migrations of a database or backup that 0.1.0 made. */
export function isOfTrial(hashes: readonly string[]): boolean {
  return hashes.some((hash) => TRIAL_MIGRATIONS.has(hash));
}

/** The database was made by a newer program, by a changed migration, by the trial version or by another program. */
export class UnknownSchema extends Error {
  readonly reason: 'trial' | 'newer' | 'edited' | 'foreign';

  constructor(reason: UnknownSchema['reason']) {
    super(`nothing was changed in a database that is not of this program: ${reason}`);
    this.name = 'UnknownSchema';
    this.reason = reason;
  }
}

export interface Migration {
  /** The reason is the same on both engines, if both have the step. */
  readonly name: string;
  readonly hash: string;
  readonly statements: readonly string[];
}

export function readMigrations(engine: Engine): Migration[] {
  const folder = fileURLToPath(new URL(`./${engine}/migrations`, import.meta.url));
  const { entries } = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { tag: string }[];
  };
  return readMigrationFiles({ migrationsFolder: folder }).map(({ hash, sql }, index) => ({
    name: (entries[index]?.tag ?? '').replace(/^\d+_/, ''),
    hash,
    statements: sql.map((statement) => statement.trim()).filter((statement) => statement !== ''),
  }));
}

/**
 * Brings a SQLite file up to date in one transaction and answers how many migrations ran. Foreign keys are
 * off meanwhile, because drizzle-kit rebuilds tables, and are all checked before the commit of a change.
 */
export function migrateSqlite(path: string, migrations = readMigrations('sqlite')): number {
  const raw = new Database(path);
  try {
    raw.pragma('journal_mode = wal');
    raw.pragma('synchronous = full');
    return migrateOpened(raw, migrations);
  } finally {
    raw.close();
  }
}

/** Does the same as `migrateSqlite`, on a connection that nobody else uses. */
export function migrateOpened(raw: Database.Database, migrations: readonly Migration[]): number {
  raw.pragma('foreign_keys = off');
  return raw
    .transaction(() => {
      const missing = pendingAfter(doneOnSqlite(raw), migrations);
      raw.exec(
        'create table if not exists schema_migrations (position integer primary key, hash text not null) strict',
      );
      for (const migration of missing) {
        for (const statement of migration.statements) raw.exec(strict(statement));
        raw.prepare('insert into schema_migrations (hash) values (?)').run(migration.hash);
      }
      if (missing.length === 0) return 0;
      // This looks at every row of every table. It takes seconds in a large book, so a start that changes nothing
      // leaves it out.
      const [broken] = raw.pragma('foreign_key_check') as { table: string }[];
      if (broken) throw new Error(`a migration left a broken reference in ${broken.table}`);
      return missing.length;
    })
    .immediate();
}

/** Brings a PostgreSQL database up to date in one transaction; several processes starting at once take turns. */
export async function migratePostgres(url: string, migrations = readMigrations('postgres')): Promise<number> {
  const client = await connect(url, 'jishan-migrate');
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(7421001)');
    const missing = pendingAfter(await doneOnPostgres(client), migrations);
    await client.query(
      'create table if not exists schema_migrations (position integer generated always as identity primary key, hash text not null)',
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

/** The migrations that a database was made with, and those it still lacks. */
export interface SchemaState {
  readonly done: number;
  readonly pending: number;
}

/**
 * Reads the state of the schema and changes nothing. Throws UnknownSchema if the program must not touch the
 * database.
 */
export function sqliteSchema(path: string, migrations = readMigrations('sqlite')): SchemaState {
  const raw = new Database(path, { readonly: true });
  try {
    const done = doneOnSqlite(raw);
    return { done: done.length, pending: pendingAfter(done, migrations).length };
  } finally {
    raw.close();
  }
}

/** Does the same as `sqliteSchema`, on PostgreSQL. */
export async function postgresSchema(
  url: string,
  migrations = readMigrations('postgres'),
): Promise<SchemaState> {
  const client = await connect(url, 'jishan');
  try {
    const done = await doneOnPostgres(client);
    return { done: done.length, pending: pendingAfter(done, migrations).length };
  } finally {
    await client.end();
  }
}

/** The driver is loaded here, so that a server on SQLite never loads it. */
export async function connect(url: string, name: string): Promise<Client> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, application_name: name, ...keptAlive(url) });
  // The query under way learns of a broken connection; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export function doneOnSqlite(raw: Database.Database): string[] {
  const tables = raw
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all() as string[];
  const columns = raw.pragma('table_info(schema_migrations)') as { name: string }[];
  if (!isOurs(tables, columns)) return [];
  return raw.prepare('select hash from schema_migrations order by position').pluck().all() as string[];
}

export async function doneOnPostgres(client: Client): Promise<string[]> {
  // Tables of an extension are nobody's data.
  const tables = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
      and not exists (select 1 from pg_depend where objid = pg_class.oid and deptype = 'e')`,
  );
  const columns = await client.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_schema = current_schema() and table_name = 'schema_migrations'",
  );
  const names = tables.rows.map(({ name }) => name);
  if (!isOurs(names, columns.rows)) return [];
  const done = await client.query<{ hash: string }>('select hash from schema_migrations order by position');
  return done.rows.map(({ hash }) => hash);
}

/** True when the tables are this program's, false when there are none; anything else is another program's. */
function isOurs(tables: readonly string[], columns: readonly { readonly name: string }[]): boolean {
  if (tables.length === 0) return false;
  const names = columns.map(({ name }) => name);
  if (names.includes('position') && names.includes('hash')) return true;
  throw new UnknownSchema('foreign');
}

function pendingAfter(done: readonly string[], migrations: readonly Migration[]): readonly Migration[] {
  if (isOfTrial(done)) throw new UnknownSchema('trial');
  if (done.slice(0, migrations.length).some((hash, index) => migrations[index]?.hash !== hash))
    throw new UnknownSchema('edited');
  if (done.length > migrations.length) throw new UnknownSchema('newer');
  return migrations.slice(done.length);
}

/** drizzle-kit cannot ask for STRICT tables, and every table of ours is strict. */
function strict(statement: string): string {
  return /^create table/i.test(statement) ? statement.replace(/\)\s*;?\s*$/, ') STRICT') : statement;
}
