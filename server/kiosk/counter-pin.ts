import { and, eq } from 'drizzle-orm';
import type { Reader, Store } from '../../db/index.ts';
import { addDays } from '../../shared/business-day.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { type Ask, askNow } from '../commands/index.ts';
import type { VillageContext } from '../http/index.ts';
import { householdById, pinSubject } from '../households/index.ts';
import {
  ADDRESS_POLICY,
  guardFrom,
  type GuardedSubject,
  type TokenKeys,
  verifySecret,
  waitSeconds,
} from '../identity/index.ts';
import { markOfPin, type PinProof, type PinStanding, signPinProof } from './pin-proof.ts';
import { lastRedemption } from './redemption-rows.ts';
import { findShift } from './shifts.ts';

interface At {
  readonly store: Store;
  readonly village: Pick<VillageContext, 'id' | 'openedAtMs'>;
  readonly keys: TokenKeys;
  readonly nowMs: number;
  readonly today: string;
}

/** Checks a household's PIN at the counter. Wrong PINs are counted apart from those on phones. */
export async function checkCounterPin(
  { store, village, keys, nowMs, today }: At,
  asked: Omit<PinProof, keyof PinStanding> & { readonly pin: string },
): Promise<Answer<Operations['kiosk.checkPin']>> {
  const { pin, ...where } = asked;
  const { villageId, householdId, shiftId, kioskId } = where;
  const { pinHash, standing } = await store.read(async (reader) => {
    await findShift(reader, village, shiftId, nowMs);
    const hash = await findPinHash(reader, villageId, householdId);
    return { pinHash: hash, standing: await askNow(reader, villageId, pinStanding(householdId, today)) };
  });
  const subject = {
    villageId,
    subject: pinSubject(householdId, 'counter'),
    nowMs,
    what: 'pin',
  } as const;
  await guardFrom(store, atKiosk(villageId, kioskId, nowMs), subject, async () =>
    (await verifySecret(pinHash, pin)) ? true : null,
  );
  return signPinProof(keys, { ...where, ...standing }, nowMs);
}

/** The subject that counts wrong PINs typed on one kiosk, for any household or volunteer. */
export function atKiosk(villageId: string, kioskId: string, nowMs: number): GuardedSubject {
  return { villageId, subject: `pins:${kioskId}`, nowMs, policy: ADDRESS_POLICY };
}

/** Asks for the state that a proof of the PIN must have been given for, to count now. */
export function pinStanding(householdId: string, today: string): Ask<PinStanding> {
  const household = householdById.one([householdId]);
  const last = lastRedemptionOf(householdId, today);
  return {
    wanted: [...household.wanted, ...last.wanted],
    pick: (set) => ({
      pinMark: markOfPin(household.pick(set)?.pinHash ?? ''),
      lastRedemption: last.pick(set),
    }),
  };
}

/** Asks for the entry of the household's last redemption, today or the day before; 0: none. */
export function lastRedemptionOf(householdId: string, today: string): Ask<number> {
  // A proof lives for minutes, so that only midnight can lie between it and its basket.
  const days = [addDays(today, -1), today];
  const last = lastRedemption.each(days.map((day) => [householdId, day]));
  return {
    wanted: last.wanted,
    pick(set) {
      const lastOn = last.pick(set);
      return Math.max(...days.map((day) => lastOn(householdId, day)));
    },
  };
}

/** Whether a household has a PIN to give at the counter, and how long it has to wait after wrong ones. */
export async function counterPin(
  reader: Reader,
  villageId: string,
  household: { readonly id: string; readonly pinHash: string | null },
  nowMs: number,
): Promise<{ isSet: boolean; waitSeconds: number }> {
  const subject = { villageId, subject: pinSubject(household.id, 'counter'), nowMs };
  return { isSet: household.pinHash !== null, waitSeconds: await waitSeconds(reader, subject) };
}

async function findPinHash(reader: Reader, villageId: string, id: string): Promise<string> {
  const { households } = reader.t;
  const [row] = await reader.db
    .select({ number: households.number, state: households.state, pinHash: households.pinHash })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  if (!row) throw new Refusal('household.not_found', { id });
  if (row.state === 'closed') throw new Refusal('household.closed', { number: row.number });
  if (row.pinHash === null) throw new Refusal('household.no_pin', { number: row.number });
  return row.pinHash;
}
