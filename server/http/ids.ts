import { v7 } from 'uuid';

export type RandomBytes = (size: number) => Uint8Array;

/** Ids that sort by the time they were made, also within one millisecond (uuid v7). */
export function createIds(clock: () => number, random: RandomBytes): () => string {
  let lastMs = 0;
  let sequence = 0;
  return () => {
    const nowMs = clock();
    sequence = nowMs > lastMs ? 0 : sequence + 1;
    lastMs = Math.max(lastMs, nowMs);
    return v7({ msecs: lastMs, seq: sequence, random: random(16) });
  };
}
