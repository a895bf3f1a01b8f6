import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { ruleWordings } from '../rules/index.ts';
import type { KnownReminder, ReminderRow } from './reminder-rows.ts';

interface RuleThen {
  readonly id: string;
  readonly code: string;
  readonly title: string;
}

/** Reads the rules of these reminders, each in the words that counted when the reminder was made. */
export async function rulesThen(
  reader: Reader,
  { villageId, timeZone }: { readonly villageId: string; readonly timeZone: string },
  known: readonly KnownReminder[],
): Promise<(row: ReminderRow) => RuleThen> {
  const ids = known.map(({ row }) => row.ruleId);
  const wordings = await ruleWordings(reader, villageId, ids);
  return ({ ruleId, madeAtMs: atMs }) => {
    const { id, code, title } = wordings.at(ruleId, { day: businessDay(atMs, timeZone), atMs });
    return { id, code, title };
  };
}
