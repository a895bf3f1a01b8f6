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
import { unclassified } from '../data-class.ts';

/** The column vocabulary on SQLite. Column names are derived (snake_case) from the keys. */
export const kit = {
  table: sqliteTable,
  text: () => unclassified(text()),
  /** A safe integer: hundredths of a point, fen, pieces, or milliseconds since 1970. */
  int: () => unclassified(integer({ mode: 'number' })),
  bool: () => unclassified(integer({ mode: 'boolean' })),
  json: <T>() => unclassified(text({ mode: 'json' }).$type<T>()),
  bytes: () => unclassified(blob({ mode: 'buffer' })),
  primaryKey,
  foreignKey,
  unique,
  uniqueIndex,
  index,
  check,
};
