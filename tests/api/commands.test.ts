import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sqlitePath, type Store, StoreBusy, type WrittenRow } from '../../db/index.ts';
import {
  type Admission,
  type Call,
  createCommandQueue,
  runCommand,
  runCommands,
} from '../../server/commands/index.ts';
import { redeem } from '../../server/kiosk/index.ts';
import { createAwards, decide } from '../../server/proposals/index.ts';
import { Refusal } from '../../shared/errors.ts';
import {
  addHouseholds,
  atOf,
  basketOf,
  decisionAtOf,
  fillVillage,
  kioskAtOf,
  VILLAGE,
} from '../support/command-village.ts';
import { balance, householdAccount, type Ledger, verify } from '../support/ledger.ts';
import { commandsOf, someSteps } from '../support/mixed-commands.ts';
import { openRaw } from '../support/raw.ts';
import { type Statement, statementsOf } from '../support/statements.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const COMMANDS = 64;
const TABLES = ['ledger_heads', 'balances', 'journal', 'postings', 'redemptions', 'proposals'];

async function rowsOf(of: TestStore): Promise<Record<string, string[]>> {
  const raw = await openRaw(of);
  const all: Record<string, string[]> = {};
  for (const table of TABLES)
    all[table] = (await raw.rows(`select * from ${table}`)).map((row) => JSON.stringify(row)).sort();
  await raw.close();
  return all;
}

describe.each(ENGINES)('the statements of commands on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('in a village', () => {
    let own: TestStore;
    let statements: readonly Statement[];
    beforeAll(async () => {
      own = await openTestStore(engine);
      const ledger = await fillVillage(own.store);
      const all = commandsOf(someSteps(COMMANDS, 3));
      const run = await statementsOf(() =>
        own.store.transaction(
          (tx) =>
            runCommands(
              tx,
              VILLAGE,
              all.map((make) => () => Promise.resolve(make(ledger))),
            ),
          VILLAGE,
        ),
      );
      statements = run.statements;
    });
    afterAll(() => own.remove());

    const isKeyed = ({ text }: Statement) => /json_each|jsonb_array_elements/.test(text);

    test('find every row by an index, however large the village', async () => {
      const texts = new Map(statements.filter(isKeyed).map((one) => [one.text, one]));
      expect(texts.size).toBeGreaterThan(25);
      for (const statement of texts.values())
        expect(await planOf(own, statement), statement.text).not.toMatch(WALK[engine]);
    });

    test('are far fewer than one by one would need', () => {
      expect(statements.length).toBeLessThan(COMMANDS * 6);
    });
  });
});

/** A table that is walked from end to end. The list of keys is meant to be. */
const WALK = {
  sqlite: /SCAN (?!k VIRTUAL|\(|CONSTANT)/,
  postgres: /Seq Scan/,
};

/** How the engine would answer a statement in a village that is large enough for indexes to pay. */
async function planOf(of: TestStore, { text, values }: Statement): Promise<string> {
  if (of.databaseUrl === undefined) {
    const db = new Database(sqlitePath(of.dataDir), { readonly: true });
    const steps = db.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[];
    db.close();
    return steps.map(({ detail }) => detail).join('\n');
  }
  const client = new pg.Client(of.databaseUrl);
  await client.connect();
  await client.query('set enable_seqscan = off');
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...values]);
  await client.end();
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

describe.each(ENGINES)('the queue of commands on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of one village', () => {
    let own: TestStore;
    let ledger: Ledger;
    beforeEach(async () => {
      own = await openTestStore(engine);
      ledger = await fillVillage(own.store);
    });
    afterEach(() => own.remove());

    const open =
      (n: number, quantity = 1) =>
      () =>
        Promise.resolve(redeem.with(basketOf('h1', 'salt', quantity), kioskAtOf(ledger, n)));

    test('runs those that wait together, and tells each its own answer', async () => {
      const ran: number[] = [];
      const queue = createCommandQueue(own.store, noting(ran));
      const told = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => queue.run(VILLAGE, open(n, n === 7 ? 99 : 1))),
      );
      const codes = told.map((one) => (one.status === 'rejected' ? (one.reason as Refusal).code : 'done'));
      // Above 25 points of a day the PIN is needed.
      expect(codes.filter((code) => code === 'done')).toHaveLength(19);
      expect(codes[7]).toBe('redemption.pin_needed');
      expect(ran.reduce((sum, count) => sum + count, 0)).toBe(20);
      expect(ran.length).toBeLessThan(10);
    });

    if (engine === 'postgres')
      test('takes along those that come while another process has the book', async () => {
        const ran: number[] = [];
        const queue = createCommandQueue(own.store, noting(ran));
        const other = new pg.Client(own.databaseUrl);
        await other.connect();
        await other.query(
          `begin; select number from ledger_heads where village_id = '${VILLAGE}' for update`,
        );
        const first = queue.run(VILLAGE, open(0));
        const isWaiting = `select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        await expect.poll(async () => (await other.query<{ n: number }>(isWaiting)).rows[0]?.n).toBe(1);
        const others = Array.from({ length: 10 }, (_, n) => queue.run(VILLAGE, open(n + 1)));
        await other.query('commit');
        await other.end();
        await Promise.all([first, ...others]);
        expect(ran).toEqual([11]);
      });

    /** An observer that notes how many commands ran together, each time. */
    const noting = (ran: number[]) => ({
      opened: () => undefined,
      onWritten: () => undefined,
      ran: (commands: number) => void ran.push(commands),
    });

    const propose = (n: number, ...householdIds: string[]) =>
      createAwards.with({ ruleId: 'free', householdIds, note: '' }, atOf(ledger, n));

    test.each([
      // Each writes three rows for a household: the proposal, its first event, and one more use of the rule.
      { households: 1, commands: 150, together: [150] },
      { households: 10, commands: 150, together: [67, 67, 16] },
    ])('fills a commit with rows: $commands commands of $households households', async (given) => {
      const ran: number[] = [];
      const queue = createCommandQueue(own.store, noting(ran));
      const some = await addHouseholds(own.store, given.households);
      const all = Array.from(
        { length: given.commands },
        (_, n) => () => Promise.resolve(propose(n, ...some)),
      );
      await Promise.all(all.map((one) => queue.run(VILLAGE, one)));
      expect(ran).toEqual(given.together);
    });

    test('gives a thousand approvals a commit of their own, in their turn', async () => {
      const many = await addHouseholds(own.store, 1000);
      const { ids } = await own.store.transaction((tx) => runCommand(tx, VILLAGE, propose(1, ...many)));
      const ran: number[] = [];
      let reads = 0;
      /** The reads that were answered within each transaction. */
      const answered: number[] = [];
      const transaction: Store['transaction'] = (work, ofVillage) =>
        own.store.transaction(async (tx) => {
          const before = reads;
          const answer = await work(tx);
          answered.push(reads - before);
          return answer;
        }, ofVillage);
      const queue = createCommandQueue({ ...own.store, transaction }, noting(ran));
      const approval = decide.with(
        { action: 'approve', ids, reason: '' },
        decisionAtOf(ledger, 2, 'approver'),
      );
      let isDone = false;
      const read = async () => {
        for (; !isDone; reads += 1) {
          await own.store.read((reader) => balance(reader, VILLAGE, householdAccount('h1')));
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      const reading = read();
      const before = [queue.run(VILLAGE, open(3)), queue.run(VILLAGE, open(4))];
      const approved = queue.run(VILLAGE, () => Promise.resolve(approval));
      await Promise.all([...before, approved, queue.run(VILLAGE, open(5))]);
      isDone = true;
      await reading;
      expect((await approved).journalNumbers).toHaveLength(1000);
      expect(ran).toEqual([2, 1, 1]);
      // Between its parts readers are answered.
      expect(answered[1]).toBeGreaterThanOrEqual(5);
      expect((await verify(own.store, VILLAGE)).ok).toBe(true);
    });

    test('lets the others stand when the database refuses what one wrote', async () => {
      const queue = createCommandQueue(own.store);
      // Two commands under one key: the journal lets only one of them in.
      const twice = () => Promise.resolve(redeem.with(basketOf('h2', 'salt', 1), kioskAtOf(ledger, 1)));
      const told = await Promise.allSettled(
        [1, 2, 3].map((n) => queue.run(VILLAGE, n === 2 ? twice : open(n))),
      );
      expect(told.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
      expect((await verify(own.store, VILLAGE)).ok).toBe(true);
    });

    test('lets the others stand when something breaks while one is let in', async () => {
      const queue = createCommandQueue(own.store);
      const broken = () => Promise.reject<Call<unknown>>(new Error('the disk'));
      const told = await Promise.allSettled(
        [1, 2, 3].map((n) => queue.run<unknown>(VILLAGE, n === 2 ? broken : open(n))),
      );
      expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(told[1]).toMatchObject({ reason: { message: 'the disk' } });
      expect((await verify(own.store, VILLAGE)).ok).toBe(true);
    });

    test('lets the others stand when a decision has a mistake', async () => {
      const queue = createCommandQueue(own.store);
      const mistaken = () =>
        Promise.resolve({
          ...redeem.with(basketOf('h1', 'salt', 1), kioskAtOf(ledger, 2)),
          decide: () => {
            throw new TypeError('undefined is no number');
          },
        });
      const told = await Promise.allSettled(
        [1, 2, 3].map((n) => queue.run<unknown>(VILLAGE, n === 2 ? mistaken : open(n))),
      );
      expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });

    test('lets nobody overtake those it has put off', async () => {
      const queue = createCommandQueue(own.store);
      const order: string[] = [];
      const asWork = (n: number) => async () => {
        const call = await open(n)();
        return {
          ...call,
          decide: (set: Parameters<typeof call.decide>[0]) => {
            const { rows, answer } = call.decide(set) as { rows: WrittenRow[]; answer: unknown };
            return { rows, work: () => Promise.resolve(answer) };
          },
        };
      };
      const run = (n: number, opening: Admission<unknown>) =>
        queue.run(VILLAGE, opening).then(() => order.push(String(n)));
      const first = [run(1, open(1)), run(2, asWork(2)), run(3, open(3))];
      await first[0];
      await Promise.all([...first, run(4, open(4)), run(5, open(5))]);
      expect(order).toEqual(['1', '2', '3', '4', '5']);
    });

    test('tells all who wait when the turn never comes', async () => {
      let asked = 0;
      const busy = {
        ...own.store,
        transaction: () => Promise.reject(new StoreBusy(`asked ${String((asked += 1))}`)),
      };
      const queue = createCommandQueue(busy);
      const told = await Promise.allSettled(
        Array.from({ length: 200 }, (_, n) => queue.run(VILLAGE, open(n))),
      );
      expect(new Set(told.map((one) => one.status === 'rejected' && String(one.reason)))).toEqual(
        new Set(['StoreBusy: asked 1']),
      );
    });

    test('tries again when a row was changed by somebody who does not hold the book', async () => {
      const queue = createCommandQueue(own.store);
      let tries = 0;
      const meddled = async () => {
        const call = await open(1)();
        return {
          ...call,
          decide: (set: Parameters<typeof call.decide>[0]) => {
            const plan = call.decide(set);
            tries += 1;
            if (tries > 1) return plan;
            const rows = plan.rows.map((row) =>
              row.table === 'balances' && row.was ? { ...row, was: { ...row.was, balance: 7 } } : row,
            );
            return { ...plan, rows };
          },
        };
      };
      await queue.run<unknown>(VILLAGE, meddled);
      expect(tries).toBe(2);
      expect((await verify(own.store, VILLAGE)).ok).toBe(true);
    });

    test('gives up on a command that never has what it asks for', async () => {
      const forgetful = {
        folded: [],
        has: () => false,
        load: () => Promise.resolve(),
        fold: () => undefined,
      };
      const call: Call<null> = {
        first: () => ({ wanted: [{ read: forgetful, text: '', key: [''] }], pick: () => null }),
        second: () => ({ wanted: [], pick: () => null }),
        decide: () => ({ rows: [], answer: null }),
      };
      const run = own.store.transaction((tx) => runCommand(tx, VILLAGE, call), VILLAGE);
      await expect(run).rejects.toThrow('just read');
    });

    test('leaves nothing of a command whose work fails after its rows', async () => {
      const failing = {
        ...redeem.with(basketOf('h1', 'salt', 1), kioskAtOf(ledger, 1)),
        decide: () => ({
          rows: [],
          work: () => Promise.reject<unknown>(new Refusal('household.not_found')),
        }),
      };
      const before = await rowsOf(own);
      await expect(own.store.transaction((tx) => runCommand(tx, VILLAGE, failing), VILLAGE)).rejects.toThrow(
        Refusal,
      );
      expect(await rowsOf(own)).toEqual(before);
    });
  });
});
