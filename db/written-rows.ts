import type { Tables } from './tables/index.ts';

export type TableName = keyof Tables;

type Columns<T extends TableName> = Tables[T]['$inferSelect'];

/** A row of a table as commands know it. Bytes of photos stay in the database. */
export type RowOf<T extends TableName> = {
  readonly [C in keyof Columns<T> as Columns<T>[C] extends Buffer ? never : C]: Columns<T>[C];
};

/** A row that a command leaves behind; `was` is null when the row is new. */
export interface WrittenIn<T extends TableName> {
  readonly table: T;
  readonly was: RowOf<T> | null;
  readonly now: RowOf<T>;
  /** The columns whose values of `now` are added to a row that may be there already; without them `now` is the row. */
  readonly adds?: readonly string[];
  /** The text by which reads know what the row is about, where its columns have a number for it. */
  readonly about?: string;
}

export type WrittenRow = { [T in TableName]: WrittenIn<T> }[TableName];

export function added<const T extends TableName>(table: T, now: RowOf<T>, about?: string): WrittenIn<T> {
  return { table, was: null, now, ...(about === undefined ? {} : { about }) };
}

/** `was` is the row as it was read. If it is stored otherwise by then, the whole commit fails. */
export function changed<const T extends TableName>(
  table: T,
  was: RowOf<T>,
  change: Partial<RowOf<T>>,
): WrittenIn<T> {
  return { table, was, now: { ...was, ...change } };
}

/**
 * Adds these columns of `now` to the row with its key, or makes the row of them. Nobody has to read a sum to add to it, so
 * that no read may depend on such a table within a commit.
 */
export function addedTo<const T extends TableName>(
  table: T,
  now: RowOf<T>,
  adds: readonly (keyof RowOf<T> & string)[],
): WrittenIn<T> {
  return { table, was: null, now, adds };
}
