import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Laws } from './laws.ts';
import { Model } from './model.ts';
import { moves } from './moves.ts';
import { FAULTS, UNSEEN } from './planted-faults.ts';

const RUNS = process.env.JISHAN_LONG ? 10_000 : 3000;

/** Runs until a law is broken; null where none ever is. The same runs each time: what is found stays found. */
function runsUntilFound(fault: string, runs = RUNS): number | null {
  const planted = FAULTS[fault];
  if (!planted) throw new Error(`no such fault: ${fault}`);
  const property = fc.property(moves, (played) => new Model(planted, new Laws()).play(played));
  const { failed, numRuns } = fc.check(property, { numRuns: runs, seed: 2026, endOnFailure: true });
  return failed ? numRuns : null;
}

describe('the laws of the counter', () => {
  const seen = Object.keys(FAULTS).filter((fault) => !(fault in UNSEEN));

  it.each(seen)('find that %s', (fault) => {
    expect(runsUntilFound(fault)).not.toBeNull();
  });

  it.each(Object.entries(UNSEEN))('do not see that %s: %s', (fault) => {
    expect(runsUntilFound(fault, RUNS / 10)).toBeNull();
  });
});
