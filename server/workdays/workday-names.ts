import { and, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/index.ts';
import type { NamesById } from '../named-things.ts';

/** An attendance is called by its event: the act beside it names the household. */
export const workdayNames: NamesById = async ({ db, t: { attendances, workdays } }, villageId, ids) => {
  const names = new Map<string, string>();
  for (const some of chunked(ids)) {
    const rows = await db
      .select({ id: attendances.id, title: workdays.title })
      .from(attendances)
      .innerJoin(
        workdays,
        and(eq(workdays.villageId, attendances.villageId), eq(workdays.id, attendances.workdayId)),
      )
      .where(and(eq(attendances.villageId, villageId), inArray(attendances.id, [...some])));
    for (const { id, title } of rows) names.set(id, title);
  }
  return names;
};
