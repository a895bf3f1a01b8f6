import {
  blob,
  check,
  customType,
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

const hexBytes = customType<{ data: string; driverData: Buffer }>({
  dataType: () => 'blob',
  toDriver: (digits) => Buffer.from(digits, 'hex'),
  fromDriver: (bytes) => bytes.toString('hex'),
});

/** The column vocabulary on SQLite. Column names are derived (snake_case) from the keys. */
export const kit = {
  table: sqliteTable,
  text: () => unclassified(text()),
  /** A safe integer: hundredths of a point, fen, pieces, or milliseconds since 1970. */
  int: () => unclassified(integer({ mode: 'number' })),
  bool: () => unclassified(integer({ mode: 'boolean' })),
  json: <T>() => unclassified(text({ mode: 'json' }).$type<T>()),
  /** Lower-case hexadecimal digits, kept as the bytes that they stand for: half as long. */
  hex: () => unclassified(hexBytes()),
  bytes: () => unclassified(blob({ mode: 'buffer' })),
  primaryKey,
  foreignKey,
  unique,
  uniqueIndex,
  index,
  check,
};
