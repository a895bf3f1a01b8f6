import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { accountId, type AccountRef } from './account-kind.ts';
import { numberOf } from './account-number.ts';
import { type AccountLine, type PassbookPage, passbook } from './passbook.ts';

export interface MonthSums {
  /** "2026-05" */
  readonly month: string;
  readonly lines: number;
  readonly gained: number;
  /** Zero or below. */
  readonly spent: number;
}

/** A page has this many calendar months, so that its cost does not grow with the age of an account. */
const MONTHS_A_PAGE = 12;
/** A search looks through this many lines before it answers with the lines it has found. */
const SEARCH_AT_MOST = 2_000;
const SEARCH_AT_ONCE = 250;

/**
 * Sums gains and losses by month, newest first, and leaves out months without a line. A line counts in the month
 * of the latest day its account had reached (effectiveThrough). So months follow each other as the lines do, and
 * each begins with the balance that the one before ends with.
 */
export async function passbookMonths(
  reader: Reader,
  villageId: string,
  account: AccountRef,
  before?: string,
): Promise<{ items: MonthSums[]; next: string | null }> {
  const newest = await newestMonth(reader, villageId, account, before);
  if (newest === null) return { items: [], next: null };
  const { postings } = reader.t;
  const from = monthsBefore(newest, MONTHS_A_PAGE - 1);
  const month = sql<string>`substr(${postings.effectiveThrough}, 1, 7)`;
  const rows = await reader.db
    .select({
      month,
      lines: sql<number>`count(*)`.mapWith(Number),
      gained: sql<number>`sum(case when ${postings.amount} > 0 then ${postings.amount} else 0 end)`.mapWith(
        Number,
      ),
      spent: sql<number>`sum(case when ${postings.amount} < 0 then ${postings.amount} else 0 end)`.mapWith(
        Number,
      ),
    })
    .from(postings)
    .where(
      and(
        eq(postings.villageId, villageId),
        eq(postings.accountNumber, numberOf(reader, villageId, accountId(account))),
        gte(postings.effectiveThrough, `${from}-01`),
        lt(postings.effectiveThrough, `${newest}-32`),
      ),
    )
    .groupBy(month)
    .orderBy(desc(month));
  return { items: rows, next: (await newestMonth(reader, villageId, account, from)) === null ? null : from };
}

/**
 * Finds lines that fit, newest first. It looks through a bounded number of lines a call: the answer may hold few
 * or none and still have a next page.
 */
export async function searchPassbook(
  reader: Reader,
  villageId: string,
  account: AccountRef,
  page: PassbookPage & { readonly fits: (line: AccountLine) => boolean },
): Promise<{ lines: AccountLine[]; next: string | null }> {
  const found: AccountLine[] = [];
  let before = page.before;
  for (let seen = 0; seen < SEARCH_AT_MOST; seen += SEARCH_AT_ONCE) {
    const { lines, next } = await passbook(reader, villageId, account, {
      ...page,
      before,
      limit: SEARCH_AT_ONCE,
    });
    found.push(...lines.filter((line) => page.fits(line)));
    if (found.length > page.limit) {
      const shown = found.slice(0, page.limit);
      return { lines: shown, next: shown.at(-1)?.cursor ?? null };
    }
    if (next === null) return { lines: found, next: null };
    before = next;
  }
  return { lines: found, next: before ?? null };
}

async function newestMonth(
  reader: Reader,
  villageId: string,
  account: AccountRef,
  before: string | undefined,
): Promise<string | null> {
  const { postings } = reader.t;
  const [row] = await reader.db
    .select({ through: postings.effectiveThrough })
    .from(postings)
    .where(
      and(
        eq(postings.villageId, villageId),
        eq(postings.accountNumber, numberOf(reader, villageId, accountId(account))),
        before === undefined ? undefined : lt(postings.effectiveThrough, `${before}-01`),
      ),
    )
    .orderBy(desc(postings.effectiveThrough), desc(postings.number))
    .limit(1);
  return row?.through.slice(0, 7) ?? null;
}

/** "2026-05", 2 → "2026-03" */
function monthsBefore(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const months = year * 12 + (number - 1) - count;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
}
