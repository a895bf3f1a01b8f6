import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { whyNoChecker, whyNotCheck } from './may-check.ts';

/** More than these are told of on their list, not on the home page. */
const COUNTED_MOST = 200;

/** How many reports wait that this caller may check. */
export async function reportsToDo(
  { db, t: { reports } }: Reader,
  by: { readonly village: VillageContext; readonly actor: Actor },
): Promise<{ readonly forMe: number }> {
  if (whyNoChecker(by.actor, by.village) !== null) return { forMe: 0 };
  const rows = await db
    .select()
    .from(reports)
    .where(and(eq(reports.villageId, by.village.id), eq(reports.state, 'waiting')))
    .limit(COUNTED_MOST);
  return { forMe: rows.filter((row) => whyNotCheck(by, row) === null).length };
}
