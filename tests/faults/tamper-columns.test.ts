import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { COLUMNS, type Named } from '../support/covered-columns.ts';
import { liveOneDay } from '../support/lived-village.ts';
import { isBytes, openRaw, quoted, type Raw, type Row, type Value } from '../support/raw.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

/**
 * Somebody with the database changes one value, in a village in which everything was done that can be done. `verify` names
 * the change, or the list of columns says why nobody needs to know.
 */
describe.each(ENGINES)('a column changed behind the program’s back on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is named', () => {
    let server: TestServer;
    let raw: Raw;
    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      await liveOneDay(server);
      raw = await openRaw(server.test);
      await raw.disarm();
    }, 120_000);
    afterAll(async () => {
      await raw.close();
      await server.remove();
    });

    const found = async () => (await server.http.verifier.verify(server.id)).bad;

    it('in a village that verifies', async () => {
      expect(await found()).toBeNull();
    });

    it('and every column of every table has its line', async () => {
      const tables = await columnsOfAll(server);
      const lines = Object.fromEntries(
        Object.entries(COLUMNS).map(([name, columns]) => [
          name,
          typeof columns === 'string' ? (tables[name] ?? []) : Object.keys(columns).sort(),
        ]),
      );
      expect(lines).toEqual(tables);
    });

    const tables = Object.entries(COLUMNS).flatMap(([table, columns]) =>
      typeof columns === 'string' ? [] : [{ table, columns }],
    );
    it.each(tables)('in $table', async ({ table, columns }) => {
      await raw.run(`create table kept as select * from ${table}`);
      const missed: string[] = [];
      for (const [column, line] of Object.entries(columns)) {
        if (typeof line === 'string') continue;
        const rows = await rowsToChange(raw, table, line);
        let tried = 0;
        for (const [row, value] of changes(column, line, rows)) {
          const bad = await after(table, column, row, value);
          if (bad === 'refused') continue;
          tried += 1;
          if (!isNamed(bad, table))
            missed.push(`${column}: ${String(row[column])} → ${String(value)}: ${bad?.table ?? 'unseen'}`);
        }
        if (tried === 0) missed.push(`${column}: not tried`);
      }
      await raw.run('drop table kept');
      expect(missed).toEqual([]);
    });

    it.each(tables)('in $table, when a row is taken out', async ({ table, columns }) => {
      const { where = '1 = 1' } = Object.values(columns).find((line) => typeof line !== 'string') ?? {};
      await raw.run(`create table kept as select * from ${table}`);
      const rows = await raw.rows(`select * from ${table} where ${where}`);
      const missed: string[] = [];
      for (const row of [...rows.slice(0, ROWS_TRIED), ...rows.slice(-2)]) {
        await raw.run(`delete from ${table} where ${isRow(engine, row)}`);
        if (!isNamed(await found(), table)) missed.push(JSON.stringify(row));
        await raw.run(`delete from ${table}`);
        await raw.run(`insert into ${table} select * from kept`);
      }
      await raw.run('drop table kept');
      expect(missed).toEqual([]);
    });

    it.each([
      ['journal_facts', "update journal_facts set value = null, salt = null where owner_id = 'ID'"],
      ['journal_texts', 'update journal_texts set body = null, salt = null where number = NUMBER'],
      ['signatures', 'update signatures set remark = null, salt = null'],
    ])('in %s, when words are wiped as if they had been erased', async (table, statement) => {
      await raw.run(`create table kept as select * from ${table}`);
      const [fact] = await raw.rows(
        'select owner_id, number from journal_facts where owner_id is not null and value is not null order by number',
      );
      const [text] = await raw.rows(
        'select number from journal_texts where body is not null order by number',
      );
      await raw.run(statement.replace('ID', String(fact?.owner_id)).replace('NUMBER', String(text?.number)));
      expect(await found()).toMatchObject({
        check: 'erased',
        table: expect.stringContaining(table) as string,
      });
      await raw.run(`delete from ${table}`);
      await raw.run(`insert into ${table} select * from kept`);
      await raw.run('drop table kept');
      expect(await found()).toBeNull();
    });

    /** Verifies with one value changed. A key or a type may refuse the change, as it would refuse anybody. */
    async function after(
      table: string,
      column: string,
      row: Row,
      value: Value,
    ): Promise<BadRow | null | 'refused'> {
      try {
        await raw.run(`update ${table} set ${column} = ${quoted(value)} where ${isRow(engine, row)}`);
      } catch {
        return 'refused';
      }
      try {
        return await found();
      } finally {
        await raw.run(`delete from ${table}`);
        await raw.run(`insert into ${table} select * from kept`);
      }
    }
  });
});

/** Tables whose rows are compared with each other: whichever was changed, the other one does not fit. */
const PAIRS: readonly (readonly string[])[] = [
  ['proposals', 'proposal_events'],
  ['redemptions', 'redemption_lines'],
  ['frozen_documents', 'signatures'],
];

function isNamed(bad: BadRow | null, table: string): boolean {
  const found = bad?.table.split('.')[0] ?? '';
  return found === table || PAIRS.some((pair) => pair.includes(found) && pair.includes(table));
}

async function columnsOfAll(server: TestServer): Promise<Record<string, string[]>> {
  return server.store.read(({ t }) =>
    Promise.resolve(
      Object.fromEntries(
        Object.values(t as unknown as Record<string, Table>).map((table) => [
          getTableName(table),
          Object.keys(getTableColumns(table)).map(toSnakeCase).sort(),
        ]),
      ),
    ),
  );
}

async function rowsToChange(raw: Raw, table: string, { where = '1 = 1' }: Named): Promise<Row[]> {
  return raw.rows(`select * from ${table} where ${where}`);
}

const ROWS_TRIED = 4;

/** Some of the rows, each with other values for the column. */
function changes(column: string, line: Named, rows: readonly Row[]): [Row, Value][] {
  const filled = rows.filter((row) => row[column] !== null);
  const empty = rows.filter((row) => row[column] === null);
  const valueOf = filled[0]?.[column] ?? null;
  const chosen = [...filled.slice(0, ROWS_TRIED), ...filled.slice(-2), ...empty.slice(0, 2)];
  return Array.from(new Set(chosen)).flatMap((row): [Row, Value][] => {
    const value = row[column] ?? null;
    if (line.presence) return [[row, value === null ? valueOf : null]];
    const others = filled.map((one) => one[column] ?? null).filter((one) => one !== value);
    // An empty list and none at all say the same.
    const nothing = value === null || value === '[]' ? [] : [null];
    const values = [...others.slice(0, 2), ...(value === null ? [] : changed(value)), ...nothing];
    return values.map((other) => [row, other]);
  });
}

/** Values a little beside this one. */
function changed(value: string | number): Value[] {
  if (typeof value === 'number') return value === 0 || value === 1 ? [1 - value] : [value + 1];
  if (value === 't' || value === 'f') return [value === 't' ? 'f' : 't'];
  if (isBytes(value)) return [value.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))];
  if (/^[[{]/.test(value)) return changedJson(JSON.parse(value) as object).map((one) => JSON.stringify(one));
  return [`${value}x`];
}

/** The same with one of its parts changed. */
function changedJson(value: object): object[] {
  if (Array.isArray(value))
    return [...(value.length > 0 ? [value.slice(1)] : []), [...(value as unknown[]), 'x']];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]): object[] => {
    if (typeof part === 'number') return [{ ...value, [key]: part + 1 }];
    if (typeof part === 'boolean') return [{ ...value, [key]: !part }];
    if (typeof part === 'string') return [{ ...value, [key]: `${part}x` }];
    if (part === null) return [{ ...value, [key]: 7 }];
    return changedJson(part as object).map((one) => ({ ...value, [key]: one }));
  });
}

/** The condition that selects one row, by all of its columns that can be compared as text. */
function isRow(engine: 'sqlite' | 'postgres', row: Row): string {
  if (engine === 'sqlite')
    return Object.keys(row)
      .map((name) => `${name} is ${quoted(row[name] ?? null)}`)
      .join(' and ');
  return Object.keys(row)
    .filter((name) => row[name] !== 't' && row[name] !== 'f')
    .map((name) => `${name}::text is not distinct from ${textOf(row[name] ?? null)}`)
    .join(' and ');
}

function textOf(value: Value): string {
  return value === null ? 'null' : quoted(String(value));
}
