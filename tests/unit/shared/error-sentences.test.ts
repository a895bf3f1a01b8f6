import { describe, expect, it } from 'vitest';
import { ERRORS, errorSpec, type ErrorCode } from '../../../shared/errors.ts';
import { ERROR_SENTENCES, errorSentence, LANGUAGES } from '../../../shared/messages/errors.ts';

const codes = Object.keys(ERRORS) as ErrorCode[];
const placeholders = (text: string) => Array.from(text.matchAll(/\{(\w+)(?::\w+)?\}/g), ([, name]) => name);
/** Sentences that begin with another's words, in one language each. */
const ownLanguage = new Set(['zh', 'en']);

describe.each(LANGUAGES)('what is said about refusals in %s', (language) => {
  it('covers every code and no other', () => {
    expect(Object.keys(ERROR_SENTENCES[language]).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('%s is whole with and without its figures', (code) => {
    const { title, detail } = ERROR_SENTENCES[language][code];
    expect(title).toMatch(/\S/);
    expect(title).not.toMatch(/[[\]{}]/);
    const params = Object.fromEntries(placeholders(detail).map((name) => [name ?? '', 1250]));
    for (const given of [params, {}]) {
      const said = errorSentence(code, given, language);
      expect(said.detail).not.toMatch(/[[\]{}]|undefined|NaN/);
      expect(said.detail).toMatch(/[。.]$/);
      // A number's own words go with it, and so do the brackets around it.
      expect(said.detail).not.toMatch(/第(?:号|版|页)|（\s*）|\(\s*\)|这户(?:冻结|在等)/);
    }
  });

  it.each(codes)('%s says that nothing moved, or that it is not known', (code) => {
    const { detail } = ERROR_SENTENCES[language][code];
    const isUnknown = (errorSpec(code).moved ?? 'no') === 'unknown';
    const moved = {
      zh: isUnknown ? /可能动了也可能没动/ : /没有(?:扣分|入账|改动|保存|写入|配对|再动)|积分没有/,
      en: isUnknown ? /may have moved or not/ : /no points (?:moved|were taken)|nothing was|was not saved/i,
    }[language];
    expect(detail).toMatch(moved);
  });

  it('names each figure inside a part that can be left out', () => {
    for (const { detail } of Object.values(ERROR_SENTENCES[language])) {
      expect(placeholders(detail.replace(/\[[^\]]*\]/g, ''))).toEqual([]);
    }
  });
});

describe('the two languages', () => {
  it.each(codes)('name the same figures for %s', (code) => {
    const [zh, en] = LANGUAGES.map((language) =>
      placeholders(ERROR_SENTENCES[language][code].detail)
        .filter((name) => !ownLanguage.has(name ?? ''))
        .sort(),
    );
    expect(zh).toEqual(en);
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
