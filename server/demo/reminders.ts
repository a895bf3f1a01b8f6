import { REMINDED } from '../../shared/acts/program-words.ts';
import { addDays } from '../../shared/business-day.ts';
import { STANDINGS_OVER } from '../../shared/deductions/states.ts';
import {
  agree,
  close,
  deliver,
  dueDeductions,
  findReminder,
  remind,
  type ReminderAt,
  standingOf,
  tell,
} from '../deductions/index.ts';
import type { Actor } from '../http/index.ts';
import { CLOCK, decide } from '../proposals/index.ts';
import type { Deed } from './deeds.ts';
import { DEMO_SETTINGS, decisionAtOf, run, staffOf, workOf, type World } from './world.ts';

interface Reminded {
  readonly id: string;
  readonly number: number;
  readonly deed: Deed;
  readonly by: Actor;
}

/** The day on which a household should have put it right. */
const DAYS_TO_PUT_RIGHT = 2;
/** Every so many-th household puts it right, and every so many-th agrees on its phone to what is deducted. */
const PUT_RIGHT_EVERY = 3;
const AGREES_EVERY = 2;

/** Reminders of the story: each deduction begins with one. They draw nothing from the story's dice. */
export class Reminders {
  private open: Reminded[] = [];
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** A member of the committee reminds the household and hands the slip over. */
  async remind(deed: Deed): Promise<void> {
    const { world } = this;
    const rule = world.rules.get(deed.code);
    for (const householdId of deed.householdIds) {
      // Nobody is reminded again about the same while the first reminder may be open.
      const isSame = ({ deed: { code, householdIds } }: Reminded) =>
        code === deed.code && householdIds.includes(householdId);
      if (this.open.some(isSame)) continue;
      const by = this.keeperFor(householdId);
      const at = this.at(by);
      const words = [deed.event ?? '', deed.note].filter((part) => part !== '').join('：');
      const dueOn = addDays(at.today, DAYS_TO_PUT_RIGHT);
      const wanted = { householdId, ruleId: rule?.id ?? '', words, dueOn };
      const { id, number, acts } = await remind(at, () => world.newActId(), wanted);
      world.clock.pass(900);
      const delivered = await deliver(this.at(by), await findReminder(world.tx, at, id), 'paper');
      await world.tell({ actorId: by.id, via: 'desk' }, ...acts, ...delivered);
      this.open.push({
        id,
        number,
        by,
        deed: { ...deed, householdIds: [householdId], effectiveOn: at.today },
      });
    }
  }

  /** The deductions that are to be proposed today. Some households have put it right. */
  async followUp(): Promise<Deed[]> {
    const { world } = this;
    const deeds: Deed[] = [];
    const before = this.open;
    this.open = [];
    for (const one of before) {
      const { id, number, by, deed } = one;
      const at = this.at(by);
      const known = await findReminder(world.tx, at, id);
      const standing = standingOf(known, at.today);
      if (!STANDINGS_OVER.includes(standing)) this.open.push(one);
      if (standing !== 'ready') continue;
      if (number % PUT_RIGHT_EVERY !== 0) deeds.push(deed);
      else await world.tell({ actorId: by.id, via: 'desk' }, ...(await close(at, known, 'put_right')));
    }
    return deeds;
  }

  /** Tells the households what was approved. Every other one agrees on its phone. */
  async tell(): Promise<void> {
    const { world } = this;
    for (const { id, number, by } of this.open) {
      const at = this.at(by);
      const known = await findReminder(world.tx, at, id);
      if (standingOf(known, at.today) !== 'to_tell') continue;
      const { acts } = await tell(at, known, 'spoken');
      await world.tell({ actorId: by.id, via: 'desk' }, ...acts);
      if (number % AGREES_EVERY !== 0) continue;
      const agreed = await agree(at, await findReminder(world.tx, at, id));
      await world.tell({ actorId: REMINDED, via: 'phone' }, ...agreed);
    }
  }

  /** The clock posts what the households agreed to, or did not explain in their days. */
  async count(): Promise<void> {
    const { world } = this;
    const at = { villageId: world.villageId, today: world.clock.day };
    const ids = await dueDeductions(world.tx, at);
    if (ids.length === 0) return;
    const byClock = decisionAtOf(world, staffOf(world, 'approver'));
    await run(
      world,
      decide.with(
        { action: 'post', ids, reason: '' },
        { ...byClock, actor: CLOCK, actorId: CLOCK.id, newId: () => world.newActId() },
      ),
    );
  }

  private at(actor: Actor): ReminderAt {
    const { world } = this;
    const { tx, villageId, nowMs, today } = workOf(world, actor.id);
    const village = { ...world.village, settings: DEMO_SETTINGS };
    return { tx, villageId, village, actor, nowMs, today, newId: () => world.newActId() };
  }

  /** Nobody deals with a reminder to the household of their own. */
  private keeperFor(householdId: string): Actor {
    const committee = staffOf(this.world, 'committee');
    return committee.householdIds.includes(householdId) ? staffOf(this.world, 'approver') : committee;
  }
}
