import { describe, expect, it } from 'vitest';
import { mayBeReported } from '../../../server/rules/may-be-reported.ts';
import { proposerKinds } from '../../../shared/rules/proposer-kinds.ts';

type Rule = Parameters<typeof mayBeReported>[0];
const RULE: Rule = {
  ...{ enabled: true, pointsMode: 'fixed', points: 300, pointsMin: null, pointsMax: null, options: [] },
  proposer: '户/邻',
};

describe('who reports a deed', () => {
  it.each([
    ['户', ['self']],
    ['邻/组', ['neighbour', 'group']],
    ['户/红白理事会', ['self']],
    ['评→委', ['panel', 'committee']],
    ['评议员、本人', ['panel', 'self']],
    ['受助人', ['neighbour']],
    ['理事会', []],
    ['toString', []],
    ['—', []],
    ['', []],
  ])('under “%s” is %j', (written, kinds) => {
    expect(proposerKinds(written)).toEqual(kinds);
  });

  it('is a household by phone where its sign stands there, and the rule gives points now', () => {
    expect([mayBeReported(RULE, 'own'), mayBeReported(RULE, 'helped')]).toEqual([true, true]);
    expect(mayBeReported({ ...RULE, proposer: '邻/组' }, 'own')).toBe(false);
    expect(mayBeReported({ ...RULE, proposer: '户' }, 'helped')).toBe(false);
    expect(mayBeReported({ ...RULE, enabled: false }, 'own')).toBe(false);
    expect(mayBeReported({ ...RULE, points: -300 }, 'own')).toBe(false);
    expect(mayBeReported({ ...RULE, pointsMode: 'none', points: null }, 'own')).toBe(false);
    const judged: Rule = { ...RULE, pointsMode: 'judged', points: null };
    expect(mayBeReported(judged, 'own')).toBe(true);
  });
});
