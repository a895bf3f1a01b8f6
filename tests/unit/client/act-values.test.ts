import { expect, it } from 'vitest';
import { type Change, sayChange, type Speech } from '../../../client/desk/acts/act-values.ts';

const speech = {
  t: (key: string) => (key === 'acts.emptied' ? '空' : key),
  format: {},
  language: 'zh-CN',
} as unknown as Speech;
const said = (was: Change['was'], is: Change['is']) => sayChange({ unit: 'text', was, is }, speech);

it('tells a value that was taken away from one that was set', () => {
  expect(said(null, 5)).toBe('5');
  expect(said(undefined, 5)).toBe('5');
  expect(said(5, null)).toBe('5 → 空');
  expect(said(5, 3)).toBe('5 → 3');
  expect(said(null, null)).toBe('');
});
