/** Makes a filled database with the schema of an earlier migration. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { type Cell, readTable, type TableShape, tableShapes } from '../../db/copy/index.ts';
import { migratePostgres, migrateSqlite, readMigrations } from '../../db/migrate.ts';
import { sqlitePath } from '../../db/index.ts';
import type { Engine, Store } from '../../db/store.ts';
import { createVillage } from '../../server/village/index.ts';
import { createLedger, importJournal } from './ledger.ts';
import { openTestStore } from './stores.ts';

/** Every table with its rows, in an order that foreign keys allow to insert. */
export type Rows = ReadonlyMap<string, { readonly shape: TableShape; readonly rows: readonly Cell[][] }>;

export async function readRows(store: Store): Promise<Rows> {
  return store.read(async (reader) => {
    const tables = new Map<string, { shape: TableShape; rows: Cell[][] }>();
    for (const shape of tableShapes()) {
      const rows: Cell[][] = [];
      for await (const page of readTable(reader, shape)) rows.push(...page);
      tables.set(shape.name, { shape, rows });
    }
    return tables;
  });
}

const FIRST_BOOK = join(import.meta.dirname, '..', 'fixtures', 'seal-1', 'full-book.journal');

/** Makes a village with the full book as it was written under version 1 of the seal: an earlier schema has room for it. */
export async function takeFirstBook(store: Store, villageId = 'v1'): Promise<void> {
  const village = { id: villageId, bookId: 'its own', name: '古旦村', town: '古旦镇', isDemo: false };
  const ledger = createLedger({ clock: Date.now });
  await store.transaction((tx) => createVillage(tx, ledger, { ...village, nowMs: 1_760_000_000_000 }));
  await importJournal(store, villageId, createReadStream(FIRST_BOOK, 'utf8'));
}

/** The rows of a database that an earlier program may have left. */
export async function pastRows(): Promise<Rows> {
  const test = await openTestStore('sqlite');
  try {
    await takeFirstBook(test.store);
    return await readRows(test.store);
  } finally {
    await test.remove();
  }
}

/** A database: on PostgreSQL if `databaseUrl` is given, else SQLite. */
export interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

/** The columns that each table had then. */
export type Columns = ReadonlyMap<string, readonly string[]>;

/**
 * Makes the database with the first `done` migrations of its engine and inserts the columns of these rows that the
 * schema had then, with all its triggers. Returns those columns.
 */
export async function makePast(engine: Engine, place: Place, done: number, all: Rows): Promise<Columns> {
  // Before the first triggers an entry had to be inserted before its lines and facts.
  const isLast = (table: string) => Number(table === 'postings' || table === 'journal_facts');
  const rows: Rows = done > 1 ? all : new Map([...all].sort(([a], [b]) => isLast(a) - isLast(b)));
  const migrations = readMigrations(engine).slice(0, done);
  if (engine === 'sqlite') {
    const path = sqlitePath(place.dataDir);
    migrateSqlite(path, migrations);
    return fillSqlite(path, rows);
  }
  const url = place.databaseUrl ?? '';
  await migratePostgres(url, migrations);
  return fillPostgres(url, rows);
}

function fillSqlite(path: string, tables: Rows): Columns {
  const had = new Map<string, readonly string[]>();
  const raw = new Database(path);
  raw.pragma('foreign_keys = on');
  raw.exec('begin');
  raw.pragma('defer_foreign_keys = on');
  for (const [table, { shape, rows }] of tables) {
    const there = (raw.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    if (there.length === 0) continue;
    const names = shape.columns.map(({ name }) => name).filter((name) => there.includes(name));
    had.set(table, names);
    const insert = raw.prepare(
      `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
    );
    for (const row of rows) {
      const cells = shape.columns.flatMap<Cell | Buffer>(({ name, kind }, index) => {
        const cell = row[index] ?? null;
        if (!names.includes(name)) return [];
        if (table === 'ledger_heads' && name === 'number') return [0];
        if (kind === 'bytes' && cell !== null) return [Buffer.from(String(cell), 'base64')];
        return [typeof cell === 'boolean' ? Number(cell) : cell];
      });
      insert.run(cells);
    }
  }
  const count = raw.prepare('update ledger_heads set number = ? where village_id = ?');
  for (const [villageId, number] of headsOf(tables)) count.run(number, villageId);
  raw.exec('commit');
  raw.close();
  return had;
}

async function fillPostgres(url: string, tables: Rows): Promise<Columns> {
  const had = new Map<string, readonly string[]>();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  for (const [table, { shape, rows }] of tables) {
    const found = await client.query<{ name: string }>(
      'select column_name as name from information_schema.columns where table_name = $1',
      [table],
    );
    const there = found.rows.map(({ name }) => name);
    if (there.length === 0) continue;
    const columns = shape.columns.filter(({ name }) => there.includes(name));
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    had.set(
      table,
      columns.map(({ name }) => name),
    );
    for (const row of rows) {
      const cells = columns.map(({ name, kind }) => {
        const cell = row[shape.columns.findIndex((column) => column.name === name)] ?? null;
        if (table === 'ledger_heads' && name === 'number') return 0;
        return kind === 'bytes' && cell !== null ? Buffer.from(String(cell), 'base64') : cell;
      });
      const marks = cells.map((_, index) => `$${String(index + 1)}`).join(', ');
      await client.query(`insert into "${table}" (${names}) values (${marks})`, cells);
    }
  }
  for (const [villageId, number] of headsOf(tables))
    await client.query('update ledger_heads set number = $1 where village_id = $2', [number, villageId]);
  await client.query('commit');
  await client.end();
  return had;
}

/** These columns of all rows of a table. */
export function pick(tables: Rows, table: string, columns: readonly string[]): unknown[][] {
  const { shape, rows } = tables.get(table) ?? { shape: null, rows: [] };
  const at = columns.map((name) => shape?.columns.findIndex((column) => column.name === name) ?? -1);
  return rows.map((row) => at.map((index) => row[index]));
}

function headsOf(tables: Rows): [string, number][] {
  const { shape, rows } = tables.get('ledger_heads') ?? { shape: null, rows: [] };
  const at = (name: string) => shape?.columns.findIndex((column) => column.name === name) ?? -1;
  return rows.map((row) => [String(row[at('village_id')]), Number(row[at('number')])]);
}
