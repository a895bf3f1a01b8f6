import { describe, expect, it } from 'vitest';
import { readTables, understandRoster } from '../../../server/papers/index.ts';
import {
  assumed,
  codes,
  csv,
  pick,
  roster,
  ROSTER_HEADER,
  tablesOf,
  textTables,
  workbook,
} from '../../fixtures/papers/make.ts';

describe('identity numbers', () => {
  const ID = '410883198001011234';
  const nowhere = (reading: unknown) => expect(JSON.stringify(reading)).not.toMatch(/41088319|1234567890/);

  it('in a column of their own are never read', () => {
    const reading = roster(
      [
        ['1', '一组', '王明', ID, '13812345678'],
        ['2', '一组', '李强', '41088319900202123X', null],
      ],
      ['户号', '组', '户主', '身份证号', '电话'],
    );
    expect(reading.rows).toHaveLength(2);
    expect(codes(reading)).toEqual(['D warning identity_column']);
    expect(reading.allColumns[3]).toEqual({
      letter: 'D',
      header: '身份证号',
      field: null,
      samples: [],
      identity: true,
    });
    nowhere(reading);
    const forced = understandRoster(
      textTables(
        csv([
          ['户主', '身份证号'],
          ['王明', ID],
        ]),
      ),
      { columns: { note: 'B' } },
    );
    expect(pick(forced, 'note')).toEqual([['']]);
    nowhere(forced);
  });

  it('hidden under another header, as number or float, are found', () => {
    for (const id of [
      ID,
      Number(ID),
      '4.10883198001011234E+17',
      '４１０８８３１９８００１０１１２３４',
      '410883 19800101 1234',
      '410883-19800101-123X',
      '410883800101123',
    ]) {
      const reading = understandRoster(
        tablesOf({
          rows: [
            ['户主', '编号', '电话'],
            ['王明', id, null],
            ['李强', id, null],
          ],
        }),
      );
      expect([id, pick(reading, 'number').flat(), codes(reading)]).toEqual([
        id,
        ['001', '002'],
        ['B warning identity_column'],
      ]);
      nowhere(reading);
    }
  });

  it('inside notes and names are cut out, the rest is kept', () => {
    const reading = roster([
      ['1', '一组', `王明${ID}`, 1, null, `身份证号：${ID}，低保户`],
      ['2', '一组', '李强', 1, null, '银行卡6217001234567890123'],
    ]);
    expect(pick(reading, 'head', 'note')).toEqual([
      ['王明', '，低保户'],
      ['李强', ''],
    ]);
    expect(codes(reading)).toEqual([
      'C2 warning identity_removed',
      'F2 warning identity_removed',
      'F3 warning identity_removed',
    ]);
    nowhere(reading);
  });

  it('are not seen in phones and household codes', () => {
    const reading = roster([['410883101', '一组', '王明', 1, '13812345678 13912345678', null]]);
    expect(pick(reading, 'originalNumber', 'phone')).toEqual([['410883101', '13812345678']]);
  });
});

describe('hostile cells', () => {
  it('are text in notes and refused where they would name something', () => {
    const reading = roster([
      ['1', '一组', '=HYPERLINK("http://x","王明")', 1, null, null],
      ['2', '一组', '<script>alert(1)</script>', 1, null, null],
      ['3', '@SUM(A1)', '赵刚', 1, null, null],
      ['4', '一组', '孙丽', 1, '=1+1', '=cmd|"/c calc"!A1'],
      ['5', '一组', '周平', 1, '+8613812345678', '- 外出'],
      ['6', '一组', '吴静', 1, null, '＝1+1'],
    ]);
    expect(pick(reading, 'head', 'phone', 'note')).toEqual([
      ['孙丽', null, '=cmd|"/c calc"!A1'],
      ['周平', '13812345678', '- 外出'],
      ['吴静', null, '＝1+1'],
    ]);
    expect(codes(reading)).toEqual([
      'C2 error cell_hostile',
      'C3 error cell_hostile',
      'B4 error cell_hostile',
      'F5 warning cell_kept_as_text',
      'E5 warning phone_invalid',
      'F6 warning cell_kept_as_text',
      'F7 warning cell_kept_as_text',
    ]);
  });

  it('with formulas are taken at the stored result, never computed', () => {
    const reading = understandRoster(
      tablesOf({
        rows: [
          ['户主', '人口', '备注'],
          ['王明', { t: 'n', v: 3, f: '1+2' }, { t: 's', v: '好', f: 'A1&"x"' }],
          ['李强', { t: 'n', f: '9*9' } as never, { t: 'e', v: 0x17, f: '#REF!' }],
        ],
      }),
    );
    expect(pick(reading, 'head', 'size', 'note')).toEqual([
      ['王明', 3, '好'],
      ['李强', null, ''],
    ]);
    expect(assumed(reading)).toContain('assume_formulas');
  });

  it('that are too long are refused by name', () => {
    const reading = roster([
      ['1', '一组', '王明', 1, null, '长'.repeat(501)],
      ['2', '一组', '李强', 1, null, '长'.repeat(300)],
    ]);
    expect(pick(reading, 'head', 'note')).toEqual([['李强', '长'.repeat(200)]]);
    expect(codes(reading)).toEqual(['F2 error cell_too_long', 'F3 warning text_shortened']);
  });
});

describe('a large roster', () => {
  it('of 5,000 rows is read whole', () => {
    const rows = Array.from({ length: 5000 }, (_, index) => [
      index + 1,
      `${1 + (index % 20)}组`,
      `王${String.fromCodePoint(0x4e00 + index)}`,
      3,
      13800000000 + index,
      '',
    ]);
    const bytes = workbook([{ rows: [ROSTER_HEADER, ...rows] }]);
    const reading = understandRoster(readTables(bytes, 'big.xlsx'));
    expect(reading.problems).toEqual([]);
    expect(reading.rows).toHaveLength(5000);
    expect(reading.rows.at(-1)).toMatchObject({ number: '5000', size: 3 });
  });
});
