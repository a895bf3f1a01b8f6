import { describe, expect, it } from 'vitest';
import { encodeSlip } from '../../../server/printers/escpos.ts';
import { columnsOf, printableSigns } from '../../../server/printers/printable-text.ts';
import { centred, pair, RULE, type SlipLine, text } from '../../../server/printers/slip-line.ts';
import { rowsOf } from '../../../server/printers/slip-rows.ts';
import { decodeSlip, drawn } from '../../support/decode-slip.ts';

const shown = (words: string) =>
  printableSigns(words)
    .map(({ sign }) => sign)
    .join('');
const rows = (line: SlipLine, paper: 58 | 80 = 58) => rowsOf([line], paper).map((row) => row.text);

describe('a text for a printer', () => {
  it('keeps what its fonts have', () => {
    expect(shown('郝*花 ×2 “大米”5kg·￥3.5 ①℃')).toBe('郝*花 ×2 “大米”5kg·￥3.5 ①℃');
  });

  it('marks a sign that they lack, and never sends four bytes', () => {
    expect(shown('𠮷田')).toBe('〓田');
    expect(shown('㛃*')).toBe('〓*');
    expect(shown('🙂')).toBe('〓');
    expect(printableSigns('𠮷㛃🙂ñ²\u{e000}').every(({ bytes }) => bytes.length <= 2)).toBe(true);
  });

  it('says the same in another way where there is one', () => {
    expect(shown('−5 ¥3 5m² mañana')).toBe('-5 ￥3 5m2 manana');
    expect(shown('a\u00a0b')).toBe('a b');
  });

  it('holds no command, whatever a name holds', () => {
    expect(shown('大米\u001bp\u0000\u0019\n\r\t\u007f\u0085\u200b\u202e')).toBe('大米p');
  });

  it('is as wide as its bytes', () => {
    expect(columnsOf('大米5kg')).toBe(7);
    expect(columnsOf('')).toBe(0);
  });
});

describe('a line of a slip', () => {
  it('has its figure at the right edge', () => {
    expect(rows(pair('大米5kg ×1', '32'))).toEqual([`大米5kg ×1${' '.repeat(19)}32`]);
    expect(columnsOf(rows(pair('大米5kg ×1', '32'), 80)[0] ?? '')).toBe(48);
    expect(columnsOf(rows(pair('您家还有', '67', 'large'))[0] ?? '')).toBe(16);
  });

  it('is broken where it is longer than the paper, and nothing is lost', () => {
    const long = '特别好吃的东北五常稻花香大米，一袋二十五公斤装，今年的新米 ×1';
    const broken = rows(pair(long, '1,234.5'));
    expect(broken.every((row) => columnsOf(row) <= 32)).toBe(true);
    expect(broken.join('').replace(/ +1,234\.5$/, '')).toBe(long);
    expect(broken.some((row) => /^[，。、]/.test(row))).toBe(false);
    expect(rows(text('Can be undone for 10 minutes, until the next household is served'))).toEqual([
      'Can be undone for 10 minutes,',
      'until the next household is',
      'served',
    ]);
  });

  it('bears words longer than the paper, figures longer than it, and nothing at all', () => {
    expect(rows(text('x'.repeat(70)))).toEqual(['x'.repeat(32), 'x'.repeat(32), 'xxxxxx']);
    expect(rows(pair('您家还有', '1,000,000,000.25', 'large'))).toEqual(['您家还有', '1,000,000,000.25']);
    expect(rows(pair('', ''))).toEqual([' '.repeat(32)]);
    expect(rows(text(''))).toEqual(['']);
    expect(rows(RULE, 80)).toEqual(['-'.repeat(48)]);
  });
});

describe('a slip in bytes', () => {
  const lines = [centred('爱心超市', 'large'), text('户号 013', 'bold'), RULE, pair('一共', '52 分', 'bold')];

  it('reads back as it was written', () => {
    expect(drawn(decodeSlip(encodeSlip(lines, { paper: 58, cuts: false })))).toBe(
      ['##\t爱心超市', '#户号 013', '-'.repeat(32), `#一共${' '.repeat(23)}52 分`, '[fed]'].join('\n'),
    );
  });

  it('ends plain, so that the next program finds the printer as it was', () => {
    const bytes = encodeSlip([centred('补打', 'large')], { paper: 80, cuts: true });
    expect(bytes.subarray(-13).toString('hex')).toBe('1b61001b45001d2100' + '1d564200');
  });
});
