import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableColumns } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { dataClassOf } from '../../../db/data-class.ts';
import { kit } from '../../../db/sqlite/kit.ts';
import { MODULES } from '../../../server/modules.ts';
import { sourceFiles } from '../../support/source-files.ts';
import { RETENTION_DAYS } from '../../../shared/retention.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** The ledger's tables are ended by the room that shows the books. */
const ROOM_OF: Readonly<Record<string, string>> = { ledger: 'books' };

describe('what the data classes and retention promise', () => {
  it('is kept by the room of each table: a household’s data is erased', async () => {
    const files = readdirSync(join(root, 'db', 'tables')).map((file) => file.replace(/\.ts$/, ''));
    const rooms: string[] = [];
    for (const file of files.filter((name) => name !== 'index' && name !== 'personal-data')) {
      const made = (await import(`../../../db/tables/${file}.ts`)) as Record<
        string,
        (k: typeof kit) => object
      >;
      const tables = Object.values(made[`${file}Tables`]?.(kit) ?? {}) as Parameters<
        typeof getTableColumns
      >[0][];
      const classes = tables.flatMap((table) =>
        Object.values<object>(getTableColumns(table)).map(dataClassOf),
      );
      if (classes.includes('household until erased')) rooms.push(ROOM_OF[file] ?? file);
    }
    expect(rooms.length).toBeGreaterThan(4);
    const erasing = MODULES.flatMap((module) => ('eraseHousehold' in module ? [module.name] : []));
    expect(rooms.filter((room) => !erasing.includes(room))).toEqual([]);
  });

  it('is kept by a sweep for each number of days', () => {
    const sources = sourceFiles('server', /\.ts$/).map((path) => readFileSync(join(root, path), 'utf8'));
    const unused = Object.keys(RETENTION_DAYS).filter(
      (name) => !sources.some((text) => text.includes(`'${name}'`)),
    );
    expect(unused).toEqual([]);
  });
});
