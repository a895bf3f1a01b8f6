import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { Refusal } from '../../shared/errors.ts';

export const ACCESS_LIFE_S = 600;

/** Who an access token speaks for; what that person may do is looked up, not carried. */
export interface AccessClaims {
  readonly villageId: string;
  readonly staffId: string;
  /** The log-in it was given to. */
  readonly sessionId: string;
  readonly expiresAtMs: number;
}

/** Keys that sign; earlier ones still verify until their tokens have run out. */
export interface TokenKeys {
  readonly current: KeyObject;
  readonly previous: readonly KeyObject[];
}

export function signAccess(
  keys: TokenKeys,
  claims: Omit<AccessClaims, 'expiresAtMs'>,
  nowMs: number,
): string {
  const iat = Math.floor(nowMs / 1000);
  const payload = {
    sub: claims.staffId,
    vil: claims.villageId,
    ses: claims.sessionId,
    kind: 'staff',
    iat,
    exp: iat + ACCESS_LIFE_S,
  };
  return jwt.sign(payload, keys.current, { algorithm: 'HS256' });
}

/** Refuses what is not ours (auth.required) and what has run out (auth.expired). */
export function verifyAccess(keys: TokenKeys, token: string, nowMs: number): AccessClaims {
  for (const key of [keys.current, ...keys.previous]) {
    const payload = verifyWith(key, token, nowMs);
    if (payload) return payload;
  }
  throw new Refusal('auth.required');
}

function verifyWith(key: KeyObject, token: string, nowMs: number): AccessClaims | null {
  try {
    const payload = jwt.verify(token, key, {
      algorithms: ['HS256'],
      clockTimestamp: Math.floor(nowMs / 1000),
    });
    if (typeof payload === 'string') return null;
    const { sub, vil, ses, kind, exp } = payload as Record<string, unknown>;
    if (kind !== 'staff' || typeof sub !== 'string' || typeof vil !== 'string') return null;
    if (typeof ses !== 'string' || typeof exp !== 'number') return null;
    return { staffId: sub, villageId: vil, sessionId: ses, expiresAtMs: exp * 1000 };
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw new Refusal('auth.expired');
    return null; // whatever cannot be verified is not ours
  }
}
