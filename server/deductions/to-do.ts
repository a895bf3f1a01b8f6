import type { Reader } from '../../db/index.ts';
import { STANDINGS_TO_DO } from '../../shared/deductions/states.ts';
import { readReminders, standingOf } from './reminder-rows.ts';

/** More than these are told of on their list, not on the home page. */
const COUNTED_MOST = 200;

interface At {
  readonly villageId: string;
  readonly today: string;
}

/** How many reminders wait for somebody at the desk: to be handed over, to be closed or followed, to be told of. */
export async function remindersToDo(reader: Reader, at: At): Promise<number> {
  const open = await readReminders(reader, at, { filter: 'open', limit: COUNTED_MOST });
  return open.filter((one) => STANDINGS_TO_DO.includes(standingOf(one, at.today))).length;
}

/** How many open reminders a household has. */
export async function ownRemindersToRead(
  reader: Reader,
  at: At & { readonly householdId: string },
): Promise<number> {
  const { householdId } = at;
  return (await readReminders(reader, at, { filter: 'open', householdId, limit: COUNTED_MOST })).length;
}
