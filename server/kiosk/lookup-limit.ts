import type { Store } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { countUse, type UsePolicy } from '../identity/index.ts';

const minuteMs = 60_000;

/**
 * How many households a volunteer may look up without their cards: more than a market day needs, too few to copy the
 * village's roster number by number. Counted over all kiosks, shifts and processes.
 */
export const LOOK_POLICIES = {
  minutes: { most: 60, windowMs: 10 * minuteMs },
  day: { most: 300, windowMs: 24 * 60 * minuteMs },
} as const satisfies Record<string, UsePolicy>;

interface Look {
  readonly store: Store;
  readonly villageId: string;
  readonly volunteerId: string;
  readonly nowMs: number;
}

/** Counts one look by number or name; refuses when there were too many. */
export async function countLook({ store, villageId, volunteerId, nowMs }: Look): Promise<void> {
  const seconds = await store.transaction(async (tx) => {
    const waits: number[] = [];
    for (const [name, policy] of Object.entries(LOOK_POLICIES)) {
      const subject = `looks-${name}:${volunteerId}`;
      waits.push((await countUse(tx, { villageId, subject, nowMs, ...policy })).waitSeconds);
    }
    return Math.max(...waits);
  });
  // Thrown outside the transaction, so that this look stays counted.
  if (seconds > 0) throw new Refusal('kiosk.looked_often', { seconds });
}
