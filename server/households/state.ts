import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import { type CardInk, giveCards, revokeCards } from '../cards/index.ts';
import { dropSlips } from './pin-slips.ts';
import { endPhones } from './pins.ts';
import { findHousehold, refuseErased } from './rows.ts';

export interface Closing {
  readonly id: string;
  /** The household that received its points; null: none. */
  readonly successorId: string | null;
  readonly nowMs: number;
}

/**
 * Closes an account: its card, its PIN and its log-ins on phones end at once. Its ledger entries stay readable. The
 * points must have left it before; call under the village's lock.
 */
export async function closeHousehold(tx: Tx, villageId: string, closing: Closing): Promise<void> {
  const { id, successorId, nowMs } = closing;
  const { households } = tx.t;
  const closed = await tx.db
    .update(households)
    .set({
      state: 'closed',
      closedAtMs: nowMs,
      successorId,
      pinHash: null,
      pinSetAtMs: null,
      updatedAtMs: nowMs,
    })
    .where(and(eq(households.villageId, villageId), eq(households.id, id), eq(households.state, 'active')))
    .returning({ id: households.id });
  if (closed.length === 0) throw new Refusal('household.closed');
  await revokeCards(tx, villageId, id, nowMs);
  await dropSlips(tx, villageId, [id]);
  await endPhones(tx, villageId, id, nowMs);
}

/**
 * Opens a closed account again, empty and with a new card; it needs a new PIN. No points move here. Points that left
 * the account when it was closed come back by reversing that entry, which a second person approves.
 */
export async function reopenHousehold(tx: Tx, villageId: string, id: string, ink: CardInk): Promise<void> {
  const { households } = tx.t;
  await tx.lockBook(villageId);
  const { state, number } = await findHousehold(tx, villageId, id);
  if (state !== 'closed') throw new Refusal('household.open', { number });
  await refuseErased(tx, villageId, id);
  await tx.db
    .update(households)
    .set({ state: 'active', closedAtMs: null, successorId: null, updatedAtMs: ink.nowMs })
    .where(and(eq(households.villageId, villageId), eq(households.id, id)))
    .returning({ id: households.id });
  await giveCards(tx, villageId, [id], ink);
}
