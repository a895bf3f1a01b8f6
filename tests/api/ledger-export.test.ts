import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportFormat } from '../../shared/ledger/export-format.ts';
import { accountName, commodityName } from '../../server/ledger/export-names.ts';
import {
  balancesOf,
  exportBook,
  type ExportLabels,
  householdAccount,
  LEDGER_KINDS,
  parseAccountId,
} from '../support/ledger.ts';
import { Book, testLedger } from '../support/books.ts';
import { writeFullBook } from '../support/full-book.ts';
import { beancountPython, runProgram } from '../support/programs.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';
import { findCommand, isMissing } from '../support/tools.ts';

const FORMATS = ['csv', 'hledger', 'beancount', 'journal'] as const;

/** Names as hostile as a person can type them. */
const LABELS: ExportLabels = {
  village: { name: '古旦村 "东"', town: '古旦镇;\n' },
  ownerNames: (ids) => Promise.resolve(new Map(ids.map((id) => [id, `003 王"小\\明; x:y, | =1+1 ${id}`]))),
  itemNames: (ids) => Promise.resolve(new Map(ids.map((id) => [id, `大米 "5kg"; ${id}: a, b`]))),
  timeZone: 'Asia/Shanghai',
  actorName: (id) => (id === 'staff1' ? '@李主任, "会计"' : undefined),
};

interface Balance {
  readonly account: string;
  readonly unit: string;
  /** A decimal. Points and money have two places, pieces have none. */
  readonly amount: string;
}

describe.each(ENGINES)('a book exported from $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('for other programs', () => {
    let test: TestStore;
    const folder = mkdtempSync(join(tmpdir(), 'jishan-export-'));
    const texts = {} as Record<ExportFormat, string>;
    let ours: Balance[] = [];

    beforeAll(async () => {
      test = await openTestStore(engine);
      await writeFullBook(test.store);
      for (const format of FORMATS) texts[format] = await exported(test, format);
      ours = await ourBalances(test);
    });
    afterAll(async () => {
      await test.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    const file = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    };

    it('has every account with a balance of ours', () => {
      expect(ours.length).toBeGreaterThan(20);
      expect(new Set(ours.map(({ account }) => account)).size).toBe(ours.length);
    });

    it.skipIf(isMissing('hledger'))('is accepted by hledger, whose balances are ours', () => {
      const path = file('book.journal', texts.hledger);
      for (const checks of [[], ['--strict'], ['ordereddates'], ['accounts', 'commodities']]) {
        expect(runProgram('hledger', ['-f', path, 'check', ...checks])).toMatchObject({
          code: 0,
          errors: '',
        });
      }
      const args = ['-f', path, 'balance', '--empty', '--flat', '--no-total', '--output-format', 'csv'];
      const { code, output } = runProgram('hledger', args);
      expect(code).toBe(0);
      const rows = Papa.parse<string[]>(output, { skipEmptyLines: true }).data.slice(1);
      const theirs = rows.map(([account = '', balance = '']) => {
        const [amount = '', unit] = balance.replaceAll('"', '').split(' ');
        return { account, unit, amount };
      });
      // hledger shows a zero without its unit.
      expect(theirs.map((one) => ({ ...one, unit: one.unit ?? '' })).sort(byAccount)).toEqual(
        ours
          .map((one) => (Number(one.amount) === 0 ? { ...one, unit: '', amount: '0' } : one))
          .sort(byAccount),
      );
    });

    it.skipIf(isMissing('hledger'))('says so in hledger when one figure of it is changed', () => {
      const changed = texts.hledger.replace('== 9.50 POINT', '== 9.51 POINT');
      expect(changed).not.toBe(texts.hledger);
      const { code, errors } = runProgram('hledger', ['-f', file('changed.journal', changed), 'check']);
      expect(code).toBe(1);
      expect(errors).toContain('Balance assertion failed');
    });

    it.skipIf(isMissing('bean-check'))('is accepted by bean-check, and its balances are ours', () => {
      const path = file('book.beancount', texts.beancount);
      expect(runProgram('bean-check', [path])).toEqual({ code: 0, output: '', errors: '' });
      const { code, output, errors } = runProgram(beancountPython(), ['-', path], SUM_UP);
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      expect((JSON.parse(output) as Balance[]).sort(byAccount)).toEqual(ours.sort(byAccount));
    });

    it.skipIf(isMissing('bean-check'))('says so in beancount when one figure of it is changed', () => {
      const changed = texts.beancount.replace('  9.50 ~ 0 POINT', '  9.51 ~ 0 POINT');
      expect(changed).not.toBe(texts.beancount);
      const { code, errors } = runProgram('bean-check', [file('changed.beancount', changed)]);
      expect(code).toBe(1);
      expect(errors).toContain('Balance failed');
    });

    it.skipIf(isMissing('python3'))(
      'is verified by the program of docs/seal.md, and tampering is not',
      () => {
        const program = join(import.meta.dirname, '..', '..', 'docs', 'verify_book.py');
        const python = findCommand('python3') ?? '';
        const head = (
          JSON.parse(texts.journal.split('\n')[0] ?? '') as { head: { number: number; hash: string } }
        ).head;
        expect(runProgram(python, [program, file('book.jsonl', texts.journal)])).toEqual({
          code: 0,
          output: `ok: ${head.number} entries, head ${head.hash}\n`,
          errors: '',
        });
        const changed = texts.journal.replace('义务劳动', '义务活动');
        const { code, errors } = runProgram(python, [program, file('changed.jsonl', changed)]);
        expect({ code, errors }).toEqual({
          code: 1,
          errors: 'entry 4: not the text that was committed to\n',
        });
      },
    );

    it('has one line a posting as CSV, with nothing a spreadsheet would run', () => {
      expect(texts.csv.startsWith('\ufeff凭证号,')).toBe(true);
      const { data, errors } = Papa.parse<Record<string, string>>(texts.csv.slice(1), {
        header: true,
        skipEmptyLines: true,
      });
      expect(errors).toEqual([]);
      const journal = texts.journal
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line) as { lines: unknown[] });
      expect(data.length).toBe(journal.reduce((sum, { lines }) => sum + lines.length, 0));
      for (const row of data) {
        for (const [column, value] of Object.entries(row)) {
          if (column === '变动' || column === '结余') expect(value).toMatch(/^-?\d+(?:\.\d+)?$/);
          else expect(value, column).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
        }
      }
      const sums = new Map<string, number>();
      for (const row of data) {
        const key = `${row['凭证号'] ?? ''} ${row['单位'] ?? ''}`;
        sums.set(key, (sums.get(key) ?? 0) + Math.round(Number(row['变动']) * 100));
      }
      expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
      expect(data.find((row) => row['凭证号'] === '7' && row['分录号'] === '1')).toMatchObject({
        业务日期: '2026-02-02',
        入账时间: '2025-10-09 16:53:27',
        类型: '加分',
        账户: '农户积分',
        单位: '积分',
        变动: '2.5',
        结余: '8.5',
        事由: '测试',
        备注: '\'=记错了; "引号"\\, @户\n第二行',
        入账人: '\'@李主任, "会计"',
      });
      expect(data.find((row) => row['凭证号'] === '20')).toMatchObject({ 事由: '（文字已删除）', 备注: '' });
    });

    it('leaves out what was erased', () => {
      for (const text of Object.values(texts)) expect(text).not.toContain('要删的话');
    });

    it('is the same to the last byte as from any other engine', async () => {
      const other = await openTestStore('sqlite');
      try {
        await writeFullBook(other.store);
        for (const format of FORMATS) expect(await exported(other, format)).toBe(texts[format]);
      } finally {
        await other.remove();
      }
    });

    it('can be exported before its first entry', async () => {
      const empty = await openTestStore(engine);
      try {
        await empty.store.transaction(async (tx) => {
          await tx.db
            .insert(tx.t.ledgerHeads)
            .values({ villageId: 'v1', bookId: 'b', number: 0 })
            .returning();
        });
        const beancount = file('empty.beancount', await exported(empty, 'beancount'));
        if (!isMissing('bean-check')) expect(runProgram('bean-check', [beancount]).code).toBe(0);
        const hledger = file('empty.journal', await exported(empty, 'hledger'));
        if (!isMissing('hledger'))
          expect(runProgram('hledger', ['-f', hledger, 'check', '--strict']).code).toBe(0);
        expect((await exported(empty, 'journal')).trim().split('\n')).toHaveLength(1);
        expect((await exported(empty, 'csv')).trim().split('\n')).toHaveLength(1);
      } finally {
        await empty.remove();
      }
    });
  });
});

describe('free text of any kind', () => {
  const NASTY = [
    '"',
    '\\',
    '\\"',
    '"""',
    ';',
    ' ; a:b, c',
    '|',
    '(x)',
    '* !',
    '= 2',
    '@@ {1 EUR}',
    '\t\tx  y',
    '\r\n',
    '\u2028',
    '\n    Assets:X  1 POINT',
    '\n2026-01-01 * "x"',
  ];
  const ANY = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));

  it('goes through hledger and bean-check', async () => {
    const test = await openTestStore('sqlite');
    const folder = mkdtempSync(join(tmpdir(), 'jishan-export-'));
    try {
      const book = new Book(test.store, testLedger());
      await book.open();
      const notes = [...NASTY, ...fc.sample(ANY, { numRuns: 200, seed: 7 })];
      await Promise.all(
        notes.map((note, index) => book.award(`h${index % 9}`, 5, { key: `k${index}`, note })),
      );
      const [hledger, beancount] = [join(folder, 'book.journal'), join(folder, 'book.beancount')];
      writeFileSync(hledger, await exported(test, 'hledger'));
      writeFileSync(beancount, await exported(test, 'beancount'));
      if (!isMissing('bean-check')) {
        expect(runProgram('bean-check', [beancount])).toEqual({ code: 0, output: '', errors: '' });
      }
      if (!isMissing('hledger')) {
        const args = ['-f', hledger, 'check', '--strict'];
        expect(runProgram('hledger', args)).toMatchObject({ code: 0, errors: '' });
        const { output } = runProgram('hledger', ['-f', hledger, 'stats']);
        expect(output).toMatch(new RegExp(`(?:Transactions|Txns)\\s*: ${notes.length + 1} `));
      }
    } finally {
      await test.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('names for other programs', () => {
  it('differ where the ids differ, and fit beancount', () => {
    const ids = [
      'a-b',
      'a--b',
      'a_b',
      'a-ub',
      'A-b',
      'X-a-b',
      'X-a--b',
      'x',
      'X',
      '0',
      '-',
      '_',
      '--',
      '-u',
      'Village',
      'a'.repeat(64),
    ];
    const names = ids.map((ownerId) => accountName(LEDGER_KINDS, householdAccount(ownerId)));
    expect(new Set(names).size).toBe(ids.length);
    for (const name of names) expect(name).toMatch(/^Assets:Household:[A-Z0-9][A-Za-z0-9-]*$/);
    const units = ids.map((id) => commodityName(`SKU.${id}`));
    expect(new Set(units).size).toBe(ids.length);
    for (const unit of units) expect(unit).toMatch(/^[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]$/);
  });
});

const SUM_UP = `
import json, sys
from collections import defaultdict
from beancount import loader
from beancount.core import data
entries, errors, _ = loader.load_file(sys.argv[1])
assert not errors, errors
sums = defaultdict(int)
for entry in entries:
    if isinstance(entry, data.Transaction):
        for posting in entry.postings:
            sums[posting.account, posting.units.currency] += posting.units.number
print(json.dumps([{"account": a, "unit": u, "amount": str(n)} for (a, u), n in sums.items()]))
`;

async function exported(test: TestStore, format: ExportFormat): Promise<string> {
  return test.store.read(async (reader) => {
    let text = '';
    for await (const piece of exportBook(reader, 'v1', format, LABELS)) text += piece;
    return text;
  });
}

/** The ledger's own balances, under the account names of the export. */
async function ourBalances(test: TestStore): Promise<Balance[]> {
  return test.store.read(async (reader) => {
    const rows = await reader.db.select({ id: reader.t.accounts.id }).from(reader.t.accounts);
    const accounts = rows.flatMap(({ id }) => parseAccountId(id) ?? []);
    const balances = await balancesOf(reader, 'v1', accounts);
    return accounts.map((account) => {
      const { kind, ownerId, unit } = account;
      const balance = balances.get(`${kind}:${ownerId}:${unit}`) ?? 0;
      const amount = unit.startsWith('SKU.') ? String(balance) : (balance / 100).toFixed(2);
      return { account: accountName(LEDGER_KINDS, account), unit: commodityName(unit), amount };
    });
  });
}

function byAccount(a: { account: string }, b: { account: string }): number {
  return a.account < b.account ? -1 : 1;
}
