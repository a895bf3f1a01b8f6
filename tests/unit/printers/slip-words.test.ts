import { describe, expect, it } from 'vitest';
import commonEnglish from '../../../client/i18n/locales/en.ts';
import commonChinese from '../../../client/i18n/locales/zh-CN.ts';
import english from '../../../client/kiosk/locales/en.ts';
import chinese from '../../../client/kiosk/locales/zh-CN.ts';
import { ENTRY_WORDS, SLIP_WORDS } from '../../../shared/printers/slip-words.ts';

const inLanguage = (
  words: Readonly<Record<string, Readonly<Record<'zh' | 'en', string>>>>,
  language: 'zh' | 'en',
) => Object.fromEntries(Object.entries(words).map(([name, said]) => [name, said[language]]));

describe('the slips of the shop’s printer', () => {
  it.each([
    ['zh', chinese, commonChinese],
    ['en', english, commonEnglish],
  ] as const)('say the same as the browser’s: %s', (language, browser, common) => {
    expect(inLanguage(SLIP_WORDS, language)).toMatchObject(browser.slip);
    expect(inLanguage(ENTRY_WORDS, language)).toEqual(browser.entry);
    expect(SLIP_WORDS.withoutNetwork[language]).toBe(common.withoutNetwork.done);
    const { title, of, total } = browser.slipOfReturn;
    expect(inLanguage(SLIP_WORDS, language)).toMatchObject({ return: title, returnOf: of, returned: total });
    const { reversed, vouched, seconded } = browser.statement;
    expect(inLanguage(SLIP_WORDS, language)).toMatchObject({ reversed, vouched, seconded });
  });
});
