import { randomBytes, randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import type { Tx } from '../../db/store.ts';
import { bookActs } from '../../server/acts/index.ts';
import { runCommand } from '../../server/commands/index.ts';
import { addHousehold } from '../../server/households/index.ts';
import { type Actor, readVillage } from '../../server/http/index.ts';
import { makeNotice, putUpNotice, takeDownNotice } from '../../server/notices/keep-notice.ts';
import { postDueNotices } from '../../server/notices/post-at-end.ts';
import { refuseUnfit } from '../../server/objections/may-answer.ts';
import type { ObjectionAt } from '../../server/objections/objection-at.ts';
import { findObjection, type KnownObjection } from '../../server/objections/objection-row.ts';
import { receiveObjection } from '../../server/objections/receive.ts';
import { refuseAppeal, takeStep } from '../../server/objections/take-step.ts';
import { createAwards, decide, ownKinds } from '../../server/proposals/index.ts';
import { addRules } from '../../server/rules/index.ts';
import { createStaff } from '../../server/staff/index.ts';
import { createVillage } from '../../server/village/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { OBJECTOR } from '../../shared/acts/program-words.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { PLAIN_RULE } from './capped.ts';
import { createLedger } from './ledger.ts';
import { BUDGET, CAP, type Command, DAYS, FIRST_DAY, HOUSEHOLDS, PEOPLE } from './notice-model.ts';
import type { TestStore } from './stores.ts';

/** Noon in the village, so that a day more is a business day more. */
const FIRST_MS = Date.parse(`${FIRST_DAY}T12:00:00+08:00`);

/** The places of what a command means, in the order in which they were made; -1: there is none. */
export interface Meant {
  readonly deed: number;
  readonly notice: number;
  readonly objection: number;
}

const OBJECTION_STEPS = {
  uphold: { step: 'answer', outcome: 'upheld' },
  reject: { step: 'answer', outcome: 'rejected' },
  retract: { step: 'withdraw', outcome: 'withdrawn' },
  appeal: { step: 'appeal' },
  stand: { step: 'stand' },
  sendBack: { step: 'send_back' },
} as const;

function isObjectionStep(act: Command['act']): act is keyof typeof OBJECTION_STEPS {
  return Object.hasOwn(OBJECTION_STEPS, act);
}

/** The acts of the model through the program. */
export class NoticeVillage {
  readonly id: string;
  readonly deeds: string[] = [];
  readonly notices: string[] = [];
  readonly objections: string[] = [];
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
        settings: {
          ...DEFAULT_SETTINGS,
          noticeDays: DAYS,
          budgetHundredths: BUDGET * (PLAIN_RULE.points ?? 0),
        },
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

  async act(c: Command, model: Meant): Promise<boolean> {
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

  private async do(tx: Tx, { act, by, household }: Command, model: Meant): Promise<void> {
    const village = await readVillage(tx, this.id);
    if (!village) throw new Error('the village is gone');
    const today = new Date(this.nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
    const newId = () => `${this.id}-${String((this.made += 1)).padStart(6, '0')}`;
    const actor: Actor = {
      ...({ kind: 'staff', id: by, roles: PEOPLE[by], confirmedAtMs: 0 } as const),
      householdIds: by === 'kin' ? [`${this.id}-h0`] : [],
    };
    const at = { tx, village, villageId: this.id, actor, actorId: by, nowMs: this.nowMs, today, newId };
    const tell = (...acts: Parameters<typeof bookActs>[3]) =>
      bookActs(this.ledger, tx, { villageId: this.id, actorId: by, today, newId, via: 'desk' }, acts);
    const objecting = (person: string | null) => ({
      ...{ ...at, by: person, actorId: person ?? OBJECTOR, newSalt: () => randomBytes(16).toString('hex') },
    });
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
    } else if (act === 'object') {
      const proposalId = this.deeds[model.deed];
      const phone = { channel: 'phone', kind: 'objection', name: '', words: '不对' } as const;
      const received = { ...phone, proposalId, householdId: `${this.id}-h${String(household)}` };
      const made = await receiveObjection(tx, objecting(null), received);
      await tell(...made.acts);
      this.objections.push(made.id);
    } else if (isObjectionStep(act)) {
      const known = await findObjection(tx, this.id, this.objections[model.objection] ?? 'none');
      await tell(...(await this.stepOf(tx, act, known, { actor, objecting })));
    } else if (act !== 'day' && act !== 'days' && act !== 'clock' && act !== 'clocks') {
      const id = this.deeds[model.deed];
      if (id === undefined) throw new Refusal('proposal.not_found');
      const work = { ...at, ledger: this.ledger, settings: village.settings, kinds: ownKinds };
      const deciding = { ...work, randomInt: (below: number) => randomInt(below) };
      await runCommand(tx, this.id, decide.with({ action: act, ids: [id], reason: '核对' }, deciding));
    }
  }

  private stepOf(
    tx: Tx,
    act: keyof typeof OBJECTION_STEPS,
    known: KnownObjection,
    { actor, objecting }: { readonly actor: Actor; readonly objecting: (by: string | null) => ObjectionAt },
  ): Promise<AnyAct[]> {
    const isByPhone = act === 'retract' || act === 'appeal';
    const asked = OBJECTION_STEPS[act];
    if (act === 'appeal') refuseAppeal(known, objecting(null));
    refuseUnfit(actor, known, asked.step);
    return takeStep(tx, objecting(isByPhone ? null : actor.id), known, { ...asked, reason: '核对' });
  }

  private in<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.test.store.transaction(work);
  }
}
