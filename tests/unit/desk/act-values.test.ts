import { describe, expect, it } from 'vitest';
import { sayValue } from '../../../client/desk/acts/act-values.ts';
import words from '../../../client/desk/acts/menu/locales/zh-CN.ts';
import { fillBlanks } from '../../../client/i18n/fill-blanks.ts';
import { formatIn } from '../../../client/i18n/format.ts';

const speech = {
  t: (key: string, blanks = {}) => fillBlanks(key === 'acts.hours' ? words.acts.hours : key, blanks),
  format: formatIn(() => 'zh-CN'),
  language: 'zh-CN',
} as const;

describe('a value of an act', () => {
  it('that counts minutes is said in hours', () => {
    expect(sayValue('minutes', 150, speech)).toBe(fillBlanks(words.acts.hours, { n: 2.5 }));
    expect(sayValue('minutes', undefined, speech)).toBe('');
  });
});
