import { describe, expect, it } from 'vitest';
import { type Change, sayChange, sayValue } from '../../../client/desk/acts/act-values.ts';
import chinese from '../../../client/desk/acts/locales/zh-CN.ts';
import words from '../../../client/desk/acts/menu/locales/zh-CN.ts';
import { fillBlanks } from '../../../client/i18n/fill-blanks.ts';
import { formatIn } from '../../../client/i18n/format.ts';

const texts: Readonly<Record<string, string>> = {
  'acts.hours': words.acts.hours,
  'acts.emptied': chinese.acts.emptied,
};
const speech = {
  t: (key: string, blanks = {}) => fillBlanks(texts[key] ?? key, blanks),
  format: formatIn(() => 'zh-CN'),
  language: 'zh-CN',
} as const;

describe('a value of an act', () => {
  it('that counts minutes is said in hours', () => {
    expect(sayValue('minutes', 150, speech)).toBe(fillBlanks(words.acts.hours, { n: 2.5 }));
    expect(sayValue('minutes', undefined, speech)).toBe('');
  });

  it('that was taken away is told from one that was set', () => {
    const said = (was: Change['was'], is: Change['is']) => sayChange({ unit: 'text', was, is }, speech);
    expect(said(null, 5)).toBe('5');
    expect(said(undefined, 5)).toBe('5');
    expect(said(5, null)).toBe('5 → 空');
    expect(said(5, 3)).toBe('5 → 3');
    expect(said(null, null)).toBe('');
  });
});
