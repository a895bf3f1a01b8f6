import type { TokenKeys } from '../identity/index.ts';
import type { PresencePlace } from './presence.ts';
import { claimsSay, readClaims, signClaims } from './signed-claims.ts';

/**
 * The proof that a volunteer typed their own PIN for a household at the counter. It counts for a few minutes, on one kiosk,
 * in one shift, for that household's next basket, if that costs no more than was agreed to. It is signed, not stored.
 */
export interface VouchProof {
  readonly volunteerId: string;
  /** Changes with the volunteer's PIN, which cannot be guessed from it. */
  readonly pinMark: string;
  /** Entry of the household's last redemption, today or the day before; 0: none. */
  readonly lastRedemption: number;
  /** The most that the basket may cost, in hundredths of a point. */
  readonly upTo: number;
}

/** Long enough for two people to type their PINs, too short to be of use to the next in the queue. */
const PROOF_LIFE_S = 180;

export function signVouchProof(
  keys: TokenKeys,
  place: PresencePlace,
  { volunteerId, pinMark, lastRedemption, upTo }: VouchProof,
  nowMs: number,
): { proof: string; expiresAtMs: number } {
  const claims = { ...claimsOf(place), vol: volunteerId, pin: pinMark, last: lastRedemption, upTo };
  const { token, expiresAtMs } = signClaims(keys, claims, { nowMs, lifeS: PROOF_LIFE_S });
  return { proof: token, expiresAtMs };
}

/** Reads a proof. Null when it is not ours, has run out, or is for another household, kiosk or shift. */
export function readVouchProof(
  keys: TokenKeys,
  token: string,
  place: PresencePlace,
  nowMs: number,
): VouchProof | null {
  const claims = readClaims(keys, token, nowMs);
  if (!claims || !claimsSay(claims, claimsOf(place))) return null;
  const { vol, pin, last, upTo } = claims;
  if (typeof vol !== 'string' || typeof pin !== 'string') return null;
  if (typeof last !== 'number' || typeof upTo !== 'number') return null;
  return { volunteerId: vol, pinMark: pin, lastRedemption: last, upTo };
}

function claimsOf({ villageId, kioskId, shiftId, householdId }: PresencePlace) {
  return { kind: 'vouch', vil: villageId, kio: kioskId, shi: shiftId, sub: householdId };
}
