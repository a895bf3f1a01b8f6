import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { Refusal } from '../../shared/errors.ts';

export const ACCESS_LIFE_S = 600;

/** The person an access token speaks for. The token does not carry what that person may do; the database says it. */
export interface AccessClaims {
  readonly villageId: string;
  readonly staffId: string;
  /** The log-in it was given to. */
  readonly sessionId: string;
}

/** Keys that sign; earlier ones still verify until their tokens have run out. */
export interface TokenKeys {
  readonly current: KeyObject;
  readonly previous: readonly KeyObject[];
}

export function signAccess(keys: TokenKeys, claims: AccessClaims, nowMs: number): string {
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

/** How many tokens with a verified signature are remembered; the oldest are forgotten. */
const KNOWN_MAX = 5_000;

/**
 * Returns the function that verifies tokens. It refuses tokens that are not ours (auth.required) and expired ones
 * (auth.expired). A signature is checked once for each token. Whether the log-in still counts is not known here.
 */
export function accessVerifier(keys: TokenKeys): (token: string, nowMs: number) => AccessClaims {
  const known = new Map<string, Signed>();
  return (token, nowMs) => {
    const found = known.get(token) ?? signedIn(keys, token, nowMs);
    if (Math.floor(nowMs / 1000) >= found.expiresAtS) throw new Refusal('auth.expired');
    if (!known.has(token)) {
      const [oldest] = known.size >= KNOWN_MAX ? known.keys() : [];
      if (oldest !== undefined) known.delete(oldest);
      known.set(token, found);
    }
    return found.claims;
  };
}

interface Signed {
  readonly claims: AccessClaims;
  readonly expiresAtS: number;
}

function signedIn(keys: TokenKeys, token: string, nowMs: number): Signed {
  for (const key of [keys.current, ...keys.previous]) {
    const signed = verifyWith(key, token, nowMs);
    if (signed) return signed;
  }
  throw new Refusal('auth.required');
}

function verifyWith(key: KeyObject, token: string, nowMs: number): Signed | null {
  try {
    const payload = jwt.verify(token, key, {
      algorithms: ['HS256'],
      clockTimestamp: Math.floor(nowMs / 1000),
    });
    if (typeof payload === 'string') return null;
    const { sub, vil, ses, kind, exp } = payload as Record<string, unknown>;
    if (kind !== 'staff' || typeof sub !== 'string' || typeof vil !== 'string') return null;
    if (typeof ses !== 'string' || typeof exp !== 'number') return null;
    return { claims: { staffId: sub, villageId: vil, sessionId: ses }, expiresAtS: exp };
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw new Refusal('auth.expired');
    return null; // a token that cannot be verified is not ours
  }
}
