import { describe, expect, it } from 'vitest';
import type { RosterRow } from '../../../shared/imports/papers.ts';
import { understandRoster } from '../../../server/papers/index.ts';
import {
  assumed,
  codes,
  csv,
  pick,
  roster,
  ROSTER_HEADER,
  tablesOf,
  textTables,
} from '../../fixtures/papers/make.ts';

describe('where the roster is', () => {
  it('passes over a cover sheet, a note sheet and title rows; header in row 6', () => {
    const reading = understandRoster(
      tablesOf(
        { name: '封面', rows: [['清河村农户花名册'], ['二〇二六年三月']] },
        {
          name: '填表说明',
          rows: [
            ['说明', '户主姓名按户口本填写'],
            ['电话', '填手机号'],
          ],
        },
        {
          name: '花名册',
          rows: [
            ['清河村'],
            [null],
            ['填表单位：村委会', null, '日期：3月'],
            ['说明：按户填写'],
            [null],
            ROSTER_HEADER,
            ['001', '第一组', '王明', 3, '13812345678', null],
          ],
        },
      ),
    );
    expect(reading.sheets).toEqual(['花名册']);
    expect(reading.headerRow).toBe(6);
    expect(pick(reading, 'number', 'head', 'sourceRow')).toEqual([['001', '王明', 7]]);
    expect(assumed(reading)).toEqual(['assume_sheet_left']);
  });

  it('understands a header of two rows with merged cells', () => {
    const reading = understandRoster(
      tablesOf({
        rows: [
          ['花名册', null, null, null, null],
          ['序号', '小组', '户主信息', null, '家庭人口'],
          [null, null, '姓名', '联系电话', null],
          [1, '一组', '王明', '13812345678', 3],
        ],
        merges: ['A1:E1', 'A2:A3', 'B2:B3', 'C2:D2', 'E2:E3'],
      }),
    );
    expect(reading.headerRow).toBe(3);
    expect(pick(reading, 'number', 'group', 'head', 'size', 'phone')).toEqual([
      ['001', '第一组', '王明', 3, '13812345678'],
    ]);
  });

  it('tells the head from the spouse under two-row headers', () => {
    const reading = understandRoster(
      tablesOf({
        rows: [
          ['配偶', null, '户主', null],
          ['姓名', '电话', '姓名', '电话'],
          ['李芳', '13900000000', '王明', '13812345678'],
        ],
        merges: ['A1:B1', 'C1:D1'],
      }),
    );
    expect(pick(reading, 'head')).toEqual([['王明']]);
    expect(assumed(reading)).toContain('assume_two_header_rows');
  });

  it('reads sheets that each hold one group, in any column order', () => {
    const reading = understandRoster(
      tablesOf(
        {
          name: '第一组',
          rows: [
            ['户主姓名', '电话'],
            ['王明', '13812345678'],
            ['合计', null],
          ],
        },
        {
          name: '二组',
          rows: [
            ['电话', '户主姓名'],
            ['13912345678', '李强'],
          ],
        },
        {
          name: '草稿',
          rows: [
            ['户主姓名', '电话'],
            ['王五', null],
          ],
          hidden: true,
        },
      ),
    );
    expect(reading.sheets).toEqual(['第一组', '二组']);
    expect(pick(reading, 'sheet', 'number', 'group', 'head', 'phone')).toEqual([
      ['第一组', '001', '第一组', '王明', '13812345678'],
      ['二组', '002', '第二组', '李强', '13912345678'],
    ]);
  });

  it('takes the latest of registers of several years', () => {
    const rows = [
      ['户主', '电话'],
      ['王明', null],
      ['李强', null],
    ];
    const reading = understandRoster(
      tablesOf({ name: '2025年', rows }, { name: '2026年', rows: rows.slice(0, 2) }),
    );
    expect([reading.sheets, reading.rows.length]).toEqual([['2026年'], 1]);
  });

  it('knows many spellings of the header words', () => {
    const spellings: [keyof RosterRow, string[]][] = [
      ['head', ['户主', '户主姓名', '户主名字', '姓  名', '户主（签名）', '农户姓名', '户主\n姓名', 'Head']],
      ['group', ['组别', '村民小组', '小组', '组', '所属小组', '组名', '所在组']],
      ['number', ['户号', '户编号', '编号', '户主编号', '农户编号']],
      ['size', ['人口', '家庭人口', '户内人口数', '人数', '家庭人口数', '人口（人）', '总人口']],
      ['phone', ['电话', '手机号码', '联系电话', '联系方式', '户主电话', '手机', '联系电话（手机）']],
      ['note', ['备注', '说明', '情况', '家庭情况', '备 注', '情况说明']],
    ];
    for (const [field, words] of spellings) {
      for (const word of words) {
        const column = understandRoster(
          textTables(
            csv([
              ['序号', word, ...(field === 'head' ? ['别的'] : ['户主姓名'])],
              [1, '张三', '李四'],
            ]),
          ),
        ).columns[field as 'head'];
        expect([word, column]).toEqual([word, { letter: 'B', header: word.replace('\n', ' ') }]);
      }
    }
  });

  it('does not take related columns for what they are not', () => {
    const reading = understandRoster(
      textTables(
        csv([
          ['户主性别', '户主年龄', '户主姓名', '户主电话', '人口类型'],
          ['男', 66, '王明', '13812345678', '常住'],
        ]),
      ),
    );
    expect(Object.keys(reading.columns).sort()).toEqual(['head', 'phone']);
  });

  it('says so when there is no roster to be found, and shows the sheet for choosing by hand', () => {
    const reading = understandRoster(textTables('甲,乙\n1,2\n'));
    expect(codes(reading)).toEqual([' error header_missing']);
    expect(reading).toMatchObject({ rows: [], headerRow: null, sheets: [] });
    expect(reading.allColumns).toMatchObject([{ letter: 'A', samples: ['甲', '1'] }, { letter: 'B' }]);
    expect(reading.top).toEqual([
      { row: 1, cells: ['甲', '乙'] },
      { row: 2, cells: ['1', '2'] },
    ]);
  });
});

describe('corrections by hand', () => {
  const tables = tablesOf(
    {
      name: 'A',
      rows: [
        ['甲', '姓名', '丙'],
        ['13812345678', '王明', '李强'],
      ],
    },
    {
      name: 'B',
      rows: [
        ['王明', '一组'],
        ['李强', '二组'],
      ],
    },
  );

  it('win over guesses', () => {
    expect(pick(understandRoster(tables), 'head', 'phone')).toEqual([['王明', null]]);
    expect(pick(understandRoster(tables, { columns: { phone: 'A', head: 'C' } }), 'head', 'phone')).toEqual([
      ['李强', '13812345678'],
    ]);
  });

  it('choose sheet and header row; 0 means there is none', () => {
    const reading = understandRoster(tables, {
      sheet: 'B',
      headerRow: 0,
      columns: { head: 'A', group: 'B' },
    });
    expect(pick(reading, 'number', 'head', 'group')).toEqual([
      ['001', '王明', '第一组'],
      ['002', '李强', '第二组'],
    ]);
    expect(understandRoster(tables, { sheet: 'B', columns: { head: 'A' } }).rows).toHaveLength(2);
  });

  it('can say that the paper has no such column', () => {
    const made = textTables(csv([ROSTER_HEADER, ['7', '一组', '王明', 3, '13812345678', '低保']]));
    const reading = understandRoster(made, { columns: { note: null, number: null } });
    expect(pick(reading, 'number', 'note')).toEqual([['001', '']]);
  });

  it('name what does not exist', () => {
    expect(codes(understandRoster(tables, { sheet: 'C' }))).toEqual([' error sheet_missing']);
    expect(codes(understandRoster(tables, { columns: { phone: 'Z' } }))).toEqual([' error column_unknown']);
    expect(codes(understandRoster(tables, { headerRow: 2 }))).toContain(' error column_missing');
  });
});

describe('rows that are no households', () => {
  it('passes over totals, signatures, repeated headers, titles and blank rows, and reads group headings', () => {
    const blank = Array.from({ length: 6 }, () => null);
    const reading = understandRoster(
      tablesOf({
        rows: [
          ROSTER_HEADER,
          ['第一组', null, null, null, null, null],
          ['1', null, '王明', 3, null, null],
          ['小计', null, null, 3, null, null],
          blank,
          ['清河村农户花名册（续）', null, null, null, null, null],
          ROSTER_HEADER,
          ['第二组（38户）', null, null, null, null, null],
          ['2', null, '李强', 2, null, null],
          ['3', null, null, null, null, null],
          ['总  计', '2户', null, 5, null, null],
          ['填表人：张三', null, null, '审核：李四', null, null],
          ['清河村民委员会（盖章）', null, null, null, null, null],
        ],
        merges: ['A2:F2', 'A6:F6', 'A8:F8'],
      }),
    );
    expect(pick(reading, 'number', 'group', 'head')).toEqual([
      ['001', '第一组', '王明'],
      ['002', '第二组', '李强'],
    ]);
    expect(reading.skipped.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '2 skip_heading',
      '4 skip_total',
      '5 skip_blank',
      '6 skip_title',
      '7 skip_header',
      '8 skip_heading',
      '10 skip_number_only',
      '11 skip_total',
      '12 skip_signature',
      '13 skip_signature',
    ]);
    expect(reading.problems).toEqual([]);
  });

  it('reads group headings in the column of the names', () => {
    const reading = roster(
      [
        ['第一组', null],
        ['王明', null],
        ['二组', null],
        ['李强', null],
      ],
      ['户主', '电话'],
    );
    expect(pick(reading, 'group', 'head')).toEqual([
      ['第一组', '王明'],
      ['第二组', '李强'],
    ]);
  });

  it('counts the members of a register of persons and keeps its heads', () => {
    const reading = roster(
      [
        ['001', '王明', '户主'],
        ['001', '李芳', '妻'],
        ['001', '王小', '子'],
        ['002', '赵刚', '本人'],
      ],
      ['户号', '姓名', '与户主关系'],
    );
    expect(pick(reading, 'number', 'head', 'size')).toEqual([
      ['001', '王明', 3],
      ['002', '赵刚', 1],
    ]);
  });

  it('takes one household from a head merged over several rows', () => {
    const reading = understandRoster(
      tablesOf({
        rows: [
          ['户主姓名', '电话'],
          ['王明', '13812345678'],
          [null, '13912345678'],
          ['李强', null],
        ],
        merges: ['A2:A3'],
      }),
    );
    expect(pick(reading, 'head', 'phone')).toEqual([
      ['王明', '13812345678'],
      ['李强', null],
    ]);
    expect(reading.skipped.map(({ code }) => code)).toEqual(['skip_continued']);
  });
});
