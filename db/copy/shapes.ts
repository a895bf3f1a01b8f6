import { toSnakeCase } from 'drizzle-orm/casing';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Kit } from '#engine';
import { readMigrations } from '../migrate.ts';
import { kit } from '../sqlite/kit.ts';
import type { Engine } from '../store.ts';
import { defineTables } from '../tables/index.ts';

/** The column vocabulary of both engines (db/sqlite/kit.ts). */
export type ColumnKind = 'text' | 'int' | 'bool' | 'json' | 'bytes';

/** A table as data, the same for both engines. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  /** Columns of the primary key. */
  readonly key: readonly string[];
}

/** Writes a cell for the copy: JSON as its text, bytes in base64. */
export type Cell = string | number | boolean | null;

const KINDS: Readonly<Record<string, ColumnKind>> = {
  SQLiteText: 'text',
  SQLiteInteger: 'int',
  SQLiteBoolean: 'bool',
  SQLiteTextJson: 'json',
  SQLiteBlobBuffer: 'bytes',
  SQLiteCustomColumn: 'bytes',
};

/**
 * Lists every table of the books in an order in which rows can be put in: lines and facts of entries before the
 * headers that close them. Leases, the progress of imports and their staged rows are left out, because they are about processes
 * that run now, and PIN slips and jobs of the printer, because they live for a day.
 */
export function tableShapes(): TableShape[] {
  const {
    leases: _,
    pinSlips: __,
    importProgress: ___,
    stagedRows: ____,
    printJobs: _____,
    ledgerHeads,
    accounts,
    balances,
    postings,
    journalFacts,
    ...others
  } = defineTables(kit as unknown as Kit);
  const tables = [ledgerHeads, accounts, balances, postings, journalFacts, ...Object.values(others)];
  return tables.map((table) => shapeOf(table as unknown as SQLiteTable));
}

function shapeOf(table: SQLiteTable): TableShape {
  const { name, columns, primaryKeys } = getTableConfig(table);
  const key = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
  return {
    name,
    columns: columns.map((column) => ({
      name: toSnakeCase(column.name),
      kind: kindOf(column.columnType as string),
    })),
    key: key.map((column) => toSnakeCase(column.name)),
  };
}

function kindOf(columnType: string): ColumnKind {
  const kind = KINDS[columnType];
  if (!kind) throw new Error(`a column of a kind no backup knows: ${columnType}`);
  return kind;
}

/** Reads the hashes of the migrations that make the schema, for either engine, in their order. */
export function schemaHashes(): Record<Engine, string[]> {
  return {
    sqlite: readMigrations('sqlite').map(({ hash }) => hash),
    postgres: readMigrations('postgres').map(({ hash }) => hash),
  };
}
