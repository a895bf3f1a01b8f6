import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sqlitePath, StoreBusy, type Tx, type WrittenRow } from '../../db/index.ts';
import {
  type Call,
  createCommandQueue,
  type Admission,
  type Outcome,
  runCommand,
  runCommands,
} from '../../server/commands/index.ts';
import { stockIn, stocktake } from '../../server/goods/index.ts';
import { redeem, undoRedemption } from '../../server/kiosk/index.ts';
import { correct } from '../../server/proposals/correct.ts';
import { createAwards, createReversal, decide } from '../../server/proposals/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { ProposalAction } from '../../shared/proposals/states.ts';
import {
  addHouseholds,
  atOf,
  basketOf,
  decisionAtOf,
  fillVillage,
  GOODS,
  HOUSEHOLDS,
  idOf,
  kioskAtOf,
  RULES,
  VILLAGE,
} from '../support/command-village.ts';
import { type Ledger, verify } from '../support/ledger.ts';
import { openRaw } from '../support/raw.ts';
import { type Statement, statementsOf } from '../support/statements.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const COMMANDS = 64;
const TABLES = [
  ...['ledger_heads', 'accounts', 'balances', 'journal', 'postings', 'journal_texts'],
  ...['redemptions', 'redemption_lines', 'proposals', 'proposal_events', 'goods'],
];

type Maker = (ledger: Ledger) => Call<unknown>;

/** Repeatable numbers of 0…below−1. */
function diceOf(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pick<T>(dice: (below: number) => number, all: readonly T[]): T {
  const one = all[dice(all.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

/** Commands of all kinds that act on the same few households and on what commands before them made. */
function commandsOf(seed: number): Maker[] {
  const dice = diceOf(seed);
  const redeemed: number[] = [];
  const proposed: string[] = [];
  return Array.from({ length: COMMANDS }, (_, n): Maker => {
    const household = pick(dice, dice(10) === 0 ? HOUSEHOLDS : HOUSEHOLDS.slice(0, 3));
    const goodsId = pick(dice, GOODS);
    const quantity = 1 + dice(3);
    const kind = dice(100);
    if (kind < 35) {
      redeemed.push(n);
      return (ledger) => redeem.with(basketOf(household, goodsId, quantity), kioskAtOf(ledger, n));
    }
    if (kind < 45) {
      const id = idOf(redeemed.at(dice(4) === 0 ? -2 : -1) ?? 0, 1);
      return (ledger) => undoRedemption.with({ id }, kioskAtOf(ledger, n));
    }
    if (kind < 60) {
      const some = Array.from(new Set([household, pick(dice, HOUSEHOLDS.slice(0, 3))]));
      const award = { ruleId: pick(dice, RULES), householdIds: some, note: '扫街' };
      proposed.push(...some.map((_one, index) => idOf(n, 2 + index)));
      return (ledger) => createAwards.with(award, atOf(ledger, n));
    }
    if (kind < 80) {
      const action = pick(dice, ['approve', 'approve', 'approve', 'return', 'withdraw', 'resubmit'] as const);
      const by = action === 'approve' || action === 'return' ? 'approver' : 'proposer';
      const last = proposed.at(-1) ?? 'none';
      const ids = dice(3) === 0 ? Array.from(new Set([pick(dice, [...proposed, last]), last])) : [last];
      return (ledger) => decide.with({ action, ids, reason: '核对' }, decisionAtOf(ledger, n, by));
    }
    if (kind < 86) {
      const number = 1 + dice(20);
      proposed.push(idOf(n, 2));
      return (ledger) => createReversal.with({ number, reason: '重复' }, atOf(ledger, n));
    }
    if (kind < 90) {
      const wanted = { ids: [proposed.at(-1) ?? 'none'], ruleId: pick(dice, RULES), note: '更正' };
      return (ledger) => correct.with(wanted, decisionAtOf(ledger, n, 'proposer'));
    }
    const at = { goodsId: pick(dice, GOODS), counted: dice(40) };
    return kind < 95
      ? (ledger) =>
          stockIn.with({ ...at, quantity, totalCostFen: 777, source: 'bought', note: '' }, atOf(ledger, n))
      : (ledger) => stocktake.with({ ...at, reason: '盘点' }, atOf(ledger, n));
  });
}

/** Commands in an order in which each must see what the one before it did, though both were read for together. */
function closeCommands(): Maker[] {
  const makers: Maker[] = [];
  const add = (make: (ledger: Ledger, n: number) => Call<unknown>): number => {
    const n = makers.length;
    makers.push((ledger) => make(ledger, n));
    return n;
  };
  const take = (household: string, goodsId: (typeof GOODS)[number]) =>
    add((ledger, n) => redeem.with(basketOf(household, goodsId, 1), kioskAtOf(ledger, n)));
  const undo = (redeemed: number) =>
    add((ledger, n) => undoRedemption.with({ id: idOf(redeemed, 1) }, kioskAtOf(ledger, n)));
  const award = (ruleId: string, ...householdIds: string[]) =>
    add((ledger, n) => createAwards.with({ ruleId, householdIds, note: '' }, atOf(ledger, n)));
  const reversal = (number: number) =>
    add((ledger, n) => createReversal.with({ number, reason: '重复' }, atOf(ledger, n)));
  const act = (action: ProposalAction, id: string | string[], by: 'approver' | 'proposer' = 'approver') =>
    add((ledger, n) =>
      decide.with({ action, ids: [id].flat(), reason: '核对' }, decisionAtOf(ledger, n, by)),
    );
  // Refused, but the proposal is read for it together with all that follows.
  const look = (id: string) => act('return', id, 'proposer');

  const undone = take('h1', 'salt'); // entry 7
  undo(undone);
  undo(undone);
  const first = take('h1', 'salt'); // 9
  take('h2', 'salt');
  undo(first);
  add((ledger, n) =>
    stockIn.with(
      { goodsId: 'hoe', quantity: 5, totalCostFen: 900, source: 'bought', note: '' },
      atOf(ledger, n),
    ),
  );
  take('h1', 'hoe');
  const deeds = [1, 2, 3].map(() => award('capped', 'h1'));
  award('capped', 'h1');
  for (const deed of deeds) act('approve', idOf(deed, 2)); // 13, 14, 15
  const back = reversal(13);
  look(idOf(back, 2));
  act('approve', idOf(back, 2));
  award('capped', 'h1');
  reversal(13);
  reversal(9);
  reversal(9);
  const taken = take('h2', 'salt'); // 17
  const late = reversal(17);
  look(idOf(late, 2));
  undo(taken);
  act('approve', idOf(late, 2));
  const again = take('h2', 'salt'); // 19
  const office = reversal(19);
  look(idOf(office, 2));
  act('approve', idOf(office, 2));
  undo(again);
  const batch = award('free', 'h1', 'h2');
  add((ledger, n) => {
    const batches = [{ batchId: idOf(batch, 1), mark: 'seen before', except: [] }];
    return decide.with({ action: 'withdraw', batches, reason: '' }, decisionAtOf(ledger, n, 'proposer'));
  });
  const once = reversal(10);
  act('return', idOf(once, 2));
  const twice = reversal(10);
  act('resubmit', idOf(once, 2), 'proposer');
  act('approve', [idOf(once, 2), idOf(twice, 2)]);
  return makers;
}

/** How the close commands end, whatever they share. */
const CLOSE_ENDS = [
  ...['done', 'done', 'redemption.undone', 'done', 'done', 'redemption.undo_late', 'done', 'done'],
  ...[
    'done',
    'done',
    'done',
    'rule.cap_times',
    'done',
    'done',
    'done',
    'done',
    'auth.forbidden',
    'done',
    'done',
  ],
  ...['ledger.already_reversed', 'done', 'proposal.reversal_waiting'],
  ...['done', 'done', 'auth.forbidden', 'done', 'ledger.already_reversed'],
  ...['done', 'done', 'auth.forbidden', 'done', 'redemption.undone', 'done', 'proposal.changed'],
  ...['done', 'done', 'done', 'done', 'ledger.already_reversed'],
];

describe.each(ENGINES)('commands of one commit on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('compared with the same commands one by one', () => {
    const opened: TestStore[] = [];
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.remove();
    });

    async function village(): Promise<{ test: TestStore; ledger: Ledger }> {
      const own = await openTestStore(engine);
      opened.push(own);
      return { test: own, ledger: await fillVillage(own.store) };
    }

    const seeds = process.env.JISHAN_LONG ? 60 : 6;
    test.each(Array.from({ length: seeds }, (_, seed) => seed + 1))(
      'answer, refuse and write the same, to the byte (seed %i)',
      async (seed) => {
        const { answers, waves } = await compare(commandsOf(seed));
        // One by one there would be a wave for each.
        expect(waves).toBeLessThan(COMMANDS / 2);
        expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(COMMANDS / 4);
      },
    );

    test('see what the ones before them did, also where all were read for together', async () => {
      const { answers } = await compare(closeCommands());
      const ends = answers.map((one) => (one.ok ? 'done' : (one.error as Refusal).code));
      expect(ends).toEqual(CLOSE_ENDS);
    });

    async function compare(makers: readonly Maker[]) {
      const [together, apart] = [await village(), await village()];
      let waves = 0;
      const observer = { onWritten: () => undefined, ran: (_: number, took: number) => (waves += took) };
      const answers: Outcome<unknown>[] = [];
      while (answers.length < makers.length) {
        const rest = makers.slice(answers.length).map((make) => () => Promise.resolve(make(together.ledger)));
        const work = (tx: Tx) => runCommands(tx, VILLAGE, rest, observer);
        answers.push(...(await together.test.store.transaction(work, VILLAGE)));
      }
      const single: Outcome<unknown>[] = [];
      for (const make of makers) {
        const opening = () => Promise.resolve(make(apart.ledger));
        const work = (tx: Tx) => runCommands(tx, VILLAGE, [opening]);
        single.push(...(await apart.test.store.transaction(work, VILLAGE)));
      }
      expect(answers.map(told)).toEqual(single.map(told));
      expect(await rowsOf(together.test)).toEqual(await rowsOf(apart.test));
      expect((await verify(together.test.store, VILLAGE)).ok).toBe(true);
      return { answers, waves };
    }
  });
});

/** An answer as it is, or the refusal with its figures. */
function told(outcome: Outcome<unknown>): unknown {
  if (outcome.ok) return outcome.answer;
  if (outcome.error instanceof Refusal) return { code: outcome.error.code, params: outcome.error.params };
  throw outcome.error;
}

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
      const run = await statementsOf(() =>
        own.store.transaction(
          (tx) =>
            runCommands(
              tx,
              VILLAGE,
              commandsOf(3).map((make) => () => Promise.resolve(make(ledger))),
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
      expect(texts.size).toBeGreaterThan(15);
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

    /** An observer that notes how many commands ran together, each time. */
    const noting = (ran: number[]) => ({
      opened: () => undefined,
      onWritten: () => undefined,
      ran: (commands: number) => void ran.push(commands),
    });

    const propose = (n: number, ...householdIds: string[]) =>
      createAwards.with({ ruleId: 'free', householdIds, note: '' }, atOf(ledger, n));

    test.each([
      // Each writes two rows for a household.
      { households: 1, commands: 150, together: [150] },
      { households: 10, commands: 150, together: [100, 50] },
    ])('fills a commit with rows: $commands commands of $households households', async (given) => {
      const ran: number[] = [];
      const queue = createCommandQueue(own.store, noting(ran));
      const some = await addHouseholds(own.store, given.households);
      const all = Array.from({ length: given.commands }, (_, n) => () => Promise.resolve(propose(n, ...some)));
      await Promise.all(all.map((one) => queue.run(VILLAGE, one)));
      expect(ran).toEqual(given.together);
    });

    test('gives a thousand approvals a commit of their own, in their turn', async () => {
      const many = await addHouseholds(own.store, 1000);
      const { ids } = await own.store.transaction((tx) => runCommand(tx, VILLAGE, propose(1, ...many)));
      const ran: number[] = [];
      const queue = createCommandQueue(own.store, noting(ran));
      const approval = decide.with(
        { action: 'approve', ids, reason: '' },
        decisionAtOf(ledger, 2, 'approver'),
      );
      let turns = 0;
      let isDone = false;
      const turn = () => {
        turns += 1;
        if (!isDone) setImmediate(turn);
      };
      setImmediate(turn);
      const [, , approved] = await Promise.all([
        ...[queue.run(VILLAGE, open(3)), queue.run(VILLAGE, open(4))],
        queue.run(VILLAGE, () => Promise.resolve(approval)),
        queue.run(VILLAGE, open(5)),
      ]);
      isDone = true;
      expect(approved.journalNumbers).toHaveLength(1000);
      expect(ran).toEqual([2, 1, 1]);
      // Readers are answered between its parts: three commits alone would take some three turns.
      expect(turns).toBeGreaterThan(9);
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
