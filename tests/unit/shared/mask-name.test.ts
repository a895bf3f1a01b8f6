import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPOUND_SURNAMES } from '../../../shared/compound-surnames.ts';
import { maskName } from '../../../shared/mask-name.ts';

describe('masking a name', () => {
  it.each([
    ['王', '*'],
    ['王明', '王*'],
    ['王小明', '王*明'],
    ['欧阳海', '欧阳*'],
    ['欧阳建国', '欧阳*国'],
    ['欧阳合爱', '欧阳*爱'],
    ['上官书', '上官*'],
    ['尉迟铁柱', '尉迟*柱'],
    ['歐陽娜', '歐陽*'],
    // The surname 欧 with the given name 建, and the surname 上 with 官.
    ['欧建', '欧*'],
    ['欧建国', '欧*国'],
    ['上官', '上*'],
    // 单 is a surname, 于洋 a given name.
    ['单于洋', '单*洋'],
    // A wife with her husband's surname before her own.
    ['张王秀英', '张**英'],
    ['王　明', '王*'],
    [' 王 小 明 ', '王*明'],
    // A given name, a dot and the father's name, the dot as it was typed.
    ['阿卜杜热合曼·买买提江', '阿**·买**'],
    ['阿卜杜热合曼•买买提江', '阿**·买**'],
    ['阿依古丽 · 吐尔逊', '阿**·吐**'],
    ['买买提·艾力', '买**·艾**'],
    ['买买提·艾则孜', '买**·艾**'],
    ['古丽·A', '古**·**'],
    ['古丽·', '古*'],
    ['·', '*'],
    ['𠮷田', '𠮷*'],
    ['John Smith', 'J**'],
    ['Al', 'A**'],
    ['（已删除）', '（**'],
    ['', '*'],
  ])('%s is shown as %s', (name, shown) => {
    expect(maskName(name)).toBe(shown);
  });

  it('knows sixty surnames of two characters at least, and only such', () => {
    expect(COMPOUND_SURNAMES.size).toBeGreaterThan(60);
    for (const surname of COMPOUND_SURNAMES) expect(surname).toMatch(/^\p{Script=Han}{2}$/u);
  });

  it('shows of a compound surname with one character after it nothing of the given name', () => {
    for (const surname of COMPOUND_SURNAMES) expect(maskName(`${surname}明`)).toBe(`${surname}*`);
  });

  it('never shows a whole name, and masks nothing further when asked twice', () => {
    const name = fc.stringMatching(/^[\p{Script=Han}·a-zA-Z 　]{1,12}$/u);
    fc.assert(
      fc.property(name, (one) => {
        const shown = maskName(one);
        expect(shown).toContain('*');
        expect(maskName(shown)).toBe(shown);
        // On either side of a dot one sign at most is shown, and how many are hidden is not.
        for (const part of shown.split('·')) if (shown.includes('·')) expect(part).toMatch(/^[^*]?\*\*$/u);
      }),
    );
  });
});
