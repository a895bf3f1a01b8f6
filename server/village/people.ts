import { and, count, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { type People, peopleRuleOf } from '../../shared/village/people.ts';
import type { VillageContext } from '../http/index.ts';
import { leftToSupervisor, listStaff, SUPERVISOR_WAITS_DAYS } from '../staff/index.ts';

/** Counts the people who share the duties. Null until the books are open: then the first administrator does everything. */
export async function peopleOf(
  reader: Reader,
  { id, openedAtMs, settings }: Pick<VillageContext, 'id' | 'openedAtMs' | 'settings'>,
): Promise<People> {
  if (openedAtMs === null) return null;
  const everybody = await listStaff(reader, id);
  const confirmed = everybody.filter(
    ({ confirmedAtMs, disabledAtMs }) => confirmedAtMs !== null && disabledAtMs === null,
  );
  const { volunteers } = reader.t;
  const [atShop] = await reader.db
    .select({ n: count() })
    .from(volunteers)
    .where(and(eq(volunteers.villageId, id), isNull(volunteers.disabledAtMs)));
  return {
    rule: peopleRuleOf(confirmed.length),
    staff: confirmed.length,
    volunteers: atShop?.n ?? 0,
    waiting: leftToSupervisor(everybody).map(({ displayName: name, unconfirmedSinceMs }) => {
      const since = businessDay(unconfirmedSinceMs ?? openedAtMs, settings.timeZone);
      return { name, since, until: addDays(since, SUPERVISOR_WAITS_DAYS) };
    }),
    hasSupervisor: confirmed.some(({ roles }) => roles.includes('supervisor')),
  };
}
