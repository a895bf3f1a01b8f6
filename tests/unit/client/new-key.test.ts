import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newKey } from '../../../client/api/index.ts';

const NOW_MS = Date.UTC(2026, 10, 30, 1, 2, 3, 456);
/** RFC 9562: 48 bits of time, version 7, variant 10. */
const UUID_V7 = /^([0-9a-f]{12})7[0-9a-f]{3}[89ab][0-9a-f]{15}$/;

function msOf(key: string): number {
  return Number.parseInt(UUID_V7.exec(key)?.[1] ?? '', 16);
}

describe('the key of an intent', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW_MS }));
  afterEach(() => void vi.useRealTimers());

  it('begins with the time it was minted, and needs no secure page', () => {
    const randomUuid = vi.spyOn(crypto, 'randomUUID');
    vi.setSystemTime(NOW_MS + 1000);
    expect(msOf(newKey())).toBe(NOW_MS + 1000);
    expect(randomUuid).not.toHaveBeenCalled();
  });

  it('sorts after all earlier ones, also within a millisecond and after the clock was set back', () => {
    vi.setSystemTime(NOW_MS + 2000);
    const keys = Array.from({ length: 10_000 }, newKey);
    vi.setSystemTime(NOW_MS);
    keys.push(newKey());
    vi.setSystemTime(NOW_MS + 2001);
    keys.push(newKey());
    expect(keys.toSorted()).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('cannot be told from the one before: most of its bits are random', () => {
    const bitsOf = (key: string) => BigInt(`0x${key}`);
    const pages = Array.from({ length: 64 }, (_, page) => {
      vi.setSystemTime(NOW_MS + 3000 + page);
      return bitsOf(newKey());
    });
    const changed = pages.reduce((bits, key) => bits | (key ^ (pages[0] ?? 0n)), 0n) & ((1n << 80n) - 1n);
    expect(changed.toString(2).replaceAll('0', '').length).toBeGreaterThan(60);
  });
});
