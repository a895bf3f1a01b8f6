import { and, count, eq, gt, isNull, or, type Placeholder, sql } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { COUNTED_AFTERWARDS_DAYS } from '../../shared/permissions.ts';

const COUNTED_AFTERWARDS_MS = COUNTED_AFTERWARDS_DAYS * DAY_MS;

/**
 * Duties are split by how many people count here. Somebody counts while confirmed and in office, and for some days
 * afterwards: otherwise an administrator who disables accounts or resets passwords would end the split alone, before
 * anybody could read of it. An account that nobody has confirmed yet does not count.
 */
export function isCounted(staff: Tables['staff'], sinceMs: number | Placeholder) {
  const lost = lostAtMs(staff);
  return or(isNull(lost), gt(lost, sinceMs));
}

/** People who lost confirmation or office after this instant count still. */
export function countedSinceMs(nowMs: number): number {
  return nowMs - COUNTED_AFTERWARDS_MS;
}

/** When somebody lost confirmation or office; null: has both. An account that nobody has confirmed yet has lost nothing: 0. */
function lostAtMs({ confirmedAtMs, confirmedUntilMs, disabledAtMs }: Tables['staff']) {
  return sql<number | string | null>`case when ${confirmedAtMs} is not null then ${disabledAtMs}
    else coalesce(${confirmedUntilMs}, 0) end`;
}

/** How many people of the staff count. */
export async function countCounted(reader: Reader, villageId: string, nowMs: number): Promise<number> {
  const { staff } = reader.t;
  const [row] = await reader.db
    .select({ n: count() })
    .from(staff)
    .where(and(eq(staff.villageId, villageId), isCounted(staff, countedSinceMs(nowMs))));
  return row?.n ?? 0;
}

/** Until when each person of the staff counts who does; null: confirmed and in office. */
export async function countedStaff(
  reader: Reader,
  villageId: string,
  nowMs: number,
): Promise<{ readonly id: string; readonly untilMs: number | null }[]> {
  const { staff } = reader.t;
  const rows = await reader.db
    .select({ id: staff.id, lost: lostAtMs(staff).as('lost_at_ms') })
    .from(staff)
    .where(and(eq(staff.villageId, villageId), isCounted(staff, countedSinceMs(nowMs))));
  return rows.map(({ id, lost }) => ({
    id,
    untilMs: lost === null ? null : Number(lost) + COUNTED_AFTERWARDS_MS,
  }));
}
