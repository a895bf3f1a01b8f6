import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { PhoneReports } from '../../shared/reports/states.ts';
import type { VillageContext } from '../http/index.ts';

/** Tells what a household's own phone may do about reports; null: nothing. */
export async function phoneReports(
  { db, t: { reports } }: Reader,
  { id, settings }: Pick<VillageContext, 'id' | 'settings'>,
  householdId: string,
): Promise<PhoneReports | null> {
  if (settings.phonesReport) return 'open';
  const made = await db
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.villageId, id), eq(reports.reporterId, householdId)))
    .limit(1);
  return made.length > 0 ? 'past' : null;
}
