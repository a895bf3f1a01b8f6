import { type Column, type SQL, sql, type Table } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Cell, Listing } from './listing.ts';
import type { Source } from './prepared.ts';
import type { Preparable } from './store.ts';

/** drizzle's builder, for columns that are not known before. */
interface Selecting {
  select(fields: Readonly<Record<string, Column | SQL>>): {
    from(table: Table | SQL): {
      where(which: SQL | undefined): {
        orderBy(...by: readonly Column[]): { limit(most: unknown): Preparable<unknown> & { getSQL(): SQL } };
      };
    } & Preparable<unknown>;
  };
}

/** SQLite gives the rows as they are. The digits of bytes are written by it, because an object for each would cost more. */
export function bareQuery({ db }: Source, listing: Listing<readonly Column[]>): Preparable<unknown> {
  const fields = listing.columns.map((column) =>
    isBytes(column) ? sql`case when ${column} is null then null else lower(hex(${column})) end` : column,
  );
  return selected(db, listing, fields);
}

/**
 * PostgreSQL puts each column of the page together to one text, because its driver takes longer for a row and its values than
 * reading them takes. Bytes come one after the other, with their lengths beside them: written one by one as digits they would
 * cost more than all the rest.
 */
export function columnsQuery({ db }: Source, listing: Listing<readonly Column[]>): Preparable<unknown> {
  const rows = selected(db, listing, listing.columns);
  const names = listing.columns.map((_, index) => sql.raw(`c${index}`));
  const fields: Record<string, SQL> = {};
  for (const [index, column] of listing.columns.entries()) {
    const name = sql.raw(`c${index}`);
    const values = isBytes(column) ? sql`octet_length(${name})` : name;
    fields[`values${index}`] = sql`cast(json_agg(${values}) as text)`;
    if (isBytes(column)) fields[`digits${index}`] = sql`cast(string_agg(${name}, '') as text)`;
  }
  return (db as unknown as Selecting).select(fields).from(sql`${rows} as page (${sql.join(names, sql`, `)})`);
}

function selected(
  db: Source['db'],
  { from, where, orderBy }: Listing<readonly Column[]>,
  columns: readonly (Column | SQL)[],
) {
  const fields = Object.fromEntries(columns.map((column, index) => [`c${index}`, column]));
  return (db as unknown as Selecting)
    .select(fields)
    .from(from)
    .where(where)
    .orderBy(...orderBy)
    .limit(sql.placeholder('limit'));
}

function isBytes(column: Column): boolean {
  return ['blob', 'bytea'].includes((column as PgColumn).getSQLType());
}

/** The one row that `columnsQuery` gives. Its texts are null when there was no row. */
export type ColumnsOfPage = Readonly<Record<string, string | null>>;

/** Makes something of each row of a page that came by its columns. */
export function fromColumns<Made>(page: ColumnsOfPage, make: (row: Cell[]) => Made): Made[] {
  const columns = Object.keys(page)
    .filter((name) => name.startsWith('values'))
    .map((name) => {
      const values = JSON.parse(page[name] ?? '[]') as Cell[];
      const digits = page[name.replace('values', 'digits')];
      return digits === undefined ? values : digitsOf(values as (number | null)[], digits ?? '');
    });
  const [first = []] = columns;
  const row: Cell[] = columns.map(() => null);
  return first.map((_, at) => {
    for (let index = 0; index < columns.length; index += 1) row[index] = columns[index]?.[at] ?? null;
    return make(row);
  });
}

/** Cuts the digits of a column apart. PostgreSQL writes \x before them. */
function digitsOf(lengths: readonly (number | null)[], digits: string): (string | null)[] {
  let at = 2;
  return lengths.map((length) => (length === null ? null : digits.slice(at, (at += 2 * length))));
}
