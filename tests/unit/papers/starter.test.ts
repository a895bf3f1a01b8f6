import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  readTables,
  understandBalances,
  understandGoods,
  understandRoster,
  understandRules,
} from '../../../server/papers/index.ts';
import {
  balancesReading,
  goodsReading,
  rosterReading,
  rulesReading,
} from '../../../shared/imports/papers.ts';
import { capCode } from '../../../shared/rules/caps.ts';

const starter = (name: string) =>
  readTables(readFileSync(new URL(`../../../db/starter/${name}`, import.meta.url)), name);
const problemsOf = (reading: { problems: { cell: string | null; severity: string; code: string }[] }) =>
  reading.problems.map(({ cell, severity, code }) => [cell, severity, code]);
const assumedOf = (reading: { assumptions: { code: string; count: number }[] }) =>
  Object.fromEntries(reading.assumptions.map(({ code, count }) => [code, count]));

describe('the roster of the starter village', () => {
  const reading = understandRoster(starter('roster-sample.xlsx'));
  const household = (number: string) => reading.rows.find((row) => row.number === number);

  it('is 312 households in eight groups of 39, numbered 001 to 312', () => {
    expect(reading.rows.map(({ number }) => number)).toEqual(
      Array.from({ length: 312 }, (_, index) => String(index + 1).padStart(3, '0')),
    );
    const groups = Map.groupBy(reading.rows, ({ group }) => group);
    expect(Array.from(groups, ([name, rows]) => [name, rows.length])).toEqual(
      Array.from('一二三四五六七八', (ordinal) => [`第${ordinal}组`, 39]),
    );
    expect(reading.counts).toEqual({
      rows: 312,
      errors: 1,
      warnings: 4,
      duplicates: 1,
      skipped: 2,
      undecided: 0,
    });
  });

  it('finds the header under two title rows and maps its columns', () => {
    expect(reading.sheets).toEqual(['农户花名册']);
    expect(reading.headerRow).toBe(3);
    expect(reading.columns).toEqual({
      group: { letter: 'B', header: '村民小组' },
      number: { letter: 'C', header: '户编号' },
      head: { letter: 'D', header: '户主姓名' },
      size: { letter: 'E', header: '家庭人口' },
      phone: { letter: 'F', header: '联系电话' },
      note: { letter: 'G', header: '备注' },
    });
    expect(reading.allColumns[0]).toMatchObject({ letter: 'A', header: '序号', field: null });
  });

  it('cleans names, numbers and phones', () => {
    expect(household('001')).toEqual({
      sheet: '农户花名册',
      sourceRow: 4,
      originalNumber: null,
      number: '001',
      group: '第一组',
      head: '欧阳合爱',
      size: 3,
      phone: '15553325603',
      note: '',
    });
    expect(household('003')).toMatchObject({ head: '顾军', sourceRow: 6 }); // 顾　军, number 3
    expect(household('006')).toMatchObject({ head: '杜珍' }); // 杜  珍
    expect(household('087')).toMatchObject({ phone: '17587560934' }); // full-width digits
    expect(household('082')).toMatchObject({ phone: '15592840367' }); // dashes
    expect(household('004')).toMatchObject({ phone: '19039978473' }); // a number, not text
    expect(household('073')).toMatchObject({ note: '空挂户' });
    expect(assumedOf(reading)).toEqual({
      assume_phones_cleaned: 45,
      assume_names_joined: 77,
      assume_group_from_above: 38,
      assume_numbers_padded: 15,
    });
  });

  it('keeps households whose phone is short, without the phone, and names the cells', () => {
    expect(problemsOf(reading)).toEqual([
      ['F65', 'warning', 'phone_invalid'],
      ['F124', 'warning', 'phone_invalid'],
      ['F133', 'warning', 'phone_invalid'],
      ['F203', 'warning', 'phone_invalid'],
      ['D318', 'error', 'head_missing'],
    ]);
    expect(household('062')).toMatchObject({ head: '李爱红', phone: null });
    expect(reading.problems[0]).toEqual({
      sheet: '农户花名册',
      row: 65,
      cell: 'F65',
      column: '联系电话',
      value: '1803229582',
      severity: 'warning',
      code: 'phone_invalid',
      reason: {
        zh: '“1803229582”不是有效的电话号码（10 位），电话没有收，农户照收。',
        en: '“1803229582” is not a valid phone number (10 digits); the phone is left out, the household is kept.',
      },
    });
  });

  it('leaves out the repeated 021, the blank row and the total, saying so', () => {
    expect(reading.duplicates).toMatchObject([
      { row: 317, cell: 'C317', value: '021', keptRow: 24, code: 'duplicate_number' },
    ]);
    expect(reading.skipped.map(({ row, code }) => [row, code])).toEqual([
      [154, 'skip_blank'],
      [319, 'skip_total'],
    ]);
    expect(household('314')).toBeUndefined();
  });

  it('keeps 312 households, and says why one is left out', () => {
    expect(reading.rows).toHaveLength(312);
    expect(reading.columns.head?.letter).toBe('D');
    expect(reading.problems.at(-1)).toMatchObject({
      cell: 'D318',
      reason: { zh: '没有户主姓名，这一行没有收。', en: 'No head of household; the row is left out.' },
    });
  });

  it('matches the contract', () => {
    expect(rosterReading.parse(reading)).toEqual(reading);
  });
});

describe('the opening balances of the starter village', () => {
  const tables = starter('opening-balances-sample.xlsx');
  const reading = understandBalances(tables);

  it('keeps 277 lines that add up, halves included, and waits for a decision on three', () => {
    expect(reading.counts).toMatchObject({ rows: 277, errors: 3, undecided: 3, duplicates: 0 });
    expect(reading.rows.find(({ number }) => number === '078')).toMatchObject({
      carried: 2300,
      earned: 3850,
      redeemed: 700,
      balance: 5450,
      decided: false,
    });
    expect(problemsOf(reading)).toEqual([
      ['F43', 'error', 'balance_wrong'],
      ['F114', 'error', 'balance_wrong'],
      ['F203', 'error', 'figure_unreadable'],
    ]);
    expect(
      reading.undecided.map(({ number, cell, balance, computed }) => [number, cell, balance, computed]),
    ).toEqual([
      ['041', 'F43', 18100, 17100],
      ['112', 'F114', 11300, 11800],
      ['201', 'F203', null, 10300],
    ]);
  });

  it('takes what a person decided, and only for lines that wait', () => {
    const decided = understandBalances(tables, {
      decisions: [
        { row: 43, balance: 17100 },
        { sheet: '积分台账', row: 203, balance: 10300 },
        { row: 3, balance: 999 },
      ],
    });
    expect(decided.undecided.map(({ number }) => number)).toEqual(['112']);
    expect(
      decided.rows.filter(({ decided: by }) => by).map(({ number, balance }) => [number, balance]),
    ).toEqual([
      ['041', 17100],
      ['201', 10300],
    ]);
    expect(decided.rows.find(({ number }) => number === '001')).toMatchObject({ balance: 0, decided: false });
    expect(problemsOf(decided)).toEqual([
      ['F114', 'error', 'balance_wrong'],
      [null, 'warning', 'decision_unused'],
    ]);
  });

  it('matches the contract', () => {
    expect(balancesReading.parse(reading)).toEqual(reading);
  });
});

describe('the rule book of the starter village', () => {
  const reading = understandRules(starter('rules.csv'));
  const rule = (code: string) => reading.rows.find((row) => row.code === code);

  it('has 69 rules, nine of them of a kind of their own', () => {
    expect(reading.counts).toMatchObject({ rows: 69, errors: 0, warnings: 4, skipped: 0, duplicates: 0 });
    const special = reading.rows
      .filter(({ pointsMode }) => pointsMode !== 'fixed')
      .map(({ code, pointsMode }) => [code, pointsMode]);
    expect(special).toEqual([
      ['D11', 'perUnit'],
      ['E6', 'perUnit'],
      ['F3', 'list'],
      ['H1', 'list'],
      ['N7', 'none'],
      ['V1', 'none'],
      ['V2', 'none'],
    ]);
    expect(problemsOf(reading)).toEqual([
      ['D66', 'warning', 'points_none'],
      ['C68', 'warning', 'rule_speech'],
      ['D69', 'warning', 'points_none'],
      ['D70', 'warning', 'points_none'],
    ]);
  });

  it('reads points of every kind', () => {
    expect(rule('A1')).toMatchObject({
      category: '五美家庭',
      pointsMode: 'fixed',
      points: 500,
      pointsText: '+5',
      proposer: '评',
    });
    expect(rule('N5')).toMatchObject({ points: -1000 });
    expect(rule('D11')).toMatchObject({ points: 500, perUnit: '小时' });
    expect(rule('E6')).toMatchObject({ points: 500, perUnit: '百元' });
    expect(rule('F3')).toMatchObject({
      ...{ points: null, pointsMin: null, pointsMax: null, pointsText: '+3~20' },
      title: '子女升学：中职3/本科5/硕10/博20',
      options: [
        { name: '中职', points: 300 },
        { name: '本科', points: 500 },
        { name: '硕', points: 1000 },
        { name: '博', points: 2000 },
      ],
    });
    expect(rule('H1')?.options.map(({ name, points }) => [name, points])).toEqual([
      ...[['国', 5000] as const, ['省', 3000] as const, ['市', 2000] as const],
      ...[['县', 1500] as const, ['镇', 1000] as const, ['村', 500] as const],
    ]);
    expect(reading.rows.filter(({ options }) => options.length > 0)).toHaveLength(2);
    expect(rule('N7')).toMatchObject({ points: null, pointsText: '冲回原分并-同分' });
  });

  it('says in one line which limits it keeps as a note, and holds nobody to', () => {
    expect(reading.assumptions).toContainEqual({
      code: 'assume_limits_noted',
      count: 6,
      text: {
        zh: '6 条细则的上限说不准怎么计（按天、周、月、季、年，按户、按人、按事都不好算），或者只计得了一部分；计不了的话只作说明，系统不会按它限制（A8 每月前10%、C4 每季收种各1次、C7 清明等节点、D3 值守期、F3 每人次、F4 每人次）。',
        en: expect.stringContaining('6 rules') as string,
      },
    });
  });

  it('reads limits and keeps their words', () => {
    const limit = (code: string) => {
      const read = rule(code);
      return read && [read.limitText, ...read.caps.map(capCode)];
    };
    expect(limit('A1')).toEqual(['每月1次', 'month household 1 -']);
    expect(limit('A7')).toEqual(['每月≤4', 'month household - 400']);
    expect(limit('A9')).toEqual(['每季', 'quarter household 1 -']);
    expect(limit('B3')).toEqual(['每年2次', 'year household 2 -']);
    expect(limit('B4')).toEqual(['每场1次', 'ever event 1 -']);
    expect(limit('B8')).toEqual(['不限']);
    expect(limit('C5')).toEqual(['按处,≤60/年', 'ever event 1 -', 'year household - 6000']);
    expect(limit('C6')).toEqual(['每天,≤50/季', 'day household 1 -', 'quarter household - 5000']);
    expect(limit('D10')).toEqual(['每周1次', 'week household 1 -']);
    expect(limit('D11')).toEqual(['每场≤20', 'ever event - 2000']);
    expect(limit('E5')).toEqual(['每天', 'day household 1 -']);
    expect(limit('E6')).toEqual(['年≤50(防“买分”)', 'year household - 5000']);
    expect(limit('G1')).toEqual(['每户1次', 'ever household 1 -']);
    expect(limit('H1')).toEqual(['同一事项取最高,不累加', 'ever event 1 -']);
    expect(limit('N1')).toEqual(['每处每月1次', 'month event 1 -']);
    for (const code of ['A8', 'C4', 'C7', 'D3', 'E1', 'F3']) expect(limit(code)).toHaveLength(1);
  });

  it('keeps the two that are off off, and flags the one about speech', () => {
    expect(reading.rows.filter(({ enabled }) => !enabled).map(({ code, flag }) => [code, flag])).toEqual([
      ['N8', null],
      ['N9', 'speech'],
    ]);
  });

  it('matches the contract', () => {
    expect(rulesReading.parse(reading)).toEqual(reading);
  });
});

describe('the goods of the starter village', () => {
  const reading = understandGoods(starter('goods.csv'));
  const item = (name: string) => reading.rows.find((row) => row.name === name);

  it('has 51 goods, two services and one thing to lend, without a problem', () => {
    expect(reading.counts).toEqual({
      rows: 54,
      errors: 0,
      warnings: 0,
      duplicates: 0,
      skipped: 0,
      undecided: 0,
    });
    expect(
      reading.rows
        .filter(({ kind }) => kind !== 'goods')
        .map(({ name, kind, unit, price, costFen }) => [name, kind, unit, price, costFen]),
    ).toEqual([
      ['理发一次(村理发日)', 'service', '次', 800, 800],
      ['家电小修上门一次', 'service', '次', 2000, 2000],
      ['工具箱/梯子/手推车(3天)', 'loan', '件', 0, null],
    ]);
  });

  it('reads price, cost, barcode and unit', () => {
    expect(item('线手套(2双)')).toMatchObject({
      category: '五金工具',
      unit: '份',
      price: 300,
      costFen: 250,
      barcode: '6907001000371',
      stock: null,
    });
    expect(item('羽毛球拍(一副)')).toMatchObject({ unit: '副' });
    expect(item('纯牛奶1箱')).toMatchObject({ unit: '箱' });
    expect(item('大米5kg')).toMatchObject({ unit: '袋' });
  });

  it('matches the contract', () => {
    expect(goodsReading.parse(reading)).toEqual(reading);
  });
});
