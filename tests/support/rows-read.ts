/** Counts the rows that statements read, table by table, on either engine: what a plan costs, whatever the clock says. */
import Database from 'better-sqlite3';
import pg from 'pg';
import { sqlitePath } from '../../db/index.ts';
import { quoted, type Value } from './raw.ts';
import type { Statement } from './statements.ts';
import type { TestStore } from './stores.ts';

export interface RowCounter {
  /** Runs the statement again, and tells how many rows it read, with the plan it took. */
  count(statement: Statement): Promise<{ readonly rows: number; readonly plan: string }>;
  close(): Promise<void>;
}

export function openRowCounter({
  dataDir,
  databaseUrl,
}: Pick<TestStore, 'dataDir' | 'databaseUrl'>): Promise<RowCounter> {
  return databaseUrl === undefined ? Promise.resolve(onSqlite(sqlitePath(dataDir))) : onPostgres(databaseUrl);
}

/**
 * SQLite tells no numbers. Here each table is a view of itself whose condition counts its rows. SQLite puts such a view
 * into the statement before it plans, so that the plan stays what it was; `likelihood` keeps its estimates as they were.
 */
function onSqlite(path: string): RowCounter {
  const db = new Database(path, { readonly: true });
  let rows = 0;
  db.function('row_seen', { varargs: false, deterministic: false }, (_: unknown) => {
    rows += 1;
    return 1;
  });
  const tables = db
    .prepare(
      "select name, (select name from pragma_table_info(m.name) limit 1) from sqlite_master m where type = 'table' and name not like 'sqlite_%'",
    )
    .raw()
    .all() as [string, string][];
  for (const [table, column] of tables)
    db.exec(
      `create temp view "${table}" as select * from main."${table}" where likelihood(row_seen("${column}"), 1.0)`,
    );
  return {
    count({ text, values }) {
      rows = 0;
      const statement = db.prepare(text);
      const given = named(values);
      statement.all(...given);
      const steps = db.prepare(`explain query plan ${text}`).all(...given) as { detail: string }[];
      return Promise.resolve({ rows, plan: steps.map(({ detail }) => detail).join('\n') });
    },
    close() {
      db.close();
      return Promise.resolve();
    },
  };
}

function named(values: readonly unknown[]): unknown[] {
  return values.map((value) => (typeof value === 'boolean' ? Number(value) : value));
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** PostgreSQL tells the rows of each step. It plans with the values, and prepared statements once more without, as it may. */
async function onPostgres(url: string): Promise<RowCounter> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  async function explained(mode: string, { text, values }: Statement): Promise<PlanNode> {
    await client.query(`set plan_cache_mode = ${mode}`);
    await client.query(`prepare counted as ${text}`);
    const given = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`;
    try {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (analyze, timing off, format json) execute counted${given}`,
      );
      const [found] = rows[0]?.['QUERY PLAN'] ?? [];
      if (!found) throw new Error('no plan');
      return found.Plan;
    } finally {
      await client.query('deallocate counted');
    }
  }
  return {
    async count(statement) {
      const modes = ['force_custom_plan', ...(statement.isPrepared ? ['force_generic_plan'] : [])];
      const found: { rows: number; plan: string }[] = [];
      for (const mode of modes) {
        const plan = await explained(mode, statement);
        found.push({ rows: rowsRead(plan), plan: told(plan).join('\n') });
      }
      return found.sort((a, b) => b.rows - a.rows)[0] ?? { rows: 0, plan: '' };
    },
    close: () => client.end(),
  };
}

function literal(value: unknown): string {
  return typeof value === 'boolean' ? String(value) : quoted(value as Value);
}

function rowsRead(node: PlanNode): number {
  const { 'Actual Loops': loops, 'Node Type': type } = node;
  const under = (node.Plans ?? []).reduce((sum, one) => sum + rowsRead(one), 0);
  const isRead = node['Relation Name'] !== undefined || type === 'Bitmap Index Scan';
  const passed =
    node['Actual Rows'] +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0);
  const joined = node['Rows Removed by Join Filter'] ?? 0;
  return under + loops * ((isRead ? passed : 0) + joined);
}

function told(node: PlanNode, depth = 0): string[] {
  const { 'Node Type': type, 'Relation Name': table = '', 'Index Name': index = '' } = node;
  const line = `${'  '.repeat(depth)}${type} ${table} ${index} rows ${node['Actual Rows']} × ${node['Actual Loops']}`;
  return [line, ...(node.Plans ?? []).flatMap((one) => told(one, depth + 1))];
}
