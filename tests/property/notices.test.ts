/** No sequence of acts posts an award without its different people, before its notice has ended, over a cap, or twice. */
import { randomBytes, randomInt } from 'node:crypto';
import fc from 'fast-check';
import { pino } from 'pino';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../db/store.ts';
import { runCommand } from '../../server/commands/index.ts';
import { addHousehold } from '../../server/households/index.ts';
import { readVillage } from '../../server/http/index.ts';
import { bookActs } from '../../server/acts/index.ts';
import { makeNotice, putUpNotice, takeDownNotice } from '../../server/notices/keep-notice.ts';
import { postDueNotices } from '../../server/notices/post-at-end.ts';
import { createAwards, decide, ownKinds } from '../../server/proposals/index.ts';
import { addRules } from '../../server/rules/index.ts';
import { createStaff } from '../../server/staff/index.ts';
import { createVillage } from '../../server/village/index.ts';
import { addDays, DAY_MS } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { createLedger } from '../support/ledger.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';
import { PLAIN_RULE } from '../support/capped.ts';

/** Each run has a village of its own, and the clock looks at all of them. */
const runs = process.env.JISHAN_LONG ? 100 : 10;
const FIRST_DAY = '2027-03-01';
/** Noon in the village, so that a day more is a business day more. */
const FIRST_MS = Date.parse(`${FIRST_DAY}T12:00:00+08:00`);
const HOUSEHOLDS = 3;
const DAYS = 3;
/** The month holds two of each household. */
const CAP = { period: 'month', scope: 'household', times: 2, points: null } as const;

/** Two propose, one of them may also approve; two approve. The first approver is kin of the first household. */
const PEOPLE = {
  committee: ['committee'],
  both: ['committee', 'approver'],
  kin: ['approver'],
  approver: ['approver'],
  supervisor: ['supervisor'],
} as const;
type Person = keyof typeof PEOPLE;
const DECISIONS = ['approve', 'return', 'withdraw', 'resubmit', 'recall'] as const;

const command = fc.record({
  act: fc.constantFrom(
    ...(['propose', 'propose', 'propose', ...DECISIONS, 'approve', 'approve', 'approve'] as const),
    ...(['make', 'make', 'putUp', 'putUp', 'takeDown', 'day', 'days', 'days', 'clock', 'clocks'] as const),
  ),
  by: fc.constantFrom(...(Object.keys(PEOPLE) as Person[]), 'committee', 'approver', 'approver'),
  household: fc.nat({ max: HOUSEHOLDS - 1 }),
  /** An index into what there is. A larger one wraps around. */
  which: fc.nat({ max: 40 }),
});
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

interface ModelDeed {
  readonly household: number;
  readonly proposedBy: Person;
  readonly day: string;
  state: 'proposed' | 'returned' | 'withdrawn' | 'on_notice' | 'posted';
  notice: number | null;
}
interface ModelNotice {
  /** The day on which it was put up; null while it does not hang. */
  upOn: string | null;
  ended: boolean;
}

const FROM = {
  approve: 'proposed',
  return: 'proposed',
  withdraw: 'proposed',
  resubmit: 'returned',
  recall: 'on_notice',
} as const;
const TO = {
  approve: 'on_notice',
  return: 'returned',
  withdraw: 'withdrawn',
  resubmit: 'proposed',
  recall: 'returned',
} as const;

/** Every act succeeds once: chance alone may leave one of them out. */
const ALL_ACTS: readonly Command[] = (
  [
    ...([
      ['propose', 'committee'],
      ['propose', 'committee'],
      ['propose', 'committee'],
    ] as const),
    ...([
      ['return', 'approver'],
      ['resubmit', 'committee'],
      ['withdraw', 'committee'],
    ] as const),
    ...([
      ['approve', 'approver'],
      ['approve', 'approver'],
      ['make', 'committee'],
      ['putUp', 'committee'],
    ] as const),
    ...([
      ['takeDown', 'committee'],
      ['days', 'committee'],
      ['clock', 'committee'],
      ['putUp', 'committee'],
    ] as const),
    ...([
      ['recall', 'approver'],
      ['days', 'committee'],
      ['clocks', 'committee'],
      ['make', 'committee'],
    ] as const),
    ...([
      ['resubmit', 'committee'],
      ['approve', 'approver'],
    ] as const),
  ] as const
).map(([act, by], place) => ({ act, by, household: Math.min(place, 2), which: 0 }));

/** A model of docs/notices.md: it says of each act whether it is taken, and what is posted. */
class Model {
  today = FIRST_DAY;
  readonly deeds: ModelDeed[] = [];
  readonly notices: ModelNotice[] = [];

  act({ act, by, household, which }: Command): boolean {
    const may = (role: string) => (PEOPLE[by] as readonly string[]).includes(role);
    switch (act) {
      case 'propose':
        return may('committee') && this.hasRoom(household, null) && this.add(household, by);
      case 'make':
        return this.make();
      case 'putUp':
        return this.change(
          which,
          (one) => !one.ended && one.upOn === null,
          (one) => (one.upOn = this.today),
        );
      case 'takeDown':
        return this.takeDown(which);
      case 'day':
      case 'days':
        this.today = addDays(this.today, act === 'day' ? 1 : DAYS + 1);
        return true;
      case 'clock':
      case 'clocks':
        this.post();
        return true;
      default:
        return this.decide(act, by, this.deed(act, which), may);
    }
  }

  /** The deed meant: one that can take this step, where there is any. */
  deed(act: (typeof DECISIONS)[number], which: number): ModelDeed | undefined {
    const able = this.deeds.filter(({ state }) => state === FROM[act]);
    const among = able.length > 0 ? able : this.deeds;
    return among[which % Math.max(1, among.length)];
  }

  notice(which: number): ModelNotice | undefined {
    return this.notices[which % Math.max(1, this.notices.length)];
  }

  private decide(
    act: (typeof DECISIONS)[number],
    by: Person,
    deed: ModelDeed | undefined,
    may: (role: string) => boolean,
  ): boolean {
    if (deed?.state !== FROM[act]) return false;
    const isProposers = act === 'withdraw' || act === 'resubmit';
    if (isProposers && (deed.proposedBy !== by || !may('committee'))) return false;
    if (!isProposers && (!may('approver') || deed.proposedBy === by)) return false;
    if (!isProposers && by === 'kin' && deed.household === 0) return false;
    if (act === 'resubmit' && !this.hasRoom(deed.household, deed)) return false;
    deed.state = TO[act];
    if (act === 'recall') deed.notice = null;
    return true;
  }

  private add(household: number, proposedBy: Person): boolean {
    this.deeds.push({ household, proposedBy, day: this.today, state: 'proposed', notice: null });
    return true;
  }

  private hasRoom(household: number, itself: ModelDeed | null): boolean {
    const day = itself?.day ?? this.today;
    const standing = this.deeds.filter(
      (one) =>
        one !== itself &&
        one.household === household &&
        one.day.slice(0, 7) === day.slice(0, 7) &&
        one.state !== 'returned' &&
        one.state !== 'withdrawn',
    );
    return standing.length < CAP.times;
  }

  private make(): boolean {
    const waiting = this.deeds.filter(({ state, notice }) => state === 'on_notice' && notice === null);
    if (waiting.length === 0) return false;
    for (const deed of waiting) deed.notice = this.notices.length;
    this.notices.push({ upOn: null, ended: false });
    return true;
  }

  private takeDown(which: number): boolean {
    const notice = this.notice(which);
    if (!notice?.upOn || notice.ended) return false;
    if (this.today < addDays(notice.upOn, DAYS + 1)) notice.upOn = null;
    // After its days it may be noted once, and changes nothing: the model leaves that out.
    return true;
  }

  private change(
    which: number,
    may: (one: ModelNotice) => boolean,
    to: (one: ModelNotice) => unknown,
  ): boolean {
    const notice = this.notice(which);
    if (!notice || !may(notice)) return false;
    to(notice);
    return true;
  }

  private post(): void {
    for (const [place, notice] of this.notices.entries()) {
      if (notice.ended || notice.upOn === null || this.today < addDays(notice.upOn, DAYS + 1)) continue;
      notice.ended = true;
      for (const deed of this.deeds)
        if (deed.notice === place && deed.state === 'on_notice') deed.state = 'posted';
    }
  }
}

/** The same acts through the program. */
class Village {
  readonly id: string;
  readonly deeds: string[] = [];
  readonly notices: string[] = [];
  nowMs = FIRST_MS;
  private readonly test: TestStore;
  private readonly ledger = createLedger({ clock: () => this.nowMs });
  private made = 0;

  constructor(test: TestStore, id: string) {
    this.test = test;
    this.id = id;
  }

  async open(): Promise<void> {
    await this.in(async (tx) => {
      const made = { id: this.id, bookId: `book-${this.id}`, name: '前洼村', town: '谷旦镇', isDemo: false };
      await createVillage(tx, this.ledger, {
        ...made,
        nowMs: FIRST_MS,
        settings: { ...DEFAULT_SETTINGS, noticeDays: DAYS },
      });
    });
    await this.in(async (tx) => {
      const { code: _code, ...fields } = PLAIN_RULE;
      const rules = [{ id: 'rule', code: 'A1', fields: { ...fields, caps: [CAP] } }];
      await addRules(tx, this.id, rules, { actorId: 'admin', nowMs: FIRST_MS });
      for (let n = 0; n < HOUSEHOLDS; n += 1) {
        const fields = { group: '', head: `户主${String(n)}`, size: null, phone: null, note: '' };
        const ink = { nowMs: FIRST_MS, randomInt: (below: number) => randomInt(below) };
        await addHousehold(tx, this.id, { id: `${this.id}-h${String(n)}`, ...fields }, ink);
      }
      for (const [id, roles] of Object.entries(PEOPLE)) {
        await createStaff(tx, {
          ...{ villageId: this.id, id, username: `${id}.${this.id}`, displayName: id, passwordHash: 'none' },
          ...{ mustChangePassword: false, unconfirmedBy: null, roles: [...roles], nowMs: FIRST_MS },
          householdIds: id === 'kin' ? [`${this.id}-h0`] : [],
        });
      }
    });
  }

  async act(c: Command, model: { deed: number; notice: number }): Promise<boolean> {
    if (c.act === 'day' || c.act === 'days') {
      this.nowMs += (c.act === 'day' ? 1 : DAYS + 1) * DAY_MS;
      return true;
    }
    if (c.act === 'clock' || c.act === 'clocks') {
      await Promise.all(Array.from({ length: c.act === 'clock' ? 1 : 3 }, () => this.runClock()));
      return true;
    }
    try {
      await this.in((tx) => this.do(tx, c, model));
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return false;
    }
  }

  /** The states of all deeds, in the order in which they were proposed, and how often each has been posted. */
  async standing(): Promise<{ states: (string | undefined)[]; entries: number }> {
    return this.test.store.read(async ({ db, t: { proposals, journal } }) => {
      const rows = await db.select().from(proposals).where(eq(proposals.villageId, this.id));
      const stateOf = new Map(rows.map(({ id, state }) => [id, state]));
      const booked = await db.select().from(journal).where(eq(journal.villageId, this.id));
      return {
        states: this.deeds.map((id) => stateOf.get(id)),
        entries: booked.filter(({ kind }) => kind === 'award').length,
      };
    });
  }

  private runClock(): Promise<void> {
    return postDueNotices({
      ...{ store: this.test.store, ledger: this.ledger, clock: () => this.nowMs, proposalKinds: ownKinds },
      random: (size) => randomBytes(size),
      logger: pino({ level: 'silent' }),
      signal: new AbortController().signal,
    });
  }

  private async do(
    tx: Tx,
    { act, by, household, which: _which }: Command,
    model: { deed: number; notice: number },
  ): Promise<void> {
    const village = await readVillage(tx, this.id);
    if (!village) throw new Error('the village is gone');
    const today = new Date(this.nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
    const newId = () => `${this.id}-${String((this.made += 1)).padStart(6, '0')}`;
    const actor = {
      ...({ kind: 'staff', id: by, roles: PEOPLE[by], confirmedAtMs: 0 } as const),
      householdIds: by === 'kin' ? [`${this.id}-h0`] : [],
    };
    const at = { tx, village, villageId: this.id, actor, actorId: by, nowMs: this.nowMs, today, newId };
    const tell = (...acts: Parameters<typeof bookActs>[3]) =>
      bookActs(this.ledger, tx, { villageId: this.id, actorId: by, today, newId, via: 'desk' }, acts);
    if (act === 'propose') {
      if (!(PEOPLE[by] as readonly string[]).includes('committee')) throw new Refusal('auth.forbidden');
      const deed = {
        ruleId: 'rule',
        note: '',
        effectiveOn: today,
        householdIds: [`${this.id}-h${String(household)}`],
      };
      this.deeds.push((await runCommand(tx, this.id, createAwards.with(deed, at))).ids[0] ?? '');
    } else if (act === 'make') {
      const made = await makeNotice(tx, at);
      await tell(made.act);
      this.notices.push(made.id);
    } else if (act === 'putUp') {
      await tell(await putUpNotice(tx, at, this.notices[model.notice] ?? 'none'));
    } else if (act === 'takeDown') {
      await tell(await takeDownNotice(tx, at, this.notices[model.notice] ?? 'none'));
    } else if (act !== 'day' && act !== 'days' && act !== 'clock' && act !== 'clocks') {
      const id = this.deeds[model.deed];
      if (id === undefined) throw new Refusal('proposal.not_found');
      const work = { ...at, ledger: this.ledger, settings: village.settings, kinds: ownKinds };
      const deciding = { ...work, randomInt: (below: number) => randomInt(below) };
      await runCommand(tx, this.id, decide.with({ action: act, ids: [id], reason: '核对' }, deciding));
    }
  }

  private in<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.test.store.transaction(work);
  }
}

describe.each(ENGINES)('awards and notices in any order, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('by anybody, while days go by', () => {
    let test: TestStore;
    let villages = 0;
    beforeAll(async () => {
      test = await openTestStore(engine);
    });
    afterAll(() => test.remove());

    it('post what two people decided and a notice told of for its days, once, and nothing else', async () => {
      const seen = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(
          fc.array(command, { minLength: 40, maxLength: 90, size: 'max' }),
          async (commands) => {
            const model = new Model();
            const village = new Village(test, `v${String((villages += 1))}`);
            await village.open();
            for (const c of commands) {
              const isDecision = (DECISIONS as readonly string[]).includes(c.act);
              const deed = isDecision ? model.deed(c.act as (typeof DECISIONS)[number], c.which) : undefined;
              const notice = model.notice(c.which);
              const at = {
                deed: deed ? model.deeds.indexOf(deed) : -1,
                notice: notice ? model.notices.indexOf(notice) : -1,
              };
              const isOver =
                c.act === 'takeDown' && notice?.upOn && model.today >= addDays(notice.upOn, DAYS + 1);
              // When a paper is taken off the wall after its end says nothing about points.
              if (isOver || (c.act === 'takeDown' && notice?.ended)) continue;
              const expected = model.act(c);
              expect([c.act, await village.act(c, at)]).toEqual([c.act, expected]);
              if (expected) seen.set(c.act, (seen.get(c.act) ?? 0) + 1);
              const { states, entries } = await village.standing();
              expect(states).toEqual(model.deeds.map(({ state }) => state));
              expect(entries).toBe(model.deeds.filter(({ state }) => state === 'posted').length);
            }
            for (const { state } of model.deeds) seen.set(state, (seen.get(state) ?? 0) + 1);
          },
        ),
        { numRuns: runs, examples: [[[...ALL_ACTS]]] },
      );
      // A run that posts nothing would prove nothing.
      for (const what of [...DECISIONS, 'make', 'putUp', 'takeDown', 'posted', 'on_notice', 'returned'])
        expect([what, (seen.get(what) ?? 0) > 0]).toEqual([what, true]);
    });
  });
});
