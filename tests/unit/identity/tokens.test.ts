import { createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { keysFor } from '../../../server/config.ts';
import { accessVerifier, signAccess } from '../../../server/identity/tokens.ts';
import { Refusal } from '../../../shared/errors.ts';

const nowMs = Date.UTC(2026, 6, 1);
const claims = { villageId: 'v1', staffId: 's1', sessionId: 'f1' };
const old = keysFor({ current: 'the secret of last year, long enough', previous: [] }, 'access tokens');
const keys = keysFor(
  { current: 'the secret of this year, long enough', previous: ['the secret of last year, long enough'] },
  'access tokens',
);

function codeOf(token: string, atMs = nowMs): string {
  try {
    accessVerifier(keys)(token, atMs);
    return 'accepted';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

describe('an access token', () => {
  it('comes back as it was given, and holds nothing else', () => {
    const token = signAccess(keys, claims, nowMs);
    expect(accessVerifier(keys)(token, nowMs)).toEqual(claims);
    expect(Object.keys(jwt.decode(token) as object).sort()).toEqual([
      'exp',
      'iat',
      'kind',
      'ses',
      'sub',
      'vil',
    ]);
  });

  it('runs out after ten minutes', () => {
    const token = signAccess(keys, claims, nowMs);
    expect(codeOf(token, nowMs + 599_000)).toBe('accepted');
    expect(codeOf(token, nowMs + 600_000)).toBe('auth.expired');
  });

  it('runs out for whoever has verified it before, and a changed one is not taken for it', () => {
    const verify = accessVerifier(keys);
    const token = signAccess(keys, claims, nowMs);
    for (let time = 0; time < 2; time += 1) expect(verify(token, nowMs + 599_000)).toEqual(claims);
    expect(() => verify(token, nowMs + 600_000)).toThrow(new Refusal('auth.expired'));
    expect(() => verify(`${token.slice(0, -2)}xx`, nowMs)).toThrow(new Refusal('auth.required'));
  });

  it('signed by an earlier secret still counts, by a foreign one does not', () => {
    expect(codeOf(signAccess(old, claims, nowMs))).toBe('accepted');
    const foreign = { current: createSecretKey(randomBytes(32)), previous: [] };
    expect(codeOf(signAccess(foreign, claims, nowMs))).toBe('auth.required');
  });

  it('is made with a key of its own: what seals kept answers signs nothing', () => {
    const other = keysFor({ current: 'the secret of this year, long enough', previous: [] }, 'kept answers');
    expect(codeOf(signAccess(other, claims, nowMs))).toBe('auth.required');
  });

  it('must be HS256 and whole', () => {
    const exp = Math.floor(nowMs / 1000) + 60;
    const payload = { sub: 's1', vil: 'v1', ses: 'f1', kind: 'staff', exp };
    expect(codeOf(jwt.sign(payload, keys.current, { algorithm: 'HS256' }))).toBe('accepted');
    expect(codeOf(jwt.sign(payload, keys.current, { algorithm: 'HS512' }))).toBe('auth.required');
    expect(codeOf(jwt.sign(payload, '', { algorithm: 'none' }))).toBe('auth.required');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(codeOf(jwt.sign(payload, privateKey, { algorithm: 'RS256' }))).toBe('auth.required');
    for (const missing of ['sub', 'vil', 'ses', 'kind', 'exp'] as const) {
      const { [missing]: _, ...rest } = payload;
      expect(codeOf(jwt.sign(rest, keys.current))).toBe('auth.required');
    }
    for (const broken of ['', 'x', 'a.b.c', 'e30.e30.', `${signAccess(keys, claims, nowMs)}x`]) {
      expect(codeOf(broken)).toBe('auth.required');
    }
  });
});
