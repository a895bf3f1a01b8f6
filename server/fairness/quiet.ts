import { and, asc, eq, gt, inArray, lt, max } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { Operations } from '../../shared/contract.ts';
import type { Answer } from '../../shared/operation.ts';
import { readHead } from '../ledger/index.ts';
import { isJudged } from '../proposals/index.ts';
import { deedEntries } from './deed-entries.ts';
import { bookedIn, monthsLater, threeMonthsBefore, type Village } from './stretch.ts';

type Quiet = Answer<Operations['fairness.quiet']>;

/** So far back it is looked for the last award of a household. */
const MONTHS_BACK = 12;

interface Page {
  readonly today: string;
  readonly skip: number;
  readonly limit: number;
}

/**
 * Lists the households for which nothing that stands was booked in three months. An account that is newer, or closed, is left
 * out. A village that has given points for less than three months has nobody on the list.
 */
export async function quietHouseholds(
  reader: Reader,
  village: Village,
  { today, skip, limit }: Page,
): Promise<Quiet> {
  const since = threeMonthsBefore(today);
  const span = await bookedIn(reader, village, { from: since, to: today });
  const firstSince = span?.first ?? ((await readHead(reader, village.id))?.number ?? 0) + 1;
  const canTell = await gaveBefore(reader, village.id, firstSince);
  if (!canTell) return { since, canTell, count: 0, items: [], next: null };
  const entries = await deedEntries(reader, village.id, span);
  // An award of these months can only be taken back later, and so within them.
  const back = new Set(entries.map(({ reversesNumber }) => reversesNumber));
  const awarded = new Set(
    entries.flatMap(({ figure, number, householdId }) =>
      figure === 'given' && !back.has(number) ? householdId : [],
    ),
  );
  const quiet = (await openAccounts(reader, village, since)).filter(({ id }) => !awarded.has(id));
  const page = quiet.slice(skip, skip + limit);
  const last = await lastAwards(
    reader,
    village.id,
    page.map(({ id }) => id),
    today,
  );
  return {
    ...{ since, canTell, count: quiet.length },
    items: page.map((one) => ({ ...one, lastMonth: last.get(one.id) ?? null })),
    next: skip + limit < quiet.length ? skip + limit : null,
  };
}

/** Whether an award was booked before the entry of this number. */
async function gaveBefore(
  { db, t: { journal } }: Reader,
  villageId: string,
  number: number,
): Promise<boolean> {
  const some = await db
    .select({ number: journal.number })
    .from(journal)
    .where(
      and(
        eq(journal.villageId, villageId),
        isJudged(journal.kind),
        eq(journal.kind, 'award'),
        lt(journal.number, number),
      ),
    )
    .orderBy(asc(journal.number))
    .limit(1);
  return some.length > 0;
}

/** The open accounts that were there before this day, by group in the order of the roster, and by number. */
async function openAccounts(
  { db, t: { households } }: Reader,
  { id: villageId, settings }: Village,
  since: string,
) {
  const { id, number, head, groupName: group, size, createdAtMs } = households;
  const rows = await db
    .select({ id, number, head, group, size, createdAtMs })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.state, 'active')))
    .orderBy(asc(households.numberKey));
  const places = new Map([...new Set(rows.map((row) => row.group))].map((name, place) => [name, place]));
  return rows
    .filter((row) => businessDay(row.createdAtMs, settings.timeZone) < since)
    .sort((one, other) => (places.get(one.group) ?? 0) - (places.get(other.group) ?? 0))
    .map(({ createdAtMs: _, ...household }) => household);
}

/** The month of the last award of each of these households that got one within a year. */
async function lastAwards(
  { db, t: { awardMonths } }: Reader,
  villageId: string,
  ids: readonly string[],
  today: string,
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const months = Array.from({ length: MONTHS_BACK }, (_, back) => monthsLater(today.slice(0, 7), -back));
  const rows = await db
    .select({ householdId: awardMonths.householdId, month: max(awardMonths.month) })
    .from(awardMonths)
    .where(
      and(
        eq(awardMonths.villageId, villageId),
        inArray(awardMonths.month, months),
        inArray(awardMonths.householdId, [...ids]),
        gt(awardMonths.awards, 0),
      ),
    )
    .groupBy(awardMonths.householdId);
  return new Map(rows.flatMap(({ householdId, month }) => (month === null ? [] : [[householdId, month]])));
}
