import { and, type Column, eq, type SQL, sql, type Table } from 'drizzle-orm';
import type { KeyTable } from './key-table.ts';
import type { Row } from './merge-rows.ts';
import type { Preparable } from './store.ts';
import { columnListOf, columnsOf, shapeOf } from './table-shape.ts';
import type { TableName } from './written-rows.ts';

/** The values of a row in the order of its table's columns, as `insertStatement` takes them. */
export function valuesIn(table: Table, row: Row): readonly unknown[] {
  return columnListOf(table).map(([name, column]) => driverValue(column, row[name]));
}

/** Inserts all rows of a list. */
export function insertStatement(db: Writing, table: Table, { table: list, part }: RowList): Insert {
  const parts = Object.values(columnsOf(table)).map((column, index) => part(index, column));
  return db.insert(table).select(sql`select ${sql.join(parts, sql`, `)} from ${list}`);
}

/** The columns that change. */
export function changingIn(table: TableName, was: Row, now: Row): readonly string[] {
  return Object.keys(shapeOf(table).columns).filter((name) => !isSame(was[name], now[name]));
}

/** The values of a change, as `updateStatement` takes them: the key, the columns as they become, and as they were. */
export function valuesOfChange(
  table: Table,
  { keys, changing }: Changing,
  { was, now }: { readonly was: Row; readonly now: Row },
): readonly unknown[] {
  const columns = columnsOf(table);
  return [
    ...[...keys, ...changing].map((one) => driverValue(columns[one], now[one])),
    ...changing.map((one) => driverValue(columns[one], was[one])),
  ];
}

export type RowList = Pick<KeyTable, 'table' | 'part'>;

export interface Changing {
  readonly keys: readonly string[];
  readonly changing: readonly string[];
}

/** Changes the rows that a list names, as far as they are stored as they were read. */
export function updateStatement(
  db: Writing,
  table: Table,
  { keys, changing }: Changing,
  list: RowList,
): Updating {
  const columns = columnsOf(table);
  const column = (name: string): Column => {
    const found = columns[name];
    if (!found) throw new Error(`no column ${name}`);
    return found;
  };
  const set = changing.map((name, index) => [name, list.part(keys.length + index, column(name))] as const);
  const isStored = changing.flatMap((name, index) => {
    const part = list.part(keys.length + changing.length + index, column(name));
    // PostgreSQL does not compare its type json.
    return column(name).dataType === 'json' ? [] : [sql`${column(name)} is not distinct from ${part}`];
  });
  const isThis = keys.map((name, index) => eq(column(name), list.part(index, column(name))));
  return db
    .update(table)
    .set(Object.fromEntries(set))
    .from(list.table)
    .where(and(...isThis, ...isStored));
}

/** A value in the form in which the database keeps it. */
export function driverValue(column: Column | undefined, value: unknown): unknown {
  return value === null || value === undefined ? null : column?.mapToDriverValue(value);
}

function isSame(a: unknown, b: unknown): boolean {
  return (
    a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
  );
}

export interface Insert extends Preparable<unknown> {
  onConflictDoUpdate(conflict: { target: readonly (Column | undefined)[]; set: object }): Preparable<unknown>;
}

/** drizzle's builders, for a table that is not known before. The rows were typed when the command made them. */
export interface Writing {
  insert(table: Table): { values(rows: readonly object[]): Insert; select(rows: SQL): Insert };
  update(table: Table): {
    set(values: object): { from(source: SQL): { where(which: SQL | undefined): Updating } };
  };
  /** PostgreSQL only. */
  $with(name: string): { as(query: object): object };
  with(query: object): { select(fields: object): { from(source: object): Preparable<unknown> } };
}

export interface Updating extends Preparable<unknown> {
  /** PostgreSQL only, as it is used here. */
  returning(fields: object): object;
}
