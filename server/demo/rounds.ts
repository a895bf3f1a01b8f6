import type { Marks } from '../../shared/rounds/states.ts';
import { closeRound } from '../rounds/close-round.ts';
import { findOpenRound } from '../rounds/find-round.ts';
import { handIn } from '../rounds/hand-in.ts';
import { openRound } from '../rounds/open-round.ts';
import { outcomesOf, tryOutcomes } from '../rounds/outcome.ts';
import { atDesk } from './at-desk.ts';
import type { Part } from './cast.ts';
import type { Office } from './office.ts';
import { staffOf, type World } from './world.ts';

const JUDGES = ['judge', 'second_judge', 'third_judge'] as const satisfies readonly Part[];
const MOST = 1000;
const ITEMS = ['齐', '洁', '美'].map((name) => ({ name, most: MOST }));
/** Three items make 30 points at most; the rule gives five. */
const BANDS = [{ least: 2500, points: 500 }] as const;
const RULE = 'A1';

/** Days before the end of the story. The second round is still open then, and a sheet of it is missing. */
const OPENED = 10;
const HANDED_IN = 9;
const CLOSED = 8;
const OPENED_AGAIN = 2;
const HANDED_IN_AGAIN = 1;

/** The rounds of the last days: three judges go from house to house, and the committee closes the first one. */
export class Rounds {
  private readonly world: World;
  private readonly office: Office;
  private roundId = '';

  constructor(world: World, office: Office) {
    this.world = world;
    this.office = office;
  }

  async inTheMorning(daysLeft: number): Promise<void> {
    if (daysLeft === OPENED) await this.open('第一组庭院评比', 0);
    if (daysLeft === OPENED_AGAIN) await this.open('第二组庭院评比', 1);
  }

  async inTheAfternoon(daysLeft: number): Promise<void> {
    if (daysLeft === HANDED_IN) await this.handIn(JUDGES);
    if (daysLeft === CLOSED) await this.close();
    if (daysLeft === HANDED_IN_AGAIN) await this.handIn(JUDGES.slice(1));
  }

  private async open(name: string, place: number): Promise<void> {
    const { world } = this;
    const groups = Array.from(new Set(world.households.map(({ group }) => group))).sort();
    const wanted = {
      ...{ name, day: world.clock.day, ruleId: world.rules.get(RULE)?.id ?? '', items: ITEMS, bands: BANDS },
      ...{ judgeIds: JUDGES.map((part) => staffOf(world, part).id), householdIds: [] },
      groups: groups.slice(place, place + 1),
    };
    this.roundId = await atDesk(world, 'committee', async (at) => {
      const { id, act } = await openRound(at, wanted);
      at.act(act);
      return id;
    });
  }

  private async handIn(parts: readonly (typeof JUDGES)[number][]): Promise<void> {
    const { world, roundId: id } = this;
    for (const part of parts) {
      world.clock.pass(1200);
      await atDesk(world, part, async (at) => {
        const { householdIds } = await findOpenRound(at.tx, at.villageId, id);
        const marks = householdIds.map((householdId, house) =>
          at.actor.householdIds.includes(householdId) ? null : marksOf(house, JUDGES.indexOf(part)),
        );
        const { act } = await handIn(at, { id, judgeId: at.actor.id, marks, versionSeen: 0 });
        at.act(act);
      });
    }
  }

  private async close(): Promise<void> {
    const { world, office, roundId: id } = this;
    const batchId = await atDesk(world, 'committee', async (at) => {
      const outcomes = outcomesOf(await findOpenRound(at.tx, at.villageId, id));
      const leftOut = (await tryOutcomes(at.tx, at, outcomes)).filter((one) => one.leftOut !== null).length;
      const closed = await closeRound(at, world.ledger, { id, leftOut });
      at.act(closed.act);
      return closed.batchId;
    });
    if (batchId !== null) await office.takeOver(batchId, 'committee');
  }
}

/** Most yards are in order. Judges disagree about the seventh house. */
function marksOf(house: number, judge: number): Marks {
  const isDisputed = house % 7 === 6 && judge === 2;
  return ITEMS.map((_, item) => {
    const missing = ((house * 5 + judge * 3 + item * 2) % 5) * 50;
    return isDisputed ? MOST / 2 : MOST - missing;
  });
}
