import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { writeRows } from '../../db/index.ts';
import { askNow, type Call, runCommand } from '../../server/commands/index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accountId,
  bookOf,
  type AccountRef,
  balance,
  createLedger,
  type Entry,
  type EntryInput,
  type EntryKindIn,
  exportBook,
  type FactInput,
  importJournal,
  type LineInput,
  orRefuse,
  type PostOutcome,
  readHead,
  runningBalances,
  trialBalance,
  verify,
} from '../../server/ledger/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { ExportFormat } from '../../shared/ledger/export-format.ts';
import { LEDGER_KINDS } from '../../server/ledger-kinds.ts';
import { entryCommands } from '../support/entry-commands.ts';
import { OTHER_KINDS } from '../support/other-kinds.ts';
import { runProgram } from '../support/programs.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';
import { isMissing } from '../support/tools.ts';

const { lot, lot_reserved: reserved, outside, fund, donations, budget, minted } = OTHER_KINDS.accounts;

const { postEntry, reverseEntry, endHold } = entryCommands<EntryKindIn<typeof OTHER_KINDS>>();

const may = lot.of('may', 'rice');
const june = lot.of('june', 'rice');
const mayReserved = reserved.of('may', 'rice');
const donor = outside.of('wang', 'rice');

describe.each(ENGINES)('a book of other kinds on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of account and entry', () => {
    let test: TestStore;
    let keys = 0;
    const folder = mkdtempSync(join(tmpdir(), 'jishan-kinds-'));
    const ledger = createLedger({ clock: () => 1_780_000_000_000, kinds: OTHER_KINDS });

    beforeAll(async () => {
      test = await openTestStore(engine);
      await test.store.transaction((tx) => ledger.openBook(tx, 'v1', 'a book'));
      for (const lines of [
        [move(minted.of(), budget.of('road'), 5000), move(donations.of(), fund.of('well'), 80_000)],
        [move(donor, may, 30), move(donor, june, 20)],
      ]) {
        orRefuse(await post('grant', merged(lines.flat())));
      }
    });
    afterAll(async () => {
      await test.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    const common = () => ({
      villageId: 'v1',
      effectiveOn: '2026-05-01',
      idempotencyKey: `key${(keys += 1)}`,
      actorId: 'a',
    });
    /** Runs a command, and gives its refusal as a value. */
    const act = (call: Call<Entry>) =>
      test.store
        .transaction((tx) => runCommand(tx, 'v1', call), 'v1')
        .then((entry): PostOutcome => ({ ok: true, entry }))
        .catch((error: unknown): PostOutcome => {
          if (!(error instanceof Refusal)) throw error;
          return { ok: false, code: error.code, params: error.params };
        });
    const post = (
      kind: 'grant' | 'purchase' | 'handout',
      lines: LineInput[],
      more: { source?: string; mayPassFloor?: boolean } = {},
    ) => act(postEntry.with({ ...common(), kind, lines, ...more }, ledger));
    const note = (input: EntryInput<'act_keys_given'>) => act(postEntry.with(input, ledger));
    const hold = (from: AccountRef, into: AccountRef, amount: number) =>
      act(postEntry.with(ledger.draftHold({ ...common(), from, into, amount }), ledger));
    const endHoldOf = (holdNumber: number, spend: LineInput[], kind?: 'handout' | 'grant') =>
      act(endHold.with({ ...common(), holdNumber, kind, spend }, ledger));
    const now = (account: AccountRef) => test.store.read((reader) => balance(reader, 'v1', account));
    const reverse = (number: number, mayPassFloor = false) =>
      act(reverseEntry.with({ ...common(), number, mayPassFloor }, ledger));
    const exported = (format: ExportFormat, villageId = 'v1') =>
      test.store.read(async (reader) => {
        let text = '';
        for await (const piece of exportBook(reader, OTHER_KINDS, villageId, format)) text += piece;
        return text;
      });

    it('keeps a lot of an item, a fund and a budget apart from others of their unit', async () => {
      expect(await now(may)).toBe(30);
      expect(await now(june)).toBe(20);
      expect(await now(fund.of('well'))).toBe(80_000);
      expect(await now(budget.of('road'))).toBe(5000);
      expect(await now(budget.of('school'))).toBe(0);
      const running = await test.store.read((reader) => runningBalances(reader, 'v1'));
      const lots = running.filter(({ kind }) => kind === 'lot');
      expect(Object.fromEntries(lots.map(({ ownerId, balance: left }) => [ownerId, left]))).toEqual({
        june: 20,
        may: 30,
      });
    });

    it('refuses what sinks an account under the floor of its kind, by the code of its kind', async () => {
      expect(await post('handout', move(may, donor, 31))).toMatchObject({
        ok: false,
        code: 'ledger.stock_short',
        params: { balance: 30, needed: 31, missing: 1, owner: 'may' },
      });
      expect(await post('handout', move(budget.of('road'), minted.of(), 5001))).toMatchObject({
        code: 'ledger.floor',
        params: { missing: 1, account: 'budget:road:POINT' },
      });
      // A fund may be overdrawn by ten yuan.
      const paid = orRefuse(
        await post('purchase', move(fund.of('well'), donations.of(), 81_000), { source: 'order:7' }),
      );
      expect(await now(fund.of('well'))).toBe(-1000);
      expect(await post('handout', move(fund.of('well'), donations.of(), 1))).toMatchObject({
        code: 'ledger.floor',
        params: { missing: 1 },
      });
      orRefuse(await reverse(paid.entry.number));
      expect(await now(fund.of('well'))).toBe(80_000);
    });

    it('lets only entries of a kind that may pass the floor do so, one by one and many at once', async () => {
      const below = move(budget.of('school'), minted.of(), 3);
      expect(await post('handout', below, { mayPassFloor: true })).toMatchObject({
        code: 'ledger.malformed',
        params: { what: 'mayPassFloor' },
      });
      const down = orRefuse(await post('grant', below, { mayPassFloor: true }));
      expect(await now(budget.of('school'))).toBe(-3);
      orRefuse(await reverse(down.entry.number));
      const many = await test.store.transaction((tx) =>
        ledger.postMany(tx, 'v1', [
          { ...common(), kind: 'handout', lines: move(fund.of('well'), donations.of(), 80_900) },
          { ...common(), kind: 'handout', lines: move(donations.of(), fund.of('well'), 80_900) },
        ]),
      );
      expect(many.ok).toBe(true);
      expect(await now(fund.of('well'))).toBe(80_000);
    });

    it('is caught by the guard of the database when the plan was made on balances that are not there', async () => {
      const lines = move(may, donor, 20);
      const planned = (inputs: 1 | 2) =>
        test.store.transaction(async (tx) => {
          const { t } = tx;
          const book = await askNow(tx, 'v1', bookOf([may, june, donor]));
          const number = book.states.get(accountId(may))?.number ?? 0;
          // Somebody writes beside the ledger, after it has read.
          await tx.db
            .update(t.balances)
            .set({ balance: 10 })
            .where(and(eq(t.balances.villageId, 'v1'), eq(t.balances.accountNumber, number)))
            .returning();
          const half = { ...common(), kind: 'handout' as const, lines };
          const other = { ...common(), kind: 'handout' as const, lines: move(june, donor, 1) };
          const { rows } = orRefuse(ledger.draft(book, inputs === 1 ? [half] : [half, other]));
          await writeRows(tx, rows);
        });
      await expect(planned(1)).rejects.toThrow('not stored as it was read');
      await expect(planned(2)).rejects.toThrow('not stored as it was read');
      expect(await now(may)).toBe(30);
    });

    it('moves no account that the book was not asked for', async () => {
      const half = { ...common(), kind: 'handout' as const, lines: move(may, donor, 1) };
      const drafted = test.store.read(async (reader) =>
        ledger.draft(await askNow(reader, 'v1', bookOf([may])), [half]),
      );
      await expect(drafted).rejects.toThrow('not asked for outside:');
    });

    it('refuses accounts and entries that are not registered, and causes that are not theirs', async () => {
      const { household, issued } = LEDGER_KINDS.accounts;
      expect(await post('grant', move(issued.of(), household.of('h1'), 1))).toMatchObject({
        params: { what: 'account' },
      });
      expect(await post('grant', move(minted.of(), { ...budget.of('road'), floor: -9 }, 1))).toMatchObject({
        params: { what: 'account' },
      });
      for (const kind of ['award', 'toString', '__proto__']) {
        const outcome = await post(kind as 'grant', move(minted.of(), budget.of('road'), 1));
        expect(outcome).toMatchObject({ params: { what: 'kind' } });
      }
      const wrong = await post('purchase', move(fund.of('well'), donations.of(), 1), { source: 'gift:7' });
      expect(wrong).toMatchObject({ code: 'ledger.malformed', params: { what: 'source' } });
    });

    it('reserves pieces of a lot, spends some of them and gives back the rest', async () => {
      const held = orRefuse(await hold(may, mayReserved, 12)).entry.number;
      expect([await now(may), await now(mayReserved)]).toEqual([18, 12]);
      const other = await hold(june, mayReserved, 1);
      expect(other).toMatchObject({ code: 'ledger.malformed', params: { what: 'hold' } });
      expect(await post('handout', move(mayReserved, donor, 1))).toMatchObject({
        params: { what: 'holding account' },
      });

      const resolve = (spend: LineInput[], kind?: 'handout' | 'grant') => endHoldOf(held, spend, kind);
      expect(await resolve([{ account: donor, amount: 5 }])).toMatchObject({ params: { what: 'kind' } });
      expect(await resolve([{ account: donor, amount: 5 }], 'grant')).toMatchObject({
        params: { what: 'resolvesNumber' },
      });
      expect(await resolve([{ account: donor, amount: 13 }], 'handout')).toMatchObject({
        code: 'ledger.hold_exceeded',
      });
      const taken = [
        { account: june, amount: -1 },
        { account: donor, amount: 6 },
      ];
      expect(await resolve(taken, 'handout')).toMatchObject({ params: { what: 'spend' } });
      const spent = orRefuse(await resolve([{ account: donor, amount: 5 }], 'handout'));
      expect([await now(may), await now(mayReserved)]).toEqual([25, 0]);
      expect(await resolve([])).toMatchObject({ code: 'ledger.hold_resolved' });

      // Taking back what a hold was spent for gives to the lot, not to what was reserved of it.
      orRefuse(await reverse(spent.entry.number));
      expect([await now(may), await now(mayReserved)]).toEqual([30, 0]);
      const dropped = orRefuse(await hold(june, reserved.of('june', 'rice'), 2)).entry.number;
      expect(await reverse(dropped)).toMatchObject({ code: 'ledger.not_reversible' });
      orRefuse(await endHoldOf(dropped, []));
      expect(await now(june)).toBe(20);
    });

    it('books acts, which move nothing, in the same line of numbers', async () => {
      const keysGiven = (facts: FactInput[], more: object = {}) => ({
        ...{ ...common(), kind: 'act_keys_given' as const, source: 'household:h7', lines: [], facts },
        ...more,
      });
      const keys = { name: 'keys', value: '仓库两把', ownerId: 'h7' };
      const first = keysGiven([keys, { name: 'by', value: 'desk' }]);
      const given = orRefuse(await note(first)).entry;
      expect(given.postings).toEqual([]);
      expect(given.number).toBe((await test.store.read((reader) => readHead(reader, 'v1')))?.number);
      await test.store.transaction((tx) => ledger.eraseFactsOf(tx, 'v1', 'h7'));
      expect(await reverse(given.number)).toMatchObject({ code: 'ledger.not_reversible' });
      for (const wrong of [
        { kind: 'grant' },
        { lines: move(minted.of(), budget.of('road'), 1) },
        { source: 'order:7' },
        { mayPassFloor: true },
        { facts: [keys, keys] },
        { facts: [{ name: 'Keys', value: '' }] },
        { facts: [{ name: 'keys', value: '\0' }] },
        { facts: [{ name: 'keys', value: '', ownerId: '' }] },
        { facts: [{ name: 'keys', value: 'x'.repeat(20_001) }] },
        { facts: Array.from({ length: 101 }, (_, index) => ({ name: `k${index}`, value: '' })) },
      ])
        expect(await note(keysGiven([], wrong)), JSON.stringify(wrong).slice(0, 200)).toMatchObject({
          code: 'ledger.malformed',
        });
      expect(orRefuse(await note(keysGiven([]))).entry.number).toBe(given.number + 1);
    });

    it('verifies by its own kinds, and not by others', async () => {
      expect(await verify(test.store, OTHER_KINDS, 'v1')).toMatchObject({ ok: true, bad: null });
      const { ok, bad } = await verify(test.store, LEDGER_KINDS, 'v1');
      expect({ ok, ...bad }).toMatchObject({ ok: false, table: 'accounts', check: 'account' });
    });

    it('sums to zero in each unit, by kind', async () => {
      const totals = await test.store.read((reader) => trialBalance(reader, 'v1'));
      expect(totals).toEqual(await test.store.read((reader) => trialBalance(reader, 'v1', '2026-05-01')));
      const sums = new Map<string, number>();
      for (const { unit, positive, negative } of totals) {
        sums.set(unit, (sums.get(unit) ?? 0) + positive + negative);
      }
      expect(Object.fromEntries(sums)).toEqual({ POINT: 0, CNY: 0, 'SKU.rice': 0 });
      expect(totals.find(({ kind }) => kind === 'lot')).toMatchObject({ positive: 50, count: 2 });
    });

    it('leaves the program whole, under the names of its kinds', async () => {
      orRefuse(await post('grant', move(outside.of('wang', 'oil'), lot.of('may', 'oil'), 4)));
      const hledger = await exported('hledger');
      expect(hledger).toContain('account Assets:Lot:X-may:X-rice  ; 批次 may');
      expect(hledger).toContain('account Assets:Lot-reserved:X-may:X-rice  ; 批次留货 may');
      expect(hledger).toContain('account Equity:Donations  ; 捐款');
      const files = { hledger: join(folder, 'book.journal'), beancount: join(folder, 'book.beancount') };
      writeFileSync(files.hledger, hledger);
      writeFileSync(files.beancount, await exported('beancount'));
      if (!isMissing('hledger')) {
        expect(runProgram('hledger', ['-f', files.hledger, 'check', '--strict'])).toMatchObject({ code: 0 });
      }
      if (!isMissing('bean-check')) {
        expect(runProgram('bean-check', [files.beancount])).toEqual({ code: 0, output: '', errors: '' });
      }
      const [, first = ''] = (await exported('csv')).split('\r\n');
      expect(first).toContain('拨付');
      // Acts have no lines: neither a spreadsheet nor an accounting program gets them, the journal file does.
      for (const format of ['csv', 'hledger', 'beancount'] as const)
        expect(await exported(format)).not.toMatch(/交钥匙|household:h7/);
      expect(await exported('journal')).toContain('"source":"household:h7"');
    });

    it('comes in again by its own kinds, with the same head', async () => {
      await test.store.transaction((tx) => ledger.openBook(tx, 'v2', 'its own'));
      const file = await exported('journal');
      await expect(importJournal(test.store, LEDGER_KINDS, 'v2', pieces(file))).rejects.toMatchObject({
        code: 'journal.damaged',
      });
      await importJournal(test.store, OTHER_KINDS, 'v2', pieces(file));
      const heads = await test.store.read(async (reader) => [
        await readHead(reader, 'v1'),
        await readHead(reader, 'v2'),
      ]);
      expect(heads[1]).toEqual(heads[0]);
      expect(await verify(test.store, OTHER_KINDS, 'v2')).toMatchObject({ ok: true });
      expect(await exported('journal', 'v2')).toBe(file);
    });
  });
});

function move(from: AccountRef, to: AccountRef, amount: number): LineInput[] {
  return [
    { account: from, amount: -amount },
    { account: to, amount },
  ];
}

/** One line an account. */
function merged(lines: readonly LineInput[]): LineInput[] {
  const byAccount = new Map<AccountRef, number>();
  for (const { account, amount } of lines) byAccount.set(account, (byAccount.get(account) ?? 0) + amount);
  return Array.from(byAccount, ([account, amount]) => ({ account, amount }));
}

async function* pieces(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
