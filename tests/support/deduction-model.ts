import { addDays } from '../../shared/business-day.ts';
import { LAPSES_AFTER_DAYS } from '../../shared/deductions/states.ts';
import { chosen, mayAs, type ModelDeed, type ModelTime, newDeed } from './model-deeds.ts';
import {
  BELOW_ZERO,
  DAYS,
  DEDUCTION,
  isOf,
  KIN_OF,
  type Person,
  type REMINDER_ACTS,
} from './notice-commands.ts';

type ReminderAct = (typeof REMINDER_ACTS)[number];

interface ModelReminder {
  readonly household: number;
  readonly dueOn: string;
  isDelivered: boolean;
  isClosed: boolean;
}

/** A deduction as its household was told of it, and its answer. */
interface Telling {
  /** The moment of the approval that it was told of. */
  readonly toldOf: number;
  readonly answerUntil: string;
  hasAgreed: boolean;
}

/** A model of docs/deductions.md: a reminder first, two people, an answer, and no debt but as far as the village says. */
export class DeductionModel {
  readonly reminders: ModelReminder[] = [];
  /** How often each came about that a run without it would not prove. */
  readonly seen = { whole: 0, cut: 0, nothing: 0, agreed: 0, 'days over': 0, 'below zero': 0, lapsed: 0 };
  private belowZero: (typeof BELOW_ZERO)[number] = BELOW_ZERO[0];
  private readonly tellings = new Map<ModelDeed, Telling>();
  private readonly deeds: ModelDeed[];

  constructor(deeds: ModelDeed[]) {
    this.deeds = deeds;
  }

  /** Deductions take a household no further down than this. */
  get floor(): number {
    const { deductionsMayGoBelowZero, belowZeroMostHundredths } = this.belowZero;
    return deductionsMayGoBelowZero ? -(belowZeroMostHundredths ?? Infinity) : 0;
  }

  get counted(): number {
    return this.seen.whole + this.seen.cut + this.seen.nothing;
  }

  setBelowZero(which: number): true {
    this.belowZero = BELOW_ZERO[which % BELOW_ZERO.length] ?? BELOW_ZERO[0];
    return true;
  }

  remind(household: number, by: Person, { today }: ModelTime): boolean {
    if (!this.mayKeep(by, household) || this.reminders.some((one) => this.stands(one, household, today)))
      return false;
    this.reminders.push({ household, dueOn: addDays(today, 1), isDelivered: false, isClosed: false });
    return true;
  }

  /** The household whose deduction is proposed: every second time one of those that were reminded. */
  deductible(household: number, which: number, { today }: ModelTime): number {
    const ready = this.reminders.filter((one) => this.isReady(one, today));
    return which % 2 === 0 ? (ready[which % Math.max(1, ready.length)]?.household ?? household) : household;
  }

  deduct(household: number, by: Person, { today }: ModelTime): boolean {
    if (!mayAs(by, 'committee')) return false;
    const own = this.reminders.filter((one) => one.household === household && !this.isOver(one));
    const ready = own.find((one) => this.isReady(one, today));
    if (!ready) {
      if (own.some((one) => one.isDelivered && today > addDays(one.dueOn, LAPSES_AFTER_DAYS)))
        this.seen.lapsed += 1;
      return false;
    }
    this.deeds.push(newDeed(household, by, today, this.reminders.indexOf(ready)));
    return true;
  }

  /** The reminder meant; by phone one of the household's own, where there is any. */
  meant(act: ReminderAct, which: number, household: number, { today }: ModelTime): ModelReminder | undefined {
    const isByPhone = isOf(['seen', 'agree'], act);
    const isOwn = (one: ModelReminder) => !isByPhone || one.household === household;
    return chosen(this.reminders, (one) => isOwn(one) && this.isAble(act, one, today), which);
  }

  step(act: ReminderAct, by: Person, which: number, household: number, time: ModelTime): boolean {
    const reminder = this.meant(act, which, household, time);
    if (!reminder || !this.isAble(act, reminder, time.today)) return false;
    const isByPhone = isOf(['seen', 'agree'], act);
    if (isByPhone ? reminder.household !== household : !this.mayKeep(by, reminder.household)) return false;
    const follower = this.followerOf(reminder);
    if (act === 'close') reminder.isClosed = true;
    else if (!follower) reminder.isDelivered = true;
    else if (act === 'agree') {
      const telling = this.tellings.get(follower);
      if (telling) telling.hasAgreed = true;
    } else {
      const answerUntil = addDays(time.today, DAYS);
      this.tellings.set(follower, { toldOf: follower.decidedAt, answerUntil, hasAgreed: false });
    }
    return true;
  }

  /** The clock counts what is due, in the order in which it was proposed. */
  count({ today }: ModelTime): void {
    for (const deed of this.deeds) {
      if (deed.state !== 'on_notice') continue;
      const telling = this.tellingOf(deed);
      if (!telling || !(telling.hasAgreed || today > telling.answerUntil)) continue;
      const balance = this.balanceOf(deed.household);
      const taken = Math.min(DEDUCTION, Math.max(0, balance - this.floor));
      deed.moved = 0 - taken;
      deed.state = 'posted';
      deed.postedOn = today;
      this.seen[taken === DEDUCTION ? 'whole' : taken > 0 ? 'cut' : 'nothing'] += 1;
      this.seen[telling.hasAgreed ? 'agreed' : 'days over'] += 1;
      if (balance - taken < 0) this.seen['below zero'] += 1;
    }
  }

  balanceOf(household: number): number {
    const own = this.deeds.filter((deed) => deed.household === household);
    return own.reduce((sum, { moved }) => sum + moved, 0);
  }

  private mayKeep(by: Person, household: number): boolean {
    return (mayAs(by, 'committee') || mayAs(by, 'approver')) && !(by === 'kin' && household === KIN_OF);
  }

  /** The deduction that follows a reminder, unless it was withdrawn. */
  private followerOf(reminder: ModelReminder): ModelDeed | undefined {
    const place = this.reminders.indexOf(reminder);
    return this.deeds.find((deed) => deed.reminder === place && deed.state !== 'withdrawn');
  }

  private isOver(reminder: ModelReminder): boolean {
    return reminder.isClosed || this.followerOf(reminder) !== undefined;
  }

  /** Another reminder would be the second. */
  private stands(reminder: ModelReminder, household: number, today: string): boolean {
    const isLapsed = today > addDays(reminder.dueOn, LAPSES_AFTER_DAYS);
    return reminder.household === household && !this.isOver(reminder) && !isLapsed;
  }

  private isReady(one: ModelReminder, today: string): boolean {
    return one.isDelivered && today > one.dueOn && this.stands(one, one.household, today);
  }

  /** The telling of the approval that counts now. */
  private tellingOf(deed: ModelDeed): Telling | undefined {
    const telling = this.tellings.get(deed);
    return telling?.toldOf === deed.decidedAt ? telling : undefined;
  }

  private isAble(act: ReminderAct, reminder: ModelReminder, today: string): boolean {
    const follower = this.followerOf(reminder);
    if (act === 'close') return !this.isOver(reminder);
    const isNew = !this.isOver(reminder) && !reminder.isDelivered && today <= reminder.dueOn;
    if (act === 'deliver') return isNew;
    const telling = follower && this.tellingOf(follower);
    const isToTell = follower?.state === 'on_notice' && !telling;
    if (act === 'tell') return isToTell;
    if (act === 'seen') return isNew || isToTell;
    return follower?.state === 'on_notice' && telling !== undefined && !telling.hasAgreed;
  }
}
