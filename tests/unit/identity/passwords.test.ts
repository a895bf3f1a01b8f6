import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  hashSecret,
  isWeakPassword,
  newPassword,
  newPin,
  newToken,
  NOBODYS_HASH,
  randomBelow,
  verifySecret,
} from '../../../server/identity/index.ts';
import { isEasyPin } from '../../../shared/pin.ts';

const random = (size: number) => randomBytes(size);

describe('a password', () => {
  it.each([
    'short',
    'aaaaaaaaaaaa',
    'abababababab',
    'abcabcabcabc',
    '1234567890',
    '0987654321',
    'qwertyuiop',
    'qwerty123456',
    'QWERTYuiop!!',
    '1qaz2wsx3edc',
    'asdfghjkl123',
    'password123',
    'P@ssw0rd123',
    'woaini1314520',
    'admin123456',
    'jishan888888',
    'aixinchaoshi2026',
    'cunwei.jifen.88',
    'manchester',
    'Manchester2024!',
    '**christopher**',
    'nuttertools',
    'wangfang123',
    'wangfangwangfang',
    '１２３４５６７８９０',
  ])('%s is too easy', (password) => {
    expect(isWeakPassword(password, 'wangfang')).toBe(true);
  });

  it.each([
    'harvest-moon-42',
    '老槐树下的石磨盘真好看呀',
    'k7mf-2xqp-9hwt',
    'three brown hens',
    'tR8#kk20vLpq',
  ])('%s will do', (password) => {
    expect(isWeakPassword(password, 'wangfang')).toBe(false);
  });

  it('of any make will do, up to 128 characters', () => {
    for (const one of [
      '只有汉字没有别的东西',
      'only small letters here',
      '7391 0284 6625 1938',
      '#!?%&=+*~^<>§',
    ])
      expect(isWeakPassword(one, 'wangfang')).toBe(false);
    const long = Array.from({ length: 16 }, (_, index) => `wort${index * 37}`).join(' ');
    expect(isWeakPassword(long.slice(0, 128), 'wangfang')).toBe(false);
  });

  it('made here is readable, long enough and never weak', () => {
    for (let round = 0; round < 60; round += 1) {
      const password = newPassword(random);
      expect(password).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){2}$/);
      expect(isWeakPassword(password, 'wangfang')).toBe(false);
    }
  });
});

describe('hashing', () => {
  it('is argon2id, salted, and tells right from wrong', async () => {
    const [one, two] = [await hashSecret('482915'), await hashSecret('482915')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=12288,t=3,p=1\$/);
    expect(one).not.toBe(two);
    expect(await verifySecret(one, '482915')).toBe(true);
    expect(await verifySecret(one, '482916')).toBe(false);
  });

  it('takes full-width digits for digits', async () => {
    expect(await verifySecret(await hashSecret('482915'), '４８２９１５')).toBe(true);
  });

  it('costs the same for a name nobody has', () => {
    expect(NOBODYS_HASH.split('$').slice(0, 4)).toEqual(['', 'argon2id', 'v=19', 'm=12288,t=3,p=1']);
  });
});

describe('drawing', () => {
  it('gives PINs of six digits that are not easy', () => {
    const pins = Array.from({ length: 300 }, () => newPin(random));
    expect(pins.every((pin) => /^\d{6}$/.test(pin) && !isEasyPin(pin))).toBe(true);
    expect(new Set(pins).size).toBeGreaterThan(290);
  });

  it('throws away draws that would favour small numbers', () => {
    const draws = [Buffer.from([255, 255, 255, 255]), Buffer.from([0, 0, 0, 7])];
    expect(randomBelow(() => draws.shift() ?? Buffer.alloc(4), 10)).toBe(7);
    expect(draws).toEqual([]);
  });

  it('gives tokens of 256 bits', () => {
    expect(newToken(random)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
