import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskName } from '../../../shared/mask-name.ts';

describe('masking a name', () => {
  it.each([
    ['王', '*'],
    ['王明', '王*'],
    ['王小明', '王*明'],
    ['欧阳娜', '欧*娜'],
    ['欧阳合爱', '欧**爱'],
    ['王　明', '王*'],
    [' 王 小 明 ', '王*明'],
    ['买买提·艾则孜', '买*****孜'],
    ['𠮷田', '𠮷*'],
    ['John Smith', 'J********h'],
    ['', '*'],
  ])('%s is shown as %s', (name, shown) => {
    expect(maskName(name)).toBe(shown);
  });

  it('never shows a whole name, and masks nothing further when asked twice', () => {
    const name = fc.stringMatching(/^[\p{Script=Han}·a-zA-Z 　]{1,12}$/u);
    fc.assert(
      fc.property(name, (one) => {
        const shown = maskName(one);
        expect(shown).toContain('*');
        expect(maskName(shown)).toBe(shown);
      }),
    );
  });
});
