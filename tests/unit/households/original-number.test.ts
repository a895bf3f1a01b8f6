import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { looksLikeAddress, publicNumber } from '../../../shared/households/address.ts';
import { householdNumberKey } from '../../../shared/households/number.ts';
import {
  isShortNumber,
  keptOriginalKey,
  meantBy,
  originalNumberKey,
  soughtNumber,
} from '../../../shared/households/original-number.ts';

/** Households as rows: the number, and the number of the village's own papers. */
function village(...pairs: readonly (readonly [number: string, original: string | null])[]) {
  return pairs.map(([number, originalNumber]) => ({
    number,
    numberKey: householdNumberKey(number),
    originalNumber,
    originalKey: keptOriginalKey(number, originalNumber),
  }));
}

const found = (typed: string, households: ReturnType<typeof village>) => meantBy(typed, households)?.number;

describe('the number of the village’s own papers', () => {
  const households = village(['001', 'SQ-0007'], ['002', 'SQ-0008'], ['007', null], ['009', '柳林-1-3']);

  test.each([
    ['SQ-0007', '001'],
    ['sq7', '001'],
    ['ＳＱ 7', '001'],
    ['SQ-0008', '002'],
    ['0008', '002'],
    ['8', '002'],
    ['柳林1-3', '009'],
    ['1-3', '009'],
  ])('%s means household %s', (typed, number) => {
    expect(found(typed, households)).toBe(number);
  });

  it('gives way to a household whose number is the one typed', () => {
    for (const typed of ['7', '007', '0007']) expect(found(typed, households)).toBe('007');
    expect(found('1', village(['001', 'SQ-5'], ['002', 'SQ-0001']))).toBe('001');
  });

  it('means nobody where it could mean two', () => {
    const two = village(['001', '东12'], ['002', '西12'], ['003', 'SQ-01'], ['004', 'SQ-1']);
    expect(found('12', two)).toBeUndefined();
    expect(found('东12', two)).toBe('001');
    expect(found('sq1', two)).toBe('004');
    expect(found('sq001', two)).toBeUndefined();
    expect(found('12', two.slice(0, 1))).toBe('001');
  });

  test.each(['', '-', 'sq', '13', '1-3-1', 'S7', 'SQ-70'])('%s means nobody', (typed) => {
    expect(found(typed, households)).toBeUndefined();
  });

  it('may be the only number of a household that was written down by hand', () => {
    expect(found('12', village(['东12', null], ['001', null]))).toBe('东12');
  });

  it('never opens two households for one typed text, nor another than the one whose number it is', () => {
    const number = fc.stringMatching(/^(?:SQ|东|)-?\d{1,4}$/);
    fc.assert(
      fc.property(fc.uniqueArray(number, { minLength: 1, maxLength: 12 }), number, (originals, typed) => {
        const rows = village(
          ...originals.map((original, index) => [String(index + 1).padStart(3, '0'), original] as const),
        );
        const meant = meantBy(typed, rows);
        const own = rows.find(({ numberKey }) => numberKey === householdNumberKey(typed));
        if (own) expect(meant).toBe(own);
        // The condition asked of the database holds for every household that may be meant.
        const { numberKey, from, to } = soughtNumber(typed);
        const asked = rows.filter(
          (row) =>
            row.numberKey === numberKey ||
            (row.originalKey !== null && row.originalKey >= from && row.originalKey <= to),
        );
        expect(meantBy(typed, asked)).toBe(meant);
      }),
    );
  });

  it('is kept where the number is not digits', () => {
    expect(['1', '001', '312', '123456'].filter(isShortNumber)).toHaveLength(4);
    expect(['1234567', 'SQ-1', '1-2', ''].filter(isShortNumber)).toHaveLength(0);
    expect(originalNumberKey('SQ-0001')).toBe('1|SQ-#');
    expect(keptOriginalKey('001', null)).toBeNull();
  });
});

describe('an address', () => {
  test.each([
    '柳林村1组1',
    '柳林村1组1号',
    '柳林村一组3号',
    '第3组12',
    '3排5号',
    '3排5',
    '光明路12号',
    '光明路12',
    '东大街3巷5号',
    '王庄12号',
    '幸福社区3栋2单元',
    '12号楼301',
    '门牌12',
    '３排５号',
  ])('%s is one', (text) => {
    expect(looksLikeAddress(text)).toBe(true);
    expect(publicNumber(text)).toBe('');
  });

  test.each([
    '',
    '1',
    '001',
    '1000',
    'SQ-0001',
    '柳林-1-3',
    '2-15',
    '东12',
    'A1',
    '柳林001',
    '4101020001',
    '第3户',
  ])('%s is none', (text) => {
    expect(looksLikeAddress(text)).toBe(false);
    expect(publicNumber(text)).toBe(text);
  });
});
