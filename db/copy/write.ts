import { sql, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Tx } from '../store.ts';
import { StoreMisuse } from '../store.ts';
import type { Cell, ColumnKind, TableShape } from './shapes.ts';

/** PostgreSQL types as rows of JSON can hold them. */
const TYPES: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  int: 'bigint',
  bool: 'boolean',
  json: 'text',
  bytes: 'text',
};

/** Puts rows into a table of a PostgreSQL database, one statement for all of them. The guards of the journal watch. */
export async function writeRows(
  tx: Tx,
  shape: TableShape,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const db = postgresOf(tx);
  const names = shape.columns.map(({ name }) => name);
  const isHeads = shape.name === 'ledger_heads';
  const objects = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
  const source = sql.join(
    shape.columns.map(({ name, kind }) => sql`${sql.identifier(name)} ${sql.raw(TYPES[kind])}`),
    sql`, `,
  );
  // A book starts at 0, as the guards want it, and then counts up.
  const picked = shape.columns.map(({ name, kind }) =>
    isHeads && name === 'number' ? sql`0` : pickedAs(name, kind),
  );
  const columns = sql.join(
    names.map((name) => sql`${sql.identifier(name)}`),
    sql`, `,
  );
  const from = sql`from json_to_recordset(${JSON.stringify(objects)}::json) as given(${source})`;
  await db.execute(
    sql`insert into ${sql.identifier(shape.name)} (${columns}) select ${sql.join(picked, sql`, `)} ${from}`,
  );
  if (isHeads) {
    await db.execute(
      sql`update ledger_heads set number = given.number ${from} where ledger_heads.village_id = given.village_id`,
    );
  }
}

/** Lets the planner know of many new rows, in all tables or in one. */
export async function refreshStatistics(tx: Tx, shape?: Pick<TableShape, 'name'>): Promise<void> {
  await postgresOf(tx).execute(shape ? sql`analyze ${sql.identifier(shape.name)}` : sql`analyze`);
}

/**
 * Runs the checks that the journal's guards put off until the commit, because lines go in before their entries.
 * One check for each row would take minutes for millions, and a commit that takes minutes may be given up by us
 * and done all the same. Rows that are put in afterwards are checked at once.
 */
export async function settleReferences(tx: Tx): Promise<void> {
  await postgresOf(tx).execute(sql`set constraints all immediate`);
}

/** Puts those checks off again, for an entry of our own behind the copied ones. The commit makes them. */
export async function putOffReferences(tx: Tx): Promise<void> {
  await postgresOf(tx).execute(sql`set constraints all deferred`);
}

function pickedAs(name: string, kind: ColumnKind): SQL {
  const column = sql`given.${sql.identifier(name)}`;
  if (kind === 'json') return sql`${column}::json`;
  return kind === 'bytes' ? sql`decode(${column}, 'base64')` : column;
}

/** Raw statements, for PostgreSQL alone. */
export function postgresOf(tx: Tx): NodePgDatabase {
  if (tx.engine !== 'postgres') throw new StoreMisuse('rows are put into SQLite through a copy of its own');
  return tx.db as unknown as NodePgDatabase;
}
