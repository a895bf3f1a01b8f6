import { type Column, type SQL, sql, type Table } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { firstFailure } from './first-failure.ts';
import { keyTable, keyValues } from './key-table.ts';
import { chunked } from './many-rows.ts';
import { type Changes, mergeRows, type Row } from './merge-rows.ts';
import { isMissingRows } from './postgres/map-errors.ts';
import type { Source } from './prepared.ts';
import {
  changingIn,
  driverValue,
  type Insert,
  insertStatement,
  updateStatement,
  type Updating,
  valuesIn,
  valuesOfChange,
  type Writing,
} from './row-statements.ts';
import type { Engine, Preparable, Tx } from './store.ts';
import { tables as sqliteTables } from './sqlite/tx-handle.ts';
import { columnListOf, columnsOf, shapeOf } from './table-shape.ts';
import type { RowOf, TableName, WrittenRow } from './written-rows.ts';

/**
 * The rows one statement inserts. A statement is prepared for each of these counts, so that none is made anew. PostgreSQL
 * takes more than one row as a list: one statement for any number, and half the work in this process.
 */
const ROWS_AT_ONCE: Readonly<Record<Engine, readonly number[]>> = {
  sqlite: [64, 16, 8, 7, 6, 5, 4, 3, 2, 1],
  postgres: [1],
};
/** The rows or changes that one statement takes from a list. */
const LISTED_AT_ONCE = 2000;

/** More rows than these are sent in parts of about so many: the event loop is let go between them for readers. */
const ROWS_WITHOUT_PAUSE = 2000;
const ROWS_A_PAUSE = 500;

/** A row that was to be changed is not stored as it was read. Nothing of the transaction may stand. */
export class RowsChanged extends Error {
  constructor(table: TableName) {
    super(`${table} is not stored as it was read`);
    this.name = 'RowsChanged';
  }
}

/**
 * Writes rows of any tables: each row once, however often it was changed on the way, with one statement for all rows of
 * a table that change alike. Throws RowsChanged.
 */
export async function writeRows(tx: Tx, rows: readonly WrittenRow[]): Promise<void> {
  const failed = await firstFailure(await sendRows(tx, rows));
  if (failed) throw failed.error;
}

/**
 * Does the same, and resolves as soon as all statements were sent, in order and without waiting for each other's answers,
 * which it returns. Each is watched for itself: one that could not even be sent must be seen before the commit is.
 */
export async function sendRows(tx: Tx, rows: readonly WrittenRow[]): Promise<readonly Promise<unknown>[]> {
  const byTable = mergeRows(rows);
  const sent: Promise<unknown>[] = [];
  let sincePause = 0;
  for (const table of WRITE_ORDER) {
    const changes = byTable.get(table);
    if (!changes) continue;
    if (rows.length > ROWS_WITHOUT_PAUSE && sincePause > ROWS_A_PAUSE) {
      for (const one of sent) one.catch(() => undefined);
      await tx.pause();
      sincePause = 0;
    }
    sent.push(...insertions(tx, table, changes), ...updates(tx, table, changes), ...sums(tx, table, changes));
    sincePause += changes.inserted.length + changes.updated.length + changes.summed.length;
  }
  for (const one of sent) one.catch(() => undefined);
  return sent;
}

/** The columns of the table alone, of a row that has others beside them. */
export function ownColumns<T extends TableName>(table: T, found: RowOf<T>): RowOf<T> {
  const all: Row = found;
  return Object.fromEntries(
    Object.keys(shapeOf(table).columns).flatMap((name) => (name in all ? [[name, all[name]]] : [])),
  ) as unknown as RowOf<T>;
}

/** Tables that others refer to come first. Lines and facts come before the header that closes their entry. */
const WRITE_ORDER = writeOrder();

function writeOrder(): TableName[] {
  const all = Object.keys(sqliteTables) as TableName[];
  const names: TableName[] = all.filter((name) => name !== 'journal');
  names.splice(names.indexOf('journalFacts') + 1, 0, 'journal');
  return names;
}

function insertions(tx: Tx, table: TableName, { inserted }: Changes): Promise<unknown>[] {
  return multiRow(tx, table, inserted, { what: 'insert', finish: (insert) => insert });
}

/** Rows that add up: the ones that are not there yet are made, the others grow. */
function sums(tx: Tx, table: TableName, { summed, adds }: Changes): Promise<unknown>[] {
  const finish = (insert: Insert, into: Table) => {
    const columns = columnsOf(into);
    const set = adds.map((name) => [name, sql`${columns[name]} + ${excluded(columns[name])}`] as const);
    const target = shapeOf(table).keys.map((name) => columns[name]);
    return insert.onConflictDoUpdate({ target, set: Object.fromEntries(set) });
  };
  return multiRow(tx, table, summed, { what: 'add', finish });
}

/** The value that the row would have had that is there already. */
function excluded(column: Column | undefined): SQL {
  return sql`excluded.${sql.identifier(toSnakeCase(column?.name ?? ''))}`;
}

/** A way of inserting rows: the name of its statements, and what follows the rows in them. */
interface RowInsert {
  readonly what: string;
  readonly finish: (insert: Insert, into: Table) => Preparable<unknown>;
}

function multiRow(
  tx: Tx,
  table: TableName,
  rows: readonly Row[],
  { what, finish }: RowInsert,
): Promise<unknown>[] {
  const names = Object.keys(shapeOf(table).columns);
  const statements: Promise<unknown>[] = [];
  if (tx.engine === 'postgres' && rows.length > 1)
    return chunked(rows, LISTED_AT_ONCE).map((some) => listed(tx, table, some, { what, finish }));
  let done = 0;
  for (const count of ROWS_AT_ONCE[tx.engine]) {
    for (; rows.length - done >= count; done += count) {
      statements.push(
        tx.write(
          `rows.${what} ${table} ${count}`,
          ({ db, t }) =>
            finish((db as unknown as Writing).insert(t[table]).values(placeholders(names, count)), t[table]),
          listedValues(tx.t[table], rows, done, done + count),
        ),
      );
    }
  }
  return statements;
}

function listed(
  tx: Tx,
  table: TableName,
  rows: readonly Row[],
  { what, finish }: RowInsert,
): Promise<unknown> {
  return tx.write(
    `rows.${what} ${table} *`,
    ({ db, t }) => finish(insertStatement(db as unknown as Writing, t[table], keyTable(tx.engine)), t[table]),
    keyValues(
      '',
      rows.map((row) => valuesIn(tx.t[table], row)),
    ),
  );
}

/** Each placeholder is named by its place: the values are a list in the same order. */
function placeholders(names: readonly string[], count: number): Record<string, SQL>[] {
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(
      names.map((name, at) => [name, sql`${sql.placeholder(String(row * names.length + at))}`]),
    ),
  );
}

/** The values of rows from one place to another, one row after the other. */
function listedValues(table: Table, rows: readonly Row[], from: number, to: number): unknown[] {
  const columns = columnListOf(table);
  const values: unknown[] = [];
  for (let at = from; at < to; at += 1) {
    const row = rows[at];
    for (const [name, column] of columns) values.push(driverValue(column, row?.[name]));
  }
  return values;
}

/** Rows whose same columns change are one statement. The columns that change must be stored as they were read. */
function updates(tx: Tx, table: TableName, { updated }: Changes): Promise<unknown>[] {
  const { keys, columns } = shapeOf(table);
  const order = Object.keys(columns);
  const alike = Map.groupBy(updated, ({ was, now }) => changingIn(table, was, now).join());
  alike.delete('');
  return Array.from(alike).flatMap(([names, all]) => {
    const changing = names.split(',');
    const name = `rows.update ${table} ${changing.map((one) => order.indexOf(one)).join('.')}`;
    return chunked(all, LISTED_AT_ONCE).map(async (some) => {
      const rows = some.map((one) => valuesOfChange(tx.t[table], { keys, changing }, one));
      const update = ({ db, t }: Source) =>
        updateStatement(db as unknown as Writing, t[table], { keys, changing }, keyTable(tx.engine));
      if (!(await changesAll(tx, name, update, rows))) throw new RowsChanged(table);
    });
  });
}

/** Runs an update over a list of rows. Answers whether it found every one of them. */
async function changesAll(
  tx: Tx,
  name: string,
  update: (source: Source) => Updating,
  rows: readonly (readonly unknown[])[],
): Promise<boolean> {
  const values = keyValues('', rows);
  if (tx.engine === 'sqlite') return (await tx.write(name, update, values)) === rows.length;
  // A commit may be sent right behind it, so the database itself must refuse it.
  const required = (source: Source) => {
    const db = source.db as unknown as Writing;
    const found = db.$with('found').as(update(source).returning({ one: sql`1`.as('one') }));
    const all = sql`require_rows(count(*), ${sql.placeholder('rows')})`;
    return db.with(found).select({ all }).from(found);
  };
  try {
    await tx.prepared(name, required, { ...values, rows: rows.length });
    return true;
  } catch (error) {
    if (isMissingRows(error)) return false;
    throw error;
  }
}
