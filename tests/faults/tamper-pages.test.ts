import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { createLedger, householdAccount, verify, villageAccount } from '../support/ledger.ts';
import { openRaw, type Raw, type Row } from '../support/raw.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

/** Headers and texts are read a thousand at a time, lines, facts and sums of months two and a half thousand: the book has several pages of each. */
const ENTRIES = 3_200;
const AT_PAGE_ENDS = [
  1,
  2,
  999,
  1000,
  1001,
  1071,
  1072,
  1073,
  2000,
  2001,
  2142,
  2143,
  2144,
  3000,
  3001,
  ENTRIES,
];
const HOUSEHOLDS = 130;
const MONTHS = 24;

describe.each(ENGINES)('tampering with a book of several pages on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is found, and the row named, wherever a page ends', () => {
    let test: TestStore;
    let raw: Raw;
    beforeAll(async () => {
      test = await openTestStore(engine);
      raw = await openRaw(test);
      await raw.disarm();
      const ledger = createLedger({ clock: Date.now });
      await test.store.transaction((tx) => ledger.openBook(tx, 'v1', 'book'));
      const entries = Array.from({ length: ENTRIES }, (_, index) => ({
        villageId: 'v1',
        kind: 'award' as const,
        effectiveOn: dayOf(index),
        idempotencyKey: `award-${index}`,
        actorId: 'staff1',
        text: { title: '义务劳动', note: '' },
        facts: [{ name: 'rule', value: 'r1@2' }],
        // Every third has an additional line, so that pages of lines end within entries too.
        lines: [
          { account: villageAccount('issued'), amount: index % 3 ? -10 : -17 },
          { account: householdAccount(`h${index % HOUSEHOLDS}`), amount: 10 },
          ...(index % 3 ? [] : [{ account: householdAccount('poor'), amount: 7 }]),
        ],
      }));
      for (let at = 0; at < ENTRIES; at += 800)
        await test.store.transaction((tx) => ledger.postMany(tx, 'v1', entries.slice(at, at + 800)));
    });
    afterAll(async () => {
      await raw.close();
      await test.remove();
    });

    const found = async (): Promise<BadRow | null> => (await verify(test.store, 'v1')).bad;

    /** Verifies with rows of a table deleted. */
    async function without(table: string, where: string): Promise<BadRow | null> {
      await raw.run(`create table kept as select * from ${table} where ${where}`);
      await raw.run(`delete from ${table} where ${where}`);
      try {
        return await found();
      } finally {
        await raw.run(`insert into ${table} select * from kept`);
        await raw.run('drop table kept');
      }
    }

    /** Verifies with one value changed; a changed key is put back too. */
    async function changed(table: string, where: string, column: string, to: string): Promise<BadRow | null> {
      await raw.run(`create table kept as select * from ${table} where ${where}`);
      await raw.run(`update ${table} set ${column} = ${to} where ${where}`);
      try {
        return await found();
      } finally {
        await raw.run(`delete from ${table} where ${where} or ${column} = ${to}`);
        await raw.run(`insert into ${table} select * from kept`);
        await raw.run('drop table kept');
      }
    }

    it('in a book that fits', async () => {
      const verified = await verify(test.store, 'v1');
      const extra = Math.ceil(ENTRIES / 3);
      expect(verified).toMatchObject({ ok: true, entries: ENTRIES, postings: 2 * ENTRIES + extra });
      const [months]: Row[] = await raw.rows('select count(*) as n from account_months');
      expect(Number(months?.n)).toBeGreaterThan(2_500);
    });

    it.each(AT_PAGE_ENDS)('at entry %d', async (number) => {
      const entry = `number = ${number}`;
      const line = `${entry} and line = 1`;
      const [hash] = await raw.rows(`select hash from journal where ${entry}`);
      expect(hash).toBeDefined();
      const key = await changed('journal', entry, 'idempotency_key', "idempotency_key || 'x'");
      expect(key).toMatchObject({ table: 'journal', number, check: 'seal' });
      expect(await changed('postings', line, 'amount', 'amount + 1')).toMatchObject({
        ...{ table: 'postings', number, line: 1, check: 'amount', expected: '10', found: '11' },
      });
      expect(await without('postings', line)).toMatchObject({ table: 'postings', number, line: 1 });
      expect(await without('journal_texts', entry)).toMatchObject({
        ...{ table: 'journal_texts', number, check: 'missing' },
      });
      expect(await without('journal_facts', entry)).toMatchObject({
        ...{ table: 'journal_facts', number, check: 'missing' },
      });
      const gone = await without('journal', entry);
      expect(gone).toMatchObject({ table: 'journal', number, check: 'gap' });
      expect(gone?.found).toBe(number === ENTRIES ? '' : String(number + 1));
    });

    it.each([
      ['a page and more of entries', 900, 2100],
      ['all after a page', 1001, ENTRIES],
      ['all', 1, ENTRIES],
    ])('when %s are taken out, their lines stay', async (_, first, last) => {
      const bad = await without('journal', `number between ${first} and ${last}`);
      expect(bad).toMatchObject({ table: 'journal', number: first, check: 'gap' });
      expect(await found()).toBeNull();
    });

    it('in the sums of months', async () => {
      const sums = await raw.rows('select * from account_months order by month, account_number');
      expect(new Set(sums.map(({ month }) => month)).size).toBe(MONTHS);
      for (const { month, account_number: account, amount } of sums.filter((_, index) => index % 640 === 0)) {
        const row = `month = '${month}' and account_number = ${account}`;
        const [{ id } = { id: null }] = await raw.rows(`select id from accounts where number = ${account}`);
        expect(await changed('account_months', row, 'amount', 'amount + 1')).toMatchObject({
          ...{ table: 'account_months', accountId: id, check: 'month', expected: `${month}: ${amount}` },
        });
        expect(await without('account_months', row)).toMatchObject({
          ...{ table: 'account_months', accountId: id, check: 'missing', expected: `${month}: ${amount}` },
        });
        expect(await changed('account_months', row, 'month', "'1999-12'")).toMatchObject({
          ...{ table: 'account_months', accountId: id, check: 'orphan' },
        });
      }
      expect(await found()).toBeNull();
    });
  });
});

/** The entries are spread over two years. */
function dayOf(index: number): string {
  const month = Math.floor((index * MONTHS) / ENTRIES);
  return `${2024 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, '0')}-15`;
}
