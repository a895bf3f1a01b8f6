import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import { endSessions, forgive } from '../identity/index.ts';
import { dropSlips } from './pin-slips.ts';

interface NewPin {
  readonly id: string;
  readonly pinHash: string;
  readonly nowMs: number;
  /** The household changed it itself, on this phone, which stays logged in. A PIN that was new is so still. */
  readonly keepSessionId?: string;
}

/** Sets a household's PIN, ends its log-ins on phones and forgets wrong tries; a slip with the PIN before is not printed again. */
export async function setPin(
  tx: Tx,
  villageId: string,
  { id, pinHash, nowMs, keepSessionId }: NewPin,
): Promise<void> {
  const isByOffice = keepSessionId === undefined;
  const { households } = tx.t;
  const changed = await tx.db
    .update(households)
    .set({ pinHash, ...(isByOffice ? { pinSetAtMs: nowMs } : {}), updatedAtMs: nowMs })
    .where(and(eq(households.villageId, villageId), eq(households.id, id)))
    .returning({ id: households.id });
  if (changed.length === 0) throw new Refusal('household.not_found');
  await dropSlips(tx, villageId, [id]);
  await endPhones(tx, villageId, id, nowMs, keepSessionId);
}

/** Ends the household's log-ins on phones, except one if named. */
export async function endLogIns(
  tx: Tx,
  villageId: string,
  id: string,
  nowMs: number,
  exceptSessionId?: string,
): Promise<void> {
  await endSessions(tx, { villageId, kind: 'household', id }, nowMs, exceptSessionId);
}

/** Ends the household's log-ins on phones and forgets wrong tries. */
export async function endPhones(
  tx: Tx,
  villageId: string,
  id: string,
  nowMs: number,
  exceptSessionId?: string,
): Promise<void> {
  await endLogIns(tx, villageId, id, nowMs, exceptSessionId);
  for (const by of ['card', 'number', 'counter'] as const) await forgive(tx, villageId, pinSubject(id, by));
}

/**
 * The subject under which a household's wrong PINs are counted. Everybody knows its number, so somebody who locks the
 * number by guessing must not lock the card or the shop's counter.
 */
export function pinSubject(householdId: string, by: 'card' | 'number' | 'counter'): string {
  return `household:${householdId}:${by}`;
}

/** The PIN was checked outside this transaction: it must not have been changed since. */
export async function confirmPin(
  tx: Tx,
  checked: { villageId: string; householdId: string; pinHash: string },
): Promise<void> {
  const { households } = tx.t;
  const [row] = await tx.db
    .update(households)
    .set({ pinHash: checked.pinHash })
    .where(
      and(
        eq(households.villageId, checked.villageId),
        eq(households.id, checked.householdId),
        eq(households.pinHash, checked.pinHash),
      ),
    )
    .returning({ id: households.id });
  if (!row) throw new Refusal('auth.wrong', { what: 'pin' });
}
