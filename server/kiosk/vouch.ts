import type { Store } from '../../db/index.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { askNow } from '../commands/index.ts';
import type { VillageContext } from '../http/index.ts';
import { guardFrom, NOBODYS_HASH, type TokenKeys, verifySecret } from '../identity/index.ts';
import { atKiosk, lastRedemptionOf } from './counter-pin.ts';
import { volunteerSubject } from './kiosk.ts';
import { markOfPin } from './pin-proof.ts';
import type { PresencePlace } from './presence.ts';
import { findShift } from './shifts.ts';
import { signVouchProof, type VouchProof } from './vouch-proof.ts';
import { findVolunteer, type VolunteerRow } from './volunteers.ts';

interface At {
  readonly store: Store;
  readonly village: Pick<VillageContext, 'id' | 'openedAtMs'>;
  readonly keys: TokenKeys;
  readonly nowMs: number;
  readonly today: string;
}

/**
 * A volunteer types their own PIN for a household that stands at the counter, and for a basket of at most so many points.
 * Wrong PINs are counted as at the sign-in, so nobody tries more of them here. Refuses with auth.wrong, auth.locked, volunteer.unconfirmed, redemption.own_household.
 */
export async function vouch(
  { store, village, keys, nowMs, today }: At,
  place: PresencePlace,
  {
    volunteerId,
    pin,
    points,
  }: { readonly volunteerId: string; readonly pin: string; readonly points: number },
): Promise<Answer<Operations['kiosk.vouch']>> {
  const { villageId, kioskId, shiftId, householdId } = place;
  const lastRedemption = await store.read(async (reader) => {
    await findShift(reader, village, shiftId, nowMs);
    return askNow(reader, villageId, lastRedemptionOf(householdId, today));
  });
  const subject = { villageId, subject: volunteerSubject(volunteerId), nowMs, what: 'pin' } as const;
  const volunteer = await guardFrom(store, atKiosk(villageId, kioskId, nowMs), subject, async () => {
    const row = await store.read((reader) => findVolunteer(reader, villageId, volunteerId));
    const isOnList = row?.disabledAtMs === null;
    const isRight = await verifySecret(isOnList ? row.pinHash : NOBODYS_HASH, pin);
    return isOnList && isRight ? row : null;
  });
  if (volunteer.confirmedAtMs === null) throw new Refusal('volunteer.unconfirmed');
  if (isKin(volunteer, householdId)) throw new Refusal('redemption.own_household', { what: 'voucher' });
  const proof = { volunteerId, pinMark: markOfPin(volunteer.pinHash), lastRedemption, upTo: points };
  return { ...signVouchProof(keys, place, proof, nowMs), volunteerId, points };
}

/**
 * The volunteers among these whose proofs count now, each once: confirmed, with the same PIN still, no kin, and for no
 * smaller basket.
 */
export function standingVouchers(
  proofs: readonly VouchProof[],
  {
    volunteers,
    lastRedemption,
    householdId,
    points,
  }: {
    readonly volunteers: (id: string) => VolunteerRow | undefined;
    readonly lastRedemption: number;
    readonly householdId: string;
    /** Hundredths that the basket costs. */
    readonly points: number;
  },
): string[] {
  const standing = proofs.filter((proof) => {
    const row = volunteers(proof.volunteerId);
    if (row?.disabledAtMs !== null || row.confirmedAtMs === null || isKin(row, householdId)) return false;
    const isCurrent = proof.pinMark === markOfPin(row.pinHash) && proof.lastRedemption === lastRedemption;
    return isCurrent && points <= proof.upTo;
  });
  return Array.from(new Set(standing.map(({ volunteerId }) => volunteerId)));
}

function isKin({ householdIds }: VolunteerRow, householdId: string): boolean {
  return householdIds?.includes(householdId) === true;
}
