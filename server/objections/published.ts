import { and, asc, eq, inArray } from 'drizzle-orm';
import { chunked, type Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { ObjectionTally } from '../../shared/notices/public-notice.ts';
import {
  OBJECTION_TRANSITIONS,
  type ObjectionOutcome,
  type ObjectionState,
} from '../../shared/objections/states.ts';
import { knownObjections } from './objection-row.ts';

/** An objection as it is published: the deed, the outcome and its reason, and nobody’s name. */
export interface PublishedObjection {
  readonly number: number;
  readonly title: string;
  readonly day: string;
  readonly state: ObjectionState;
  readonly outcome: ObjectionOutcome | null;
  readonly reason: string;
}

/** A paper has room for so many. */
const PUBLISHED_MOST = 200;

/** The objections to deeds of a notice, in the order in which they came. */
export async function objectionsOfNotice(
  reader: Reader,
  villageId: string,
  noticeId: string,
  timeZone: string,
): Promise<PublishedObjection[]> {
  const { objections } = reader.t;
  const rows = await reader.db
    .select()
    .from(objections)
    .where(and(eq(objections.villageId, villageId), eq(objections.noticeId, noticeId)))
    .orderBy(asc(objections.number))
    .limit(PUBLISHED_MOST);
  const known = await knownObjections(reader, villageId, rows);
  return known.map(({ row, deed, events }) => ({
    ...{ number: row.number, title: deed?.title ?? '', state: row.state, outcome: row.outcome },
    day: businessDay(row.receivedAtMs, timeZone),
    reason:
      row.outcome === null
        ? ''
        : (events.findLast(({ toState }) => toState === OBJECTION_TRANSITIONS.answer.to)?.reason ?? ''),
  }));
}

export const NO_OBJECTIONS: ObjectionTally = { upheld: 0, partly: 0, rejected: 0, withdrawn: 0, open: 0 };

/** How many objections came to deeds of each of these notices, by their outcomes; `open`: without one yet. */
export async function tallyOfNotices(
  { db, t: { objections } }: Reader,
  villageId: string,
  noticeIds: readonly string[],
): Promise<Map<string, ObjectionTally>> {
  const tallies = new Map<string, ObjectionTally>();
  for (const some of chunked(noticeIds)) {
    const rows = await db
      .select({ noticeId: objections.noticeId, outcome: objections.outcome })
      .from(objections)
      .where(and(eq(objections.villageId, villageId), inArray(objections.noticeId, some)));
    for (const { noticeId, outcome } of rows) {
      const tally = { ...(tallies.get(noticeId ?? '') ?? NO_OBJECTIONS) };
      tally[outcome ?? 'open'] += 1;
      tallies.set(noticeId ?? '', tally);
    }
  }
  return tallies;
}
