import { describe, expect, it } from 'vitest';
import { fillBlanks } from '../../../client/i18n/fill-blanks.ts';

describe('a sentence of a screen', () => {
  it('is said as it stands where it has no blanks', () => {
    expect(fillBlanks('余额', { n: 3 })).toBe('余额');
  });

  it('has each of its blanks filled, the same one as often as it stands there', () => {
    expect(fillBlanks('{head}家，有 {points} 分；{head}', { head: '孔立银', points: '45' })).toBe(
      '孔立银家，有 45 分；孔立银',
    );
  });

  it('shows no braces where something is missing', () => {
    expect(fillBlanks('还有 {name}', {})).toBe('还有 ');
  });

  it('puts in what it is given as it is, signs and braces too', () => {
    expect(fillBlanks('{a} {b}', { a: '$& {b} | x', b: 1 })).toBe('$& {b} | x 1');
  });

  it.each([
    [0, '0 households'],
    [1, '1 household'],
    [2, '2 households'],
    [12_345, '12,345 households'],
  ])('says %i in the right form, its digits in groups', (n, said) => {
    expect(fillBlanks('{n} household | {n} households', { n })).toBe(said);
  });

  it.each([
    ['0.5', 'You owe 0.5 points'],
    ['1', 'You owe 1 point'],
    ['+1', 'You owe +1 point'],
    ['21', 'You owe 21 points'],
  ])('says %s points in the right form where nothing else is counted', (points, said) => {
    expect(fillBlanks('You owe {points} point | You owe {points} points', { points })).toBe(said);
    expect(fillBlanks('{n} line, {points} pts | {n} lines, {points} pts', { n: 2, points })).toBe(
      `2 lines, ${points} pts`,
    );
  });

  it('groups no other figure, and takes the second form for a number that is text', () => {
    expect(fillBlanks('{n} of {total} | {n} of all {total}', { n: '1', total: 2000 })).toBe('1 of all 2000');
  });
});
