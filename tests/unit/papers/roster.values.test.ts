import { describe, expect, it } from 'vitest';
import { understandRoster } from '../../../server/papers/index.ts';
import { assumed, codes, pick, roster, tablesOf } from '../../fixtures/papers/make.ts';

describe('names, groups and sizes', () => {
  it('joins Chinese names, keeps Latin words apart and rare characters whole', () => {
    const reading = roster(
      [
        '顾　军',
        '杜 \u00a0珍',
        '阿卜杜拉 • 买买提',
        '艾力．热合曼',
        'Anna  Smith',
        '𬭸𠮷㛃',
        '王\u200b明',
        '龙\u{e0100}',
        '郎﨑',
      ].map((head, index) => [index + 1, '一组', head, 1, null, null]),
    );
    expect(pick(reading, 'head').flat()).toEqual([
      '顾军',
      '杜珍',
      '阿卜杜拉·买买提',
      '艾力·热合曼',
      'Anna Smith',
      '𬭸𠮷㛃',
      '王明',
      '龙\u{e0100}',
      '郎﨑',
    ]);
    expect(reading.problems).toEqual([]);
  });

  it('warns of characters that were lost', () => {
    const reading = roster(
      ['王?珍', '王□明', '李\ue000'].map((head, index) => [index + 1, '一组', head, 1, null, null]),
    );
    expect(codes(reading)).toEqual([
      'C2 warning head_character_lost',
      'C3 warning head_character_lost',
      'C4 warning head_character_lost',
    ]);
    expect(reading.rows).toHaveLength(3);
  });

  it('writes numbered groups one way, named groups as they are, and fills down', () => {
    const groups = ['1组', '一组', '第1村民小组', '１', '十二组', '张庄组', null, '东头', '21'];
    const reading = roster(
      groups.map((group, index) => [
        index + 1,
        group,
        `王明${'甲乙丙丁戊己庚辛壬'[index] ?? ''}`,
        1,
        null,
        null,
      ]),
    );
    expect(pick(reading, 'group').flat()).toEqual([
      '第一组',
      '第一组',
      '第一组',
      '第一组',
      '第十二组',
      '张庄组',
      '张庄组',
      '东头',
      '第二十一组',
    ]);
  });

  it('keeps a household whose size is no size', () => {
    const reading = roster(
      ['3人', '３', '三口', 3, '0', '31', '2.5', '若干', '-', null].map((size, index) => [
        index + 1,
        '一组',
        `王${'甲乙丙丁戊己庚辛壬癸'[index] ?? ''}`,
        size,
        null,
        null,
      ]),
    );
    expect(pick(reading, 'size').flat()).toEqual([3, 3, 3, 3, null, null, null, null, null, null]);
    expect(codes(reading)).toEqual(['D6', 'D7', 'D8', 'D9'].map((cell) => `${cell} warning size_invalid`));
  });
});

describe('phones', () => {
  it('reads every way of writing one', () => {
    const written = [
      '138 1234 5678',
      '138-1234-5678',
      '１３８１２３４５６７８',
      '+86 13812345678',
      '1.3812345678E+10',
      '0391-8123456',
      '(0391)8123456',
      '8123456',
      '13812345678（儿子）',
      '13812345678/13912345678',
      '无',
      '——',
    ];
    const reading = roster(
      written.map((phone, index) => [
        index + 1,
        '一组',
        `王${'甲乙丙丁戊己庚辛壬癸子丑'[index] ?? ''}`,
        1,
        phone,
        null,
      ]),
    );
    expect(pick(reading, 'phone').flat()).toEqual([
      '13812345678',
      '13812345678',
      '13812345678',
      '13812345678',
      '13812345678',
      '03918123456',
      '03918123456',
      '8123456',
      '13812345678',
      '13812345678',
      null,
      null,
    ]);
    expect(codes(reading)).toEqual(['E10 warning phone_partly', 'E11 warning phone_partly']);
  });

  it('names what is no phone and keeps the household', () => {
    const reading = roster(
      ['1803229582', '12345678901', '1.38E+10', '见备注'].map((phone, index) => [
        index + 1,
        '一组',
        `王${'甲乙丙丁'[index] ?? ''}`,
        1,
        phone,
        null,
      ]),
    );
    expect(pick(reading, 'phone').flat()).toEqual([null, null, null, null]);
    expect(codes(reading)).toEqual(['E2', 'E3', 'E4', 'E5'].map((cell) => `${cell} warning phone_invalid`));
  });

  it('reads numbers stored as floats', () => {
    const reading = understandRoster(
      tablesOf({
        rows: [
          ['户主', '电话'],
          ['王明', 1.3812345678e10],
          ['李强', { t: 'n', v: 13912345678, z: '0.00E+00' }],
        ],
      }),
    );
    expect(pick(reading, 'phone').flat()).toEqual(['13812345678', '13912345678']);
  });
});

describe('household numbers', () => {
  const heads = (numbers: (string | number | null)[]) =>
    numbers.map((number, index) => [number, '一组', `王${'甲乙丙丁戊己庚'[index] ?? ''}`, 1, null, null]);

  it('are brought to one width', () => {
    expect(pick(roster(heads(['3', '004', '１２', '1000号', '第7户'])), 'number').flat()).toEqual([
      '0003',
      '0004',
      '0012',
      '1000',
      '0007',
    ]);
    expect(pick(roster(heads(['A-12', '3-07', '东12'])), 'originalNumber').flat()).toEqual([
      'A-12',
      '3-07',
      '东12',
    ]);
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
      'A2 error number_is_date',
      'A3 error number_is_date',
      'A4 error number_is_date',
      'A5 error number_unreadable',
      'A6 error number_unreadable',
    ]);
    const dated = understandRoster(
      tablesOf({
        rows: [
          ['户号', '户主'],
          [{ t: 'n', v: 46024, z: 'm"月"d"日"' }, '王明'],
          ['002', '李强'],
        ],
      }),
    );
    expect(codes(dated)).toEqual(['A2 error number_is_date']);
    expect(pick(dated, 'number', 'head')).toEqual([['002', '李强']]);
  });

  it('shown with zeros by their format keep them', () => {
    const reading = understandRoster(
      tablesOf({
        rows: [
          ['户号', '户主'],
          [{ t: 'n', v: 3, z: '0000' }, '王明'],
        ],
      }),
    );
    expect(pick(reading, 'number')).toEqual([['0003']]);
  });

  it('that every group starts anew get the number of the group in front', () => {
    const names = '赵钱孙李周吴郑王冯陈';
    const rows = Array.from(names, (name, index) => [
      (index % 5) + 1,
      index < 5 ? '一组' : '二组',
      `${name}明`,
      1,
      null,
      null,
    ]);
    const reading = roster(rows);
    expect(pick(reading, 'number').flat()).toEqual([
      '101',
      '102',
      '103',
      '104',
      '105',
      '201',
      '202',
      '203',
      '204',
      '205',
    ]);
    expect(assumed(reading)).toContain('assume_numbers_per_group');
  });

  it('claimed by two heads keep the first, and the second is an error', () => {
    const reading = roster([
      ['001', '一组', '王明', 1, null, null],
      ['1', '一组', '李强', 1, null, null],
    ]);
    expect(pick(reading, 'head')).toEqual([['王明']]);
    expect(codes(reading)).toEqual(['A3 error number_taken']);
    expect(reading.problems[0]?.reason.zh).toBe('户编号 001 已在第 2 行给了王明，这一行没有收。');
  });
});

describe('duplicates', () => {
  it('are the same head, group and phone under another number', () => {
    const reading = roster([
      ['1', '一组', '王明', 1, '13812345678', null],
      ['2', '1组', '王 明', 1, '138-1234-5678', null],
      ['3', '二组', '王明', 1, '13812345678', null],
    ]);
    expect(reading.duplicates).toMatchObject([{ row: 3, cell: 'C3', keptRow: 2, code: 'duplicate_person' }]);
    expect(reading.rows).toHaveLength(2);
  });

  it('are not two people of one name without phone or number: both are kept and named', () => {
    const reading = roster(
      [
        ['一组', '王明'],
        ['一组', '王明'],
      ],
      ['小组', '户主'],
    );
    expect([reading.rows.length, codes(reading)]).toEqual([2, ['B3 warning same_name']]);
  });
});
