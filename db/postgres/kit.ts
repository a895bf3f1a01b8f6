import {
  bigint,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  json,
  pgTable,
  primaryKey,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { unclassified } from '../data-class.ts';

// Byte order, as SQLite compares: without it the same query would sort differently on the two engines.
const textByBytes = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
const hexBytes = customType<{ data: string; driverData: string | Buffer<ArrayBuffer> }>({
  dataType: () => 'bytea',
  // This form can also stand in a list of rows in JSON.
  toDriver: (digits) => `\\x${digits}`,
  fromDriver: (bytes) => (typeof bytes === 'string' ? bytes.slice(2) : bytes.toString('hex')),
});
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** The column vocabulary on PostgreSQL; gives the same TypeScript types as db/sqlite/kit.ts. */
export const kit = {
  table: pgTable,
  text: () => unclassified(textByBytes()),
  /** A safe integer: hundredths of a point, fen, pieces, or milliseconds since 1970. */
  int: () => unclassified(bigint({ mode: 'number' })),
  bool: () => unclassified(boolean()),
  json: <T>() => unclassified(json().$type<T>()),
  /** Lower-case hexadecimal digits, kept as the bytes that they stand for: half as long. */
  hex: () => unclassified(hexBytes()),
  bytes: () => unclassified(bytea()),
  primaryKey,
  foreignKey,
  unique,
  uniqueIndex,
  index,
  check,
};
