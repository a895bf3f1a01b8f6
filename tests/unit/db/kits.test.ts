import { getTableColumns, is, Table } from 'drizzle-orm';
import { createRequire } from 'node:module';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { kit as postgres } from '../../../db/postgres/kit.ts';
import { kit as sqlite } from '../../../db/sqlite/kit.ts';
import { defineTables } from '../../../db/tables/index.ts';

describe('the column vocabulary', () => {
  it('yields the same types on both engines', () => {
    const onSqlite = sqlite.table('sample', {
      text: sqlite.text().plain(),
      int: sqlite.int().plain().notNull(),
      bool: sqlite.bool().plain().notNull(),
      json: sqlite.json<{ a: number }>().plain().notNull(),
      bytes: sqlite.bytes().plain().notNull(),
    });
    const onPostgres = postgres.table('sample', {
      text: postgres.text().plain(),
      int: postgres.int().plain().notNull(),
      bool: postgres.bool().plain().notNull(),
      json: postgres.json<{ a: number }>().plain().notNull(),
      bytes: postgres.bytes().plain().notNull(),
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
      // Leases are the server's own, whatever villages it serves.
      expect(columns, name).toContain(['villages', 'leases'].includes(name) ? 'id' : 'villageId');
      expect(columns).toEqual(Object.keys(getTableColumns(onPostgres[name as keyof typeof tables])));
    }
  });

  it.each(['sqlite', 'postgres'])('shows every table to drizzle-kit on %s', (engine) => {
    const shown = createRequire(import.meta.url)(`../../../db/${engine}/schema.cjs`) as Record<
      string,
      unknown
    >;
    expect(Object.keys(shown).sort()).toEqual(Object.keys(defineTables(sqlite)).sort());
    expect(Object.values(shown).every((table) => is(table, Table))).toBe(true);
  });

  it('takes no column that was not said to be about a person or not', () => {
    // @ts-expect-error: the column has no data class
    expect(() => sqlite.table('sample', { name: sqlite.text() })).toThrow();
  });
});
