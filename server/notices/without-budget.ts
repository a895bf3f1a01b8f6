import type { Reader } from '../../db/index.ts';
import type { VillageContext } from '../http/index.ts';
import { waitingOnNotice, withinBudget } from '../proposals/index.ts';
import { isDue, type NoticeNow } from './numbered-notices.ts';

/** Counts the awards of a notice whose days are over and that the month's budget has no points for: they wait for the next month. */
export async function countWithoutBudget(
  reader: Reader,
  {
    village: { id: villageId, settings },
    today,
  }: { readonly village: VillageContext; readonly today: string },
  notice: NoticeNow,
): Promise<number> {
  if (settings.budgetHundredths === null || notice.ended || !isDue(notice, today)) return 0;
  const waiting = (await waitingOnNotice(reader, villageId, notice.id)).map(({ id }) => id);
  const payable = await withinBudget(reader, { villageId, settings, today }, waiting);
  return waiting.length - payable.length;
}
