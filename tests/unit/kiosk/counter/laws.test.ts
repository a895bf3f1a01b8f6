import fc from 'fast-check';
import { describe, it } from 'vitest';
import { transition } from '../../../../client/kiosk/counter/transition.ts';
import { Laws } from './laws.ts';
import { Model } from './model.ts';
import { moves } from './moves.ts';

const RUNS = process.env.JISHAN_LONG ? 10_000 : 2000;
describe('the counter, whatever hands, network, clock and disk do', () => {
  it(`loses, doubles and invents nothing: ${RUNS} shops`, { timeout: 180_000 }, () => {
    fc.assert(
      fc.property(moves, (played) => new Model(transition, new Laws()).play(played)),
      // Another seed each time. A failure names it, with the path to the walk: add both here to see it again.
      { numRuns: RUNS },
    );
  });
});
