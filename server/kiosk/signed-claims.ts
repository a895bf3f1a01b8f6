import jwt from 'jsonwebtoken';
import type { TokenKeys } from '../identity/index.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Signs claims that count for `lifeS` seconds from now. */
export function signClaims(
  { current }: TokenKeys,
  claims: object,
  { nowMs, lifeS }: { nowMs: number; lifeS: number },
): { token: string; expiresAtMs: number } {
  const iat = Math.floor(nowMs / 1000);
  const exp = iat + lifeS;
  return {
    token: jwt.sign({ ...claims, iat, exp }, current, { algorithm: 'HS256' }),
    expiresAtMs: exp * 1000,
  };
}

/** The claims of a token that one of our keys signed and that has not run out; null for every other. */
export function readClaims({ current, previous }: TokenKeys, token: string, nowMs: number): Claims | null {
  const clockTimestamp = Math.floor(nowMs / 1000);
  for (const key of [current, ...previous]) {
    try {
      const found = jwt.verify(token, key, { algorithms: ['HS256'], clockTimestamp });
      if (typeof found !== 'string') return found;
    } catch {
      // Signed with another key, or run out: the next key may fit.
    }
  }
  return null;
}

/** True when the claims say all of this. */
export function claimsSay(claims: Claims, wanted: Claims): boolean {
  return Object.entries(wanted).every(([name, value]) => claims[name] === value);
}
