import { describe, expect, it } from 'vitest';
import { toldObjections } from '../../../shared/notices/told-objections.ts';

const NONE = { open: 0, upheld: 0, partly: 0, rejected: 0, withdrawn: 0 };

describe('objections to a notice', () => {
  it('are not told of where there are none', () => {
    expect(toldObjections(NONE)).toBeNull();
  });

  it('are told in figures: all of them, and each outcome that there is, those that wait first', () => {
    expect(toldObjections({ ...NONE, rejected: 2, withdrawn: 1, open: 3 })).toEqual({
      n: 6,
      kinds: [
        { kind: 'open', n: 3 },
        { kind: 'rejected', n: 2 },
        { kind: 'withdrawn', n: 1 },
      ],
    });
  });
});
