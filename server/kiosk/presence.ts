import type { TokenKeys } from '../identity/index.ts';
import { type Claims, claimsSay, readClaims, signClaims } from './signed-claims.ts';

/** The sign by which a household was recognised at the counter. */
export type Recognised =
  /** It showed the card that was issued at this instant. */
  | { readonly how: 'card'; readonly cardIssuedAtMs: number }
  /** Somebody named its number: the household still has to give its PIN. */
  | { readonly how: 'number' };

/** A presence counts for one household on one kiosk in one shift. */
export interface PresencePlace {
  readonly villageId: string;
  readonly kioskId: string;
  readonly shiftId: string;
  readonly householdId: string;
}

export interface Presence {
  readonly token: string;
  readonly how: Recognised['how'];
  readonly expiresAtMs: number;
}

/** Long enough to choose goods, too short to hand out to somebody who left. */
export const PRESENCE_LIFE_S = 15 * 60;

/**
 * Signs that a household was recognised just now. The record is signed, not stored: a redemption carries it. It names
 * the card by the instant of its issue and never by its code: the twelve digits of the first cards can be tried out from any
 * trace of them.
 */
export function signPresence(
  keys: TokenKeys,
  place: PresencePlace,
  recognised: Recognised,
  nowMs: number,
): Presence {
  const { how } = recognised;
  const claims = { ...claimsOf(place), how, ...(how === 'card' ? { card: recognised.cardIssuedAtMs } : {}) };
  return { ...signClaims(keys, claims, { nowMs, lifeS: PRESENCE_LIFE_S }), how };
}

/** Reads a presence. Null when it is not ours, has run out, or is for another household, kiosk or shift. */
export function readPresence(
  keys: TokenKeys,
  token: string,
  place: PresencePlace,
  nowMs: number,
): Recognised | null {
  const claims = readClaims(keys, token, nowMs);
  return claims && claimsSay(claims, claimsOf(place)) ? recognisedBy(claims) : null;
}

function recognisedBy({ how, card }: Claims): Recognised | null {
  if (how === 'number') return { how };
  return how === 'card' && typeof card === 'number' ? { how, cardIssuedAtMs: card } : null;
}

function claimsOf({ villageId, kioskId, shiftId, householdId }: PresencePlace) {
  return { kind: 'presence', vil: villageId, kio: kioskId, shi: shiftId, sub: householdId };
}
