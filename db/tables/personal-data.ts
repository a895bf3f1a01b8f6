import { getTableColumns } from 'drizzle-orm';
import { type DataClass, dataClassOf } from '../data-class.ts';
import type { Tables } from './index.ts';

/** Every column, and whether it is about a person. docs/privacy.md explains each. */
export function personalData(tables: Tables): Record<string, Record<string, DataClass>> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [
      name,
      Object.fromEntries(
        Object.entries<object>(getTableColumns(table)).map(([key, column]) => [key, dataClassOf(column)]),
      ),
    ]),
  );
}
