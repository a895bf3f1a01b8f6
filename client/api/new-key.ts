/** The keys of one millisecond at most; the next one takes the next millisecond. */
const KEYS_PER_MS = 0x1000;

let lastMs = 0;
let sequence = 0;

/**
 * Mints the key of one intent. Make it when the intent begins, and send the same one again when asking again. Keys sort by
 * the time they were minted, so that the database puts new ones next to each other: UUIDs of version 7 (RFC 9562, with a
 * counter in rand_a), written without hyphens. The library for them takes twice their room on a phone.
 */
export function newKey(): string {
  const nowMs = Date.now();
  sequence = nowMs > lastMs ? 0 : sequence + 1;
  lastMs = Math.max(lastMs, nowMs);
  if (sequence === KEYS_PER_MS) {
    lastMs += 1;
    sequence = 0;
  }
  const random = crypto.getRandomValues(new Uint8Array(8));
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  return (
    inHex(lastMs, 12) + inHex(0x7000 + sequence, 4) + Array.from(random, (byte) => inHex(byte, 2)).join('')
  );
}

function inHex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
