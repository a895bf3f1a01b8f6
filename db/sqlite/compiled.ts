import type Database from 'better-sqlite3';
import { Column, is, Param, Placeholder, SQL } from 'drizzle-orm';

export type Values = Record<string, unknown>;

/** What drizzle keeps of a query it prepared on better-sqlite3: private to it, so looked at here alone. */
interface DrizzlePrepared {
  readonly query: { readonly params: readonly unknown[] };
  readonly stmt: Database.Statement;
  readonly fields?: readonly { readonly path: readonly string[]; readonly field: unknown }[];
  readonly customResultMapper?: unknown;
  execute(values?: Values): unknown;
  all(values?: Values): unknown;
}

type Binder = (values: Values) => unknown;
type Decoder = (value: unknown) => unknown;

/**
 * The same query as drizzle prepared it, with what drizzle finds out at each run found out once: which
 * parameters are filled in and how values are written and read. Half of a post's time went there. A query of
 * a form not known here runs as drizzle runs it.
 */
export function compile(prepared: unknown): (values: Values) => unknown {
  const query = prepared as DrizzlePrepared;
  const { stmt, fields } = query;
  const binders = query.query.params.map(binderOf);
  const bind = (values: Values) => binders.map((binder) => binder(values));
  if (!fields && !query.customResultMapper)
    return stmt.reader ? (values) => query.all(values) : (values) => stmt.run(bind(values));
  if (!fields || query.customResultMapper || fields.some(({ path }) => path.length !== 1))
    return (values) => query.execute(values);
  const names = fields.map(({ path }) => path[0] ?? '');
  const decoders = fields.map(({ field }) => decoderOf(field));
  stmt.raw();
  return (values) => (stmt.all(bind(values)) as unknown[][]).map((row) => asObject(names, decoders, row));
}

function binderOf(param: unknown): Binder {
  if (is(param, Placeholder)) return named(param.name, (value) => value);
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { encoder } = param;
    return named(param.value.name, (value) => encoder.mapToDriverValue(value));
  }
  return () => param;
}

function named(name: string, encode: (value: unknown) => unknown): Binder {
  return (values) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for the placeholder ${name}`);
    return encode(value);
  };
}

/** Null where the value is read as it is stored. */
function decoderOf(field: unknown): Decoder | null {
  const decoder: { mapFromDriverValue: Decoder } = is(field, Column)
    ? field
    : is(field, SQL)
      ? (field as unknown as { decoder: { mapFromDriverValue: Decoder } }).decoder
      : (field as { sql: { decoder: { mapFromDriverValue: Decoder } } }).sql.decoder;
  return decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue
    ? null
    : (value) => decoder.mapFromDriverValue(value);
}

function asObject(names: readonly string[], decoders: readonly (Decoder | null)[], row: readonly unknown[]) {
  const object: Record<string, unknown> = {};
  names.forEach((name, index) => {
    const value = row[index];
    const decode = decoders[index];
    object[name] = value === null || !decode ? value : decode(value);
  });
  return object;
}
