import { and, count, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { type People, peopleRuleOf, type StillShared } from '../../shared/village/people.ts';
import type { VillageContext } from '../http/index.ts';
import { countedStaff, leftToSupervisor, listStaff, SUPERVISOR_WAITS_DAYS } from '../staff/index.ts';

type Village = Pick<VillageContext, 'id' | 'openedAtMs' | 'settings'>;

/** Whether anybody holds the supervisor's seat. */
export async function hasSupervisor(reader: Reader, village: Village, nowMs: number): Promise<boolean> {
  return (await peopleOf(reader, village, nowMs))?.hasSupervisor ?? false;
}

/** Counts the people who share the duties. Null until the books are open: then the first administrator does everything. */
export async function peopleOf(reader: Reader, village: Village, nowMs: number): Promise<People> {
  const { id, openedAtMs, settings } = village;
  if (openedAtMs === null) return null;
  const everybody = await listStaff(reader, id);
  const counted = await countedStaff(reader, id, nowMs);
  const inOffice = new Set(counted.flatMap((one) => (one.untilMs === null ? one.id : [])));
  const { volunteers } = reader.t;
  const [atShop] = await reader.db
    .select({ n: count() })
    .from(volunteers)
    .where(and(eq(volunteers.villageId, id), isNull(volunteers.disabledAtMs)));
  return {
    rule: peopleRuleOf(counted.length),
    staff: inOffice.size,
    still: stillOf(counted, settings),
    volunteers: atShop?.n ?? 0,
    waiting: leftToSupervisor(everybody).map(({ displayName: name, unconfirmedSinceMs }) => {
      const since = businessDay(unconfirmedSinceMs ?? openedAtMs, settings.timeZone);
      return { name, since, until: addDays(since, SUPERVISOR_WAITS_DAYS) };
    }),
    hasSupervisor: everybody.some((one) => inOffice.has(one.id) && one.roles.includes('supervisor')),
  };
}

/** Tells by how many people duties are still shared out, where fewer are confirmed than that rule needs. */
export async function stillShared(reader: Reader, village: Village, nowMs: number): Promise<StillShared> {
  if (village.openedAtMs === null) return null;
  return stillOf(await countedStaff(reader, village.id, nowMs), village.settings);
}

/** The rule stays until so many people have ceased to count that another one begins. */
function stillOf(
  counted: Awaited<ReturnType<typeof countedStaff>>,
  { timeZone }: Village['settings'],
): StillShared {
  const rule = peopleRuleOf(counted.length);
  const ends = counted.flatMap(({ untilMs }) => untilMs ?? []).sort((one, other) => one - other);
  const end = ends.find((_, gone) => peopleRuleOf(counted.length - gone - 1) !== rule);
  if (end === undefined) return null;
  const confirmed = counted.filter(({ untilMs }) => untilMs === null).length;
  return { confirmed, counted: counted.length, until: businessDay(end, timeZone) };
}
