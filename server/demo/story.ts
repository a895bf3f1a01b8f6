import { addDays } from '../../shared/business-day.ts';
import { changeRule, findRule, toldOfRule } from '../rules/index.ts';
import {
  actOfBegin,
  actsOfEnd,
  changeVolunteer,
  createKiosk,
  createVolunteer,
  endShifts,
  pairDevice,
  startShift,
} from '../kiosk/index.ts';
import type { RandomBytes } from '../http/index.ts';
import { hashToken, newToken } from '../identity/index.ts';
import type { DemoDay } from './calendar.ts';
import type { Cast } from './cast.ts';
import { type Counter, serve } from './counter.ts';
import { type Deed, DeedLimits, deedsOfDay } from './deeds.ts';
import { openVillage, superviseVillage } from './founding.ts';
import { Office } from './office.ts';
import { agreeOn } from './second-person.ts';
import { Reminders } from './reminders.ts';
import { Storeroom } from './storeroom.ts';
import { NoticeBoard } from './notices.ts';
import { Reports } from './reports.ts';
import { Rounds } from './rounds.ts';
import { Workdays } from './workdays.ts';
import { lastMeeting, recheckLastMonth } from './rechecks.ts';
import { staffOf, type World } from './world.ts';

const MORNING = 8 * 60;
const SHOP_OPENS = 8 * 60 + 30;
const DESK_HOURS = 17 * 60 + 30;
const EVENING = 19 * 60 + 30;
const SATURDAY = 6;
const WEDNESDAY = 3;
const MONDAY = 1;
const SUNDAY = 0;
/** The supervisor signs the opening of the books on the third evening. */
const OPENING_SIGNED = 2;
/** The proposals of the last days are left undecided, so that the desk has something to show first. */
const DAYS_LEFT_OPEN = 2;

/** Plays six months day by day. `onDay` is called after each of them. */
export async function tellStory(
  world: World,
  days: readonly DemoDay[],
  cast: Cast,
  random: RandomBytes,
  onDay: (done: number) => void,
): Promise<{ kioskId: string }> {
  const { clock, dice } = world;
  const reminders = new Reminders(world);
  const storeroom = new Storeroom(world);
  const limits = new DeedLimits();
  const office = new Office(world, limits);
  await storeroom.open();
  const kioskId = await setUpKiosk(world, random);
  const shop = new Shifts(world, kioskId, cast, random);
  await shop.volunteer(0);
  await openVillage(world);
  const notices = new NoticeBoard(world);
  const [rounds, workdays] = [new Rounds(world, office), new Workdays(world, office)];
  const reports = new Reports(world, office);
  const meeting = lastMeeting(days, days.length - DAYS_LEFT_OPEN);
  for (const [index, today] of days.entries()) {
    const daysLeft = days.length - index;
    await notices.atMidnight(today.day);
    clock.moveTo(today.day, MORNING);
    await notices.inTheMorning(daysLeft);
    await rounds.inTheMorning(daysLeft);
    await workdays.inTheMorning(daysLeft);
    limits.begin(today);
    await reminders.count();
    if (today.weekday === MONDAY) await storeroom.restock();
    if (today.festival !== null) await storeroom.receiveDonation(today.festival);
    if (index === 60 || index === 130) await storeroom.count();
    if (index === 90) await changeRuleBook(world);
    const visitors = visitorsOn(today, dice.below(100));
    if (visitors > 0) {
      clock.moveTo(today.day, SHOP_OPENS);
      await serve(
        world,
        await shop.start(Math.floor((index * cast.volunteers.length) / days.length)),
        storeroom,
        visitors,
      );
      await shop.end();
    }
    clock.moveTo(today.day, DESK_HOURS);
    await office.resubmit();
    const deeds = deedsOfDay({ world, today }, limits);
    const takesAway = ({ code }: Deed) => (world.rules.get(code)?.points ?? 0) < 0;
    await office.propose([...(await reminders.followUp()), ...deeds.filter((deed) => !takesAway(deed))]);
    for (const deed of deeds.filter(takesAway)) await reminders.remind(deed);
    await notices.inTheAfternoon(daysLeft);
    await rounds.inTheAfternoon(daysLeft);
    await workdays.inTheAfternoon(daysLeft);
    await reports.inTheAfternoon(daysLeft);
    if (daysLeft <= DAYS_LEFT_OPEN) continue;
    clock.moveTo(today.day, EVENING);
    const isBusy = dice.percent(80) || daysLeft === DAYS_LEFT_OPEN + 1;
    if (isBusy || notices.needsDeeds(daysLeft)) await office.decideWaiting();
    await reminders.tell();
    if (index % 37 === 36) await office.reverseOne();
    if (index === meeting) await recheckLastMonth(world);
    if (index === OPENING_SIGNED) await superviseVillage(world, 'opening');
    if (today.weekday === SUNDAY) await superviseVillage(world, 'week');
    onDay(index + 1);
  }
  await announceChange(world);
  onDay(days.length);
  return { kioskId };
}

/** Market days fill the shop; on Saturdays and Wednesdays a few come by. */
function visitorsOn({ isMarket, weekday }: DemoDay, luck: number): number {
  if (isMarket) return 9 + (luck % 6);
  if (weekday === SATURDAY) return 4 + (luck % 4);
  return weekday === WEDNESDAY ? 1 + (luck % 3) : 0;
}

/** The village meeting finds that handing in farm film should be worth more: the rule gets a second version. */
async function changeRuleBook(world: World): Promise<void> {
  const rule = world.rules.get('A7');
  if (!rule) return;
  const { tx, villageId, clock } = world;
  const body = { points: 200, decidedBy: 'representatives', decidedOn: clock.day } as const;
  await agreeOn(world, 'admin', {
    ...{ operation: 'rules.update', params: { id: rule.id }, body },
    async run(at) {
      const author = { ...at, nowMs: clock.nowMs, today: clock.day };
      const { was, is } = await changeRule(tx, villageId, rule.id, body, author);
      const told = { was: toldOfRule(was), is: toldOfRule(is) };
      return [{ act: 'rules.changed', on: `rule:${rule.id}`, ...told }];
    },
  });
  const changed = await findRule(tx, villageId, rule.id, clock.day);
  world.rules.set(changed.code, { ...changed, uses: rule.uses });
}

/** The last decision counts ten days later: until then everybody can read it. */
async function announceChange(world: World): Promise<void> {
  const rule = world.rules.get('E5');
  if (!rule) return;
  const { tx, villageId, clock, village } = world;
  const { actorId, via } = byAdmin(world);
  const author = { actorId, nowMs: clock.nowMs, today: clock.day, village };
  const decision = { decidedBy: 'representatives', decidedOn: clock.day } as const;
  const body = { points: 800, effectiveFrom: addDays(clock.day, 10), ...decision };
  const { was, is } = await changeRule(tx, villageId, rule.id, body, author);
  const told = { was: toldOfRule(was), is: toldOfRule(is) };
  await world.tell({ actorId, via }, { act: 'rules.changed', on: `rule:${rule.id}`, ...told });
}

async function setUpKiosk(world: World, random: RandomBytes): Promise<string> {
  const { tx, villageId, clock } = world;
  const name = '柜台平板';
  const made = await createKiosk({ tx, villageId, nowMs: clock.nowMs, random }, { id: world.newId(), name });
  const paired = await pairDevice(tx, {
    code: made.code,
    tokenHash: hashToken(newToken(random)),
    nowMs: clock.nowMs,
  });
  if (!paired) throw new Error('the kiosk of the story did not pair');
  const { id } = paired.kiosk;
  const on = `kiosk:${id}` as const;
  await world.tell(byAdmin(world), { act: 'kiosks.created', on, is: { name } });
  await world.tell({ actorId: id, via: 'kiosk' }, { act: 'kiosks.paired', on });
  return id;
}

function byAdmin(world: World) {
  return { actorId: staffOf(world, 'admin').id, via: 'desk' } as const;
}

/** The shifts at the counter: every month another volunteer. */
class Shifts {
  private readonly world: World;
  private readonly kioskId: string;
  private readonly cast: Cast;
  private readonly random: RandomBytes;
  private underWay: {
    readonly by: Parameters<World['tell']>[0];
    readonly id: string;
    readonly kioskId: string;
  } | null = null;
  private onDuty: { id: string; name: string; pinHash: string } | null = null;

  constructor(world: World, kioskId: string, cast: Cast, random: RandomBytes) {
    this.world = world;
    this.kioskId = kioskId;
    this.cast = cast;
    this.random = random;
  }

  async start(turn: number): Promise<Counter> {
    const { tx, villageId, clock } = this.world;
    const volunteer = await this.volunteer(turn);
    const shiftId = this.world.newId();
    const tokenHash = hashToken(newToken(this.random));
    const { kioskId } = this;
    const started = await startShift(tx, {
      villageId,
      id: shiftId,
      kioskId,
      volunteer,
      tokenHash,
      nowMs: clock.nowMs,
    });
    if (!started) throw new Error('the shift of the story did not start');
    const by = { actorId: volunteer.id, via: 'kiosk' } as const;
    await this.world.tell(by, actOfBegin(kioskId, shiftId));
    this.underWay = { by, id: shiftId, kioskId };
    return { kioskId, shiftId, volunteerId: volunteer.id };
  }

  async end(): Promise<void> {
    const { tx, villageId, clock } = this.world;
    clock.pass(300);
    await endShifts({ tx, villageId, nowMs: clock.nowMs }, { kioskId: this.kioskId });
    if (this.underWay) await this.world.tell(this.underWay.by, ...actsOfEnd([this.underWay]));
    this.underWay = null;
  }

  /** The volunteer of this turn. When a new one comes, the one before leaves. */
  async volunteer(turn: number): Promise<{ id: string; pinHash: string }> {
    const { tx, villageId, clock } = this.world;
    const person = this.cast.volunteers[turn];
    if (!person) throw new Error('too few volunteers for the story');
    const { name, pinHash } = person;
    if (this.onDuty?.name === name) return this.onDuty;
    if (this.onDuty) {
      const left = this.onDuty.id;
      const { actorId } = byAdmin(this.world);
      await changeVolunteer(tx, { villageId, id: left, nowMs: clock.nowMs, disabled: true, actorId });
      const [was, is] = [{ disabled: false }, { disabled: true }];
      await this.world.tell(byAdmin(this.world), {
        ...{ act: 'volunteers.changed', on: `volunteer:${left}`, was, is },
      });
    }
    const id = this.world.newId();
    await createVolunteer(tx, { villageId, id, name, pinHash, unconfirmedBy: null, nowMs: clock.nowMs });
    const made = { act: 'volunteers.created', on: `volunteer:${id}`, is: { name } } as const;
    await this.world.tell(byAdmin(this.world), made);
    const approver = { actorId: staffOf(this.world, 'approver').id, via: 'desk' } as const;
    await this.world.tell(approver, { act: 'volunteers.confirmed', on: `volunteer:${id}` });
    this.onDuty = { id, name, pinHash };
    return this.onDuty;
  }
}
