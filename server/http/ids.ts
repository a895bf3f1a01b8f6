import { v7 } from 'uuid';

export type RandomBytes = (size: number) => Uint8Array;

/** Digits that sort as their values do, in every collation (Crockford's base 32). */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Ids that sort by the time they were made, also within one millisecond: the bytes of a UUID version 7 in 26 digits. The
 * usual form has 36, and an id stands in some thirty places of one redemption.
 */
export function createIds(clock: () => number, random: RandomBytes): () => string {
  let lastMs = 0;
  let sequence = 0;
  return () => {
    const nowMs = clock();
    sequence = nowMs > lastMs ? 0 : sequence + 1;
    lastMs = Math.max(lastMs, nowMs);
    return inDigits(v7({ msecs: lastMs, seq: sequence, random: random(16) }, new Uint8Array(16)));
  };
}

/** Writes five bits a digit, from the left. The last digit of 16 bytes carries two zero bits. */
function inDigits(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += DIGITS[(held >> (bits - 5)) & 31] ?? '';
  }
  return bits > 0 ? text + (DIGITS[(held << (5 - bits)) & 31] ?? '') : text;
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
