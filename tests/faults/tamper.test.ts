import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../server/ledger/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { ACT_KINDS, actLedger, cardIssued } from '../support/act-kinds.ts';
import { writeFullBook } from '../support/full-book.ts';
import {
  insertOf,
  isBytes,
  KEYS,
  LEDGER_TABLES,
  type LedgerTable,
  only,
  openRaw,
  quoted,
  type Raw,
  type Row,
  type Value,
} from '../support/raw.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

/**
 * The test drops every trigger and changes the books by SQL: each column of each row, and rows that are deleted,
 * inserted or exchanged. `verify` must find each change and name the row.
 */
describe.each(ENGINES)('tampering on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is found, and the row named', () => {
    let test: TestStore;
    let raw: Raw;
    const tables = {} as Record<LedgerTable, Row[]>;

    beforeAll(async () => {
      test = await openTestStore(engine);
      const book = await writeFullBook(test.store);
      const ledger = actLedger();
      for (const [index, id] of ['h1', 'h2', 'h4'].entries())
        await test.store.transaction((tx) => ledger.post(tx, cardIssued(id, `card${index}`)));
      await test.store.transaction((tx) => ledger.eraseFactsOf(tx, 'v1', 'h2'));
      await book.award('h4', 25, {
        key: 'after',
        day: '2026-02-12',
        facts: [{ name: 'rule', value: 'r@1' }],
      });
      raw = await openRaw(test);
      await raw.disarm();
      for (const table of LEDGER_TABLES) {
        tables[table] = await raw.rows(`select * from ${table} order by ${KEYS[table].join(', ')}`);
        await raw.run(`create table kept_${table} as select * from ${table}`);
      }
    });
    afterAll(async () => {
      await raw.close();
      await test.remove();
    });

    const verified = () => verify(test.store, ACT_KINDS, 'v1');
    const found = async () => (await verified()).bad;

    /** Runs the statements, verifies the book and restores the rows. */
    async function after(table: LedgerTable, statements: readonly string[]): Promise<BadRow | null> {
      try {
        for (const statement of statements) await raw.run(statement);
        return await found();
      } finally {
        await raw.run(`delete from ${table}`);
        await raw.run(`insert into ${table} select * from kept_${table}`);
      }
    }

    it('in a book that fits before and after', async () => {
      expect(await verified()).toMatchObject({ ok: true, bad: null });
      expect(tables.journal.length).toBeGreaterThan(20);
      expect(new Set(tables.journal.map((row) => row.kind)).size).toBe(10);
    });

    it.each(LEDGER_TABLES)('when any one value of %s is changed', async (table) => {
      let tried = 0;
      const missed: unknown[] = [];
      // Both engines hold the same rows, so PostgreSQL tries every fourth one only.
      const rows = tables[table].filter((_, index) => engine === 'sqlite' || index % 4 === 0);
      for (const row of rows) {
        for (const column of Object.keys(row)) {
          for (const value of otherValues(table, column, row, tables[table])) {
            const changed = { ...row, [column]: value };
            const bad = await after(table, [
              `update ${table} set ${column} = ${quoted(value)} where ${only(table, row)}`,
            ]);
            tried += 1;
            if (!names(bad, table, row, tables) && !names(bad, table, changed, tables))
              missed.push({ row, column, value, bad });
          }
        }
      }
      expect(missed).toEqual([]);
      expect(tried).toBeGreaterThan(rows.length);
    });

    it.each(LEDGER_TABLES)('when a row of %s is taken out', async (table) => {
      const missed: unknown[] = [];
      for (const row of tables[table]) {
        const bad = await after(table, [`delete from ${table} where ${only(table, row)}`]);
        if (!names(bad, table, row, tables)) missed.push({ row, bad });
      }
      expect(missed).toEqual([]);
    });

    it.each([
      'accounts',
      'balances',
      'account_months',
      'journal',
      'postings',
      'journal_facts',
      'journal_texts',
    ] as const)('when two rows of %s are exchanged', async (table) => {
      const missed: unknown[] = [];
      for (const [one, other] of pairs(tables[table])) {
        if (table === 'postings' && isTaken(one, other, tables.postings)) continue;
        // Rows with equal sums are the same rows again once their keys are exchanged.
        if (table === 'account_months' && one.amount === other.amount) continue;
        const bad = await after(table, exchanged(table, one, other));
        if (!names(bad, table, one, tables) && !names(bad, table, other, tables))
          missed.push({ one, other, bad });
      }
      expect(missed).toEqual([]);
    });

    it.each(LEDGER_TABLES)('when a row is put into %s', async (table) => {
      const missed: unknown[] = [];
      const added = additions(table, tables);
      for (const row of added) {
        const bad = await after(table, [insertOf(table, row)]);
        if (!names(bad, table, row, tables)) missed.push({ row, bad });
      }
      expect(missed).toEqual([]);
      expect(added.length).toBeGreaterThan(table === 'ledger_heads' ? -1 : 0);
    });

    it('when the last entry is taken out whole', async () => {
      const last = tables.journal.length;
      await raw.run(`delete from journal where number = ${last}`);
      await raw.run(`delete from postings where number = ${last}`);
      await raw.run(`delete from journal_facts where number = ${last}`);
      const bad = await after('journal_texts', [`delete from journal_texts where number = ${last}`]);
      await raw.run(insertOf('journal', tables.journal[last - 1] ?? {}));
      for (const row of tables.postings.filter(({ number }) => number === last))
        await raw.run(insertOf('postings', row));
      for (const row of tables.journal_facts.filter(({ number }) => number === last))
        await raw.run(insertOf('journal_facts', row));
      expect(bad).toMatchObject({ table: 'journal', number: last, check: 'gap' });
      expect(await found()).toBeNull();
    });

    it('when two tables are changed together', async () => {
      // The amounts and the balance rise together, and every hash stays as it was.
      const [household, issued] = ['household:h4:POINT', 'issued:village:POINT'].map((id) =>
        numberOf(id, tables),
      );
      await raw.run(`update balances set balance = balance + 1000 where account_number = ${household}`);
      const last = tables.journal.length;
      const bad = await after('postings', [
        `update postings set amount = amount + 1000, balance_after = balance_after + 1000 where number = ${last} and account_number = ${household}`,
        `update postings set amount = amount - 1000, balance_after = balance_after - 1000 where number = ${last} and account_number = ${issued}`,
      ]);
      await raw.run(`update balances set balance = balance - 1000 where account_number = ${household}`);
      expect(bad).toMatchObject({ table: 'journal', number: last, check: 'seal' });
      expect(await found()).toBeNull();
    });
  });
});

type Tables = Readonly<Record<LedgerTable, readonly Row[]>>;

/** Whether the finding names this row by its table and key. An account that is not there any more is named by its number. */
function names(bad: BadRow | null, table: LedgerTable, row: Row, tables: Tables): boolean {
  if (bad?.table !== table) return false;
  if (table === 'accounts') return bad.accountId === row.id || bad.accountId === `#${row.number}`;
  if (table === 'balances' || table === 'account_months')
    return bad.accountId === idOf(row.account_number ?? null, tables);
  if (table === 'postings') return bad.number === row.number && bad.line === row.line;
  return table === 'ledger_heads' || bad.number === row.number;
}

function idOf(number: Value, { accounts }: Tables): Value {
  return accounts.find((account) => account.number === number)?.id ?? `#${number}`;
}

function numberOf(id: string, { accounts }: Tables): Value {
  return accounts.find((account) => account.id === id)?.number ?? null;
}

/** Other values for a column: a little more or less, another row's, one of the right form, null. */
function otherValues(table: LedgerTable, column: string, row: Row, rows: readonly Row[]): Value[] {
  const value = row[column] ?? null;
  const nullable: Partial<Record<LedgerTable, readonly string[]>> = {
    accounts: ['floor'],
    journal: ['source', 'reverses_number', 'resolves_number', 'text_commitment', 'facts_digest'],
    journal_facts: ['owner_id', 'value', 'salt'],
    journal_texts: ['body', 'salt'],
  };
  const others: Value[] = rows
    .map((one) => one[column] ?? null)
    .filter((one) => one !== null && one !== value);
  const values: Value[] = [
    ...new Set([others[0], others.at(-1), others[Math.floor(others.length / 2)]]),
  ].filter((one) => one !== undefined);
  const isNumber = typeof (value ?? others[0] ?? 0) === 'number';
  if (isNumber) values.push(Number(value ?? 0) + 1, Number(value ?? 0) - 1, Number(value ?? 0) + 1_000_000);
  else if (isBytes(value ?? others[0] ?? null)) values.push(`${value ?? '\\x'}00`, '\\x');
  else values.push(`${value ?? ''}x`, '');
  if (value !== null && nullable[table]?.includes(column)) values.push(null);
  // In an erased row, which has neither body nor salt, the only change tried is to put one of them back.
  if (table === 'journal_texts' && row.body === null && column !== 'number' && column !== 'village_id')
    values.splice(0, values.length, 'back');
  const unique = (candidate: Value) => !collides(table, column, row, candidate, rows);
  return [...new Set(values)].filter((candidate) => candidate !== value && unique(candidate));
}

const UNIQUE: Readonly<Record<LedgerTable, readonly (readonly string[])[]>> = {
  ledger_heads: [KEYS.ledger_heads],
  accounts: [KEYS.accounts, ['village_id', 'id']],
  balances: [KEYS.balances],
  account_months: [KEYS.account_months],
  journal: [
    KEYS.journal,
    ['village_id', 'idempotency_key'],
    ['village_id', 'reverses_number'],
    ['village_id', 'resolves_number'],
  ],
  postings: [KEYS.postings, ['village_id', 'account_number', 'effective_through', 'number']],
  journal_facts: [KEYS.journal_facts],
  journal_texts: [KEYS.journal_texts],
};

/** Whether a unique key refuses the change. The test keeps unique keys. */
function collides(table: LedgerTable, column: string, row: Row, value: Value, rows: readonly Row[]): boolean {
  const changed = { ...row, [column]: value };
  return UNIQUE[table].some(
    (key) =>
      key.includes(column) &&
      key.every((name) => changed[name] !== null) &&
      rows.some((other) => other !== row && key.every((name) => other[name] === changed[name])),
  );
}

/** Pairs of neighbouring rows, and some that are far apart. */
function pairs(rows: readonly Row[]): [Row, Row][] {
  const found: [Row, Row][] = [];
  for (const [index, row] of rows.entries()) {
    for (const distance of [1, 2, 7]) {
      const other = rows[index + distance];
      if (other) found.push([row, other]);
    }
  }
  return found;
}

/** Whether the exchange would give an entry two lines on one account, which a unique index refuses. */
function isTaken(one: Row, other: Row, rows: readonly Row[]): boolean {
  const meets = (row: Row, number: Value | undefined) =>
    rows.some(
      (there) =>
        there !== one &&
        there !== other &&
        there.number === number &&
        there.account_number === row.account_number,
    );
  return one.number !== other.number && (meets(one, other.number) || meets(other, one.number));
}

/** The statements that exchange the keys of two rows. */
function exchanged(table: LedgerTable, one: Row, other: Row): string[] {
  const keys = KEYS[table].filter((key) => key !== 'village_id');
  const set = (row: Row) => keys.map((key) => `${key} = ${quoted(row[key] ?? null)}`).join(', ');
  const aside: Row = { ...one };
  for (const key of keys) aside[key] = typeof one[key] === 'number' ? -1_000_000 : 'aside';
  return [
    `update ${table} set ${set(aside)} where ${only(table, one)}`,
    `update ${table} set ${set(one)} where ${only(table, other)}`,
    `update ${table} set ${set(other)} where ${only(table, aside)}`,
  ];
}

/** Additional rows that look genuine. */
function additions(table: LedgerTable, tables: Tables): Row[] {
  const last = tables[table].at(-1) ?? {};
  const number = tables.journal.length;
  const [issued, next] = [numberOf('issued:village:POINT', tables), tables.accounts.length + 1];
  switch (table) {
    case 'ledger_heads':
      return [];
    case 'accounts': {
      const others: Row[] = [
        { id: 'household:h99:POINT', kind: 'household', owner_id: 'h99', unit: 'POINT', floor: 0 },
        { id: 'issued:other:POINT', kind: 'issued', owner_id: 'other', unit: 'POINT', floor: null },
        { id: 'x' },
      ];
      return others.map((account) => ({ ...last, ...account, number: next }));
    }
    case 'balances':
      return [
        { ...last, account_number: issued, balance: 0 },
        { ...last, account_number: next },
      ];
    case 'account_months':
      return [
        { ...last, month: '1999-12', amount: 0 },
        { ...last, account_number: next },
      ];
    case 'journal':
      return [number + 1, 0, number + 7].map((fresh) => ({
        ...last,
        number: fresh,
        idempotency_key: 'fresh',
        previous_hash: last.hash ?? '',
      }));
    case 'postings':
      return [
        ...tables.journal.map((entry) => ({
          ...last,
          number: entry.number ?? 0,
          line: entry.line_count ?? 0,
          account_number: issued,
          effective_through: `x${entry.number}`,
        })),
        { ...last, number: number + 1 },
        { ...last, number: 0 },
      ];
    case 'journal_facts':
      return [...tables.journal.map((row) => row.number ?? 0), 0, number + 1].map((fresh) => ({
        ...last,
        number: fresh,
        name: 'another',
      }));
    case 'journal_texts': {
      const there = new Set(tables.journal_texts.map((row) => row.number));
      const without = tables.journal.map((row) => row.number ?? 0).filter((fresh) => !there.has(fresh));
      return [...without, 0, number + 1].map((fresh) => ({ ...last, number: fresh }));
    }
  }
}
