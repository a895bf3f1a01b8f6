import type pg from 'pg';
import type { Values } from '../prepared.ts';
import { binderOf, type Field, rowReader } from '../bind-decode.ts';

/** The private fields of a query that drizzle prepared on node-postgres. Only this file reads them. */
interface DrizzlePrepared {
  readonly params: readonly unknown[];
  readonly rawQueryConfig: pg.QueryConfig;
  readonly queryConfig: pg.QueryConfig;
  readonly fields?: readonly Field[];
  readonly customResultMapper?: unknown;
  execute(values?: Values): unknown;
}

type Ask = (config: pg.QueryConfig, values: unknown[]) => Promise<pg.QueryResult>;

/**
 * Runs the query that drizzle prepared, but finds out once what drizzle finds out at each run, and sends it at the
 * moment it is asked: queries asked together arrive in the order of asking. A query of an unknown form runs as
 * drizzle runs it.
 */
export function compile(prepared: unknown, ask: Ask): (values: Values) => unknown {
  const query = prepared as DrizzlePrepared;
  const { fields, rawQueryConfig, queryConfig } = query;
  const binders = query.params.map(binderOf);
  const bind = (values: Values) => binders.map((binder) => binder(values));
  if (!fields && !query.customResultMapper) return (values) => ask(rawQueryConfig, bind(values));
  if (!fields || query.customResultMapper || fields.some(({ path }) => path.length !== 1))
    return (values) => query.execute(values);
  const asObject = rowReader(fields);
  return async (values) => {
    const { rows } = (await ask(queryConfig, bind(values))) as { rows: readonly (readonly unknown[])[] };
    return rows.map((row) => asObject(row));
  };
}
