import { describe, expect, it } from 'vitest';
import { isBroken, mayTryAgain } from '../../../db/postgres/map-errors.ts';

/** The error that drizzle throws, with the driver's error as its cause. */
function failed(code: string): Error {
  return new Error('Failed query', { cause: Object.assign(new Error(code), { code }) });
}

describe('errors of PostgreSQL and of the road to it', () => {
  it.each(['08006', '57P01', '53300', '25P03', 'EPIPE', 'ECONNRESET', 'ETIMEDOUT'])(
    '%s means that the connection is of no more use',
    (code) => expect(isBroken(failed(code))).toBe(true),
  );

  it.each(['23505', '40001', '40P01'])('after %s the same work may succeed', (code) => {
    expect(mayTryAgain(failed(code))).toBe(true);
    expect(isBroken(failed(code))).toBe(false);
  });

  it.each(['25P02', 'P0001', '23503', '55P03'])('%s is a matter of the work alone', (code) => {
    expect(mayTryAgain(failed(code))).toBe(false);
    expect(isBroken(failed(code))).toBe(false);
  });
});
