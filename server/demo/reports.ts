import { and, eq, inArray } from 'drizzle-orm';
import { runCommand } from '../commands/index.ts';
import type { StaffWrite } from '../http/index.ts';
import { createAwards, toldSteps } from '../proposals/index.ts';
import { endReport } from '../reports/end-report.ts';
import { receiveReport, type Received } from '../reports/receive.ts';
import type { ReportAt } from '../reports/report-at.ts';
import { findReport } from '../reports/report-row.ts';
import { atDesk } from './at-desk.ts';
import type { Office } from './office.ts';
import type { StoryHousehold, World } from './world.ts';

/** Once a year, reported by the household itself; three times a month, by whoever was helped. */
const OWN_RULE = 'A11';
const HELP_RULE = 'B9';

/** Days before the end of the story. */
const REPORTED = 5;
const CHECKED = 4;
const REPORTED_AGAIN = 2;

/** Reports of the last days by phone: one is taken up, one is not accepted, and one waits for its first check. */
export class Reports {
  private readonly world: World;
  private readonly office: Office;
  private own = '';
  private helped = '';

  constructor(world: World, office: Office) {
    this.world = world;
    this.office = office;
  }

  async inTheAfternoon(daysLeft: number): Promise<void> {
    if (daysLeft === REPORTED) {
      const [own, helped, helper] = await this.phones();
      const words = '帮我家掰了一上午玉米，没要钱';
      this.helped = await this.report(helped, HELP_RULE, { kind: 'helped', words, helper: helper.number });
      this.own = await this.report(own, OWN_RULE, { kind: 'own', words: '院里种了两垄菜', helper: '' });
    }
    if (daysLeft === CHECKED) await this.check();
    if (daysLeft === REPORTED_AGAIN) {
      const [, late] = await this.phones();
      await this.report(late, OWN_RULE, { kind: 'own', words: '墙根种了月季和葱', helper: '' });
    }
  }

  /** Three households that never had a deed under either rule, and are nobody's of the staff. */
  private async phones(): Promise<[StoryHousehold, StoryHousehold, StoryHousehold]> {
    const { tx, villageId, households, staff, rules } = this.world;
    const { proposals } = tx.t;
    const ids = [OWN_RULE, HELP_RULE].flatMap((code) => rules.get(code)?.id ?? []);
    const done = await tx.db
      .select({ id: proposals.householdId })
      .from(proposals)
      .where(and(eq(proposals.villageId, villageId), inArray(proposals.ruleId, ids)));
    const others = new Set([
      ...done.map(({ id }) => id),
      ...[...staff.values()].flatMap(({ householdIds }) => householdIds),
    ]);
    const [one, two, three] = households.filter(({ id }) => !others.has(id));
    if (!one || !two || !three) throw new Error('every household of the story has green yards');
    return [one, two, three];
  }

  private async report(
    { id: reporterId }: StoryHousehold,
    code: string,
    said: Pick<Received, 'kind' | 'words' | 'helper'>,
  ): Promise<string> {
    const { world } = this;
    const { tx, clock } = world;
    clock.pass(300);
    const received = { ...said, ruleId: world.rules.get(code)?.id ?? '', day: clock.day, reporterId };
    const made = await atDesk(world, 'committee', (at) => receiveReport(tx, this.reportAt(at), received));
    await world.tell({ actorId: reporterId, via: 'phone' }, made.act);
    return made.id;
  }

  /** The group leader takes up what a neighbour saw, and finds the other one not done yet. */
  private async check(): Promise<void> {
    const { world, office, own, helped } = this;
    world.clock.pass(1200);
    const batchId = await atDesk(world, 'group_leader', async (at) => {
      const { row } = await findReport(at.tx, at.villageId, helped);
      const { ruleId, householdId, effectiveOn } = row;
      const award = { ruleId, householdIds: [householdId], effectiveOn, note: '受助人自己报的' };
      const proposing = createAwards.with({ ...award, isReported: true }, at);
      const told = toldSteps({ ...at, ledger: world.ledger }, proposing);
      const made = await runCommand(at.tx, at.villageId, told);
      const step = { step: 'take_up', by: at.actorId, proposalId: made.ids[0] ?? '' } as const;
      at.act(await endReport(at.tx, this.reportAt(at), row, step));
      return made.batchId;
    });
    await office.takeOver(batchId, 'group_leader');
    await atDesk(world, 'group_leader', async (at) => {
      const { row } = await findReport(at.tx, at.villageId, own);
      const step = { step: 'not_accept', by: at.actorId, reason: '去看过，地翻好了，菜还没种' } as const;
      at.act(await endReport(at.tx, this.reportAt(at), row, step));
    });
  }

  private reportAt({ village, today, nowMs, newId }: StaffWrite): ReportAt {
    return {
      village,
      today,
      nowMs,
      newId,
      newSalt: () => Buffer.from(this.world.dice.bytes(16)).toString('hex'),
    };
  }
}
