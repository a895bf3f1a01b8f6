import { v7 } from 'uuid';

export type RandomBytes = (size: number) => Uint8Array;

/** Digits that sort as their values do, in every collation (Crockford's base 32). */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** The bytes of a UUID that an id has: its time, and 26 bits that tell ids of one millisecond apart. */
const BYTES = 10;
/** The sequence is counted in steps of these, because the id ends in the midst of it. */
const STEP = 64;

/**
 * Ids that sort by the time they were made, also within one millisecond: the first bytes of a UUID version 7 in 16 digits.
 * An id stands in some thirty places of one redemption, and is unique within its village alone. Another process may make
 * one in the same millisecond, so that the sequence begins anywhere.
 */
export function createIds(clock: () => number, random: RandomBytes): () => string {
  let lastMs = 0;
  let sequence = 0;
  return () => {
    const nowMs = clock();
    const drawn = random(16);
    const { 0: a = 0, 1: b = 0, 2: c = 0, 3: d = 0 } = drawn;
    // Half of the numbers stay free for those that follow.
    sequence =
      nowMs > lastMs ? (a & 127) * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d : sequence + STEP * (1 + (d & 15));
    lastMs = Math.max(lastMs, nowMs);
    const bytes = v7({ msecs: lastMs, seq: sequence, random: drawn }, new Uint8Array(16));
    return inDigits(bytes.subarray(0, BYTES));
  };
}

/** Writes five bits a digit, from the left. */
function inDigits(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += DIGITS[(held >> (bits - 5)) & 31] ?? '';
  }
  return text;
}

/** The digits that hold the 48 bits of the time, and two bits more. */
const TIME_DIGITS = 10;

/** The time an id was made. */
export function madeAtMs(id: string): number {
  let value = 0;
  for (const digit of id.slice(0, TIME_DIGITS)) value = value * 32 + DIGITS.indexOf(digit);
  return Math.floor(value / 4);
}

/** A text that sorts before every id made at this time or later, and after all earlier ones. */
export function idsFrom(atMs: number): string {
  let text = '';
  for (let rest = atMs * 4; text.length < TIME_DIGITS; rest = Math.floor(rest / 32))
    text = (DIGITS[rest % 32] ?? '') + text;
  return text;
}
