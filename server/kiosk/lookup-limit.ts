import { and, count, eq } from 'drizzle-orm';
import type { Reader, Store, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import { countUse, type UsePolicy } from '../identity/index.ts';

const HOUR_MS = 60 * 60_000;
/** The limits hold for a village of this size, and for smaller ones. */
const USUAL_HOUSEHOLDS = 300;

/**
 * How often a volunteer may come to a household that showed no card here: 30 times an hour and 60 times a day in
 * villages of up to 300 households, and in larger ones as much more as they have more households. That is more than a
 * market day needs, and too few to copy the village's roster number by number. Look-ups by number and by name count,
 * and statements and PINs without a presence, together over all kiosks, shifts and processes.
 */
export function accessPolicies(households: number): Readonly<Record<'hour' | 'day', UsePolicy>> {
  const times = Math.max(1, households / USUAL_HOUSEHOLDS);
  return {
    hour: { most: Math.ceil(30 * times), windowMs: HOUR_MS },
    day: { most: Math.ceil(60 * times), windowMs: 24 * HOUR_MS },
  };
}

interface Access {
  readonly store: Store;
  readonly villageId: string;
  readonly volunteerId: string;
  readonly nowMs: number;
  readonly bookActs: (tx: Tx, ...acts: readonly AnyAct[]) => Promise<void>;
}

/**
 * Counts one access without presence; refuses when there were too many. The first that is refused is told in the
 * book of acts, for those who watch the counter.
 */
export async function countAccess(access: Access): Promise<void> {
  const { store, villageId, volunteerId, nowMs } = access;
  const counted = await store.transaction(async (tx) => {
    const found = [];
    const policies = accessPolicies(await openHouseholds(tx, villageId));
    for (const [period, policy] of Object.entries(policies)) {
      const subject = `access-${period}:${volunteerId}`;
      const { uses, waitSeconds } = await countUse(tx, { villageId, subject, nowMs, ...policy });
      found.push({ ...policy, waitSeconds, isFirst: uses === policy.most + 1 });
    }
    return found;
  });
  for (const policy of counted.filter(({ isFirst }) => isFirst)) await tell(access, policy);
  const seconds = Math.max(...counted.map(({ waitSeconds }) => waitSeconds));
  // Thrown outside the transaction, so that this access stays counted.
  if (seconds > 0) throw new Refusal('kiosk.looked_often', { seconds });
}

async function tell(
  { store, villageId, volunteerId, bookActs }: Access,
  { most: times, windowMs }: UsePolicy,
): Promise<void> {
  const on = `volunteer:${volunteerId}` as const;
  await store.transaction(
    (tx) => bookActs(tx, { act: 'volunteers.looked_often', on, is: { times, hours: windowMs / HOUR_MS } }),
    villageId,
  );
}

async function openHouseholds({ db, t: { households } }: Reader, villageId: string): Promise<number> {
  const [found] = await db
    .select({ count: count() })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.state, 'active')));
  return found?.count ?? 0;
}
