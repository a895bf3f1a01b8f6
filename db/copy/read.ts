import { sql, type SQL } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Reader } from '../store.ts';
import type { Cell, TableShape } from './shapes.ts';

const ROWS_A_PAGE = 2000;

/** Reads all rows of a table in the order of its key, page by page, within the reader's snapshot. */
export async function* readTable(reader: Reader, shape: TableShape): AsyncGenerator<Cell[][]> {
  const keyAt = shape.key.map((name) => shape.columns.findIndex((column) => column.name === name));
  for (let after: Cell[] | null = null; ;) {
    const rows = await readPage(reader, shape, after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_A_PAGE) return;
    after = keyAt.map((index) => last[index] ?? null);
  }
}

export async function countRows(reader: Reader, { name }: TableShape): Promise<number> {
  const [row] = await values(reader, sql`select count(*) as n from ${sql.identifier(name)}`);
  return Number(row?.[0] ?? 0);
}

/** True when no table has a row. */
export async function isEmpty(reader: Reader, shapes: readonly TableShape[]): Promise<boolean> {
  for (const { name } of shapes) {
    const rows = await values(reader, sql`select 1 from ${sql.identifier(name)} limit 1`);
    if (rows.length > 0) return false;
  }
  return true;
}

/**
 * Estimates the room that a copy in a new SQLite file takes: two thirds of what PostgreSQL needs for the same
 * rows.
 */
export async function copyBytes(reader: Reader): Promise<number> {
  const query =
    reader.engine === 'sqlite'
      ? sql`select page_count * page_size as n from pragma_page_count(), pragma_page_size()`
      : sql`select sum(pg_total_relation_size(oid)) * 2 / 3 as n from pg_class
          where relnamespace = current_schema()::regnamespace and relkind = 'r'`;
  const [row] = await values(reader, query);
  return Number(row?.[0] ?? 0);
}

async function readPage(reader: Reader, shape: TableShape, after: readonly Cell[] | null): Promise<Cell[][]> {
  const key = list(shape.key.map((name) => sql.identifier(name)));
  const from = after === null ? sql`` : sql`where (${key}) > (${list(after.map((cell) => sql`${cell}`))})`;
  const columns = list(shape.columns.map((column) => selected(reader, column)));
  const query = sql`select ${columns} from ${sql.identifier(shape.name)} ${from} order by ${key} limit ${ROWS_A_PAGE}`;
  const rows = await values(reader, query);
  return rows.map((row) => shape.columns.map(({ kind }, index) => cellOf(kind, row[index])));
}

/** JSON is copied as its text: parsed and written anew it might not be the same. */
function selected({ engine }: Reader, { name, kind }: TableShape['columns'][number]): SQL {
  const column = sql.identifier(name);
  return kind === 'json' && engine === 'postgres' ? sql`${column}::text as ${column}` : sql`${column}`;
}

function cellOf(kind: TableShape['columns'][number]['kind'], value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (kind === 'int') return Number(value);
  if (kind === 'bool') return Boolean(value);
  return Buffer.isBuffer(value) ? value.toString('base64') : (value as string);
}

export async function values(reader: Reader, query: SQL): Promise<unknown[][]> {
  if (reader.engine === 'sqlite') return (reader.db as unknown as BetterSQLite3Database).values(query);
  const { rows } = await (reader.db as unknown as NodePgDatabase).execute(query);
  return rows.map((row) => Object.values(row));
}

function list(parts: readonly (SQL | ReturnType<typeof sql.identifier>)[]): SQL {
  return sql.join(
    parts.map((part) => sql`${part}`),
    sql`, `,
  );
}
