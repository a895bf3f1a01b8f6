import jwt from 'jsonwebtoken';
import type { TokenKeys } from '../identity/index.ts';

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
  const iat = Math.floor(nowMs / 1000);
  const exp = iat + PROOF_LIFE_S;
  const signed = jwt.sign({ ...claimsOf(proof), iat, exp }, keys.current, { algorithm: 'HS256' });
  return { proof: signed, expiresAtMs: exp * 1000 };
}

/** True when `token` proves just this, now. */
export function isPinProven(keys: TokenKeys, token: string, wanted: PinProof, nowMs: number): boolean {
  return [keys.current, ...keys.previous].some((key) => {
    try {
      const found = jwt.verify(token, key, {
        algorithms: ['HS256'],
        clockTimestamp: Math.floor(nowMs / 1000),
      });
      if (typeof found === 'string') return false;
      const claims: Record<string, unknown> = found;
      return Object.entries(claimsOf(wanted)).every(([name, value]) => claims[name] === value);
    } catch {
      return false; // run out, or not ours
    }
  });
}

function claimsOf({ villageId, kioskId, shiftId, householdId, pinMark, lastRedemption }: PinProof) {
  const where = { vil: villageId, kio: kioskId, shi: shiftId };
  return { kind: 'counter-pin', ...where, sub: householdId, pin: pinMark, last: lastRedemption };
}
