import { Column, is, Param, Placeholder, SQL } from 'drizzle-orm';
import type { Values } from './prepared.ts';

type Binder = (values: Values) => unknown;
type Decoder = (value: unknown) => unknown;

/** The value of one parameter of a prepared query. */
export function binderOf(param: unknown): Binder {
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
    return value === null ? null : encode(value);
  };
}

/** A selected field in drizzle's own form. */
export interface Field {
  readonly path: readonly string[];
  readonly field: unknown;
}

/** Turns a row of values into the object the query promises. It finds out once how. Fields must not be nested. */
export function rowReader(fields: readonly Field[]): (row: readonly unknown[]) => Record<string, unknown> {
  const names = fields.map(({ path }) => path[0] ?? '');
  const decoders = fields.map(({ field }) => decoderOf(field));
  return (row) => {
    const object: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) {
      const value = row[index];
      const decode = decoders[index];
      object[names[index] ?? ''] = value === null || !decode ? value : decode(value);
    }
    return object;
  };
}

/** Finds the decoder of a selected field; null when the stored value is the one wanted. */
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
