import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';

/** How many rows are read: enough for a habit, and the same work at any length of history. */
const OWN_ROWS = 600;
const VILLAGE_ROWS = 2000;
const RULES_MOST = 12;
const HOUSEHOLDS_MOST = 12;
/** A person's own proposals say more about the next one than those of others. */
const OWN_WEIGHT = 4;

export interface Habits {
  /** The most used first, counted by deed: one sent for thirty households counts once. */
  readonly ruleIds: string[];
  /** The households that this person last proposed something for, the latest first. */
  readonly households: { id: string; number: string; head: string; group: string }[];
}

/** Reads what this person, and then the village, used last and most. It comes first on the award screen. */
export async function habitsOf(reader: Reader, villageId: string, actorId: string): Promise<Habits> {
  const own = await latest(reader, villageId, OWN_ROWS, actorId);
  const everybodys = await latest(reader, villageId, VILLAGE_ROWS);
  const uses = new Map<string, number>();
  countDeeds(uses, own, OWN_WEIGHT);
  countDeeds(uses, everybodys, 1);
  const ruleIds = Array.from(uses)
    .sort(([, a], [, b]) => b - a)
    .slice(0, RULES_MOST)
    .map(([id]) => id);
  const lately = Array.from(new Set(own.map(({ householdId }) => householdId))).slice(0, 2 * HOUSEHOLDS_MOST);
  return { ruleIds, households: await openOnes(reader, villageId, lately) };
}

interface Deed {
  readonly batchId: string;
  readonly ruleId: string | null;
  readonly householdId: string;
}

function countDeeds(uses: Map<string, number>, rows: readonly Deed[], weight: number): void {
  const counted = new Set<string>();
  for (const { batchId, ruleId } of rows) {
    if (ruleId === null || counted.has(batchId)) continue;
    counted.add(batchId);
    uses.set(ruleId, (uses.get(ruleId) ?? 0) + weight);
  }
}

/** Newest first along an index: ids grow with time. */
function latest(reader: Reader, villageId: string, rows: number, actorId?: string): Promise<Deed[]> {
  const { proposals } = reader.t;
  const { batchId, ruleId, householdId } = proposals;
  return reader.db
    .select({ batchId, ruleId, householdId })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        actorId === undefined ? undefined : eq(proposals.proposedBy, actorId),
        isNotNull(ruleId),
      ),
    )
    .orderBy(desc(proposals.id))
    .limit(rows);
}

async function openOnes(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Habits['households']> {
  if (ids.length === 0) return [];
  const { households } = reader.t;
  const { id, number, head, groupName: group } = households;
  const rows = await reader.db
    .select({ id, number, head, group })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.state, 'active'), inArray(id, [...ids])));
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)).slice(0, HOUSEHOLDS_MOST);
}
