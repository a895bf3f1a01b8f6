import { describe, expect, it } from 'vitest';
import { PLACE_WORDS } from '../../../shared/proposals/place-words.ts';
import {
  ASIDES,
  dotsOf,
  PLACES,
  PROPOSAL_STANDINGS,
  REPORT_STANDINGS,
  standingOfProposal,
  standingOfReport,
} from '../../../shared/proposals/places.ts';
import { OPEN_STATES, PROPOSAL_STATES, STATE_FACTS } from '../../../shared/proposals/states.ts';
import { REPORT_STATES } from '../../../shared/reports/states.ts';

const SIGNS = { done: '●', here: '◎', ended: '✕', ahead: '○' } as const;
const drawn = (standing: Parameters<typeof dotsOf>[0], hasNotice = true) =>
  dotsOf(standing, hasNotice)
    .map(({ mark }) => SIGNS[mark])
    .join('');

describe('the five dots', () => {
  it.each([
    ['draft', '◎○○○○'],
    ['waiting', '●◎○○○'],
    ['taken_up', '●●◎○○'],
    ['not_accepted', '●✕'],
    ['withdrawn', '●✕'],
  ] as const)('of a report that is %s are %s', (state, dots) => {
    expect(drawn(REPORT_STANDINGS[state])).toBe(dots);
  });

  it.each([
    ['proposed', '●●◎○○', '●●◎○'],
    ['returned', '●◎○○○', '●◎○○'],
    ['laid_aside', '●◎○○○', '●◎○○'],
    ['withdrawn', '●✕', '●✕'],
    ['on_notice', '●●●◎○', '●●●◎○'],
    ['contested', '●●●◎○', '●●●◎○'],
    ['posted', '●●●●●', '●●●●'],
    ['reversed', '●●●●✕', '●●●✕'],
  ] as const)(
    'of a proposal that is %s are %s, and %s where nothing hangs on a notice',
    (state, dots, without) => {
      expect(drawn(PROPOSAL_STANDINGS[state])).toBe(dots);
      expect(drawn(PROPOSAL_STANDINGS[state], false)).toBe(without);
    },
  );

  it('know every state, and every word beside the way comes from one', () => {
    expect(Object.keys(REPORT_STANDINGS).sort()).toEqual(['draft', ...REPORT_STATES].sort());
    expect(Object.keys(PROPOSAL_STANDINGS).sort()).toEqual(['reversed', ...PROPOSAL_STATES].sort());
    const all = [...Object.values(REPORT_STANDINGS), ...Object.values(PROPOSAL_STANDINGS)];
    expect(new Set(all.flatMap(({ aside }) => aside ?? []))).toEqual(new Set(ASIDES));
  });

  it('are all behind a deed when it is posted, and before that never', () => {
    for (const state of PROPOSAL_STATES)
      expect([state, standingOfProposal(state).isDone]).toEqual([state, STATE_FACTS[state].isPosted]);
    for (const state of OPEN_STATES) expect(drawn(standingOfProposal(state))).toMatch(/^●*◎○*$/u);
  });

  it('of a report go on as its proposal does', () => {
    expect(standingOfReport('waiting', null)).toBe(REPORT_STANDINGS.waiting);
    const proposal = { state: 'on_notice', isReversed: false } as const;
    expect(standingOfReport('taken_up', proposal).place).toBe('noticed');
    const reversed = { state: 'posted', isReversed: true } as const;
    expect(standingOfReport('taken_up', reversed)).toMatchObject({ isDone: true, aside: 'reversed' });
    // An entry that was taken back is one that was posted.
    expect(standingOfProposal('on_notice', true).aside).toBeNull();
  });

  it('have a word for each place and each aside in both languages', () => {
    for (const { place, aside } of Object.values(PLACE_WORDS)) {
      expect(Object.keys(place)).toEqual([...PLACES]);
      expect(Object.keys(aside)).toEqual([...ASIDES]);
    }
  });
});
