import { expect, it } from 'vitest';
import { linesOf } from '../../../client/desk/share/long-picture.ts';

/** Every sign is as wide as one. */
const context = { font: '', measureText: (text: string) => ({ width: text.length }) as TextMetrics };

it('breaks a sentence of the long picture without losing a space inside a line', () => {
  expect(linesOf(context, 'x', '2 households, +3 pts each', 14)).toEqual(['2 households, ', '+3 pts each']);
});

it('keeps a figure with its Chinese unit', () => {
  expect(linesOf(context, 'x', '七户人家，每户 +3 分', 9)).toEqual(['七户人家，每户 ', '+3 分']);
});
