import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../db/store.ts';
import {
  createAwards,
  createChange,
  createReversal,
  decide,
  ownKinds,
} from '../../server/proposals/index.ts';
import { runCommand } from '../../server/commands/index.ts';
import { addHousehold, getHousehold, reopenHousehold } from '../../server/households/index.ts';
import { createStaff } from '../../server/staff/index.ts';
import { createLedger, entries, trialBalance, verify } from '../support/ledger.ts';
import { addRules } from '../../server/rules/index.ts';
import { createVillage } from '../../server/village/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const runs = process.env.JISHAN_LONG ? 200 : 25;
const TODAY = '2026-05-04';
const FIRST_HOUSEHOLDS = 4;

const command = fc.record({
  act: fc.constantFrom(
    'award',
    'award',
    'award',
    'split',
    'split',
    'merge',
    'leave',
    'give',
    'reverse',
    'reverse',
    'reopen',
  ),
  /** An index into the present households. A larger one wraps around. */
  one: fc.nat({ max: 30 }),
  other: fc.nat({ max: 30 }),
  points: fc.integer({ min: 1, max: 40 }),
});
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

const NO_ENTRY = 1_000_000;

interface ModelEntry {
  readonly moves: readonly (readonly [household: number, amount: number])[];
  readonly isReversal: boolean;
  reversed: boolean;
}

/** A model of the households. It predicts each act's answer and everybody's balance. */
class Model {
  readonly households = Array.from({ length: FIRST_HOUSEHOLDS }, () => ({ balance: 0, isOpen: true }));
  readonly entries: ModelEntry[] = [];

  /** Returns 'ok' or the code of the refusal. A refused act changes nothing. */
  act({ act, one: at, other: target, points }: Command): string {
    const one = this.household(at);
    const other = this.household(target);
    switch (act) {
      case 'award':
        return one.isOpen ? this.post([[this.index(at), points]]) : 'household.closed';
      case 'split':
        if (!one.isOpen) return 'household.closed';
        if (points > one.balance) return 'household.split_points';
        return this.split(this.index(at), points);
      case 'merge':
      case 'give':
        if (!one.isOpen) return 'household.closed';
        if (one === other) return 'household.same';
        return other.isOpen ? this.close(this.index(at), this.index(target)) : 'household.closed';
      case 'leave':
        return one.isOpen ? this.close(this.index(at), null) : 'household.closed';
      case 'reopen':
        if (one.isOpen) return 'household.open';
        one.isOpen = true;
        return 'ok';
      case 'reverse':
        return this.reverse(at);
    }
  }

  index(at: number): number {
    return at % this.households.length;
  }

  /** The entry number of a choice. One past the last does not exist. */
  entryNumber(at: number): number {
    return (at % (this.entries.length + 1)) + 1;
  }

  private household(at: number) {
    const found = this.households[at % this.households.length];
    if (!found) throw new Error('no household');
    return found;
  }

  private split(from: number, points: number): string {
    const fresh = this.households.push({ balance: 0, isOpen: true }) - 1;
    return this.post([
      [from, -points],
      [fresh, points],
    ]);
  }

  private close(from: number, to: number | null): string {
    const { balance } = this.household(from);
    if (balance !== 0) {
      const gains = to === null ? [] : [[to, balance] as const];
      this.post([[from, -balance], ...gains]);
    }
    this.household(from).isOpen = false;
    return 'ok';
  }

  private reverse(at: number): string {
    const entry = this.entries[this.entryNumber(at) - 1];
    if (!entry) return 'ledger.entry_not_found';
    if (entry.reversed) return 'ledger.already_reversed';
    if (entry.isReversal) return 'ledger.not_reversible';
    if (entry.moves.some(([household]) => !this.household(household).isOpen)) return 'household.closed';
    const back = entry.moves.map(([household, amount]) => [household, -amount] as const);
    if (back.some(([household, amount]) => this.household(household).balance + amount < 0))
      return 'ledger.points_short';
    entry.reversed = true;
    return this.post(back, true);
  }

  private post(moves: ModelEntry['moves'], isReversal = false): string {
    for (const [household, amount] of moves) this.household(household).balance += amount;
    this.entries.push({ moves, isReversal, reversed: false });
    return 'ok';
  }
}

/** Does the same acts through the program. One person proposes and another approves. */
class Village {
  readonly id: string;
  readonly households: string[] = [];
  private readonly test: TestStore;
  private readonly ledger = createLedger({ clock: () => 1_780_000_000_000 });
  private made = 0;

  constructor(test: TestStore, id: string) {
    this.test = test;
    this.id = id;
  }

  async open(): Promise<void> {
    const common = { name: '前洼村', town: '谷旦镇', isDemo: false, nowMs: 1 };
    await this.in((tx) =>
      createVillage(tx, this.ledger, { id: this.id, bookId: `book-${this.id}`, ...common }),
    );
    await this.in((tx) => this.addRule(tx));
    await this.in((tx) => this.addApprover(tx));
    for (let n = 0; n < FIRST_HOUSEHOLDS; n += 1) {
      const id = this.newId();
      const fields = { group: '', head: `户主${String(n)}`, size: null, phone: null, note: '' };
      await this.in((tx) => addHousehold(tx, this.id, { id, ...fields }, this.ink()));
      this.households.push(id);
    }
  }

  async act(c: Command, model: Model): Promise<string> {
    try {
      if (c.act === 'reopen') await this.in((tx) => reopenHousehold(tx, this.id, this.at(c.one), this.ink()));
      else await this.approve(await this.in((tx) => this.propose(tx, c, model)), c);
      return 'ok';
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }

  private async propose(tx: Tx, c: Command, model: Model): Promise<string> {
    const work = this.work(tx, 'proposer');
    const [one, other] = [this.at(c.one), this.at(c.other)];
    const reason = '村里商定';
    type Body = Parameters<typeof createChange.with>[0]['body'];
    const change = async (body: Body) =>
      (await runCommand(tx, this.id, createChange.with({ householdId: one, body }, work))).id;
    if (c.act === 'award') {
      const award = { ruleId: 'rule', householdIds: [one], points: c.points, note: '' };
      return (await runCommand(tx, this.id, createAwards.with(award, work))).ids[0] ?? '';
    }
    if (c.act === 'reverse') {
      // Acts stand between the entries that move something. One past the last does not exist.
      const { items: moving } = await entries(tx, this.id, { limit: 10_000 });
      const number = moving.at(-model.entryNumber(c.one))?.number ?? NO_ENTRY;
      const wanted = { number, reason };
      const reversing = createReversal.with(wanted, { ...work, ledger: this.ledger });
      return (await runCommand(tx, this.id, reversing)).id;
    }
    if (c.act === 'split') {
      const fresh = { group: '', head: '新户' };
      return change({ kind: 'split', fresh, points: c.points, reason });
    }
    if (c.act === 'merge') return change({ kind: 'merge', intoId: other, reason });
    const toId = c.act === 'give' ? other : null;
    return change({ kind: 'departure', toId, reason });
  }

  /** A proposal that cannot be approved is returned, because an open one would block the household's next change. */
  private async approve(id: string, { act }: Command): Promise<void> {
    try {
      await this.decide('approve', id);
    } catch (error) {
      await this.decide('return', id);
      throw error;
    }
    if (act !== 'split') return;
    const fresh = await this.test.store.read(async (reader) => {
      const rows = await reader.db.select().from(reader.t.proposals);
      const change = rows.find((row) => row.id === id && row.villageId === this.id)?.change;
      return change?.kind === 'split' ? change.fresh.id : '';
    });
    this.households.push(fresh);
  }

  private decide(action: 'approve' | 'return', id: string): Promise<unknown> {
    const actor = {
      kind: 'staff',
      id: 'approver',
      roles: ['approver'],
      householdIds: [],
      confirmedAtMs: 0,
    } as const;
    return this.in((tx) => {
      const at = {
        ...{ ...this.work(tx, actor.id), actor, ledger: this.ledger, settings: DEFAULT_SETTINGS },
        ...{ kinds: ownKinds, randomInt: this.ink().randomInt },
      };
      return runCommand(tx, this.id, decide.with({ action, ids: [id], reason: '核对' }, at));
    });
  }

  private async addApprover(tx: Tx): Promise<void> {
    await createStaff(tx, {
      villageId: this.id,
      id: 'approver',
      username: `approver.${this.id}`,
      displayName: '审核人',
      passwordHash: 'nobody logs in here',
      mustChangePassword: false,
      unconfirmedBy: null,
      roles: ['approver'],
      householdIds: [],
      nowMs: 1,
    });
  }

  private async addRule(tx: Tx): Promise<void> {
    const limits = { limitText: '', caps: [], enabled: true };
    const points = {
      pointsMode: 'judged',
      points: null,
      pointsMin: null,
      pointsMax: null,
      perUnit: null,
    } as const;
    const fields = { category: '五美家庭', title: '评议', proposer: '', evidence: '', ...points, ...limits };
    await addRules(tx, this.id, [{ id: 'rule', code: 'N7', fields }], { actorId: 'admin', nowMs: 1 });
  }

  private work(tx: Tx, actorId: string) {
    return { tx, villageId: this.id, nowMs: 1, today: TODAY, actorId, newId: () => this.newId() };
  }

  private at(index: number): string {
    return this.households[index % this.households.length] ?? '';
  }

  private newId(): string {
    return `${this.id}-${String((this.made += 1)).padStart(6, '0')}`;
  }

  private ink() {
    return { nowMs: 1, randomInt: (below: number) => randomInt(below) };
  }

  private in<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.test.store.transaction(work);
  }
}

describe.each(ENGINES)(
  'households that split, merge, leave and come back, on $engine',
  ({ engine, missing }) => {
    describe.skipIf(missing)('in any order', () => {
      let test: TestStore;
      let villages = 0;
      beforeAll(async () => {
        test = await openTestStore(engine);
      });
      afterAll(() => test.remove());

      it('keep every point, and leave none in an account that has ended', async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 35, size: 'max' }), async (list) => {
            const village = new Village(test, `v${String((villages += 1))}`);
            await village.open();
            const model = new Model();
            for (const one of list) {
              const answer = await village.act(one, model);
              expect(answer, JSON.stringify(one)).toBe(model.act(one));
            }
            await test.store.read(async (reader) => {
              for (const [index, expected] of model.households.entries()) {
                const found = await getHousehold(reader, village.id, village.households[index] ?? '');
                expect({ balance: found.balance, isOpen: found.state === 'active' }).toEqual(expected);
                expect(found.card === null).toBe(found.state === 'closed');
                if (found.state === 'closed') expect(found.balance).toBe(0);
              }
              const totals = await trialBalance(reader, village.id);
              expect(totals.reduce((sum, { positive, negative }) => sum + positive + negative, 0)).toBe(0);
              const held = totals.find(({ kind }) => kind === 'household');
              expect(held?.positive ?? 0).toBe(
                model.households.reduce((sum, { balance }) => sum + balance, 0),
              );
            });
            const verification = await verify(test.store, village.id);
            expect(verification).toMatchObject({ ok: true });
            // Acts stand beside the entries that move something.
            const moving = await test.store.read((reader) => entries(reader, village.id, { limit: 10_000 }));
            expect(moving.items).toHaveLength(model.entries.length);
          }),
          { numRuns: runs },
        );
      });
    });
  },
);
