import { describe, expect, it } from 'vitest';
import { formatIn, localDay } from '../../../client/i18n/format.ts';

const chinese = formatIn(() => 'zh-CN');
const english = formatIn(() => 'en');

describe('figures', () => {
  it.each([
    [0, '0', '0'],
    [500, '5', '+5'],
    [1250, '12.5', '+12.5'],
    [-200, '\u22122', '\u22122'],
    [-5, '\u22120.05', '\u22120.05'],
    [123_456_789, '1,234,567.89', '+1,234,567.89'],
  ])('shows %i hundredths as %s', (hundredths, plain, signed) => {
    expect(chinese.points(hundredths)).toBe(plain);
    expect(chinese.signedPoints(hundredths)).toBe(signed);
  });

  it('shows money with its cents and cards in fours', () => {
    expect([chinese.yuan(1_533_193), chinese.yuan(-1311), chinese.yuan(0)]).toEqual([
      '¥15,331.93',
      '\u2212¥13.11',
      '¥0.00',
    ]);
    expect(chinese.card('782881223194')).toBe('7828 8122 3194');
  });
});

describe('days', () => {
  it('are the village’s, whatever clock the browser has', () => {
    const lateEvening = Date.UTC(2026, 4, 2, 16, 30);
    expect(localDay(lateEvening)).toBe('2026-05-03');
    expect(chinese.moment(lateEvening)).toBe('2026-05-03 00:30');
    expect(chinese.clock(lateEvening)).toBe('00:30');
  });

  it('are written out in the language of the page', () => {
    expect([chinese.day('2026-05-03'), english.day('2026-05-03')]).toEqual(['2026年5月3日', 'May 3, 2026']);
  });
});
