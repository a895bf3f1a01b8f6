import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Tx } from '../../db/index.ts';
import { type Outcome, runCommands } from '../../server/commands/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { ProposalAction } from '../../shared/proposals/states.ts';
import { fillVillage, type GOODS, idOf, NOW_MS, VILLAGE } from '../support/command-village.ts';
import { ledgerOfCommand } from '../support/books.ts';
import { verify } from '../support/ledger.ts';
import { commandsOf, type Maker, makers, type Step } from '../support/mixed-commands.ts';
import { openRaw } from '../support/raw.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const runs = process.env.JISHAN_LONG ? 30 : 5;
const TABLES = [
  ...['ledger_heads', 'accounts', 'balances', 'journal', 'postings', 'journal_texts', 'commands'],
  ...[
    'redemptions',
    'redemption_lines',
    'returns',
    'return_lines',
    'proposals',
    'proposal_events',
    'goods',
    'households',
  ],
];

const chance = fc.nat(99);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ kind: chance, household: chance, goods: chance, target: chance, again: chance }),
  { minLength: 40, maxLength: 72, size: 'max' },
);

/** Commands in an order in which each must see what the one before it did, though both were read for together. */
function closeCommands(): Maker[] {
  const all: Maker[] = [];
  const add = (make: (n: number) => Maker): number => all.push(make(all.length)) - 1;
  const take = (household: string, goodsId: (typeof GOODS)[number]) =>
    add((n) => makers.take(n, household, goodsId));
  const undo = (redeemed: number) => add((n) => makers.undo(n, redeemed));
  const award = (ruleId: string, ...households: string[]) => add((n) => makers.award(n, ruleId, households));
  const reversal = (number: number) => add((n) => makers.reversal(n, number));
  const act = (action: ProposalAction, id: string | string[], by: 'approver' | 'proposer' = 'approver') =>
    add((n) => makers.act(n, action, [id].flat(), by));
  // Refused, but the proposal is read for it together with all that follows.
  const look = (id: string) => act('return', id, 'proposer');

  const undone = take('h1', 'salt'); // entry 7
  undo(undone);
  undo(undone);
  const first = take('h1', 'salt'); // 9
  take('h2', 'salt');
  undo(first);
  add((n) => makers.stockIn(n, 'hoe', 5));
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
  add((n) => makers.withdrawBatch(n, idOf(batch, 1)));
  const once = reversal(10);
  act('return', idOf(once, 2));
  const twice = reversal(10);
  act('resubmit', idOf(once, 2), 'proposer');
  act('approve', [idOf(once, 2), idOf(twice, 2)]);
  const kept = add((n) => makers.take(n, 'h1', 'salt', 2));
  add((n) => makers.back(n, kept, 'salt', 1));
  add((n) => makers.back(n, kept, 'salt', 2));
  add((n) => makers.back(n, kept, 'hoe', 1));
  undo(kept);
  add((n) => makers.back(n, kept, 'salt', 1));
  add((n) => makers.back(n, kept, 'salt', 1));
  return all;
}

/** How the close commands end, whatever they share. */
const CLOSE_ENDS = [
  ...['done', 'done', 'redemption.undone', 'done', 'done', 'redemption.undo_late', 'done', 'done'],
  ...['done', 'done', 'done', 'rule.cap_times', 'done', 'done', 'done'],
  ...['done', 'auth.forbidden', 'done', 'done'],
  ...['ledger.already_reversed', 'done', 'proposal.reversal_waiting'],
  ...['done', 'done', 'auth.forbidden', 'done', 'ledger.already_reversed'],
  ...['done', 'done', 'auth.forbidden', 'done', 'redemption.undone', 'done', 'proposal.changed'],
  ...['done', 'done', 'done', 'done', 'ledger.already_reversed'],
  ...['done', 'done', 'redemption.returned', 'goods.not_found'],
  ...['redemption.partly_returned', 'done', 'redemption.returned'],
];

/** The same of holds, whole batches, opening stock, keys and changes of a household. */
function closeOfOtherKinds(): { readonly makers: Maker[]; readonly ends: string[] } {
  const all: Maker[] = [];
  const ends: string[] = [];
  const add = (end: string, make: (n: number) => Maker): number => {
    ends.push(end);
    return all.push(make(all.length)) - 1;
  };
  const repeat = (end: string, n: number) => {
    const maker = all[n];
    if (maker) add(end, () => maker);
  };
  const held = add('done', (n) => makers.hold(n, 'h1', 29_000)); // entry 7
  add('ledger.points_short', (n) => makers.hold(n, 'h1', 2000));
  add('ledger.hold_exceeded', (n) => makers.endHold(n, 7, 29_001));
  add('household.held', (n) => makers.leave(n, 'h1'));
  repeat('again', held);
  add('idempotency.conflict', () => makers.take(held, 'h1', 'salt'));
  add('done', (n) => makers.endHold(n, 7, 300)); // 8
  add('ledger.hold_resolved', (n) => makers.endHold(n, 7, 0));
  add('ledger.hold_not_found', (n) => makers.endHold(n, 8, 0));
  add('ledger.not_reversible', (n) => makers.reversal(n, 7));
  add('done', (n) => makers.hold(n, 'h1', 20_000)); // 9
  add('done', (n) => makers.endHold(n, 9, 0)); // 10
  add('done', (n) => makers.hold(n, 'h1', 20_000)); // 11

  const opened = add('done', (n) => makers.open(n, ['hoe'])); // 12
  add('goods.on_shelf', (n) => makers.open(n, ['hoe']));
  repeat('again', opened);
  add('change.needs_second', (n) => makers.count(n, 'hoe', 0));
  add('done', (n) => makers.countAgreed(n, 'hoe', 0)); // 13
  add('done', (n) => makers.open(n, ['hoe', 'hoe'].slice(1))); // 14
  add('goods.no_stock', (n) => makers.open(n, ['haircut']));

  const batch = add('done', (n) => makers.award(n, 'free', ['h1', 'h2']));
  const ids = [idOf(batch, 2), idOf(batch, 3)];
  add('proposal.not_found', (n) => makers.reverseBatch(n, idOf(batch, 1)));
  const approved = add('done', (n) => makers.act(n, 'approve', ids)); // 15, 16
  repeat('again', approved);
  add('proposal.state', (n) => makers.act(n, 'approve', ids));
  add('proposal.state', (n) => makers.withdrawBatch(n, idOf(batch, 1)));
  const wrong = add('done', (n) => makers.reverseBatch(n, idOf(batch, 1)));
  add('proposal.nothing_to_reverse', (n) => makers.reverseBatch(n, idOf(batch, 1)));
  add('done', (n) => makers.act(n, 'approve', [idOf(wrong, 2), idOf(wrong, 3)])); // 17, 18
  add('proposal.nothing_to_reverse', (n) => makers.reverseBatch(n, idOf(batch, 1)));

  // A refused key stays free.
  const dear = add('goods.limit', (n) => makers.take(n, 'h3', 'rice', 3));
  add('done', () => makers.take(dear, 'h3', 'salt'));
  // Its approval is work of its own, in the midst of the others.
  const leaving = add('done', (n) => makers.leave(n, 'h2'));
  const left = add('done', (n) => makers.act(n, 'approve', [idOf(leaving, 2)]));
  repeat('again', left);
  add('household.closed', (n) => makers.take(n, 'h2', 'salt'));
  add('done', (n) => makers.take(n, 'h3', 'salt'));
  // All that comes in counts for the day, also within the same commit.
  add('done', (n) => makers.stockIn(n, 'salt', 3));
  add('done', (n) => makers.stockIn(n, 'salt', 3));
  add('change.needs_second', (n) => makers.stockIn(n, 'salt', 1));
  return { makers: all, ends };
}

describe.each(ENGINES)('commands of one commit on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('compared with the same commands one by one', () => {
    const opened: TestStore[] = [];
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.remove();
    });

    async function village(): Promise<TestStore> {
      const own = await openTestStore(engine);
      opened.push(own);
      await fillVillage(own.store);
      return own;
    }

    test('answer, refuse and write the same, to the byte', async () => {
      let waves = 0;
      let commands = 0;
      await fc.assert(
        fc.asyncProperty(steps, async (some) => {
          const told = await compare(commandsOf(some));
          waves += told.waves;
          commands += told.answers.length;
          for (const one of opened.splice(0)) await one.remove();
        }),
        // A failure is made smaller for as long as the test may take.
        { numRuns: runs, plugins: [fc.interruptAfterTimeLimit(200_000, { failOnInterrupt: true })] },
      );
      // One by one there would be a wave for each.
      expect(waves).toBeLessThan(commands / 2);
    });

    test('see what the ones before them did, also where all were read for together', async () => {
      const { answers } = await compare(closeCommands());
      expect(answers.map(endOf)).toEqual(CLOSE_ENDS);
    });

    test('see holds, whole batches, opening stock and keys of the ones before them', async () => {
      const { makers: all, ends } = closeOfOtherKinds();
      const { answers } = await compare(all);
      expect(answers.map(endOf)).toEqual(ends);
    });

    /** Runs as many of these in one transaction as it takes. A command with work of its own ends it when it refuses. */
    async function give(
      { store }: TestStore,
      some: readonly Maker[],
      place: number,
      ran: (commands: number, waves: number) => void = () => undefined,
    ): Promise<Outcome<unknown>[]> {
      const openings = some.map((make, index) => {
        const ledger = ledgerOfCommand(NOW_MS + (place + index) * 1000);
        return () => Promise.resolve(make(ledger));
      });
      const work = (tx: Tx) =>
        runCommands(tx, VILLAGE, openings, { observer: { onWritten: () => undefined, ran } });
      try {
        return await store.transaction(work, VILLAGE);
      } catch (error) {
        if (error instanceof Refusal) return [{ ok: false, error }];
        throw error;
      }
    }

    async function compare(all: readonly Maker[]) {
      const [together, apart] = [await village(), await village()];
      let waves = 0;
      const answers: Outcome<unknown>[] = [];
      while (answers.length < all.length)
        answers.push(
          ...(await give(together, all.slice(answers.length), answers.length, (_, took) => (waves += took))),
        );
      const single: Outcome<unknown>[] = [];
      for (const [place, make] of all.entries()) single.push(...(await give(apart, [make], place)));
      expect(answers.map(told)).toEqual(single.map(told));
      expect(await rowsOf(together)).toEqual(await rowsOf(apart));
      expect((await verify(together.store, VILLAGE)).ok).toBe(true);
      return { answers, waves };
    }
  });
});

function endOf(one: Outcome<unknown>): string {
  if (!one.ok) return (one.error as Refusal).code;
  return 'kept' in (one.answer as object) ? 'again' : 'done';
}

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
