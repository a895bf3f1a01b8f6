import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { migrateOpened, readMigrations } from '../migrate.ts';
import type { Engine, Reader } from '../store.ts';
import { values } from './read.ts';
import type { ColumnKind, TableShape } from './shapes.ts';

/** A database in the form that an earlier version of the program left. */
export interface PastSchema {
  readonly tables: readonly TableShape[];
  /** Hashes of the migrations it was made with, for either engine. */
  readonly hashes: Record<Engine, string[]>;
}

/** These tables are about processes that run, or end within a day: no backup has them. */
const LEFT_OUT: readonly string[] = [
  ...['schema_migrations', 'leases', 'pin_slips'],
  ...['import_progress', 'staged_rows', 'print_jobs'],
];

/** True for tables of ours that no backup has rows of. */
export function isLeftOut(name: string): boolean {
  return LEFT_OUT.includes(name);
}

/**
 * Reads the schema that the first `done` migrations of an engine make, from an empty SQLite database made the same
 * way. The other engine's migrations are counted up to the same tables.
 */
export async function pastSchema(reader: Reader, done: number): Promise<PastSchema> {
  const counts = countsAt(reader.engine, done);
  const tables = tablesAfter(counts.sqlite);
  return {
    tables: reader.engine === 'sqlite' ? tables : await withPostgresKinds(reader, tables),
    hashes: { sqlite: hashesOf('sqlite', counts.sqlite), postgres: hashesOf('postgres', counts.postgres) },
  };
}

function hashesOf(engine: Engine, count: number): string[] {
  return readMigrations(engine)
    .slice(0, count)
    .map(({ hash }) => hash);
}

/** Migrations of both engines are made together and named alike; one engine may have steps the other does not need. */
function countsAt(engine: Engine, done: number): Record<Engine, number> {
  const own = readMigrations(engine).map(({ name }) => name);
  const theirs = readMigrations(engine === 'sqlite' ? 'postgres' : 'sqlite').map(({ name }) => name);
  const firstMissing = theirs.findIndex((name) => own.includes(name) && !own.slice(0, done).includes(name));
  const other = firstMissing === -1 ? theirs.length : firstMissing;
  return engine === 'sqlite' ? { sqlite: done, postgres: other } : { sqlite: other, postgres: done };
}

function tablesAfter(sqliteMigrations: number): TableShape[] {
  const raw = new Database(':memory:');
  try {
    migrateOpened(raw, readMigrations('sqlite').slice(0, sqliteMigrations));
    const names = raw
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
      .pluck()
      .all() as string[];
    return names
      .filter((name) => !LEFT_OUT.includes(name))
      .map((name) => {
        const columns = raw.pragma(`table_info(${name})`) as { name: string; type: string; pk: number }[];
        const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
        return {
          name,
          columns: columns.map((column) => ({ name: column.name, kind: sqliteKind(column.type) })),
          key: key.map((column) => column.name),
        };
      });
  } finally {
    raw.close();
  }
}

/** Truth and JSON travel as SQLite keeps them: as 0 and 1, and as text. */
function sqliteKind(type: string): ColumnKind {
  if (/^integer$/i.test(type)) return 'int';
  return /^blob$/i.test(type) ? 'bytes' : 'text';
}

async function withPostgresKinds(reader: Reader, tables: readonly TableShape[]): Promise<TableShape[]> {
  const rows = await values(
    reader,
    sql`select table_name, column_name from information_schema.columns
      where table_schema = current_schema() and data_type = 'json'`,
  );
  const json = new Set(rows.map(([table, column]) => `${String(table)}.${String(column)}`));
  return tables.map((table) => ({
    ...table,
    columns: table.columns.map(({ name, kind }) => ({
      name,
      kind: json.has(`${table.name}.${name}`) ? 'json' : kind,
    })),
  }));
}
