import { Refusal } from '../../shared/errors.ts';
import { isEasyPin } from '../../shared/pin.ts';
import { confirmPin, householdRow, pinSubject, setPin } from '../households/index.ts';
import type { OpenContext } from '../http/index.ts';
import { guardFrom, hashSecret, NOBODYS_HASH, requireOpenPhone, verifySecret } from '../identity/index.ts';
import type { Own } from './deps.ts';
import { refuseHelper } from './goal.ts';
import { fromPlace } from './login.ts';

/**
 * A household changes its own PIN, so that whoever issued the one before knows it no more. Its other phones log in again.
 * Wrong PINs are counted with those at the log-in by card.
 */
export async function changePin(
  context: OpenContext,
  own: Own,
  { pin, next }: { readonly pin: string; readonly next: string },
): Promise<void> {
  const { store, nowMs } = context;
  const { villageId, householdId } = own;
  await store.read((reader) => refuseHelper(reader, own));
  if (next === pin) throw new Refusal('me.same_pin');
  if (isEasyPin(next)) throw new Refusal('me.weak_pin');
  const asked = { villageId, subject: pinSubject(householdId, 'card'), nowMs, what: 'pin' } as const;
  const checked = await guardFrom(store, fromPlace(context), asked, async () => {
    const { pinHash } = await store.read((reader) => householdRow(reader, villageId, householdId));
    const isRight = await verifySecret(pinHash ?? NOBODYS_HASH, pin);
    return isRight && pinHash !== null ? { villageId, householdId, pinHash } : null;
  });
  const pinHash = await hashSecret(next);
  await store.transaction(async (tx) => {
    // A writer of the book locks it before anything else.
    await tx.lockBook(villageId);
    await requireOpenPhone(tx, own, nowMs);
    await refuseHelper(tx, own);
    await confirmPin(tx, checked);
    const set = { id: householdId, pinHash, nowMs, keepSessionId: own.sessionId };
    await setPin(tx, villageId, set);
    await context.bookActs(tx, { act: 'households.pin_changed', on: `household:${householdId}` });
  });
}
