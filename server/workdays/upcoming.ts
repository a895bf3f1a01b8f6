import { and, asc, count, eq, gte, lte } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { type Upcoming, UPCOMING_MOST } from '../../shared/workdays/own-contract.ts';
import { worthKindOf } from '../../shared/workdays/worth.ts';
import { findRule } from '../rules/index.ts';

/** Announced events from today on, the next ones first, as everybody may see them. One under a private rule is left out. */
export async function upcomingWorkdays(
  reader: Reader,
  villageId: string,
  today: string,
): Promise<Upcoming[]> {
  const { workdays } = reader.t;
  const rows = await reader.db
    .select()
    .from(workdays)
    .where(and(eq(workdays.villageId, villageId), eq(workdays.state, 'announced'), gte(workdays.day, today)))
    .orderBy(asc(workdays.day), asc(workdays.fromClock))
    .limit(UPCOMING_MOST);
  const shown: Upcoming[] = [];
  for (const { title, day, fromClock: from, untilClock: until, place, most, ruleId } of rows) {
    const rule = await findRule(reader, villageId, ruleId, today);
    const worth = worthKindOf(rule);
    if (worth === null || rule.points === null || rule.isPrivate) continue;
    shown.push({ title, day, from, until, place, most, worth, points: rule.points });
  }
  return shown;
}

/** How many events have begun, by their day, and are not closed. */
export async function workdaysToDo(
  { db, t: { workdays } }: Reader,
  villageId: string,
  today: string,
): Promise<{ readonly open: number }> {
  const [row] = await db
    .select({ open: count() })
    .from(workdays)
    .where(and(eq(workdays.villageId, villageId), eq(workdays.state, 'announced'), lte(workdays.day, today)));
  return { open: row?.open ?? 0 };
}
