import { drawAwards, entriesOfMonth, monthsBefore, readAwards } from '../rechecks/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import type { DemoDay } from './calendar.ts';
import { staffOf, type World } from './world.ts';

/** The meeting draws on the fifth. */
const MEETING = 5;
const FINDINGS = ['去家里看了，院子干净', '', '问了邻居，都说做了', '', '签到表上有名字'];

/** The day of the last meeting that the story has before `end`; −1 if there is none. */
export function lastMeeting(days: readonly DemoDay[], end: number): number {
  return days.findLastIndex(({ date }, index) => date === MEETING && index < end);
}

/** The meeting draws five awards of the last month by a number that somebody calls out, and the second approver looks at them. */
export async function recheckLastMonth(world: World): Promise<void> {
  const { tx, villageId, village, clock } = world;
  const [month = ''] = monthsBefore(clock.day.slice(0, 7), 1);
  const { timeZone } = village.settings;
  const span = await entriesOfMonth(tx, villageId, { month, timeZone });
  if (!span) return;
  const order = { called: 427, calledBy: '三组村民代表', count: FINDINGS.length, drawsSeen: 0 };
  const head = { number: span.last, digits: span.digits };
  const { act } = await drawAwards(tx, { village, today: clock.day }, { month, head, ...order });
  await world.tell({ actorId: staffOf(world, 'committee').id, via: 'desk' }, act);
  const drawn = (act.is?.drawn ?? []) as readonly string[];
  const awards = await readAwards(tx, villageId, drawn.map(Number));
  const checker = staffOf(world, 'second_approver');
  for (const [place, number] of drawn.entries()) {
    const award = awards.get(Number(number));
    const hadPart =
      award?.approvedBy === checker.id || checker.householdIds.includes(award?.householdId ?? '');
    if (!award || hadPart) continue;
    clock.pass(1200);
    const { number: name = '' } = world.households.find(({ id }) => id === award.householdId) ?? {};
    await world.tell({ actorId: checker.id, via: 'desk' }, findingOf(month, { ...award, name }, place));
  }
}

function findingOf(
  month: string,
  award: { readonly number: number; readonly householdId: string; readonly name: string },
  place: number,
): AnyAct {
  const { number, householdId, name } = award;
  const finding = FINDINGS[place] ?? '';
  const on = `recheck:${month}` as const;
  const thing = { thing: `household:${householdId}`, name, is: { finding } } as const;
  const isAway = place === FINDINGS.length - 2;
  if (isAway)
    return {
      act: 'rechecks.could_not_check',
      ...{ on, is: { entry: number }, things: [{ ...thing, is: { finding: '家里没人，改天再去' } }] },
    };
  return { act: 'rechecks.stood', on, is: { entry: number }, things: finding === '' ? [] : [thing] };
}
