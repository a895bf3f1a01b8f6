import { describe, expect, it } from 'vitest';
import {
  cellsOf,
  isWhole,
  isWrong,
  markIn,
  marksIn,
  totalIn,
  withHalf,
} from '../../../client/desk/rounds/sheet-cells.ts';

const twenty = { name: '齐', most: 2000 };
const ten = { name: '洁', most: 1000 };

describe('a cell', () => {
  it.each([
    ['18', 1800],
    ['17.5', 1750],
    ['１８', 1800],
    ['0', 0],
    ['20', 2000],
    ['20.5', null],
    ['21', null],
    ['17.3', null],
    ['-1', null],
    ['', null],
    ['好', null],
  ])('%j is %j of twenty', (text, mark) => {
    expect(markIn(text, twenty)).toBe(mark);
  });

  it('is wrong only where something is typed', () => {
    expect([isWrong('', twenty), isWrong('21', twenty), isWrong('20', twenty)]).toEqual([false, true, false]);
  });

  // A digit more could still make a mark.
  it.each([
    ['1', twenty, false],
    ['2', twenty, false],
    ['3', twenty, true],
    ['0', twenty, true],
    ['18', twenty, true],
    ['25', twenty, false],
    ['1', ten, false],
    ['9', ten, true],
    ['10', ten, true],
    ['17.5', twenty, true],
    ['', twenty, false],
  ])('with %j the keyboard goes on: %#', (text, item, goesOn) => {
    expect(isWhole(text, item)).toBe(goesOn);
  });

  it('takes a half where there is room for one', () => {
    expect([
      withHalf('17', twenty),
      withHalf('20', twenty),
      withHalf('', twenty),
      withHalf('17.5', twenty),
    ]).toEqual(['17.5', ...[null, null, null]]);
  });
});

describe('the cells of a household', () => {
  it('are sent whole, and none of one that was left out', () => {
    const items = [twenty, ten];
    expect(marksIn({ marks: ['18', '9.5'], isSkipped: false }, items)).toEqual([1800, 950]);
    expect(marksIn({ marks: ['18', ''], isSkipped: false }, items)).toBeUndefined();
    expect(marksIn({ marks: ['18', '11'], isSkipped: false }, items)).toBeUndefined();
    expect(marksIn({ marks: ['18', ''], isSkipped: true }, items)).toBeNull();
    expect(totalIn({ marks: ['18', '11'], isSkipped: false }, items)).toBe(1800);
    expect(cellsOf([1800, 950], 2)).toEqual({ marks: ['18', '9.5'], isSkipped: false });
    expect(cellsOf(null, 2)).toEqual({ marks: ['', ''], isSkipped: true });
  });
});
