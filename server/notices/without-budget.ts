import type { Reader } from '../../db/index.ts';
import { addDays, firstOfMonth } from '../../shared/business-day.ts';
import { partsOf, partUnder } from '../budget/index.ts';
import type { VillageContext } from '../http/index.ts';
import { waitingOnNotice, withinBudget } from '../proposals/index.ts';
import { isDue, type NoticeNow } from './numbered-notices.ts';

interface BudgetAt {
  readonly village: VillageContext;
  readonly today: string;
}

/** The awards of a notice whose days are over and that the month's budget has no points for: they wait for the next month. */
export async function withoutBudget(
  reader: Reader,
  { village: { id: villageId, settings }, today }: BudgetAt,
  notice: NoticeNow,
): Promise<string[]> {
  if (settings.budgetHundredths === null || notice.ended || !isDue(notice, today)) return [];
  const waiting = (await waitingOnNotice(reader, villageId, notice.id)).map(({ id }) => id);
  const payable = new Set(await withinBudget(reader, { villageId, settings, today }, waiting));
  return waiting.filter((id) => !payable.has(id));
}

/** The day on which an award has points of a budget again, at the earliest; null where a whole month has too few for it. */
export function nextBudgetFor(
  { village: { settings }, today }: BudgetAt,
  { head, points }: { readonly head: string; readonly points: number },
): string | null {
  const nextMonth = firstOfMonth(addDays(firstOfMonth(today), 31));
  const part = partUnder(partsOf(settings, nextMonth), head);
  return part && points <= part.hundredths ? nextMonth : null;
}
