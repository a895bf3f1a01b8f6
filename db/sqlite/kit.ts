import {
  blob,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

/** The column vocabulary on SQLite. Column names are derived (snake_case) from the keys. */
export const kit = {
  table: sqliteTable,
  text: () => text(),
  /** A safe integer: hundredths of a point, fen, pieces, or milliseconds since 1970. */
  int: () => integer({ mode: 'number' }),
  bool: () => integer({ mode: 'boolean' }),
  json: <T>() => text({ mode: 'json' }).$type<T>(),
  bytes: () => blob({ mode: 'buffer' }),
  primaryKey,
  foreignKey,
  unique,
  uniqueIndex,
  index,
  check,
};
