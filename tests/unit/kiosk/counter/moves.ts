import fc from 'fast-check';
import type { Move } from './model.ts';

const number = fc.nat({ max: 99 });

/** A day of hands, network, clock and disk, by chance. */
export const moves: fc.Arbitrary<Move[]> = fc.array(fc.tuple(number, number, number), {
  minLength: 1,
  maxLength: 80,
  size: 'max',
});
