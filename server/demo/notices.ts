import { OBJECTOR } from '../../shared/acts/program-words.ts';
import { giveBackMonths, refillMonth } from '../budget/index.ts';
import { runCommand } from '../commands/index.ts';
import { type Actor, readVillage, type VillageContext } from '../http/index.ts';
import { makeNotice, putUpNotice, reviewNotice } from '../notices/keep-notice.ts';
import { endOrAwards } from '../notices/post-at-end.ts';
import type { ObjectionAt } from '../objections/objection-at.ts';
import { findObjection } from '../objections/objection-row.ts';
import { receiveObjection, type Received } from '../objections/receive.ts';
import { takeStep } from '../objections/take-step.ts';
import { CLOCK, decide, unannounced } from '../proposals/index.ts';
import { actOfChange, updateVillage } from '../village/index.ts';
import type { Part } from './cast.ts';
import { decisionAtOf, staffOf, type World } from './world.ts';

const NOTICE_DAYS = 5;
/** Hundredths a month: twice what the story gives in its busiest one (1,594 points). */
const BUDGET = 320_000;
/** Days before the end of the story: the village begins with notices, and the days on which one is put up. */
const BEGINS = 11;
const PUT_UP: readonly number[] = [9, 3];
/** Evenings before these mornings on which somebody surely approves, so that the notice tells of something. */
const APPROVED: readonly number[] = PUT_UP.map((daysLeft) => daysLeft + 1);
const OBJECTED = 8;
const OBJECTED_ON_PAPER = 7;
const SUGGESTED = 6;
const OBJECTED_AGAIN = 2;

/** The last days of the story: awards hang on a notice before they are posted, and some households do not agree. */
export class NoticeBoard {
  private readonly world: World;
  private hasBegun = false;
  private readonly hanging: string[] = [];
  /** The deeds of the notice that was put up last. */
  private deeds: { readonly id: string; readonly householdId: string }[] = [];

  constructor(world: World) {
    this.world = world;
  }

  /** The clock posts what has hung for its days, and gives back what the last month left of its budget. */
  async atMidnight(day: string): Promise<void> {
    const { world } = this;
    const { tx, ledger, villageId, clock } = world;
    if (!this.hasBegun) return;
    clock.moveTo(day, 1);
    await giveBackMonths(tx, ledger, { villageId, today: day });
    for (const noticeId of this.hanging) {
      // The second round books the end of the notice.
      for (const _ of ['awards', 'end']) {
        const at = decisionAtOf(world, CLOCK);
        const ids = await endOrAwards(tx, ledger, at, noticeId);
        const posting = { action: 'post', ids, reason: '', noticeId } as const;
        if (ids.length > 0) await runCommand(tx, villageId, decide.with(posting, at));
      }
    }
  }

  /** Whether the notice of tomorrow needs deeds that are approved this evening. */
  needsDeeds(daysLeft: number): boolean {
    return APPROVED.includes(daysLeft);
  }

  async inTheMorning(daysLeft: number): Promise<void> {
    if (daysLeft === BEGINS) await this.begin();
    if (PUT_UP.includes(daysLeft)) await this.putUp();
  }

  async inTheAfternoon(daysLeft: number): Promise<void> {
    if (daysLeft === OBJECTED) {
      const words = '那天扫街没看见他家来人，请核对签到表';
      const id = await this.receive({ ...PHONE, kind: 'objection', words, ...this.deedOfOthers(0) });
      const reason = '看了签到表和照片，到场一个半小时，有组长签字';
      await this.answer(id, 'second_approver', { outcome: 'rejected', reason });
    }
    if (daysLeft === OBJECTED_ON_PAPER) {
      const words = '这一家的分和上一笔是同一件事';
      const id = await this.receive({ ...PAPER, kind: 'objection', words, proposalId: this.deedAt(1).id });
      const reason = '确是同一件事记了两次，退回改正';
      await this.answer(id, 'second_approver', { outcome: 'upheld', reason });
    }
    if (daysLeft === SUGGESTED) {
      const id = await this.receive({ ...PAPER, kind: 'suggestion', words: '超市能不能进些小号胶鞋' });
      await this.answer(id, 'approver', { outcome: 'upheld', reason: '已和超市说好，下月进货' });
    }
    if (daysLeft === OBJECTED_AGAIN) {
      const words = '我家也去了，单子上没有我家';
      await this.receive({ ...PHONE, kind: 'objection', words, ...this.deedOfOthers(2) });
    }
  }

  /** Longer notices and a budget loosen nothing, so the administrator sets them alone. */
  private async begin(): Promise<void> {
    const { world } = this;
    this.hasBegun = true;
    const was = await this.village();
    const settings = { noticeDays: NOTICE_DAYS, budgetHundredths: BUDGET };
    const changed = await updateVillage(world.tx, world.villageId, { settings });
    const { tx, ledger, villageId, clock } = world;
    const at = { villageId, actorId: staffOf(world, 'admin').id, today: clock.day };
    await refillMonth(tx, ledger, at, changed.settings);
    world.settings = { ...world.settings, ...settings };
    await world.tell(this.by('admin'), actOfChange(was, changed));
  }

  /** The committee makes a notice, the supervisor signs it, and it is put up. */
  private async putUp(): Promise<void> {
    const { world } = this;
    const { tx, clock, villageId } = world;
    this.deeds = await unannounced(tx, villageId);
    if (this.deeds.length === 0) return;
    const made = await makeNotice(tx, await this.at('committee'));
    await world.tell(this.by('committee'), made.act);
    clock.pass(600);
    const seen = { id: made.id, hash: String(made.act.is?.document), remark: '' };
    await world.tell(this.by('supervisor'), await reviewNotice(tx, await this.at('supervisor'), seen));
    clock.pass(300);
    await world.tell(this.by('committee'), await putUpNotice(tx, await this.at('committee'), made.id));
    this.hanging.push(made.id);
  }

  /** A deed on the notice, and a household that it does not concern. */
  private deedOfOthers(place: number): Pick<Received, 'proposalId' | 'householdId'> {
    const deed = this.deedAt(place);
    const objector = this.world.households.find(({ id }) => id !== deed.householdId);
    return { proposalId: deed.id, householdId: objector?.id ?? null };
  }

  private deedAt(place: number): (typeof this.deeds)[number] {
    const deed = this.deeds[place % this.deeds.length];
    if (!deed) throw new Error('the notice of the story tells of nothing');
    return deed;
  }

  private async receive(received: Received): Promise<string> {
    const { world } = this;
    world.clock.pass(600);
    const by = received.channel === 'phone' ? null : staffOf(world, 'committee').id;
    const { id, acts } = await receiveObjection(world.tx, await this.objectionAt(by), received);
    const via = by === null ? 'phone' : 'desk';
    await world.tell({ actorId: by ?? OBJECTOR, via }, ...acts);
    return id;
  }

  private async answer(
    id: string,
    part: Part,
    given: { readonly outcome: 'upheld' | 'rejected'; readonly reason: string },
  ): Promise<void> {
    const { world } = this;
    world.clock.pass(3600);
    const known = await findObjection(world.tx, world.villageId, id);
    const at = await this.objectionAt(staffOf(world, part).id);
    await world.tell(this.by(part), ...(await takeStep(world.tx, at, known, { step: 'answer', ...given })));
  }

  private async objectionAt(by: string | null): Promise<ObjectionAt> {
    return { ...(await this.at('committee')), by, actorId: by ?? OBJECTOR };
  }

  private async at(
    part: Part,
  ): Promise<
    Pick<ObjectionAt, 'village' | 'today' | 'nowMs' | 'newId' | 'newSalt'> & { readonly actor: Actor }
  > {
    const { world } = this;
    const newSalt = () => Buffer.from(world.dice.bytes(16)).toString('hex');
    const { nowMs, day: today } = world.clock;
    const village = await this.village();
    return { village, actor: staffOf(world, part), today, nowMs, newId: () => world.newId(), newSalt };
  }

  private async village(): Promise<VillageContext> {
    const village = await readVillage(this.world.tx, this.world.villageId);
    if (!village) throw new Error('the village is not there');
    return village;
  }

  private by(part: Part): Parameters<World['tell']>[0] {
    return { actorId: staffOf(this.world, part).id, via: 'desk' };
  }
}

const PHONE = { channel: 'phone', name: '' } as const;
const PAPER = { channel: 'paper', householdId: null, name: '' } as const;
