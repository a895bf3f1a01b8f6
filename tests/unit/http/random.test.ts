import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../server/random.ts';

describe('random bytes', () => {
  it('come in the size asked for, and never twice', () => {
    const random = createRandom();
    const seen = new Set<string>();
    for (let count = 0; count < 2000; count += 1) {
      const size = 12 + (count % 40);
      const bytes = random(size);
      expect(bytes.length).toBe(size);
      seen.add(Buffer.from(bytes).toString('hex').slice(0, 24));
    }
    expect(seen.size).toBe(2000);
    expect(random(1000).length).toBe(1000);
  });

  it('are the caller’s own: changing them changes nobody else’s', () => {
    const random = createRandom();
    const first = random(16);
    const kept = Buffer.from(first).toString('hex');
    random(16).fill(0);
    expect(Buffer.from(first).toString('hex')).toBe(kept);
  });
});
