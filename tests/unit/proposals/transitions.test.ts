import { describe, expect, test } from 'vitest';
import { checkTransitions } from '../../../server/proposals/transitions.ts';
import { PROPOSAL_TRANSITIONS } from '../../../shared/proposals/states.ts';

describe('the table of transitions', () => {
  test('is sound', () => {
    expect(() => checkTransitions()).not.toThrow();
  });

  test.each([
    ['leads out of posted', { withdraw: { ...PROPOSAL_TRANSITIONS.withdraw, from: 'posted' } }],
    ['lets the proposer post', { approve: { ...PROPOSAL_TRANSITIONS.approve, by: 'proposer' } }],
    ['leads nowhere', { return: { ...PROPOSAL_TRANSITIONS.return, to: 'proposed' } }],
    ['knows no such state', { return: { ...PROPOSAL_TRANSITIONS.return, to: 'lost' } }],
    ['never reaches withdrawn', { withdraw: { ...PROPOSAL_TRANSITIONS.withdraw, to: 'returned' } }],
    [
      'never reaches posted',
      {
        approve: { ...PROPOSAL_TRANSITIONS.approve, to: 'withdrawn' },
        post: { ...PROPOSAL_TRANSITIONS.post, to: 'returned' },
      },
    ],
    [
      'lets the proposer put it on notice',
      { announce: { ...PROPOSAL_TRANSITIONS.announce, by: 'proposer' } },
    ],
    ['lets the clock approve', { approve: { ...PROPOSAL_TRANSITIONS.approve, by: 'clock' } }],
  ])('is refused when it %s', (_, change) => {
    const broken = { ...PROPOSAL_TRANSITIONS, ...change } as typeof PROPOSAL_TRANSITIONS;
    expect(() => checkTransitions(broken)).toThrow();
  });
});
