import { describe, expect, it } from 'vitest';
import { ERRORS, errorSpec, type ErrorCode } from '../../../shared/errors.ts';
import { ERROR_WORDS, errorSentence } from '../../../shared/words.ts';
import { type ErrorSentence, LANGUAGES } from '../../../shared/sentence.ts';

const codes = Object.keys(ERRORS) as ErrorCode[];
const placeholders = (text: string) => Array.from(text.matchAll(/\{(\w+)(?::\w+)?\}/g), ([, name]) => name);
/** Sentences that begin with another's words, in one language each. */
const ownLanguage = new Set(['zh', 'en']);

describe.each(LANGUAGES)('what is said about refusals in %s', (language) => {
  it('covers every code and no other', () => {
    expect(Object.keys(ERROR_WORDS).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('%s is whole with and without its figures, in each variant', (code) => {
    const { title, detail, variants = {} } = ERROR_WORDS[code][language];
    expect(title).toMatch(/\S/);
    expect(title).not.toMatch(/[[\]{}]/);
    const params = Object.fromEntries(placeholders(detail).map((name) => [name ?? '', 1250]));
    const doors = Object.keys(variants).map((what) => ({ what }));
    for (const given of [params, {}, ...doors, ...doors.map((door) => ({ ...params, ...door }))]) {
      const said = errorSentence(code, given, language);
      expect(said.detail).not.toMatch(/[[\]{}]|undefined|NaN/);
      expect(said.detail).toMatch(/[。.]$/);
      // A number's own words go with it, and so do the brackets around it.
      expect(said.detail).not.toMatch(/第(?:号|版|页)|（\s*）|\(\s*\)|这户(?:留着|在等)/);
    }
  });

  it.each(codes)('%s says that nothing moved, or that it is not known', (code) => {
    const { detail, variants = {} } = ERROR_WORDS[code][language];
    const isUnknown = (errorSpec(code).moved ?? 'no') === 'unknown';
    const moved = {
      zh: isUnknown ? /可能动了也可能没动/ : /没有(?:扣分|入账|改动|保存|写入|配对|再动)|积分没有/,
      en: isUnknown ? /may have moved or not/ : /no points (?:moved|were taken)|nothing was|was not saved/i,
    }[language];
    for (const said of [detail, ...Object.values(variants)]) expect(said).toMatch(moved);
  });

  it('names each figure inside a part that can be left out', () => {
    for (const { [language]: sentence } of Object.values(ERROR_WORDS)) {
      const { detail, variants = {} } = sentence;
      for (const said of [detail, ...Object.values(variants)])
        expect(placeholders(said.replace(/\[[^\]]*\]/g, ''))).toEqual([]);
    }
  });
});

describe('the two languages', () => {
  it.each(codes)('name the same figures for %s', (code) => {
    const [zh, en] = LANGUAGES.map((language) =>
      placeholders(ERROR_WORDS[code][language].detail)
        .filter((name) => !ownLanguage.has(name ?? ''))
        .sort(),
    );
    expect(zh).toEqual(en);
  });

  it('have the same variants, each with the figures of the sentence they stand for', () => {
    for (const code of codes) {
      const [zh, en] = LANGUAGES.map((language) => {
        const { detail, variants = {} }: ErrorSentence = ERROR_WORDS[code][language];
        // Figures in brackets may be left out.
        const always = placeholders(detail.replace(/\[[^\]]*\]/g, ''));
        for (const said of Object.values(variants)) {
          expect(placeholders(detail)).toEqual(expect.arrayContaining(placeholders(said)));
          expect(placeholders(said)).toEqual(expect.arrayContaining(always));
        }
        return Object.keys(variants);
      });
      expect(zh).toEqual(en);
    }
  });

  it('say at each door what is asked for there, and something fitting all where the door is not told', () => {
    const said = (what: string) => errorSentence('auth.wrong', { what, left: 3 }, 'zh').detail;
    expect(said('number')).toContain('户号或密码不对，还可以试 3 次。');
    expect(said('account')).toContain('账号或密码不对');
    expect(said('pin')).toMatch(/^密码不对/);
    for (const what of ['', 'toString', 'hasOwnProperty']) expect(said(what)).toContain('账号或密码不对');
  });

  it('show points without trailing zeros and waits in words', () => {
    expect(errorSentence('ledger.points_short', { missing: 250 }, 'zh').detail).toBe(
      '没有扣分：还差 2.5 分。请拿掉一件，或换一样。',
    );
    expect(errorSentence('ledger.points_short', { missing: 250 }, 'en').detail).toBe(
      'No points were taken: 2.5 points are missing. Take an item out, or choose another.',
    );
    expect(errorSentence('auth.locked', { seconds: 90 }, 'zh').detail).toContain('过 2 分钟再试');
    expect(errorSentence('auth.locked', { seconds: 3600 }, 'en').detail).toContain('in 1 hour,');
    expect(errorSentence('auth.locked', { seconds: 1 }, 'en').detail).toContain('in 1 second,');
  });

  it('leave a part out when its figure is not a figure', () => {
    expect(errorSentence('ledger.points_short', { missing: 'x' }, 'zh').detail).toBe(
      '没有扣分：请拿掉一件，或换一样。',
    );
    expect(errorSentence('goods.disabled', { name: '' }, 'zh').detail).toBe(
      '没有扣分：这件商品已停止兑换。请拿掉它，或换一样。',
    );
  });

  it('put what a person typed in as it is', () => {
    expect(errorSentence('goods.disabled', { name: '{left}[x]$&' }, 'zh').detail).toContain('“{left}[x]$&”');
  });
});
