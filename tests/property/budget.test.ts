/** No sequence of acts over months gives more than a month's budget, and the book always verifies. */
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { and, eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../db/store.ts';
import { budgetClosing } from '../../server/budget/close-months.ts';
import { refillMonth } from '../../server/budget/index.ts';
import { runCommand } from '../../server/commands/index.ts';
import { addHousehold } from '../../server/households/index.ts';
import { readVillage } from '../../server/http/index.ts';
import { balancesOfKind } from '../../server/ledger/index.ts';
import { createAwards, createReversal, decide, ownKinds } from '../../server/proposals/index.ts';
import { addRules } from '../../server/rules/index.ts';
import { createStaff } from '../../server/staff/index.ts';
import { createVillage, updateVillage } from '../../server/village/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { PLAIN_RULE } from '../support/capped.ts';
import { createLedger, verifyBook } from '../support/ledger.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const runs = process.env.JISHAN_LONG ? 100 : 12;
const FIRST_MS = Date.parse('2027-03-25T12:00:00+08:00');
const HOUSEHOLDS = 6;
const AWARD = 500;
/** The heads of the two rules. Only the first ever has a part of its own. */
const HEADS = ['五美家庭', '乡风家风'] as const;

const command = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('award' as const),
      rule: fc.nat({ max: 1 }),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('reverse' as const), which: fc.nat({ max: 40 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('days' as const), days: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('close' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('set' as const),
      total: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 4 }),
      own: fc.option(fc.nat({ max: 8 })),
    }),
  },
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

/** A month as the acts alone tell of it. */
interface Month {
  /** The largest budget that the month has had; the sum of its awards is never more. */
  most: number;
  /** Awards that the month's budget gave, less those that were taken back within it. */
  given: number;
}

class Village {
  readonly id: string;
  readonly months = new Map<string, Month>();
  /** Entries of awards with the month in whose budget they count; null: there was none. */
  readonly awards: { number: number; points: number; month: string | null }[] = [];
  private nowMs = FIRST_MS;
  private budget: { total: number | null; own: number | null } = { total: null, own: null };
  private readonly test: TestStore;
  private readonly ledger = createLedger({ clock: () => this.nowMs });
  private made = 0;

  constructor(test: TestStore, id: string) {
    this.test = test;
    this.id = id;
  }

  get today(): string {
    return new Date(this.nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
  }

  get month(): Month {
    const name = this.today.slice(0, 7);
    const known = this.months.get(name) ?? { most: this.budget.total ?? 0, given: 0 };
    this.months.set(name, known);
    known.most = Math.max(known.most, this.budget.total ?? 0);
    return known;
  }

  async open(): Promise<void> {
    await this.in(async (tx) => {
      const made = { id: this.id, bookId: `book-${this.id}`, name: '前洼村', town: '谷旦镇', isDemo: false };
      await createVillage(tx, this.ledger, { ...made, nowMs: FIRST_MS, settings: DEFAULT_SETTINGS });
    });
    await this.in(async (tx) => {
      const { code: _code, ...fields } = PLAIN_RULE;
      const rules = HEADS.map((category, place) => ({
        id: `rule${String(place)}`,
        code: `A${String(place)}`,
        fields: { ...fields, category },
      }));
      await addRules(tx, this.id, rules, { actorId: 'admin', nowMs: FIRST_MS });
      for (let n = 0; n < HOUSEHOLDS; n += 1) {
        const household = { group: '', head: `户主${String(n)}`, size: null, phone: null, note: '' };
        const ink = { nowMs: FIRST_MS, randomInt: (below: number) => randomInt(below) };
        await addHousehold(tx, this.id, { id: `${this.id}-h${String(n)}`, ...household }, ink);
      }
      for (const [id, role] of [
        ['committee', 'committee'],
        ['approver', 'approver'],
      ] as const)
        await createStaff(tx, {
          ...{ villageId: this.id, id, username: `${id}.${this.id}`, displayName: id, passwordHash: 'none' },
          ...{ mustChangePassword: false, unconfirmedBy: null, roles: [role], nowMs: FIRST_MS },
          householdIds: [],
        });
    });
  }

  async act(c: Command): Promise<string> {
    if (c.act === 'days') {
      this.nowMs += c.days * DAY_MS;
      return 'days';
    }
    if (c.act === 'close') {
      await Promise.all([this.close(), this.close()]);
      return 'close';
    }
    try {
      await this.in((tx) => this.do(tx, c));
      return c.act;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.code;
    }
  }

  close(): Promise<void> {
    const { signal } = new AbortController();
    const at = { store: this.test.store, clock: () => this.nowMs, logger: pino({ level: 'silent' }), signal };
    return budgetClosing({ ledger: this.ledger }).run(at);
  }

  async isSound(): Promise<void> {
    const { bad } = await this.test.store.read((reader) => verifyBook(reader, this.id));
    expect(bad).toBeNull();
    for (const { balance } of await this.balances()) expect(balance).toBeGreaterThanOrEqual(0);
    for (const [name, { most, given }] of this.months) expect([name, given <= most]).toEqual([name, true]);
  }

  balances() {
    return this.test.store.read((reader) => balancesOfKind(reader, this.id, 'budget'));
  }

  private async do(tx: Tx, c: Exclude<Command, { act: 'days' | 'close' }>): Promise<void> {
    const village = await readVillage(tx, this.id);
    if (!village) throw new Error('the village is gone');
    const { settings } = village;
    const newId = () => `${this.id}-${String((this.made += 1)).padStart(6, '0')}`;
    const at = (id: 'committee' | 'approver') => ({
      ...{ tx, village, villageId: this.id, actorId: id, nowMs: this.nowMs, today: this.today, newId },
      actor: { kind: 'staff', id, roles: [id], confirmedAtMs: 0, householdIds: [] } as const,
    });
    const approve = async (ids: readonly string[]) => {
      const work = { ...at('approver'), ledger: this.ledger, settings, kinds: ownKinds };
      const deciding = { ...work, randomInt: (below: number) => randomInt(below) };
      const call = decide.with({ action: 'approve', ids: [...ids], reason: '' }, deciding);
      return (await runCommand(tx, this.id, call)).journalNumbers;
    };
    if (c.act === 'set') {
      const total = c.total === null ? null : c.total * AWARD;
      const own = c.own === null || total === null ? null : Math.min(c.own * AWARD, total);
      const heads = own === null ? [] : [{ head: HEADS[0], hundredths: own }];
      const next = await updateVillage(tx, this.id, {
        settings: { budgetHundredths: total, budgetHeads: heads },
      });
      await refillMonth(tx, this.ledger, at('approver'), next.settings);
      this.budget = { total, own };
      void this.month;
      return;
    }
    if (c.act === 'reverse') {
      const award = this.awards[c.which % Math.max(1, this.awards.length)];
      if (!award) throw new Refusal('ledger.entry_not_found');
      const asked = { number: award.number, reason: '重复' };
      const { id } = await runCommand(
        tx,
        this.id,
        createReversal.with(asked, { ...at('committee'), ledger: this.ledger }),
      );
      await approve([id]);
      this.awards.splice(this.awards.indexOf(award), 1);
      if (award.month === this.today.slice(0, 7)) this.month.given -= award.points;
      return;
    }
    const ruleId = `rule${String(c.rule)}`;
    const householdIds = Array.from({ length: c.count }, (_, n) => `${this.id}-h${String(n)}`);
    const award = { ruleId, note: '', effectiveOn: this.today, householdIds };
    const { ids } = await runCommand(tx, this.id, createAwards.with(award, at('committee')));
    const numbers = await approve(ids);
    const month = this.budget.total === null ? null : this.today.slice(0, 7);
    this.awards.push(...numbers.map((number) => ({ number, points: AWARD, month })));
    if (month !== null) this.month.given += AWARD * numbers.length;
  }

  private in<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.test.store.transaction(work);
  }
}

describe.each(ENGINES)('awards under a monthly budget, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('in any order, while months go by', () => {
    let test: TestStore;
    let villages = 0;
    beforeAll(async () => {
      test = await openTestStore(engine);
    });
    afterAll(() => test.remove());

    it('never give more than the month’s budget, and the book verifies', async () => {
      const seen = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(
          fc.array(command, { minLength: 25, maxLength: 60, size: 'max' }),
          async (commands) => {
            const village = new Village(test, `v${String((villages += 1))}`);
            await village.open();
            for (const c of commands) {
              const what = await village.act(c);
              seen.set(what, (seen.get(what) ?? 0) + 1);
            }
            await village.isSound();
            await village.close();
            const month = village.today.slice(0, 7);
            const left = (await village.balances()).filter(({ balance }) => balance > 0);
            expect(left.every(({ id }) => id.startsWith(`budget:${month}`))).toBe(true);
            await village.isSound();
            // There are as many entries as awards that stand: none was booked twice.
            const booked = await test.store.read(({ db, t: { journal } }) =>
              db.$count(journal, and(eq(journal.villageId, village.id), eq(journal.kind, 'reversal'))),
            );
            const awarded = await test.store.read(({ db, t: { journal } }) =>
              db.$count(journal, and(eq(journal.villageId, village.id), eq(journal.kind, 'award'))),
            );
            expect(awarded - booked).toBe(village.awards.length);
          },
        ),
        { numRuns: runs },
      );
      // A run that refuses nothing, or everything, would prove nothing.
      for (const what of ['award', 'reverse', 'set', 'days', 'close', 'budget.used_up'])
        expect([what, (seen.get(what) ?? 0) > 0]).toEqual([what, true]);
    });
  });
});
