import { hashToken, type TokenKeys } from '../identity/index.ts';
import { claimsSay, readClaims, signClaims } from './signed-claims.ts';

/**
 * The proof of a right PIN at the counter. It counts for a few minutes, on one kiosk, in one shift, for one
 * household's next basket. It is signed, not stored: a redemption carries it in place of the PIN, so no stored body
 * holds a PIN.
 */
export interface PinProof extends PinStanding {
  readonly villageId: string;
  readonly kioskId: string;
  readonly shiftId: string;
  readonly householdId: string;
}

/** The state that ends a proof early when it changes: another PIN, or a basket handed out. */
export interface PinStanding {
  /** Changes with the PIN. The PIN cannot be guessed from it. */
  readonly pinMark: string;
  /** Entry of the household's last redemption, today or the day before; 0: none. */
  readonly lastRedemption: number;
}

/** Long enough to hand out a basket, too short to be of use to the next in the queue. */
const PROOF_LIFE_S = 180;

export function signPinProof(
  keys: TokenKeys,
  proof: PinProof,
  nowMs: number,
): { proof: string; expiresAtMs: number } {
  const { token, expiresAtMs } = signClaims(keys, claimsOf(proof), { nowMs, lifeS: PROOF_LIFE_S });
  return { proof: token, expiresAtMs };
}

/** True when `token` proves just this, now. */
export function isPinProven(keys: TokenKeys, token: string, wanted: PinProof, nowMs: number): boolean {
  const claims = readClaims(keys, token, nowMs);
  return claims !== null && claimsSay(claims, claimsOf(wanted));
}

/** The PIN's hash is salted, so a hash of it reveals nothing about the PIN. */
export function markOfPin(pinHash: string): string {
  return hashToken(pinHash).slice(0, 32);
}

function claimsOf({ villageId, kioskId, shiftId, householdId, pinMark, lastRedemption }: PinProof) {
  const where = { vil: villageId, kio: kioskId, shi: shiftId };
  return { kind: 'counter-pin', ...where, sub: householdId, pin: pinMark, last: lastRedemption };
}
