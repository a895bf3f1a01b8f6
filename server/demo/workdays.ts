import { addDays } from '../../shared/business-day.ts';
import { announce } from '../workdays/announce.ts';
import { leaveOut } from '../workdays/change-attendance.ts';
import { closeWorkday } from '../workdays/close.ts';
import { plannedAwards } from '../workdays/planned-awards.ts';
import { signIn } from '../workdays/sign-in.ts';
import { signOut } from '../workdays/sign-out.ts';
import { attendancesOf, findWorkday } from '../workdays/workday-row.ts';
import { atDesk } from './at-desk.ts';
import type { Office } from './office.ts';
import type { World } from './world.ts';

/** Ten points for coming. */
const RULE = 'E5';
const CAME = 9;

/** Days before the end of the story. The second event is still to come then. */
const ANNOUNCED = 8;
const WORKED = 6;
const ANNOUNCED_AGAIN = 2;
const DAYS_AHEAD = 5;

/** The work days of the last days: people sign in at the place and out again, and the committee closes the list. */
export class Workdays {
  private readonly world: World;
  private readonly office: Office;
  private eventId = '';

  constructor(world: World, office: Office) {
    this.world = world;
    this.office = office;
  }

  async inTheMorning(daysLeft: number): Promise<void> {
    const { day } = this.world.clock;
    if (daysLeft === ANNOUNCED)
      await this.announce('清理村东水渠', '村东水渠', addDays(day, ANNOUNCED - WORKED));
    if (daysLeft === WORKED) await this.signIn();
    if (daysLeft === ANNOUNCED_AGAIN) await this.announce('村道大扫除', '文化广场', addDays(day, DAYS_AHEAD));
  }

  async inTheAfternoon(daysLeft: number): Promise<void> {
    if (daysLeft === WORKED) await this.close();
  }

  private async announce(title: string, place: string, day: string): Promise<void> {
    const ruleId = this.world.rules.get(RULE)?.id ?? '';
    const said = { title, place, day, from: '08:00', until: '11:00', ruleId, most: 40 };
    this.eventId = (await atDesk(this.world, 'committee', (at) => announce(at, said))).id;
  }

  /** Every twentieth household comes, and shows its card or says its number. */
  private async signIn(): Promise<void> {
    const { world, eventId } = this;
    for (let came = 0; came < CAME; came += 1) {
      const household = world.households[came * 20 + 3];
      if (!household) return;
      world.clock.pass(90);
      await atDesk(world, 'group_leader', (at) =>
        signIn(at, eventId, { number: household.number, member: '' }),
      );
    }
  }

  private async close(): Promise<void> {
    const { world, office, eventId } = this;
    await atDesk(world, 'group_leader', async (at) => {
      const { row } = await findWorkday(at.tx, at, eventId);
      const attendanceIds = (await attendancesOf(at.tx, row)).map(({ id }) => id);
      return signOut(at, eventId, { attendanceIds });
    });
    world.clock.pass(900);
    const batchId = await atDesk(world, 'committee', async (at) => {
      const workday = await findWorkday(at.tx, at, eventId);
      const planned = await plannedAwards(at.tx, at, workday, await attendancesOf(at.tx, workday.row));
      const refused = planned.filter(({ refusal }) => refusal !== null);
      for (const { row } of refused)
        await leaveOut(at, eventId, { attendanceId: row.id, isLeftOut: true, reason: '这一天已经记过了' });
      return (await closeWorkday(at, world.ledger, eventId, planned.length - refused.length)).batchId;
    });
    if (batchId !== null) await office.takeOver(batchId, 'committee');
  }
}
