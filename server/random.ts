import { randomBytes } from 'node:crypto';

const POOL_BYTES = 4096;
const PART_BYTES_MAX = 64;

/**
 * Secure random bytes, taken from the system some thousands at a time: asking it for sixteen costs as much as
 * asking for all of them. Every byte is given once.
 */
export function createRandom(): (size: number) => Uint8Array {
  let pool = randomBytes(0);
  let used = 0;
  return (size) => {
    if (size > PART_BYTES_MAX) return randomBytes(size);
    if (used + size > pool.length) {
      pool = randomBytes(POOL_BYTES);
      used = 0;
    }
    used += size;
    return Uint8Array.prototype.slice.call(pool, used - size, used);
  };
}
