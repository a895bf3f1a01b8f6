import type { TokenKeys } from '../identity/index.ts';
import { claimsSay, readClaims, signClaims } from './signed-claims.ts';

interface Place {
  readonly villageId: string;
  readonly kioskId: string;
}

/** The screen empties long before. */
const SHOWN_LIFE_S = 5 * 60;

/** Signs that this household's statement was just shown on this kiosk, so that it can be printed without asking for the PIN again. */
export function signShown(keys: TokenKeys, place: Place, householdId: string, nowMs: number): string {
  const claims = { ...claimsOf(place), sub: householdId };
  return signClaims(keys, claims, { nowMs, lifeS: SHOWN_LIFE_S }).token;
}

/** The household whose statement was shown; null if the token is not ours, has run out, or is of another kiosk. */
export function readShown(keys: TokenKeys, place: Place, token: string, nowMs: number): string | null {
  const claims = readClaims(keys, token, nowMs);
  if (!claims || !claimsSay(claims, claimsOf(place))) return null;
  return typeof claims.sub === 'string' ? claims.sub : null;
}

function claimsOf({ villageId, kioskId }: Place) {
  return { kind: 'statement', vil: villageId, kio: kioskId };
}
