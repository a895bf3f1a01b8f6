import type Database from 'better-sqlite3';
import type { Values } from '../prepared.ts';
import { binderOf, type Field, rowReader } from '../bind-decode.ts';

/** The private fields of a query that drizzle prepared on better-sqlite3. Only this file reads them. */
interface DrizzlePrepared {
  readonly query: { readonly params: readonly unknown[] };
  readonly stmt: Database.Statement;
  readonly fields?: readonly Field[];
  readonly customResultMapper?: unknown;
  execute(values?: Values): unknown;
  all(values?: Values): unknown;
}

/**
 * Runs the query that drizzle prepared, but finds out once what drizzle finds out at each run: which parameters
 * are filled in and how values are written and read. Half of a post's time went there. A query of an unknown form
 * runs as drizzle runs it.
 */
export function compile(prepared: unknown, raw: Database.Database): (values: Values) => unknown {
  const query = prepared as DrizzlePrepared;
  const { fields } = query;
  const stmt = raw.prepare(withSettledPlan(query.stmt.source));
  const binders = query.query.params.map(binderOf);
  const bind = (values: Values) => binders.map((binder) => binder(values));
  if (!fields && !query.customResultMapper)
    return stmt.reader ? (values) => query.all(values) : (values) => stmt.run(bind(values));
  if (!fields || query.customResultMapper || fields.some(({ path }) => path.length !== 1))
    return (values) => query.execute(values);
  const asObject = rowReader(fields);
  stmt.raw();
  return (values) => (stmt.all(bind(values)) as unknown[][]).map((row) => asObject(row));
}

/**
 * SQLite looks at the value of a bare parameter when it plans a join, and plans anew whenever another value is bound,
 * which takes several times as long as finding the row. A plus before the parameter changes no value and hides it from the planner.
 */
export function withSettledPlan(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, (part) => (part === '?' ? '+?' : part));
}
