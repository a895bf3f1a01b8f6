import { type Column, getTableColumns, type Table } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { tables as sqliteTables } from './sqlite/tx-handle.ts';
import type { TableName } from './written-rows.ts';

type Columns = Readonly<Record<string, Column>>;

const columnsByTable = new WeakMap<Table, Columns>();

/** drizzle makes the list anew for each who asks. */
export function columnsOf(table: Table): Columns {
  let columns = columnsByTable.get(table);
  if (!columns) {
    columns = getTableColumns(table);
    columnsByTable.set(table, columns);
  }
  return columns;
}

const columnLists = new WeakMap<Table, readonly (readonly [name: string, column: Column])[]>();

/** The same as a list, in the order of the table. */
export function columnListOf(table: Table): readonly (readonly [name: string, column: Column])[] {
  let list = columnLists.get(table);
  if (!list) {
    list = Object.entries(columnsOf(table));
    columnLists.set(table, list);
  }
  return list;
}

interface Shape {
  /** The columns of the primary key. */
  readonly keys: readonly string[];
  readonly columns: Columns;
}

const shapes = new Map<TableName, Shape>();

/** Names are alike on both engines, so that one definition tells them. */
export function shapeOf(name: TableName): Shape {
  let shape = shapes.get(name);
  if (!shape) {
    const table = sqliteTables[name];
    const columns = columnsOf(table);
    const { primaryKeys } = getTableConfig(table as unknown as SQLiteTable);
    const parts: readonly Column[] =
      primaryKeys[0]?.columns ?? Object.values(columns).filter(({ primary }) => primary);
    const nameOf = (column: Column) => Object.keys(columns).find((key) => columns[key] === column) ?? '';
    shape = { keys: parts.map(nameOf), columns };
    shapes.set(name, shape);
  }
  return shape;
}
