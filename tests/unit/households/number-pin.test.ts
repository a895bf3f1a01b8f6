import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { householdNumberKey, nextHouseholdNumber } from '../../../shared/households/number.ts';
import { drawPin, isEasyPin } from '../../../shared/pin.ts';

describe('the key of a household number', () => {
  test.each([
    ['3', '003'],
    ['3', '００3'],
    ['a-1', 'A-1'],
    [' 1 2 ', '12'],
    ['0', '000'],
  ])('%s and %s are one household', (a, b) => {
    expect(householdNumberKey(a)).toBe(householdNumberKey(b));
  });

  test.each([
    ['1-3', '1-03'],
    ['1-1', '11'],
    ['东1', '西1'],
    ['10', '1'],
  ])('%s and %s are two', (a, b) => {
    expect(householdNumberKey(a)).not.toBe(householdNumberKey(b));
  });

  test('keys compare as people count', () => {
    const counted = ['1', '2', '009', '10', '11', '100', '1000', '1-2', '1-10', '2-1'];
    const byKey = [...counted]
      .reverse()
      .sort((a, b) => (householdNumberKey(a) < householdNumberKey(b) ? -1 : 1));
    expect(byKey.filter((number) => !number.includes('-'))).toEqual([
      '1',
      '2',
      '009',
      '10',
      '11',
      '100',
      '1000',
    ]);
    expect(byKey.filter((number) => number.includes('-'))).toEqual(['1-2', '1-10', '2-1']);
  });

  test('plain numbers keep their order at any width', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat({ max: 6 }), (a, b, zeros) => {
        const keyA = householdNumberKey('0'.repeat(zeros) + String(a));
        const keyB = householdNumberKey(String(b));
        expect(keyA < keyB).toBe(a < b);
        expect(keyA === keyB).toBe(a === b);
      }),
    );
  });
});

test.each<[string[], string]>([
  [[], '001'],
  [['001', '002', '117'], '118'],
  [['0999', '0007'], '1000'],
  [['7', '9'], '10'],
  [['A-1', '2-15'], '001'],
  [['2-15', '31'], '32'],
])('after %j comes %s', (numbers, next) => {
  expect(nextHouseholdNumber(numbers)).toBe(next);
});

describe('PINs', () => {
  test.each([
    '000000',
    '777777',
    '123456',
    '654321',
    '890123',
    '246802',
    '112112',
    '111222',
    '121212',
    '123123',
    '123321',
  ])('%s is too easy', (pin) => expect(isEasyPin(pin)).toBe(true));

  test.each(['482915', '190277', '007123', '135798'])('%s will do', (pin) => {
    expect(isEasyPin(pin)).toBe(false);
  });

  test('drawn ones are six digits and never easy', () => {
    let next = 0;
    const easyFirst = [0, 123456, 111222, 7123];
    expect(drawPin(() => easyFirst[next++] ?? 0)).toBe('007123');
  });
});
