import { and, asc, eq } from 'drizzle-orm';
import type { Reader, RowOf } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { minuteOf, type Span, stepOf } from '../../shared/workdays/hours.ts';
import type { WorthKind } from '../../shared/workdays/states.ts';
import { worthKindOf } from '../../shared/workdays/worth.ts';
import { type CurrentRule, findRule } from '../rules/index.ts';

export type WorkdayRow = RowOf<'workdays'>;
export type AttendanceRow = RowOf<'attendances'>;

/** An event with its rule as it is today. */
export interface KnownWorkday {
  readonly row: WorkdayRow;
  readonly rule: CurrentRule;
  /** Null: the rule cannot be used for events any more. */
  readonly worth: WorthKind | null;
  /** Minutes in which hours count. */
  readonly step: number;
}

/** Finds an event. Refuses with workday.not_found. */
export async function findWorkday(
  reader: Reader,
  { villageId, today }: { readonly villageId: string; readonly today: string },
  id: string,
): Promise<KnownWorkday> {
  const { workdays } = reader.t;
  const [row] = await reader.db
    .select()
    .from(workdays)
    .where(and(eq(workdays.villageId, villageId), eq(workdays.id, id)));
  if (!row) throw new Refusal('workday.not_found');
  const rule = await findRule(reader, villageId, row.ruleId, today);
  const worth = worthKindOf(rule);
  return { row, rule, worth, step: stepOf(worth === 'hour' ? (rule.points ?? 0) : 0) };
}

/** Everybody who signed in to an event, in the order in which they did. */
export async function attendancesOf(
  { db, t: { attendances } }: Reader,
  { villageId, id }: Pick<WorkdayRow, 'villageId' | 'id'>,
): Promise<AttendanceRow[]> {
  return db
    .select()
    .from(attendances)
    .where(and(eq(attendances.villageId, villageId), eq(attendances.workdayId, id)))
    .orderBy(asc(attendances.id));
}

/** The announced beginning and end, as minutes of the day. */
export function spanOf({ fromClock, untilClock }: WorkdayRow): Span {
  return { from: minuteOf(fromClock), until: minuteOf(untilClock) };
}
