import { type Placeholder, sql } from 'drizzle-orm';

/** One statement takes this many rows or keys at most: both engines limit the parameters of a statement. */
const ROWS_PER_STATEMENT = 500;

/** Splits rows or keys into lists that one statement can take. */
export function chunked<T>(all: readonly T[], most = ROWS_PER_STATEMENT): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, index) =>
    all.slice(index * most, (index + 1) * most),
  );
}

/** Several rows of one table in one prepared statement. */
export interface ManyRows<Field extends string> {
  /** The rows as placeholders. */
  placeholders(count: number): Record<Field, Placeholder>[];
  /** The values of the placeholders, beside `others`. */
  values(
    rows: readonly Readonly<Record<Field, unknown>>[],
    others: Readonly<Record<string, unknown>>,
  ): Record<string, unknown>;
}

/** Makes the names of placeholders once for each row: every post passes here. */
export function manyRows<Field extends string>(fields: readonly Field[]): ManyRows<Field> {
  const named: Record<Field, string>[] = [];
  const namesOf = (index: number) =>
    (named[index] ??= Object.fromEntries(fields.map((field) => [field, `${field}${index}`])) as Record<
      Field,
      string
    >);
  return {
    placeholders: (count) =>
      Array.from({ length: count }, (_, index) => {
        const names = namesOf(index);
        return Object.fromEntries(fields.map((field) => [field, sql.placeholder(names[field])])) as Record<
          Field,
          Placeholder
        >;
      }),
    values(rows, others) {
      const values: Record<string, unknown> = { ...others };
      rows.forEach((row, index) => {
        const names = namesOf(index);
        for (const field of fields) values[names[field]] = row[field];
      });
      return values;
    },
  };
}
