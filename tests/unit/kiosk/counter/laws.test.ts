import fc from 'fast-check';
import { describe, it } from 'vitest';
import { transition } from '../../../../client/kiosk/counter/transition.ts';
import { Laws } from './laws.ts';
import { Model } from './model.ts';
import { moves } from './moves.ts';

const RUNS = process.env.JISHAN_LONG ? 10_000 : 2000;
describe('the counter, whatever hands, network, clock and disk do', () => {
  it(`forgets nothing that was sent, and books nothing twice: ${RUNS} shops`, () => {
    fc.assert(
      fc.property(moves, (played) => new Model(transition, new Laws()).play(played)),
      { numRuns: RUNS },
    );
  });
});
