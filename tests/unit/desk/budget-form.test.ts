import { describe, expect, it } from 'vitest';
import {
  figuresOf,
  partsTyped,
  restTyped,
  totalTyped,
  typedHeads,
  withFigure,
} from '../../../client/desk/budget/budget-form.ts';

describe('the budget as it is typed', () => {
  it('keeps a figure for each category, and forgets one that is emptied', () => {
    const typed = typedHeads([{ head: '五美家庭', hundredths: 30_000 }]);
    const more = withFigure(typed, '乡风家风', '12.5');
    expect(Array.from(figuresOf(more))).toEqual([
      ['五美家庭', '300'],
      ['乡风家风', '12.5'],
    ]);
    expect(partsTyped(more)).toEqual([
      { head: '五美家庭', hundredths: 30_000 },
      { head: '乡风家风', hundredths: 1250 },
    ]);
    expect(withFigure(withFigure(more, '乡风家风', ' '), '五美家庭', '')).toBe('');
  });

  it('says what is left of the whole, and what is no amount', () => {
    expect([totalTyped(' 100 '), totalTyped('0.5'), totalTyped('many')]).toEqual([10_000, null, null]);
    expect(restTyped('100', withFigure('', '五美家庭', '40'))).toBe(6000);
    expect(restTyped('100', withFigure('', '五美家庭', '101'))).toBe(-100);
    expect(restTyped('100', withFigure('', '五美家庭', '-1'))).toBeNull();
    expect(restTyped('', '')).toBeNull();
  });
});
