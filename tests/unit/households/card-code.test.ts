import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CARD_CODE_DIGITS,
  cardCheckDigit,
  drawCardCode,
  formatCardCode,
  isCardCode,
} from '../../../shared/cards/code.ts';

const DIGITS = Array.from('0123456789');

/** `randomInt` over the numbers fast-check made up. */
function drawnFrom(numbers: readonly number[]): (below: number) => number {
  let next = 0;
  return (below) => (numbers[next++ % numbers.length] ?? 0) % below;
}

const code = fc
  .array(fc.nat({ max: 1_000_000 }), { minLength: 60, maxLength: 60 })
  .map((numbers) => drawCardCode(drawnFrom(numbers)));

describe('the check digit, for every state it can be in', () => {
  // After any one digit the scheme is in a state of its own, so ten prefixes stand for all there are.
  test('ten prefixes reach ten states', () => {
    expect(new Set(DIGITS.map(cardCheckDigit)).size).toBe(10);
  });

  test('a wrong digit leads elsewhere, and what follows never leads back', () => {
    for (const state of DIGITS) {
      expect(new Set(DIGITS.map((digit) => cardCheckDigit(state + digit))).size).toBe(10);
      expect(new Set(DIGITS.map((other) => cardCheckDigit(other + state))).size).toBe(10);
    }
  });

  test('two neighbours swapped lead elsewhere', () => {
    for (const state of DIGITS) {
      for (const a of DIGITS) {
        for (const b of DIGITS.filter((digit) => digit !== a)) {
          expect(cardCheckDigit(state + a + b)).not.toBe(cardCheckDigit(state + b + a));
        }
      }
    }
  });
});

describe('card codes', () => {
  test('are twenty digits that carry their check digit', () => {
    fc.assert(
      fc.property(code, (drawn) => {
        expect(drawn).toMatch(/^[1-9]\d{19}$/);
        expect(drawn).toHaveLength(CARD_CODE_DIGITS);
        expect(drawn.at(-1)).toBe(cardCheckDigit(drawn.slice(0, -1)));
        expect(isCardCode(drawn)).toBe(true);
      }),
    );
  });

  test('every single wrong digit and every swap of neighbours is refused', () => {
    fc.assert(
      fc.property(code, (drawn) => {
        for (const [at, now] of Array.from(drawn).entries()) {
          for (const digit of DIGITS.filter((other) => other !== now)) {
            expect(isCardCode(drawn.slice(0, at) + digit + drawn.slice(at + 1))).toBe(false);
          }
          const next = drawn[at + 1];
          if (next === undefined || next === now) continue;
          expect(isCardCode(drawn.slice(0, at) + next + now + drawn.slice(at + 2))).toBe(false);
        }
      }),
    );
  });

  test('are never a twelve-digit barcode, and other text is no card', () => {
    // A real item: 12 digits with a right UPC-A check digit.
    for (const text of [
      '036000291452',
      '012345678905',
      '',
      '12345678901',
      '7828812231940000000',
      '782881223194000000001',
      '1234567890123',
      '12345678901a',
      '１２３４５６７８９０１２',
    ]) {
      expect(isCardCode(text)).toBe(false);
    }
  });

  test('of twelve digits count still: those of the first cards', () => {
    for (const text of ['782881223194', '550529186817']) expect(isCardCode(text)).toBe(true);
    fc.assert(
      fc.property(code, (drawn) => {
        const first = drawn.slice(0, 11) + cardCheckDigit(drawn.slice(0, 11));
        const sum = Array.from(first, Number).reduce(
          (total, digit, at) => total + digit * (at % 2 === 0 ? 3 : 1),
          0,
        );
        expect(isCardCode(first)).toBe(sum % 10 !== 0);
      }),
    );
  });

  test('are printed in groups of four', () => {
    expect(formatCardCode('123456789012')).toBe('1234 5678 9012');
    expect(formatCardCode('12345678901234567890')).toBe('1234 5678 9012 3456 7890');
  });
});
