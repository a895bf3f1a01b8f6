import { and, eq } from 'drizzle-orm';
import type { Reader, RowOf } from '../../db/index.ts';

/** The shift that rows name; undefined: the row that began it has not come. */
export async function shiftOf(
  { db, t: { shifts } }: Reader,
  villageId: string,
  id: string,
): Promise<Pick<RowOf<'shifts'>, 'volunteerId' | 'startedAtMs'> | undefined> {
  const [shift] = await db
    .select({ volunteerId: shifts.volunteerId, startedAtMs: shifts.startedAtMs })
    .from(shifts)
    .where(and(eq(shifts.villageId, villageId), eq(shifts.id, id)));
  return shift;
}
