import { and, count, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { type People, peopleRuleOf } from '../../shared/village/people.ts';
import type { VillageContext } from '../http/index.ts';
import { listStaff } from '../staff/index.ts';

/** Counts the people who share the duties. Null until the books are open: then the first administrator does everything. */
export async function peopleOf(
  reader: Reader,
  { id, openedAtMs }: Pick<VillageContext, 'id' | 'openedAtMs'>,
): Promise<People> {
  if (openedAtMs === null) return null;
  const confirmed = (await listStaff(reader, id)).filter(
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
    hasSupervisor: confirmed.some(({ roles }) => roles.includes('supervisor')),
  };
}
