import { describe, expect, it } from 'vitest';
import type { RosterReading, RosterRow } from '../../../shared/contract/papers.ts';
import { readTables, understandRoster } from '../../../server/papers/index.ts';
import { csv, tablesOf, textTables, workbook } from '../../fixtures/papers/make.ts';

const HEADER = ['户编号', '村民小组', '户主姓名', '家庭人口', '联系电话', '备注'];
const pick = (reading: RosterReading, ...fields: (keyof RosterRow)[]) => reading.rows.map((row) => fields.map((field) => row[field]));
const codes = (reading: RosterReading) => reading.problems.map(({ cell, severity, code }) => `${cell ?? ''} ${severity} ${code}`);
const assumed = (reading: RosterReading) => reading.assumptions.map(({ code }) => code);
const roster = (rows: (string | number | null)[][], header = HEADER) => understandRoster(textTables(csv([header, ...rows])));

describe('where the roster is', () => {
  it('passes over a cover sheet, a note sheet and title rows; header in row 6', () => {
    const reading = understandRoster(
      tablesOf(
        { name: '封面', rows: [['清河村农户花名册'], ['二〇二六年三月']] },
        { name: '填表说明', rows: [['说明', '户主姓名按户口本填写'], ['电话', '填手机号']] },
        {
          name: '花名册',
          rows: [['清河村'], [null], ['填表单位：村委会', null, '日期：3月'], ['说明：按户填写'], [null], HEADER, ['001', '第一组', '王明', 3, '13812345678', null]],
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
    expect(pick(reading, 'number', 'group', 'head', 'size', 'phone')).toEqual([['001', '第一组', '王明', 3, '13812345678']]);
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
        { name: '第一组', rows: [['户主姓名', '电话'], ['王明', '13812345678'], ['合计', null]] },
        { name: '二组', rows: [['电话', '户主姓名'], ['13912345678', '李强']] },
        { name: '草稿', rows: [['户主姓名', '电话'], ['王五', null]], hidden: true },
      ),
    );
    expect(reading.sheets).toEqual(['第一组', '二组']);
    expect(pick(reading, 'sheet', 'number', 'group', 'head', 'phone')).toEqual([
      ['第一组', '001', '第一组', '王明', '13812345678'],
      ['二组', '002', '第二组', '李强', '13912345678'],
    ]);
  });

  it('takes the latest of registers of several years', () => {
    const rows = [['户主', '电话'], ['王明', null], ['李强', null]];
    const reading = understandRoster(tablesOf({ name: '2025年', rows }, { name: '2026年', rows: rows.slice(0, 2) }));
    expect([reading.sheets, reading.rows.length]).toEqual([['2026年'], 1]);
  });

  it('knows many spellings of the header words', () => {
    const spellings: [keyof RosterRow, string[]][] = [
      ['head', ['户主', '户主姓名', '户主名字', '姓  名', '户主（签名）', '农户姓名', '户主\n姓名', 'Head']],
      ['group', ['组别', '村民小组', '小组', '组', '所属小组', '组名', '所在组']],
      ['number', ['户号', '户编号', '门牌号', '编号', '户主编号', '门牌号码', '农户编号']],
      ['size', ['人口', '家庭人口', '户内人口数', '人数', '家庭人口数', '人口（人）', '总人口']],
      ['phone', ['电话', '手机号码', '联系电话', '联系方式', '户主电话', '手机', '联系电话（手机）']],
      ['note', ['备注', '说明', '情况', '家庭情况', '备 注', '情况说明']],
    ];
    for (const [field, words] of spellings) {
      for (const word of words) {
        const column = understandRoster(textTables(csv([['序号', word, ...(field === 'head' ? ['别的'] : ['户主姓名'])], [1, '张三', '李四']]))).columns[field as 'head'];
        expect([word, column]).toEqual([word, { letter: 'B', header: word.replace('\n', ' ') }]);
      }
    }
  });

  it('does not take related columns for what they are not', () => {
    const reading = understandRoster(textTables(csv([['户主性别', '户主年龄', '户主姓名', '户主电话', '人口类型'], ['男', 66, '王明', '13812345678', '常住']])));
    expect(Object.keys(reading.columns).sort()).toEqual(['head', 'phone']);
  });

  it('says so when there is no roster to be found, and shows the sheet for choosing by hand', () => {
    const reading = understandRoster(textTables('甲,乙\n1,2\n'));
    expect(codes(reading)).toEqual([' error header_missing']);
    expect(reading).toMatchObject({ rows: [], headerRow: null, sheets: [] });
    expect(reading.allColumns).toMatchObject([{ letter: 'A', samples: ['甲', '1'] }, { letter: 'B' }]);
    expect(reading.top).toEqual([{ row: 1, cells: ['甲', '乙'] }, { row: 2, cells: ['1', '2'] }]);
  });
});

describe('corrections by hand', () => {
  const tables = tablesOf(
    { name: 'A', rows: [['甲', '姓名', '丙'], ['13812345678', '王明', '李强']] },
    { name: 'B', rows: [['王明', '一组'], ['李强', '二组']] },
  );

  it('win over guesses', () => {
    expect(pick(understandRoster(tables), 'head', 'phone')).toEqual([['王明', null]]);
    expect(pick(understandRoster(tables, { columns: { phone: 'A', head: 'C' } }), 'head', 'phone')).toEqual([['李强', '13812345678']]);
  });

  it('choose sheet and header row; 0 means there is none', () => {
    const reading = understandRoster(tables, { sheet: 'B', headerRow: 0, columns: { head: 'A', group: 'B' } });
    expect(pick(reading, 'number', 'head', 'group')).toEqual([['001', '王明', '第一组'], ['002', '李强', '第二组']]);
    expect(understandRoster(tables, { sheet: 'B', columns: { head: 'A' } }).rows).toHaveLength(2);
  });

  it('can say that the paper has no such column', () => {
    const made = textTables(csv([HEADER, ['7', '一组', '王明', 3, '13812345678', '低保']]));
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
          HEADER,
          ['第一组', null, null, null, null, null],
          ['1', null, '王明', 3, null, null],
          ['小计', null, null, 3, null, null],
          blank,
          ['清河村农户花名册（续）', null, null, null, null, null],
          HEADER,
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
    expect(pick(reading, 'number', 'group', 'head')).toEqual([['001', '第一组', '王明'], ['002', '第二组', '李强']]);
    expect(reading.skipped.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '2 skip_group', '4 skip_total', '5 skip_blank', '6 skip_title', '7 skip_header', '8 skip_group', '10 skip_number_only',
      '11 skip_total', '12 skip_signature', '13 skip_signature',
    ]);
    expect(reading.problems).toEqual([]);
  });

  it('counts the members of a register of persons and keeps its heads', () => {
    const reading = roster(
      [['001', '王明', '户主'], ['001', '李芳', '妻'], ['001', '王小', '子'], ['002', '赵刚', '本人']],
      ['户号', '姓名', '与户主关系'],
    );
    expect(pick(reading, 'number', 'head', 'size')).toEqual([['001', '王明', 3], ['002', '赵刚', 1]]);
  });

  it('takes one household from a head merged over several rows', () => {
    const reading = understandRoster(
      tablesOf({ rows: [['户主姓名', '电话'], ['王明', '13812345678'], [null, '13912345678'], ['李强', null]], merges: ['A2:A3'] }),
    );
    expect(pick(reading, 'head', 'phone')).toEqual([['王明', '13812345678'], ['李强', null]]);
    expect(reading.skipped.map(({ code }) => code)).toEqual(['skip_continued']);
  });
});

describe('names, groups and sizes', () => {
  it('joins Chinese names, keeps Latin words apart and rare characters whole', () => {
    const reading = roster(
      ['顾　军', '杜 \u00a0珍', '阿卜杜拉 • 买买提', '艾力．热合曼', 'Anna  Smith', '𬭸𠮷㛃', '王\u200b明', '龙\u{e0100}', '郎﨑'].map((head, index) => [index + 1, '一组', head, 1, null, null]),
    );
    expect(pick(reading, 'head').flat()).toEqual(['顾军', '杜珍', '阿卜杜拉·买买提', '艾力·热合曼', 'Anna Smith', '𬭸𠮷㛃', '王明', '龙\u{e0100}', '郎﨑']);
    expect(reading.problems).toEqual([]);
  });

  it('warns of characters that were lost', () => {
    const reading = roster(['王?珍', '王□明', '李\ue000'].map((head, index) => [index + 1, '一组', head, 1, null, null]));
    expect(codes(reading)).toEqual(['C2 warning head_character_lost', 'C3 warning head_character_lost', 'C4 warning head_character_lost']);
    expect(reading.rows).toHaveLength(3);
  });

  it('writes numbered groups one way, named groups as they are, and fills down', () => {
    const groups = ['1组', '一组', '第1村民小组', '１', '十二组', '张庄组', null, '东头', '21'];
    const reading = roster(groups.map((group, index) => [index + 1, group, `王明${'甲乙丙丁戊己庚辛壬'[index] ?? ''}`, 1, null, null]));
    expect(pick(reading, 'group').flat()).toEqual(['第一组', '第一组', '第一组', '第一组', '第十二组', '张庄组', '张庄组', '东头', '第二十一组']);
  });

  it('keeps a household whose size is no size', () => {
    const reading = roster(['3人', '３', '三口', 3, '0', '31', '2.5', '若干', '-', null].map((size, index) => [index + 1, '一组', `王${'甲乙丙丁戊己庚辛壬癸'[index] ?? ''}`, size, null, null]));
    expect(pick(reading, 'size').flat()).toEqual([3, 3, 3, 3, null, null, null, null, null, null]);
    expect(codes(reading)).toEqual(['D6', 'D7', 'D8', 'D9'].map((cell) => `${cell} warning size_invalid`));
  });
});

describe('phones', () => {
  it('reads every way of writing one', () => {
    const written = ['138 1234 5678', '138-1234-5678', '１３８１２３４５６７８', '+86 13812345678', '1.3812345678E+10', '0391-8123456', '(0391)8123456', '8123456', '13812345678（儿子）', '13812345678/13912345678', '无', '——'];
    const reading = roster(written.map((phone, index) => [index + 1, '一组', `王${'甲乙丙丁戊己庚辛壬癸子丑'[index] ?? ''}`, 1, phone, null]));
    expect(pick(reading, 'phone').flat()).toEqual([
      '13812345678', '13812345678', '13812345678', '13812345678', '13812345678', '03918123456', '03918123456', '8123456', '13812345678', '13812345678', null, null,
    ]);
    expect(codes(reading)).toEqual(['E10 warning phone_partly', 'E11 warning phone_partly']);
  });

  it('names what is no phone and keeps the household', () => {
    const reading = roster(['1803229582', '12345678901', '1.38E+10', '见备注'].map((phone, index) => [index + 1, '一组', `王${'甲乙丙丁'[index] ?? ''}`, 1, phone, null]));
    expect(pick(reading, 'phone').flat()).toEqual([null, null, null, null]);
    expect(codes(reading)).toEqual(['E2', 'E3', 'E4', 'E5'].map((cell) => `${cell} warning phone_invalid`));
  });

  it('reads numbers stored as floats', () => {
    const reading = understandRoster(tablesOf({ rows: [['户主', '电话'], ['王明', 1.3812345678e10], ['李强', { t: 'n', v: 13912345678, z: '0.00E+00' }]] }));
    expect(pick(reading, 'phone').flat()).toEqual(['13812345678', '13912345678']);
  });
});

describe('household numbers', () => {
  const heads = (numbers: (string | number | null)[]) => numbers.map((number, index) => [number, '一组', `王${'甲乙丙丁戊己庚'[index] ?? ''}`, 1, null, null]);

  it('are brought to one width', () => {
    expect(pick(roster(heads(['3', '004', '１２', '1000号', '第7户'])), 'number').flat()).toEqual(['0003', '0004', '0012', '1000', '0007']);
    expect(pick(roster(heads(['A-12', '3-07', '东12'])), 'number').flat()).toEqual(['A-12', '3-07', '东12']);
  });

  it('are given in order when the paper has none, always the same', () => {
    const made = () => roster([['王明'], ['李强'], ['赵刚']], ['户主姓名']);
    expect(pick(made(), 'number').flat()).toEqual(['001', '002', '003']);
    expect(made()).toEqual(made());
    expect(assumed(made())).toEqual(['assume_numbers_given']);
  });

  it('are given after the largest when one row has none', () => {
    const reading = roster(heads(['001', null, '007', '/']));
    expect(pick(reading, 'number').flat()).toEqual(['001', '008', '007', '009']);
    expect(codes(reading)).toEqual(['A3 warning number_missing', 'A5 warning number_missing']);
  });

  it('that turned into dates or nonsense are errors', () => {
    expect(codes(roster(heads(['1月2日', '2-Jan', '2026-01-02', '1.5', '无号', '001'])))).toEqual([
      'A2 error number_is_date', 'A3 error number_is_date', 'A4 error number_is_date', 'A5 error number_unreadable', 'A6 error number_unreadable',
    ]);
    const dated = understandRoster(tablesOf({ rows: [['户号', '户主'], [{ t: 'n', v: 46024, z: 'm"月"d"日"' }, '王明'], ['002', '李强']] }));
    expect(codes(dated)).toEqual(['A2 error number_is_date']);
    expect(pick(dated, 'number', 'head')).toEqual([['002', '李强']]);
  });

  it('shown with zeros by their format keep them', () => {
    const reading = understandRoster(tablesOf({ rows: [['户号', '户主'], [{ t: 'n', v: 3, z: '0000' }, '王明']] }));
    expect(pick(reading, 'number')).toEqual([['0003']]);
  });

  it('that every group starts anew get the number of the group in front', () => {
    const names = '赵钱孙李周吴郑王冯陈';
    const rows = Array.from(names, (name, index) => [(index % 5) + 1, index < 5 ? '一组' : '二组', `${name}明`, 1, null, null]);
    const reading = roster(rows);
    expect(pick(reading, 'number').flat()).toEqual(['101', '102', '103', '104', '105', '201', '202', '203', '204', '205']);
    expect(assumed(reading)).toContain('assume_numbers_per_group');
  });

  it('claimed by two heads keep the first, and the second is an error', () => {
    const reading = roster([['001', '一组', '王明', 1, null, null], ['1', '一组', '李强', 1, null, null]]);
    expect(pick(reading, 'head')).toEqual([['王明']]);
    expect(codes(reading)).toEqual(['A3 error number_taken']);
    expect(reading.problems[0]?.reason.zh).toBe('户编号 001 已在第 2 行给了王明，这一行没有收。');
  });
});

describe('duplicates', () => {
  it('are the same head, group and phone under another number', () => {
    const reading = roster([['1', '一组', '王明', 1, '13812345678', null], ['2', '1组', '王 明', 1, '138-1234-5678', null], ['3', '二组', '王明', 1, '13812345678', null]]);
    expect(reading.duplicates).toMatchObject([{ row: 3, cell: 'C3', keptRow: 2, code: 'duplicate_person' }]);
    expect(reading.rows).toHaveLength(2);
  });

  it('are not two people of one name without phone or number: both are kept and named', () => {
    const reading = roster([['一组', '王明'], ['一组', '王明']], ['小组', '户主']);
    expect([reading.rows.length, codes(reading)]).toEqual([2, ['B3 warning same_name']]);
  });
});

describe('identity numbers', () => {
  const ID = '410883198001011234';
  const nowhere = (reading: unknown) => expect(JSON.stringify(reading)).not.toMatch(/41088319|1234567890/);

  it('in a column of their own are never read', () => {
    const reading = roster([['1', '一组', '王明', ID, '13812345678'], ['2', '一组', '李强', '41088319900202123X', null]], ['户号', '组', '户主', '身份证号', '电话']);
    expect(reading.rows).toHaveLength(2);
    expect(codes(reading)).toEqual(['D warning identity_column']);
    expect(reading.allColumns[3]).toEqual({ letter: 'D', header: '身份证号', field: null, samples: [], identity: true });
    nowhere(reading);
    const forced = understandRoster(textTables(csv([['户主', '身份证号'], ['王明', ID]])), { columns: { note: 'B' } });
    expect(pick(forced, 'note')).toEqual([['']]);
    nowhere(forced);
  });

  it('hidden under another header, as number or float, are found', () => {
    for (const id of [ID, Number(ID), '4.10883198001011234E+17', '４１０８８３１９８００１０１１２３４', '410883 19800101 1234', '410883-19800101-123X', '410883800101123']) {
      const reading = understandRoster(tablesOf({ rows: [['户主', '编号', '电话'], ['王明', id, null], ['李强', id, null]] }));
      expect([id, pick(reading, 'number').flat(), codes(reading)]).toEqual([id, ['001', '002'], ['B warning identity_column']]);
      nowhere(reading);
    }
  });

  it('inside notes and names are cut out, the rest is kept', () => {
    const reading = roster([['1', '一组', `王明${ID}`, 1, null, `身份证号：${ID}，低保户`], ['2', '一组', '李强', 1, null, '银行卡6217001234567890123']]);
    expect(pick(reading, 'head', 'note')).toEqual([['王明', '，低保户'], ['李强', '']]);
    expect(codes(reading)).toEqual(['C2 warning identity_removed', 'F2 warning identity_removed', 'F3 warning identity_removed']);
    nowhere(reading);
  });

  it('are not seen in phones and household codes', () => {
    const reading = roster([['410883101', '一组', '王明', 1, '13812345678 13912345678', null]]);
    expect(pick(reading, 'number', 'phone')).toEqual([['410883101', '13812345678']]);
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
      ['孙丽', null, '=cmd|"/c calc"!A1'], ['周平', '13812345678', '- 外出'], ['吴静', null, '＝1+1'],
    ]);
    expect(codes(reading)).toEqual([
      'C2 error cell_hostile', 'C3 error cell_hostile', 'B4 error cell_hostile', 'F5 warning cell_kept_as_text', 'E5 warning phone_invalid',
      'F6 warning cell_kept_as_text', 'F7 warning cell_kept_as_text',
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
    expect(pick(reading, 'head', 'size', 'note')).toEqual([['王明', 3, '好'], ['李强', null, '']]);
    expect(assumed(reading)).toContain('assume_formulas');
  });

  it('that are too long are refused by name', () => {
    const reading = roster([['1', '一组', '王明', 1, null, '长'.repeat(501)], ['2', '一组', '李强', 1, null, '长'.repeat(300)]]);
    expect(pick(reading, 'head', 'note')).toEqual([['李强', '长'.repeat(200)]]);
    expect(codes(reading)).toEqual(['F2 error cell_too_long', 'F3 warning text_shortened']);
  });
});

describe('a large roster', () => {
  it('of 5,000 rows is read in about a second, telling how far it is', () => {
    const rows = Array.from({ length: 5000 }, (_, index) => [index + 1, `${1 + (index % 20)}组`, `王${String.fromCodePoint(0x4e00 + index)}`, 3, 13800000000 + index, '']);
    const bytes = workbook([{ rows: [HEADER, ...rows] }]);
    const seen: number[] = [];
    const start = performance.now();
    const reading = understandRoster(readTables(bytes, 'big.xlsx'), { onProgress: (done) => seen.push(done) });
    expect(performance.now() - start).toBeLessThan(4000);
    expect(reading.rows).toHaveLength(5000);
    expect(seen).toEqual([...Array.from({ length: 10 }, (_, index) => (index + 1) * 500), 5001]);
  });
});
