/** Direct access to the database, like somebody has with its file or its password. */
import Database from 'better-sqlite3';
import pg from 'pg';
import { sqlitePath } from '../../db/index.ts';
import type { TestStore } from './stores.ts';

/** Bytes are written as PostgreSQL writes them: `\\xab`. */
export type Value = string | number | null;
export type Row = Record<string, Value>;

export interface Raw {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<Row[]>;
  /** Drops all triggers and foreign keys. */
  disarm(): Promise<void>;
  close(): Promise<void>;
}

export const LEDGER_TABLES = [
  'ledger_heads',
  'accounts',
  'balances',
  'account_months',
  'journal',
  'postings',
  'journal_facts',
  'journal_texts',
] as const;
export type LedgerTable = (typeof LEDGER_TABLES)[number];

/** Tables of rows that are never changed, beside the ledger's. */
type FrozenTable = 'frozen_documents' | 'signatures';

export const KEYS: Readonly<Record<LedgerTable | FrozenTable, readonly string[]>> = {
  frozen_documents: ['village_id', 'kind', 'id'],
  signatures: ['village_id', 'id'],
  ledger_heads: ['village_id'],
  accounts: ['village_id', 'number'],
  balances: ['village_id', 'account_number'],
  account_months: ['village_id', 'month', 'account_number'],
  journal: ['village_id', 'number'],
  postings: ['village_id', 'number', 'line'],
  journal_facts: ['village_id', 'number', 'name'],
  journal_texts: ['village_id', 'number'],
};

export async function openRaw(test: Pick<TestStore, 'dataDir' | 'databaseUrl'>): Promise<Raw> {
  return test.databaseUrl === undefined
    ? openSqlite(sqlitePath(test.dataDir))
    : openPostgres(test.databaseUrl);
}

/** True for bytes. */
export function isBytes(value: Value): boolean {
  return typeof value === 'string' && value.startsWith('\\x');
}

/** An SQL literal of a value. */
export function quoted(value: Value): string {
  if (value === null) return 'null';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

/** The condition that selects one row. */
export function only(table: keyof typeof KEYS, row: Row): string {
  return KEYS[table].map((key) => `${key} = ${quoted(row[key] ?? null)}`).join(' and ');
}

/** One statement for all rows, which have the columns of the first. */
export function insertOf(table: string, ...rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const tuples = rows.map((row) => `(${columns.map((name) => quoted(row[name] ?? null)).join(', ')})`);
  return `insert into ${table} (${columns.join(', ')}) values ${tuples.join(', ')}`;
}

function openSqlite(path: string): Raw {
  const db = new Database(path, { timeout: 5000 });
  return {
    run(sql) {
      db.exec(sql.replace(/'\\x([\da-f]*)'/g, "X'$1'"));
      return Promise.resolve();
    },
    rows: (sql) => Promise.resolve((db.prepare(sql).all() as Bytes[]).map(withoutBytes)),
    async disarm() {
      db.pragma('foreign_keys = off');
      const triggers = db.prepare("select name from sqlite_master where type = 'trigger'").pluck().all();
      for (const name of triggers) db.exec(`drop trigger "${String(name)}"`);
      return Promise.resolve();
    },
    close() {
      db.close();
      return Promise.resolve();
    },
  };
}

type Bytes = Record<string, Value | Buffer>;

function withoutBytes(row: Bytes): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value,
    ]),
  );
}

const BIGINT = 20;

async function openPostgres(url: string): Promise<Raw> {
  const types = {
    // Returns amounts as numbers, like the other engine does.
    getTypeParser: (oid: number) => (oid === BIGINT ? Number : (text: string) => text),
  };
  const client = new pg.Client({ connectionString: url, types });
  await client.connect();
  await client.query('set synchronous_commit = off');
  return {
    async run(sql) {
      await client.query(sql);
    },
    rows: async (sql) => (await client.query<Row>(sql)).rows,
    async disarm() {
      const tables = await client.query<{ tablename: string }>(
        'select tablename from pg_tables where schemaname = current_schema()',
      );
      for (const { tablename } of tables.rows)
        await client.query(`alter table "${tablename}" disable trigger all`);
    },
    close: () => client.end(),
  };
}

/** Tries statements in one transaction that is rolled back. Answers what the database said against them; empty: nothing. */
export async function refusalBy(raw: Raw, statements: readonly string[]): Promise<string> {
  await raw.run('begin');
  try {
    for (const statement of statements) await raw.run(statement);
    return '';
  } catch (error) {
    return String(error);
  } finally {
    await raw.run('rollback');
  }
}

/**
 * Lets a role of PostgreSQL that has every right but owns nothing try to put triggers (the table of each) out of force. Answers
 * the statements that were not denied.
 */
export async function stoodAside(
  raw: Raw,
  role: string,
  triggers: Readonly<Record<string, string>>,
): Promise<string[]> {
  const as = [
    `create role ${role}`,
    `grant all on all tables in schema public to ${role}`,
    `set local role ${role}`,
  ];
  const tables = [...new Set(Object.values(triggers))];
  const reads = tables.map((table) => `select 1 from ${table}`);
  const refusal = await refusalBy(raw, [...as, ...reads]);
  if (refusal !== '') throw new Error(`${role} may not even read: ${refusal}`);
  const tried = [
    `set local session_replication_role = 'replica'`,
    ...tables.map((table) => `alter table ${table} disable trigger all`),
    ...Object.entries(triggers).map(([trigger, table]) => `drop trigger ${trigger} on ${table}`),
  ];
  const undenied: string[] = [];
  for (const statement of tried) {
    const said = await refusalBy(raw, [...as, statement]);
    if (!/permission denied|must be owner/.test(said)) undenied.push(`${statement}: ${said}`);
  }
  return undenied;
}
