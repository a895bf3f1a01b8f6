import { randomBytes, randomInt } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { pino } from 'pino';
import type { Tx } from '../../db/store.ts';
import { bookActs, runChecks } from '../../server/acts/index.ts';
import { runCommand } from '../../server/commands/index.ts';
import { checkDeductions } from '../../server/deductions/check.ts';
import { countDueDeductions } from '../../server/deductions/count-clock.ts';
import { addHousehold } from '../../server/households/index.ts';
import { type Actor, readVillage } from '../../server/http/index.ts';
import { makeNotice, putUpNotice, takeDownNotice } from '../../server/notices/keep-notice.ts';
import { postDueNotices } from '../../server/notices/post-at-end.ts';
import { checkObjections } from '../../server/objections/check.ts';
import { refuseUnfit } from '../../server/objections/may-answer.ts';
import type { ObjectionAt } from '../../server/objections/objection-at.ts';
import { findObjection, type KnownObjection } from '../../server/objections/objection-row.ts';
import { receiveObjection } from '../../server/objections/receive.ts';
import { refuseAppeal, takeStep } from '../../server/objections/take-step.ts';
import { checkProposals } from '../../server/proposals/check-book.ts';
import { createAwards, decide, ownKinds, toldSteps } from '../../server/proposals/index.ts';
import { addRules } from '../../server/rules/index.ts';
import { createStaff } from '../../server/staff/index.ts';
import { createVillage, updateVillage } from '../../server/village/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { OBJECTOR } from '../../shared/acts/program-words.ts';
import { businessDay, DAY_MS } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { mayDo } from '../../shared/permissions.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { PLAIN_RULE } from './capped.ts';
import { balancesOfKind, createLedger, verifyBook } from './ledger.ts';
import {
  AWARD,
  BELOW_ZERO,
  BUDGET,
  CAP,
  type Command,
  DAYS,
  daysOf,
  DECISIONS,
  DEDUCTION,
  FIRST_DAY,
  HOUSEHOLDS,
  isOf,
  KIN_OF,
  type Meant,
  PEOPLE,
  type Person,
  REMINDER_ACTS,
} from './notice-commands.ts';
import { ReminderActs } from './reminder-acts.ts';
import type { TestStore } from './stores.ts';

/** Noon in the village, so that a day more is a business day more. */
const FIRST_MS = Date.parse(`${FIRST_DAY}T12:00:00+08:00`);

const OBJECTION_STEPS = {
  uphold: { step: 'answer', outcome: 'upheld' },
  reject: { step: 'answer', outcome: 'rejected' },
  retract: { step: 'withdraw', outcome: 'withdrawn' },
  appeal: { step: 'appeal' },
  stand: { step: 'stand' },
  sendBack: { step: 'send_back' },
} as const;

const BY_OBJECTOR = ['object', 'retract', 'appeal'] as const;

function isObjectionStep(act: Command['act']): act is keyof typeof OBJECTION_STEPS {
  return Object.hasOwn(OBJECTION_STEPS, act);
}

/** The acts of the model through the program. */
export class NoticeVillage {
  readonly id: string;
  readonly deeds: string[] = [];
  readonly notices: string[] = [];
  readonly objections: string[] = [];
  readonly reminders: string[] = [];
  nowMs = FIRST_MS;
  private readonly test: TestStore;
  private readonly ledger = createLedger({ clock: () => this.nowMs });
  private readonly reminding = new ReminderActs(this.ledger);
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
          answerDays: DAYS,
          budgetHundredths: BUDGET * AWARD,
        },
      });
    });
    await this.in(async (tx) => {
      const { code: _code, ...fields } = PLAIN_RULE;
      const rules = [
        { id: 'rule', code: 'A1', fields: { ...fields, points: AWARD, caps: [CAP] } },
        { id: 'litter', code: 'N1', fields: { ...fields, points: -DEDUCTION } },
      ];
      await addRules(tx, this.id, rules, { actorId: 'admin', nowMs: FIRST_MS });
      for (let n = 0; n < HOUSEHOLDS; n += 1) {
        const fields = { group: '', head: `户主${String(n)}`, size: null, phone: null, note: '' };
        const ink = { nowMs: FIRST_MS, randomInt: (below: number) => randomInt(below) };
        await addHousehold(tx, this.id, { id: this.household(n), ...fields }, ink);
      }
      for (const [id, roles] of Object.entries(PEOPLE)) {
        await createStaff(tx, {
          ...{ villageId: this.id, id, username: `${id}.${this.id}`, displayName: id, passwordHash: 'none' },
          ...{ mustChangePassword: false, unconfirmedBy: null, roles: [...roles], nowMs: FIRST_MS },
          householdIds: id === 'kin' ? [this.household(KIN_OF)] : [],
        });
      }
    });
  }

  async act(c: Command, meant: Meant): Promise<boolean> {
    // No two acts are of the same moment.
    this.nowMs += 1000 + daysOf(c.act) * DAY_MS;
    if (daysOf(c.act) > 0) return true;
    if (isOf(['clock', 'clocks'], c.act)) {
      await Promise.all(
        Array.from({ length: c.act === 'clock' ? 1 : 3 }, () => postDueNotices(this.clock())),
      );
      return true;
    }
    if (isOf(['count', 'counts'], c.act)) {
      const many = c.act === 'count' ? 1 : 3;
      await Promise.all(Array.from({ length: many }, () => countDueDeductions(this.clock())));
      return true;
    }
    try {
      await this.in((tx) => this.do(tx, c, meant));
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return false;
    }
  }

  /** The states of all deeds, in the order in which they were proposed, and what every household and every month has left. */
  async standing() {
    return this.test.store.read(async (reader) => {
      const { proposals, journal } = reader.t;
      const { id, state } = proposals;
      const rows = await reader.db
        .select({ id, state })
        .from(proposals)
        .where(eq(proposals.villageId, this.id));
      const stateOf = new Map(rows.map((row) => [row.id, row.state]));
      const ofAwards = and(eq(journal.villageId, this.id), eq(journal.kind, 'award'));
      const left = async (kind: string) =>
        new Map((await balancesOfKind(reader, this.id, kind)).map((one) => [one.id, one.balance]));
      const [points, budgets] = [await left('household'), await left('budget')];
      return {
        states: this.deeds.map((deed) => stateOf.get(deed)),
        awards: await reader.db.$count(journal, ofAwards),
        points: Array.from(
          { length: HOUSEHOLDS },
          (_, n) => points.get(`household:${this.household(n)}:POINT`) ?? 0,
        ),
        budgets: Object.fromEntries(
          [...budgets].map(([account, balance]) => [account.split(':')[1], balance]),
        ),
      };
    });
  }

  /** The first row that does not fit the book; null: all do. */
  wrong(): Promise<unknown> {
    return this.test.store.read(async (reader) => {
      const at = { reader, villageId: this.id, giveWay: () => Promise.resolve() };
      const { bad } = await verifyBook(reader, this.id);
      return bad ?? runChecks(at, [checkProposals, checkObjections, checkDeductions]);
    });
  }

  private clock() {
    return {
      ...{ store: this.test.store, ledger: this.ledger, clock: () => this.nowMs, proposalKinds: ownKinds },
      random: (size: number) => randomBytes(size),
      logger: pino({ level: 'silent' }),
      signal: new AbortController().signal,
    };
  }

  private household(place: number): string {
    return `${this.id}-h${String(place)}`;
  }

  private async do(tx: Tx, { act, by: person, which }: Command, meant: Meant): Promise<void> {
    const at = await this.at(tx, person);
    // The book does not say which household objected.
    const by = isOf(BY_OBJECTOR, act)
      ? ({ actorId: OBJECTOR, via: 'phone' } as const)
      : ({ via: 'desk' } as const);
    const tell = (...acts: readonly AnyAct[]) => bookActs(this.ledger, tx, { ...at, ...by }, acts);
    if (act === 'belowZero') {
      await updateVillage(tx, this.id, { settings: BELOW_ZERO[which % BELOW_ZERO.length] ?? BELOW_ZERO[0] });
    } else if (act === 'propose' || act === 'deduct') {
      this.deeds.push(await this.propose(at, act === 'propose' ? 'rule' : 'litter', meant));
    } else if (act === 'remind' || isOf(REMINDER_ACTS, act)) {
      await tell(...(await this.remind(at, act, meant)));
    } else if (act === 'make') {
      const made = await makeNotice(tx, at);
      await tell(made.act);
      this.notices.push(made.id);
    } else if (act === 'putUp') {
      await tell(await putUpNotice(tx, at, this.notices[meant.notice] ?? 'none'));
    } else if (act === 'takeDown') {
      await tell(await takeDownNotice(tx, at, this.notices[meant.notice] ?? 'none'));
    } else if (act === 'object') {
      const proposalId = this.deeds[meant.deed];
      const phone = { channel: 'phone', kind: 'objection', name: '', words: '不对' } as const;
      const received = { ...phone, proposalId, householdId: this.household(meant.household) };
      const made = await receiveObjection(tx, objecting(at, null), received);
      await tell(...made.acts);
      this.objections.push(made.id);
    } else if (isObjectionStep(act)) {
      const known = await findObjection(tx, this.id, this.objections[meant.objection] ?? 'none');
      await tell(...(await stepOf(at, act, known)));
    } else if (isOf(DECISIONS, act)) {
      const id = this.deeds[meant.deed];
      if (id === undefined) throw new Refusal('proposal.not_found');
      const work = { ...at, ledger: this.ledger, settings: at.village.settings, kinds: ownKinds };
      const deciding = { ...work, randomInt: (below: number) => randomInt(below) };
      const call = decide.with({ action: act, ids: [id], reason: '核对' }, deciding);
      await runCommand(tx, this.id, toldSteps(work, call));
    }
  }

  private async at(tx: Tx, by: Person) {
    const village = await readVillage(tx, this.id);
    if (!village) throw new Error('the village is gone');
    const actor: Actor = {
      ...({ kind: 'staff', id: by, roles: PEOPLE[by], confirmedAtMs: 0 } as const),
      householdIds: by === 'kin' ? [this.household(KIN_OF)] : [],
    };
    return {
      ...{ tx, village, villageId: this.id, actor, actorId: by, nowMs: this.nowMs },
      today: businessDay(this.nowMs, village.settings.timeZone),
      newId: () => `${this.id}-${String((this.made += 1)).padStart(6, '0')}`,
    };
  }

  /** Takes a step with a reminder, or makes one. */
  private async remind(at: StaffAt, act: 'remind' | (typeof REMINDER_ACTS)[number], meant: Meant) {
    const householdId = this.household(meant.household);
    if (act === 'remind') {
      const { id, acts } = await this.reminding.remind(at, at.actor, { householdId, ruleId: 'litter' });
      this.reminders.push(id);
      return acts;
    }
    const actor = act === 'seen' || act === 'agree' ? phoneOf(householdId) : at.actor;
    return this.reminding.step(at, actor, act, this.reminders[meant.reminder] ?? 'none');
  }

  private async propose(at: StaffAt, ruleId: string, { household }: Meant): Promise<string> {
    if (!mayDo(at.actor.roles, 'proposal.make')) throw new Refusal('auth.forbidden');
    const deed = { ruleId, note: '', effectiveOn: at.today, householdIds: [this.household(household)] };
    const call = toldSteps({ ...at, ledger: this.ledger }, createAwards.with(deed, at));
    return (await runCommand(at.tx, this.id, call)).ids[0] ?? '';
  }

  private in<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.test.store.transaction(work);
  }
}

type StaffAt = Awaited<ReturnType<NoticeVillage['at']>>;

function phoneOf(householdId: string): Actor {
  return { kind: 'household', id: householdId, roles: ['household'], householdIds: [], sessionId: 'phone' };
}

function objecting(at: StaffAt, person: string | null): ObjectionAt {
  const newSalt = () => randomBytes(16).toString('hex');
  return { ...at, by: person, actorId: person ?? OBJECTOR, newSalt };
}

function stepOf(at: StaffAt, act: keyof typeof OBJECTION_STEPS, known: KnownObjection): Promise<AnyAct[]> {
  const isByPhone = isOf(BY_OBJECTOR, act);
  const asked = OBJECTION_STEPS[act];
  if (act === 'appeal') refuseAppeal(known, objecting(at, null));
  refuseUnfit(at.actor, known, asked.step);
  return takeStep(at.tx, objecting(at, isByPhone ? null : at.actorId), known, { ...asked, reason: '核对' });
}
