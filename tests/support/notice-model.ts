import { addDays } from '../../shared/business-day.ts';
import { DeductionModel } from './deduction-model.ts';
import { chosen, isAward, mayAs, type ModelDeed, type ModelNotice, newDeed } from './model-deeds.ts';
import {
  AWARD,
  BUDGET,
  CAP,
  type Command,
  DAYS,
  daysOf,
  DECISIONS,
  FIRST_DAY,
  HOUSEHOLDS,
  isOf,
  KIN_OF,
  type Meant,
  OBJECTION_ACTS,
  type Person,
  REMINDER_ACTS,
} from './notice-commands.ts';
import { ObjectionModel } from './objection-model.ts';

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

/**
 * A model of docs/notices.md and docs/budget.md, with those of objections and of deductions: it says of each act whether it is
 * taken, and what is posted.
 */
export class NoticeModel {
  today = FIRST_DAY;
  moment = 0;
  readonly deeds: ModelDeed[] = [];
  readonly notices: ModelNotice[] = [];
  readonly objections = new ObjectionModel(this.deeds, this.notices);
  readonly deductions = new DeductionModel(this.deeds);
  /** How often the budget kept a deed from being posted whose days were over. */
  shortOfBudget = 0;

  act(c: Command): boolean {
    const { act, by, household, which } = c;
    this.moment += 1;
    if (daysOf(act) > 0) {
      this.today = addDays(this.today, daysOf(act));
      return true;
    }
    if (isOf(DECISIONS, act)) return this.decide(act, by, this.deed(act, which));
    if (isOf(REMINDER_ACTS, act)) return this.deductions.step(act, by, which, household, this);
    if (isOf(OBJECTION_ACTS, act))
      return act === 'object'
        ? this.objections.object(household, this.objections.objectionable(which), this)
        : this.objections.step(act, by, which, this);
    switch (act) {
      case 'propose':
        return mayAs(by, 'committee') && this.hasRoom(household, null) && this.add(household, by);
      case 'remind':
        return this.deductions.remind(household, by, this);
      case 'deduct':
        return this.deductions.deduct(this.deductions.deductible(household, which, this), by, this);
      case 'belowZero':
        return this.deductions.setBelowZero(which);
      case 'make':
        return this.make();
      case 'putUp':
        return this.putUp(this.notice(which));
      case 'takeDown':
        return this.takeDown(this.notice(which));
      case 'clock':
      case 'clocks':
        this.post();
        return true;
      default:
        this.deductions.count(this);
        return true;
    }
  }

  /** The places of what a command means before it is done. */
  meant({ act, household, which }: Command): Meant {
    const { deeds, notices, objections, deductions } = this;
    const deed = isOf(DECISIONS, act) ? this.deed(act, which) : objections.objectionable(which);
    const isStep = isOf(OBJECTION_ACTS, act) && act !== 'object';
    const objection = isStep ? objections.meant(act, which) : undefined;
    const reminder = isOf(REMINDER_ACTS, act) ? deductions.meant(act, which, household, this) : undefined;
    const notice = this.notice(which);
    return {
      deed: deed ? deeds.indexOf(deed) : -1,
      notice: notice ? notices.indexOf(notice) : -1,
      objection: objection ? objections.all.indexOf(objection) : -1,
      reminder: reminder ? deductions.reminders.indexOf(reminder) : -1,
      household: act === 'deduct' ? deductions.deductible(household, which, this) : household,
    };
  }

  /** When a paper is taken off the wall after its end says nothing about points: the model leaves that out. */
  isOutside({ act, which }: Command): boolean {
    const notice = this.notice(which);
    if (act !== 'takeDown' || !notice) return false;
    return notice.ended || this.isDue(notice);
  }

  /** The rest of the budget of each month in which something was posted. */
  budgetsLeft(): Record<string, number> {
    const posted = this.deeds.filter((deed) => isAward(deed) && deed.state === 'posted');
    const months = Map.groupBy(posted, ({ postedOn }) => postedOn.slice(0, 7));
    return Object.fromEntries([...months].map(([month, own]) => [month, (BUDGET - own.length) * AWARD]));
  }

  get points(): number[] {
    return Array.from({ length: HOUSEHOLDS }, (_, place) => this.deductions.balanceOf(place));
  }

  private deed(act: (typeof DECISIONS)[number], which: number): ModelDeed | undefined {
    return chosen(this.deeds, ({ state }) => state === FROM[act], which);
  }

  private notice(which: number): ModelNotice | undefined {
    return this.notices[which % Math.max(1, this.notices.length)];
  }

  private decide(act: (typeof DECISIONS)[number], by: Person, deed: ModelDeed | undefined): boolean {
    if (deed?.state !== FROM[act]) return false;
    const isProposers = act === 'withdraw' || act === 'resubmit';
    if (isProposers && (deed.proposedBy !== by || !mayAs(by, 'committee'))) return false;
    if (!isProposers && (!mayAs(by, 'approver') || deed.proposedBy === by)) return false;
    if (!isProposers && by === 'kin' && deed.household === KIN_OF) return false;
    if (act === 'resubmit' && isAward(deed) && !this.hasRoom(deed.household, deed)) return false;
    if (act === 'approve' && deed.openObjections > 0) return false;
    deed.state = TO[act];
    deed.hadPart.add(by);
    if (act === 'approve') deed.decidedAt = this.moment;
    if (act === 'recall') deed.notice = null;
    return true;
  }

  private add(household: number, proposedBy: Person): boolean {
    this.deeds.push(newDeed(household, proposedBy, this.today, null));
    return true;
  }

  private hasRoom(household: number, itself: ModelDeed | null): boolean {
    const day = itself?.day ?? this.today;
    const standing = this.deeds.filter(
      (one) =>
        isAward(one) &&
        one !== itself &&
        one.household === household &&
        one.day.slice(0, 7) === day.slice(0, 7) &&
        one.state !== 'returned' &&
        one.state !== 'withdrawn',
    );
    return standing.length < CAP.times;
  }

  private make(): boolean {
    const waiting = this.deeds.filter(
      (deed) => isAward(deed) && deed.state === 'on_notice' && deed.notice === null,
    );
    if (waiting.length === 0) return false;
    for (const deed of waiting) deed.notice = this.notices.length;
    this.notices.push({ upOn: null, ended: false });
    return true;
  }

  private putUp(notice: ModelNotice | undefined): boolean {
    if (!notice || notice.ended || notice.upOn !== null) return false;
    notice.upOn = this.today;
    return true;
  }

  private takeDown(notice: ModelNotice | undefined): boolean {
    if (!notice?.upOn) return false;
    notice.upOn = null;
    return true;
  }

  private isDue({ upOn }: ModelNotice): boolean {
    return upOn !== null && this.today >= addDays(upOn, DAYS + 1);
  }

  private post(): void {
    for (const [place, notice] of this.notices.entries()) {
      if (notice.ended || !this.isDue(notice)) continue;
      const told = this.deeds.filter((deed) => deed.notice === place);
      for (const deed of told) {
        if (deed.state !== 'on_notice') continue;
        if (this.postedInMonth() >= BUDGET) {
          this.shortOfBudget += 1;
          continue;
        }
        deed.state = 'posted';
        deed.postedOn = this.today;
        deed.moved = AWARD;
      }
      notice.ended = told.every(({ state }) => state !== 'contested' && state !== 'on_notice');
    }
  }

  private postedInMonth(): number {
    const month = this.today.slice(0, 7);
    return this.deeds.filter((deed) => isAward(deed) && deed.postedOn.startsWith(month)).length;
  }
}
