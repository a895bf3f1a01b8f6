import type { Column, GetColumnData, SQL, Table } from 'drizzle-orm';

/** One value of a row. */
export type Cell = string | number | null;

/** Rows of one table, to be read by the page: these columns, in this order. The statement takes a value named `limit`. */
export interface Listing<Columns extends readonly Column[]> {
  readonly columns: Columns;
  readonly from: Table;
  readonly where: SQL | undefined;
  readonly orderBy: readonly Column[];
}

/** A row as the list of its values; the list is only good for the moment. Columns of bytes are no part of one, but for those that stand for hexadecimal digits. */
export type BareRow<Columns extends readonly Column[]> = {
  readonly [At in keyof Columns]: GetColumnData<Columns[At]> extends Cell
    ? GetColumnData<Columns[At]>
    : never;
};
