import { added, changed, writeRows } from '../../db/index.ts';
import { addDays } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { minuteOf } from '../../shared/workdays/hours.ts';
import { AHEAD_DAYS_MOST } from '../../shared/workdays/states.ts';
import { worthKindOf } from '../../shared/workdays/worth.ts';
import { findRule } from '../rules/index.ts';
import { refuseUnfitTexts } from '../texts/index.ts';
import type { At } from './sign-in.ts';
import { toldOfWorkday } from './told-of.ts';
import { findWorkday, type WorkdayRow } from './workday-row.ts';

interface Announced extends Pick<WorkdayRow, 'title' | 'day' | 'place' | 'ruleId' | 'most'> {
  readonly from: string;
  readonly until: string;
}

/** Announces an event, which goes public at once. Refuses with workday.day, workday.rule, rule.not_found, text.unfit. */
export async function announce(at: At, { from, until, ...said }: Announced) {
  const { tx, village, actor, today } = at;
  await tx.lockBook(village.id);
  const isInTime = said.day >= today && said.day <= addDays(today, AHEAD_DAYS_MOST);
  if (!isInTime || minuteOf(from) >= minuteOf(until)) throw new Refusal('workday.day');
  if (worthKindOf(await findRule(tx, village.id, said.ruleId, today)) === null)
    throw new Refusal('workday.rule');
  await refuseUnfitTexts(tx, village.id, said.title, said.place);
  const row: WorkdayRow = {
    ...{ villageId: village.id, id: at.newId(), ...said, fromClock: from, untilClock: until },
    ...{ state: 'announced', reason: '', announcedBy: actor.id, announcedAtMs: at.nowMs },
    ...{ closedBy: null, closedAtMs: null },
  };
  await writeRows(tx, [added('workdays', row)]);
  at.act({ act: 'workdays.created', on: `workday:${row.id}`, is: toldOfWorkday(row) });
  return { id: row.id };
}

/** Cancels an event that is announced. People who signed in stay on its list, and nothing is awarded. */
export async function cancel(at: At, id: string, reason: string) {
  const { tx, village, today } = at;
  await tx.lockBook(village.id);
  const { row } = await findWorkday(tx, { villageId: village.id, today }, id);
  if (row.state !== 'announced') throw new Refusal('workday.state');
  const is = { state: 'cancelled', reason } as const;
  await writeRows(tx, [changed('workdays', row, is)]);
  at.act({ act: 'workdays.cancelled', on: `workday:${id}`, was: { state: row.state }, is });
  return { id };
}
