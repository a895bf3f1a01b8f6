import { getTableColumns } from 'drizzle-orm';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { kit as postgres } from '../../../db/postgres/kit.ts';
import * as postgresSchema from '../../../db/postgres/schema.ts';
import { kit as sqlite } from '../../../db/sqlite/kit.ts';
import * as sqliteSchema from '../../../db/sqlite/schema.ts';
import { defineTables } from '../../../db/tables/index.ts';

describe('the column vocabulary', () => {
  it('yields the same types on both engines', () => {
    const onSqlite = sqlite.table('sample', {
      text: sqlite.text(),
      int: sqlite.int().notNull(),
      bool: sqlite.bool().notNull(),
      json: sqlite.json<{ a: number }>().notNull(),
      bytes: sqlite.bytes().notNull(),
    });
    const onPostgres = postgres.table('sample', {
      text: postgres.text(),
      int: postgres.int().notNull(),
      bool: postgres.bool().notNull(),
      json: postgres.json<{ a: number }>().notNull(),
      bytes: postgres.bytes().notNull(),
    });
    expectTypeOf(onSqlite.$inferSelect).toEqualTypeOf(onPostgres.$inferSelect);
    expectTypeOf(onSqlite.$inferInsert).toEqualTypeOf(onPostgres.$inferInsert);
    expect(Object.keys(sqlite).sort()).toEqual(Object.keys(postgres).sort());
  });

  it('gives every table the village and the same columns on both engines', () => {
    const tables = defineTables(sqlite);
    const onPostgres = defineTables(postgres as unknown as typeof sqlite);
    for (const [name, table] of Object.entries(tables)) {
      const columns = Object.keys(getTableColumns(table));
      // Chores are the server's own, whatever villages it serves.
      expect(columns, name).toContain(['villages', 'chores'].includes(name) ? 'id' : 'villageId');
      expect(columns).toEqual(Object.keys(getTableColumns(onPostgres[name as keyof typeof tables])));
    }
  });

  it('shows every table to drizzle-kit', () => {
    const defined = Object.keys(defineTables(sqlite)).sort();
    expect(Object.keys(sqliteSchema).sort()).toEqual(defined);
    expect(Object.keys(postgresSchema).sort()).toEqual(defined);
  });
});
