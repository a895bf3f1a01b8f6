import { readFileSync } from 'node:fs';
import { toSnakeCase } from 'drizzle-orm/casing';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { kit } from '../../../db/sqlite/kit.ts';
import { defineTables } from '../../../db/tables/index.ts';
import { personalData } from '../../../db/tables/personal-data.ts';
import { RETENTION_DAYS } from '../../../shared/retention.ts';

const doc = readFileSync(new URL('../../../docs/privacy.md', import.meta.url), 'utf8');
const rows = doc.split('\n').filter((line) => line.startsWith('| `'));

/** The columns by their names in the database. */
const columns = Object.values(defineTables(kit)).flatMap((table) => {
  const { name, columns: own } = getTableConfig(table as unknown as SQLiteTable);
  return own.map((column) => `${name}.${toSnakeCase(column.name)}`);
});
const classified = new Map(
  Object.entries(personalData(defineTables(kit))).flatMap(([table, own]) =>
    Object.entries(own).map(([column, kind]) => [`${toSnakeCase(table)}.${toSnakeCase(column)}`, kind]),
  ),
);
const personal = [...classified].flatMap(([column, kind]) => (kind.includes(' until ') ? [column] : []));

describe('what is kept about people', () => {
  it('is decided for every column of every table, and for none that is gone', () => {
    expect([...classified.keys()].sort()).toEqual([...columns].sort());
  });

  it('is told in docs/privacy.md: what, why, who sees it, how long, what ends it', () => {
    const told = rows.flatMap((row) => [...row.matchAll(/`(\w+\.\w+)`/g)].map(([, name]) => name ?? ''));
    expect([...told].sort()).toEqual([...personal].sort());
    for (const row of rows.filter((one) => /`\w+\.\w+`/.test(one))) {
      const cells = row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      expect([cells.length, cells.filter((cell) => cell === '')], row).toEqual([6, []]);
    }
  });

  it('ends after as many days as the page says', () => {
    for (const [name, days] of Object.entries(RETENTION_DAYS)) {
      const row = rows.find((one) => one.includes(`\`${name}\``)) ?? '';
      expect(row.split('|')[2]?.trim(), name).toBe(String(days));
    }
  });
});
