import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import type { RandomBytes } from '../http/index.ts';
import { hashSecret, newPin } from '../identity/index.ts';
import { keepSlip, type SlipMaker } from './pin-slips.ts';
import { endPhones } from './pins.ts';

/** Hashes computed at once. The threads that hash also check log-ins, so some stay free for them. */
const HASHES_AT_ONCE = 2;

export interface FreshPin {
  readonly pin: string;
  readonly pinHash: string;
}

/** Draws and hashes as many PINs, outside of any transaction. */
export async function drawPins(random: RandomBytes, count: number): Promise<FreshPin[]> {
  const fresh: FreshPin[] = [];
  while (fresh.length < count) {
    const pins = Array.from({ length: Math.min(HASHES_AT_ONCE, count - fresh.length) }, () => newPin(random));
    fresh.push(...(await Promise.all(pins.map(async (pin) => ({ pin, pinHash: await hashSecret(pin) })))));
  }
  return fresh;
}

/**
 * Gives these households their PINs and keeps each sealed beside it, so that a PIN that took the place of another can
 * always be printed. Leaves out closed households and, unless it replaces, those that have a PIN. Call under the
 * village's lock. Answers the ids of those that got one, and how many did not.
 */
export async function givePins(
  tx: Tx,
  maker: SlipMaker,
  householdIds: readonly string[],
  { replace, pins }: { readonly replace: boolean; readonly pins: readonly FreshPin[] },
): Promise<{ given: readonly string[]; kept: number }> {
  const { households } = tx.t;
  const { villageId, nowMs } = maker;
  const wanted = [...new Set(householdIds)];
  const found = await tx.db
    .select({ id: households.id, pinHash: households.pinHash, state: households.state })
    .from(households)
    .where(and(eq(households.villageId, villageId), inArray(households.id, wanted)))
    .orderBy(asc(households.id));
  if (found.length < wanted.length) throw new Refusal('household.not_found');
  const given = found.filter(({ pinHash, state }) => state === 'active' && (replace || pinHash === null));
  for (const [index, { id, pinHash }] of given.entries()) {
    const fresh = pins[index];
    if (!fresh) throw new Error('fewer PINs were drawn than households asked for');
    await tx.db
      .update(households)
      .set({ pinHash: fresh.pinHash, pinSetAtMs: nowMs, updatedAtMs: nowMs })
      .where(and(eq(households.villageId, villageId), eq(households.id, id)))
      .returning({ id: households.id });
    await keepSlip(tx, maker, id, fresh.pin);
    if (pinHash !== null) await endPhones(tx, villageId, id, nowMs);
  }
  return { given: given.map(({ id }) => id), kept: wanted.length - given.length };
}
