import { describe, expect, it } from 'vitest';
import { isTakenBack } from '../../../client/kiosk/ports/taken-back.ts';
import {
  bookedHandOvers,
  emptyFigures,
  handOversAfter,
  unsentHandOvers,
  withHandOvers,
} from '../../../client/kiosk/shift-figures.ts';
import { keptRedeem, keptUndo } from './kept-rows.ts';

const SHIFT = emptyFigures({ id: 's', volunteerId: 'v', volunteer: '张志愿', startedAtMs: 5 });
const keys = (all: readonly { readonly key: string }[]) => all.map(({ key }) => key);

const rows = [
  keptRedeem('asks', {}),
  keptRedeem('here', { done: 'here' }),
  keptRedeem('waits', { done: 'here', answer: 'waiting' }),
  keptRedeem('late', { done: 'here', answer: 'late', entry: 12 }),
  keptRedeem('booked', { done: 'server', answer: 'booked', entry: 11 }),
  keptRedeem('given up', { done: 'given_up' }),
  keptRedeem('marked', { done: 'given_up', answer: 'refused', entry: 13 }),
  keptRedeem('declined', { answer: 'declined' }),
];

describe('hand-overs on the disk', () => {
  it('that the server has not answered are those that were done here', () => {
    expect(keys(unsentHandOvers(rows))).toEqual(['here', 'waits']);
  });

  it('that a copy does not know are those, and what was booked after it', () => {
    expect(keys(handOversAfter(rows, 10))).toEqual(['here', 'waits', 'late', 'booked']);
    expect(keys(handOversAfter(rows, 11))).toEqual(['here', 'waits', 'late']);
    expect(keys(handOversAfter(rows, 12))).toEqual(['here', 'waits']);
  });

  it('that are booked are told from those that are not, and from those that were given up', () => {
    expect(keys(bookedHandOvers(rows))).toEqual(['late', 'booked']);
    expect(keys(bookedHandOvers(rows, 11))).toEqual(['late']);
  });

  it('are taken back by an undo that stands, and by no other', () => {
    const undone = (row: Parameters<typeof keptUndo>[2]) =>
      isTakenBack('here', [...rows, keptUndo('u', 'here', row)]);
    expect([undone({ done: 'here' }), undone({ done: 'server', answer: 'booked', entry: 14 })]).toEqual([
      true,
      true,
    ]);
    expect([undone({}), undone({ done: 'given_up' }), undone({ answer: 'declined' })]).toEqual([
      false,
      false,
      false,
    ]);
    expect(isTakenBack('late', [...rows, keptUndo('u', 'here', { done: 'here' })])).toBe(false);
    const [first, second] = unsentHandOvers([...rows, keptUndo('u', 'waits', { done: 'here' })]);
    expect([first?.isUndone, second?.isUndone]).toEqual([false, true]);
  });
});

describe('the figures of a shift', () => {
  it('are what the server told, and what was handed out since and is not booked', () => {
    const heard = {
      ...SHIFT,
      redemptions: 3,
      points: 900,
      households: 2,
      pieces: 5,
      today: { redemptions: 4, points: 1000 },
    };
    const all = unsentHandOvers([
      keptRedeem('a', { done: 'here' }),
      keptRedeem('b', { done: 'here' }),
      keptRedeem('undone', { done: 'here' }),
      keptRedeem('other shift', { done: 'here', shift: 'another' }),
      keptUndo('u', 'undone', { done: 'here' }),
    ]);
    expect(withHandOvers(heard, all)).toMatchObject({
      ...{ redemptions: 5, points: 900 + 1200, households: 3, pieces: 5 + 4, undone: 1, undonePoints: 600 },
      today: { redemptions: 6, points: 1000 + 1200 },
    });
  });

  it('of a shift that was begun here begin with nothing', () => {
    expect(SHIFT).toMatchObject({ id: 's', volunteerId: 'v', redemptions: 0, points: 0, startedAtMs: 5 });
    expect(withHandOvers(SHIFT, [])).toEqual(SHIFT);
  });
});
