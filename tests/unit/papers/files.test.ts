import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cellAddress } from '../../../server/papers/cells.ts';
import { readTables, understandRoster } from '../../../server/papers/index.ts';
import {
  csv,
  encoded,
  passwordProtected,
  refusalOf,
  tablesOf,
  workbook,
} from '../../fixtures/papers/make.ts';

const ROWS = [
  ['户编号', '村民小组', '户主姓名', '联系电话'],
  ['001', '第一组', '王小明', '13812345678'],
  ['002', '第一组', '𬭸·𠮷㛃', '13912345678'],
];
const HEADS = ['王小明', '𬭸·𠮷㛃'];
const headsOf = (bytes: Buffer) =>
  understandRoster(readTables(bytes, 'paper.bin')).rows.map(({ head }) => head);

/** A zip of one deflated part; the sizes it declares may be lies. */
function zip(name: string, content: Buffer, declared = content.length, entries = 1): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(crc32(content), 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(declared, 22);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const entry = Buffer.alloc(46 + name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(crc32(content), 16);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(declared, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, ...Array.from({ length: entries }, () => entry), end]);
}

describe('kinds of file, told by their content', () => {
  it.each(['utf8', 'utf8-bom', 'utf16le', 'utf16be', 'gb18030'] as const)('reads text in %s', (encoding) => {
    expect(headsOf(encoded(csv(ROWS), encoding))).toEqual(HEADS);
  });

  it('says when the encoding was not UTF-8', () => {
    const reading = understandRoster(readTables(encoded(csv(ROWS), 'gb18030'), 'a.csv'));
    expect(reading.assumptions).toMatchObject([
      { code: 'assume_encoding', text: { zh: '文字编码按 GB18030 读取。' } },
    ]);
  });

  it.each(['\t', ';', '|'])('reads text separated by %j under a title with commas', (separator) => {
    expect(headsOf(Buffer.from(`清河村,农户花名册\n${csv(ROWS, separator)}\n`))).toEqual(HEADS);
  });

  it('reads quoted cells with line breaks and a declared separator, keeping row numbers', () => {
    const text = `sep=;\r\n户主;备注\r\n王小明;"住村东;\r\n常年在外"\r\n李强;\r\n`;
    const reading = understandRoster(readTables(Buffer.from(text), 'a.csv'));
    expect(reading.rows.map(({ head, note, sourceRow }) => [head, note, sourceRow])).toEqual([
      ['王小明', '住村东; 常年在外', 3],
      ['李强', '', 4],
    ]);
  });

  it.each(['xlsx', 'biff8'] as const)('reads %s whatever it is called', (bookType) => {
    expect(headsOf(workbook([{ rows: ROWS }], bookType))).toEqual(HEADS);
  });

  it('fills merged cells and keeps addresses', () => {
    const { sheets } = tablesOf({
      rows: [
        ['标题', null],
        ['户主', '小组'],
        ['甲', '第一组'],
        ['乙', null],
      ],
      merges: ['A1:B1', 'B3:B4'],
    });
    const rows = sheets[0]?.rows ?? [];
    expect(rows.map((row) => row.map((cell) => cell?.text))).toEqual([
      ['标题', '标题'],
      ['户主', '小组'],
      ['甲', '第一组'],
      ['乙', '第一组'],
    ]);
    expect([cellAddress(313, 3), cellAddress(0, 26), cellAddress(9, 701)]).toEqual(['D314', 'AA1', 'ZZ10']);
  });
});

describe('files that are refused', () => {
  it('names what they are', () => {
    expect(refusalOf(Buffer.alloc(0))).toBe('paper.unreadable file_empty');
    expect(refusalOf(Buffer.from('\r\n,,\r\n'))).toBe('paper.unreadable file_empty');
    expect(refusalOf(workbook([{ rows: [] }]))).toBe('paper.unreadable file_empty');
    expect(refusalOf(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toBe(
      'paper.unreadable file_not_spreadsheet',
    );
    expect(refusalOf(Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'))).toBe('paper.unreadable file_not_spreadsheet');
    expect(refusalOf(Buffer.from('<html><table><tr><td>户主</td></tr></table></html>'), 'a.xls')).toBe(
      'paper.unreadable file_web_page',
    );
    expect(refusalOf(zip('word/document.xml', Buffer.from('<w/>')))).toBe(
      'paper.unreadable file_not_spreadsheet',
    );
    expect(refusalOf(workbook([{ rows: ROWS }], 'xlsb'))).toBe('paper.unreadable file_not_spreadsheet');
    expect(refusalOf(workbook([{ rows: ROWS }], 'ods'))).toBe('paper.unreadable file_not_spreadsheet');
    expect(refusalOf(workbook([{ rows: [['head']] }], 'biff5'))).toBe('paper.unreadable file_old_excel');
    expect(refusalOf(passwordProtected())).toBe('paper.unreadable file_password');
    expect(refusalOf(Buffer.from('户主,备注\n王明,"没有合上\n李强,\n'))).toBe('paper.unreadable file_quotes');
  });

  it('says why in both languages', () => {
    expect(() => readTables(passwordProtected(), 'a.xlsx')).toThrow(
      expect.objectContaining({
        params: expect.objectContaining({
          zh: expect.stringContaining('密码'),
          en: expect.stringContaining('password'),
        }),
      }),
    );
  });

  it('refuses every truncation of a spreadsheet, and random bytes after its signature', () => {
    for (const bookType of ['xlsx', 'biff8'] as const) {
      const whole = workbook([{ rows: ROWS }], bookType);
      for (let part = 1; part < 20; part += 1) {
        expect(refusalOf(whole.subarray(0, Math.floor((whole.length * part) / 20)))).toMatch(
          /^paper.unreadable|^read$/,
        );
      }
      expect(refusalOf(whole.subarray(0, whole.length >> 1))).toMatch(/^paper.unreadable/);
      expect(refusalOf(Buffer.concat([whole.subarray(0, 8), Buffer.alloc(5000, 0x5a)]))).toMatch(
        /^paper.unreadable/,
      );
    }
  });

  it('refuses what would swell, by the sizes it declares and by the sizes it has', () => {
    const zeros = Buffer.alloc(31 * 1024 * 1024);
    expect(refusalOf(zip('xl/worksheets/sheet1.xml', zeros))).toBe('paper.too_large file_unpacks_too_large');
    expect(refusalOf(zip('xl/worksheets/sheet1.xml', zeros, 1000))).toBe(
      'paper.too_large file_unpacks_too_large',
    );
    // One part listed again and again.
    expect(refusalOf(zip('a.xml', Buffer.alloc(1024 * 1024), 1024 * 1024, 100))).toBe(
      'paper.too_large file_unpacks_too_large',
    );
  });

  it('refuses what is too large, too long or too wide', () => {
    expect(refusalOf(Buffer.alloc(10 * 1024 * 1024 + 1, 65))).toBe('paper.too_large file_too_large');
    expect(refusalOf(Buffer.from('a,b\n'.repeat(20_001)))).toBe('paper.too_large file_too_many_rows');
    expect(refusalOf(Buffer.from(`a\n${'\n'.repeat(1_048_575)}`))).toBe('read');
    expect(refusalOf(Buffer.from(`a\n${'\n'.repeat(1_048_577)}`))).toBe('paper.too_large file_too_many_rows');
    expect(refusalOf(zip('a.xml', Buffer.from('a'), 1, 601))).toBe('paper.too_large file_too_many_sheets');
    expect(refusalOf(Buffer.from('a,'.repeat(200) + 'a'))).toBe('paper.too_large file_too_many_columns');
    expect(refusalOf(workbook([{ rows: Array.from({ length: 20_001 }, () => ['甲']) }]))).toBe(
      'paper.too_large file_too_many_rows',
    );
    expect(refusalOf(workbook([{ rows: [Array.from({ length: 201 }, () => '甲')] }]))).toBe(
      'paper.too_large file_too_many_columns',
    );
  });

  it('is not fooled by spoilt UTF-8 that would pass as other Chinese', () => {
    const spoilt = Buffer.concat([Buffer.from(csv(ROWS).repeat(20)), Buffer.from([0xe4, 0xb8])]);
    expect(refusalOf(spoilt)).toBe('paper.unreadable file_damaged');
  });
});
