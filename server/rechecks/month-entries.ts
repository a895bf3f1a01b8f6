import { aliasedTable, and, asc, eq, gte, lte, notExists } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { bookedBetween, type EntrySpan, isReversalOf } from '../ledger/index.ts';
import { isJudged } from '../proposals/index.ts';

/** The month in which an instant lies, YYYY-MM. */
export function monthAt(atMs: number, timeZone: string): string {
  return businessDay(atMs, timeZone).slice(0, 7);
}

/** The entries that were booked in a month; null without any. The last of them is the one that the month's notice shows. */
export function entriesOfMonth(
  reader: Reader,
  villageId: string,
  { month, timeZone }: { readonly month: string; readonly timeZone: string },
): Promise<EntrySpan | null> {
  return bookedBetween(reader, villageId, {
    hasBegun: (atMs) => monthAt(atMs, timeZone) >= month,
    isOver: (atMs) => monthAt(atMs, timeZone) > month,
  });
}

/** The awards of these entries that stood when the last of them was booked: whatever is booked later changes nothing. */
export async function awardsStandingThen(
  { db, t: { journal } }: Reader,
  villageId: string,
  { first, last }: Pick<EntrySpan, 'first' | 'last'>,
): Promise<number[]> {
  const by = aliasedTable(journal, 'by');
  const takenBack = db
    .select({ number: by.number })
    .from(by)
    .where(and(isReversalOf(by, journal), lte(by.number, last)));
  const rows = await db
    .select({ number: journal.number })
    .from(journal)
    .where(
      and(
        eq(journal.villageId, villageId),
        isJudged(journal.kind),
        eq(journal.kind, 'award'),
        gte(journal.number, first),
        lte(journal.number, last),
        notExists(takenBack),
      ),
    )
    .orderBy(asc(journal.number));
  return rows.map(({ number }) => number);
}

/** The months before this one, newest first, as many as asked for. */
export function monthsBefore(month: string, count: number): string[] {
  const [year = 0, place = 1] = month.split('-').map(Number);
  return Array.from({ length: count }, (_, index) => {
    const at = year * 12 + place - 2 - index;
    return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}
