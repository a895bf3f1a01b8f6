import fc from 'fast-check';
import { addDays } from '../../shared/business-day.ts';
import { APPEAL_DAYS, OPEN_BY_PHONE_MOST } from '../../shared/objections/states.ts';

export const FIRST_DAY = '2027-03-01';
export const HOUSEHOLDS = 3;
export const DAYS = 3;
/** The month holds two of each household. */
export const CAP = { period: 'month', scope: 'household', times: 2, points: null } as const;

/** The month's budget has points for so many: fewer than the caps of all households let through. */
export const BUDGET = 3;

/** Two propose, one of them may also approve; four approve. One approver is kin of the first household. */
export const PEOPLE = {
  committee: ['committee'],
  both: ['committee', 'approver'],
  kin: ['approver'],
  approver: ['approver'],
  third: ['approver'],
  supervisor: ['supervisor'],
} as const;
export type Person = keyof typeof PEOPLE;
export const DECISIONS = ['approve', 'return', 'withdraw', 'resubmit', 'recall'] as const;
export const OBJECTION_ACTS = [
  'object',
  'uphold',
  'reject',
  'retract',
  'appeal',
  'stand',
  'sendBack',
] as const;

export const command = fc.record({
  act: fc.constantFrom(
    ...(['propose', 'propose', 'propose', ...DECISIONS, 'approve', 'approve', 'approve'] as const),
    ...(['make', 'make', 'putUp', 'putUp', 'takeDown', 'day', 'days', 'days', 'clock', 'clocks'] as const),
    ...(['object', 'object', 'reject', ...OBJECTION_ACTS] as const),
  ),
  by: fc.constantFrom(...(Object.keys(PEOPLE) as Person[]), 'committee', 'approver', 'approver', 'third'),
  household: fc.nat({ max: HOUSEHOLDS - 1 }),
  /** An index into what there is. A larger one wraps around. */
  which: fc.nat({ max: 40 }),
});
export type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

interface ModelDeed {
  readonly household: number;
  readonly proposedBy: Person;
  readonly day: string;
  state: 'proposed' | 'returned' | 'withdrawn' | 'on_notice' | 'contested' | 'posted';
  notice: number | null;
  /** Proposed, approved, sent back or took it off notice. */
  readonly hadPart: Set<Person>;
  /** The day of the last approval. */
  decidedOn: string;
  openObjections: number;
  /** Empty: it is not posted. */
  postedOn: string;
}
interface ModelObjection {
  readonly deed: ModelDeed;
  /** The household that objects. */
  readonly household: number;
  readonly day: string;
  state: 'open' | 'answered' | 'appealed' | 'settled' | 'withdrawn';
  outcome: 'upheld' | 'rejected' | null;
  answeredOn: string;
  readonly answeredBy: Set<Person>;
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

const OBJECTION_FROM = {
  uphold: 'open',
  reject: 'open',
  retract: 'open',
  appeal: 'answered',
  stand: 'appealed',
  sendBack: 'appealed',
} as const;
const OBJECTION_TO = {
  uphold: 'answered',
  reject: 'answered',
  retract: 'withdrawn',
  appeal: 'appealed',
  stand: 'settled',
  sendBack: 'open',
} as const;

/** An act, by whom, the place of what it is about, and the household. */
const WAY: readonly (readonly [Command['act'], Person, number?, number?])[] = [
  ['propose', 'committee', 0, 0],
  ['propose', 'committee', 0, 1],
  ['propose', 'committee'],
  ['return', 'approver'],
  ['resubmit', 'committee'],
  ['withdraw', 'committee'],
  ['approve', 'approver'],
  ['approve', 'approver'],
  ['make', 'committee'],
  ['putUp', 'committee'],
  ['takeDown', 'committee'],
  ['days', 'committee'],
  ['clock', 'committee'],
  ['putUp', 'committee'],
  ['recall', 'approver'],
  ['days', 'committee'],
  ['clocks', 'committee'],
  ['resubmit', 'committee'],
  ['approve', 'approver'],
  ['make', 'committee'],
  ['putUp', 'committee', 1],
  ['object', 'committee'],
  ['object', 'committee', 0, 0],
  ['retract', 'committee', 1],
  ['reject', 'third'],
  ['appeal', 'committee'],
  ['sendBack', 'supervisor'],
  ['days', 'committee'],
  ['clock', 'committee'],
  ['uphold', 'both'],
  ['object', 'committee', 1],
  ['reject', 'third'],
  ['appeal', 'committee', 1],
  ['stand', 'supervisor'],
];

/** Every act succeeds once: chance alone may leave one of them out. */
export const ALL_ACTS = commandsOf(WAY);

/** One deed more than the month has points for. It hangs on until the next month has some. */
export const SHORT_OF_BUDGET = commandsOf([
  ['propose', 'committee', 0, 0],
  ['propose', 'committee', 0, 1],
  ['propose', 'committee', 0, 1],
  ['propose', 'committee', 0, 2],
  ...Array.from({ length: BUDGET + 1 }, () => ['approve', 'approver'] as const),
  ['make', 'committee'],
  ['putUp', 'committee'],
  ['days', 'committee'],
  ['clocks', 'committee'],
  ...Array.from({ length: 7 }, () => ['days', 'committee'] as const),
  ['clocks', 'committee'],
]);

function commandsOf(way: typeof WAY): readonly Command[] {
  return way.map(([act, by, which = 0, household = 2]) => ({ act, by, household, which }));
}

/** A model of docs/notices.md, docs/objections.md and docs/budget.md: it says of each act whether it is taken, and what is posted. */
export class NoticeModel {
  today = FIRST_DAY;
  readonly deeds: ModelDeed[] = [];
  readonly notices: ModelNotice[] = [];
  readonly objections: ModelObjection[] = [];
  /** How often the budget kept a deed from being posted whose days were over. */
  shortOfBudget = 0;

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
      case 'object':
        return this.object(household, this.objectionable(which));
      case 'uphold':
      case 'reject':
      case 'retract':
      case 'appeal':
      case 'stand':
      case 'sendBack':
        return this.step(act, by, this.objection(act, which), may);
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

  /** The deed that somebody objects to: one that can be objected to, where there is any. */
  objectionable(which: number): ModelDeed | undefined {
    const able = this.deeds.filter(({ state }) => ['on_notice', 'contested', 'posted'].includes(state));
    const among = able.length > 0 ? able : this.deeds;
    return among[which % Math.max(1, among.length)];
  }

  /** The objection meant: one that can take this step, where there is any. */
  objection(act: keyof typeof OBJECTION_FROM, which: number): ModelObjection | undefined {
    const able = this.objections.filter(({ state }) => state === OBJECTION_FROM[act]);
    const among = able.length > 0 ? able : this.objections;
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
    if (act === 'approve' && deed.openObjections > 0) return false;
    deed.state = TO[act];
    deed.hadPart.add(by);
    if (act === 'approve') deed.decidedOn = this.today;
    if (act === 'recall') deed.notice = null;
    return true;
  }

  private add(household: number, proposedBy: Person): boolean {
    this.deeds.push({
      ...{ household, proposedBy, day: this.today, state: 'proposed', notice: null },
      ...{ hadPart: new Set([proposedBy]), decidedOn: '', openObjections: 0, postedOn: '' },
    });
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
      const told = this.deeds.filter((deed) => deed.notice === place);
      for (const deed of told) {
        if (deed.state !== 'on_notice') continue;
        if (this.postedInMonth() >= BUDGET) {
          this.shortOfBudget += 1;
          continue;
        }
        deed.state = 'posted';
        deed.postedOn = this.today;
      }
      notice.ended = told.every(({ state }) => state !== 'contested' && state !== 'on_notice');
    }
  }

  private postedInMonth(): number {
    const month = this.today.slice(0, 7);
    return this.deeds.filter(({ postedOn }) => postedOn.startsWith(month)).length;
  }

  /** A household objects by phone. */
  private object(household: number, deed: ModelDeed | undefined): boolean {
    if (!deed) return false;
    const isOnNotice = deed.state === 'on_notice' || deed.state === 'contested';
    const notice = deed.notice === null ? undefined : this.notices[deed.notice];
    const isShown = isOnNotice && notice !== undefined && notice.upOn !== null && !notice.ended;
    if (household === deed.household ? !isOnNotice && deed.state !== 'posted' : !isShown) return false;
    const own = this.objections.filter((one) => one.household === household);
    const holds = ({ state }: ModelObjection) => state === 'open' || state === 'appealed';
    if (own.some((one) => one.deed === deed && (holds(one) || one.day >= deed.decidedOn))) return false;
    if (own.filter((one) => holds(one) || one.day === this.today).length >= OPEN_BY_PHONE_MOST) return false;
    this.objections.push({
      ...{ deed, household, day: this.today, state: 'open', outcome: null, answeredOn: '' },
      answeredBy: new Set(),
    });
    this.hold(deed);
    return true;
  }

  private step(
    act: keyof typeof OBJECTION_FROM,
    by: Person,
    objection: ModelObjection | undefined,
    may: (role: string) => boolean,
  ): boolean {
    if (objection?.state !== OBJECTION_FROM[act]) return false;
    const { deed, household } = objection;
    if (act === 'appeal') {
      if (objection.outcome === 'upheld' || this.today > addDays(objection.answeredOn, APPEAL_DAYS))
        return false;
      this.hold(deed);
    } else if (act !== 'retract') {
      const isKin = by === 'kin' && (deed.household === 0 || household === 0);
      if (deed.hadPart.has(by) || isKin) return false;
      const isJudging = act === 'stand' || act === 'sendBack';
      if (!may(isJudging ? 'supervisor' : 'approver') || objection.answeredBy.has(by)) return false;
    }
    objection.state = OBJECTION_TO[act];
    if (act === 'uphold' || act === 'reject') {
      objection.outcome = act === 'uphold' ? 'upheld' : 'rejected';
      objection.answeredOn = this.today;
      objection.answeredBy.add(by);
    }
    if (act !== 'appeal' && act !== 'sendBack') this.release(deed, act === 'uphold');
    return true;
  }

  private hold(deed: ModelDeed): void {
    if (deed.state === 'posted') return;
    deed.openObjections += 1;
    if (deed.state === 'on_notice') deed.state = 'contested';
  }

  private release(deed: ModelDeed, isRight: boolean): void {
    if (deed.state === 'posted') return;
    deed.openObjections -= 1;
    if (deed.state !== 'contested') return;
    if (isRight) {
      deed.state = 'returned';
      deed.notice = null;
    } else if (deed.openObjections === 0) deed.state = 'on_notice';
  }
}
