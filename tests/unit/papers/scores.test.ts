import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ReadingOptions, ScoresReading } from '../../../shared/imports/papers.ts';
import { lastDayNamed } from '../../../shared/imports/titles.ts';
import { readPaper, readTables, understandScores } from '../../../server/papers/index.ts';
import {
  assumed,
  codes,
  csv,
  encoded,
  type MadeSheet,
  tablesOf,
  textTables,
} from '../../fixtures/papers/make.ts';

type Cell = string | number | null;
const read = (rows: Cell[][], options: ReadingOptions = {}) =>
  understandScores(textTables(csv(rows)), options);
const fromSheets = (...sheets: MadeSheet[]) => understandScores(tablesOf(...sheets));
const starter = (name: string) => readFileSync(new URL(`../../../db/starter/${name}`, import.meta.url));
const deeds = ({ rows }: ScoresReading) =>
  rows.map(({ cell, number, rule, points, isTick }) => [cell, number, rule, isTick ? '√' : points]);

const LIST = ['户号', '户主', '细则', '分值', '日期', '成员', '事件', '备注'];
const TABLE = ['户号', '户主', '小组', 'A1', 'B2'];

describe('a list of scores', () => {
  it('has a row for each deed, with day, words and note', () => {
    const reading = read([
      LIST,
      ['1', '王明', 'A1', '+5', '2026-11-05', '长子', '修渠', '带头'],
      ['2', '李强', '庭院美', '-2.5', '2026年11月6日', '', '', ''],
      ['3', '赵刚', 'B2', '√', '2026/11/7', '', '', ''],
      ['4', '孙丽', 'B2', '', '', '', '', ''],
    ]);
    expect(reading.layout).toBe('list');
    expect(deeds(reading)).toEqual([
      ['D2', '001', 'A1', 500],
      ['D3', '002', '庭院美', -250],
      ['D4', '003', 'B2', '√'],
      ['D5', '004', 'B2', null],
    ]);
    expect(reading.rows.map(({ day }) => day)).toEqual(['2026-11-05', '2026-11-06', '2026-11-07', null]);
    expect(reading.rows[0]).toMatchObject({ member: '长子', event: '修渠', note: '带头', ruleCell: 'C2' });
    expect(codes(reading)).toEqual([]);
  });

  it('needs no points and no date, and may name households by their heads alone', () => {
    const reading = read([
      ['户主', '加分事项'],
      ['王明', 'A1'],
    ]);
    expect(deeds(reading)).toEqual([['B2', '', 'A1', null]]);
    expect(reading.rows[0]).toMatchObject({ head: '王明', day: null });
  });

  it('takes the days of a spreadsheet as they are, however they are shown', () => {
    const date = { t: 'n', v: 46_331, z: 'm/d/yy' } as const;
    const reading = fromSheets({ rows: [LIST.slice(0, 5), ['1', '王明', 'A1', 5, date]] });
    expect(reading.rows.map(({ day }) => day)).toEqual(['2026-11-05']);
  });

  it('names every cell that cannot be read, and guesses none', () => {
    const reading = read([
      LIST,
      ['1', '王明', 'A1', '5+3', '2026-11-05', '', '', ''],
      ['2', '李强', '', '5', '2026-11-05', '', '', ''],
      ['3', '赵刚', 'A1', '5', '11月5日', '', '', ''],
      ['4', '孙丽', 'A1', '5', '2026-02-30', '', '', ''],
      ['', '', 'A1', '5', '2026-11-05', '', '', ''],
      ['6', '周八', 'A1', '5', '2026-11-05', '长'.repeat(31), '', ''],
      ['=HYPERLINK(1)', '吴九', 'A1', '5', '2026-11-05', '', '', ''],
    ]);
    expect(codes(reading)).toEqual([
      'D2 error score_unreadable',
      'C3 error score_rule_missing',
      'E4 error score_day_unreadable',
      'E5 error score_day_unreadable',
      'A6 error who_missing',
      'F7 error score_word_long',
      'A8 error cell_hostile',
    ]);
    expect(reading.rows).toEqual([]);
  });

  it('may have one household merged beside several deeds, but no points merged', () => {
    const rows = [
      ['户号', '户主', '细则', '分值'],
      ['1', '王明', 'A1', 5],
      [null, null, 'A2', 2],
      ['2', '李强', 'A1', 5],
      ['3', '赵刚', 'A1', null],
    ];
    const reading = fromSheets({ rows, merges: ['A2:A3', 'B2:B3', 'D4:D5'] });
    expect(deeds(reading)).toEqual([
      ['D2', '001', 'A1', 500],
      ['D3', '001', 'A2', 200],
    ]);
    expect(codes(reading)).toEqual(['D4 error score_merged', 'D5 error score_merged']);
  });
});

describe('a table of scores', () => {
  it('has a row for each household and a column for each rule; empty cells are nothing', () => {
    const reading = read([
      TABLE,
      ['1', '王明', '第一组', '5', ''],
      ['2', '李强', '第一组', '√', '-'],
      ['3', '赵刚', '第二组', '0', '+2分'],
      ['4', '孙丽', '第二组', '', ''],
    ]);
    expect(reading.layout).toBe('table');
    expect(deeds(reading)).toEqual([
      ['D2', '001', 'A1', 500],
      ['D3', '002', 'A1', '√'],
      ['E4', '003', 'B2', 200],
    ]);
    expect(reading.rows[0]).toMatchObject({
      ruleTexts: ['A1'],
      ruleCell: 'D1',
      column: 'A1',
      group: '第一组',
    });
    expect([codes(reading), assumed(reading)]).toEqual([[], expect.arrayContaining(['assume_score_table'])]);
  });

  it('takes all rows of its header: heads above, codes, wordings', () => {
    const merged = fromSheets({
      rows: [
        ['清河村2026年11月评分表', null, null, null, null],
        ['户号', '户主', '五美家庭', null, '乡风'],
        [null, null, 'A1', 'A2', 'B1'],
        [null, null, '庭院美', '居室美', '孝老'],
        ['1', '王明', 5, null, 3],
      ],
      merges: ['A1:E1', 'C2:D2', 'A2:A4', 'B2:B4'],
    });
    expect(deeds(merged)).toEqual([
      ['C5', '001', '庭院美', 500],
      ['E5', '001', '孝老', 300],
    ]);
    expect(merged.rows[0]?.ruleTexts).toEqual(['庭院美', 'A1', '五美家庭']);
    const plain = read([
      ['户号', '户主', '评分项目', '', ''],
      ['', '', 'A1', 'A2', 'B1'],
      ['1', '王明', '5', '', '3'],
    ]);
    expect(plain.layout).toBe('table');
    expect(plain.rows.map(({ ruleTexts }) => ruleTexts[0])).toEqual(['A1', 'B1']);
    const spanned = fromSheets({
      rows: [
        ['户号', '户主', '加分项目', null],
        [null, null, 'A1', 'A2'],
        ['1', '王明', 5, null],
      ],
      merges: ['A1:A2', 'B1:B2', 'C1:D1'],
    });
    expect([spanned.layout, deeds(spanned)]).toEqual(['table', [['C3', '001', 'A1', 500]]]);
  });

  it('keeps sums apart: each with the cells before it', () => {
    const reading = read([
      ['户号', '户主', 'A1', 'A2', '小计', 'B1', '小计', '加分合计', '扣分合计', '总分'],
      ['1', '王明', '5', '2', '7', '-3', '-3', '7', '3', '4'],
    ]);
    expect(reading.rows).toHaveLength(3);
    expect(reading.sums.map(({ cell, of, written, deeds: cells }) => [cell, of, written, cells])).toEqual([
      ['E2', 'all', 700, ['C2', 'D2']],
      ['G2', 'all', -300, ['F2']],
      ['H2', 'gains', 700, ['C2', 'D2', 'F2']],
      ['I2', 'losses', 300, ['C2', 'D2', 'F2']],
      ['J2', 'all', 400, ['C2', 'D2', 'F2']],
    ]);
    expect(assumed(reading)).toContain('assume_score_sums');
  });

  it('leaves out columns that score nothing, and names a column without a header', () => {
    const reading = read([
      ['序号', '户号', '户主', '电话', 'A1', '', '备注', '户主签字'],
      ['1', '1', '王明', '13800000001', '5', '', '外出', '王明'],
      ['2', '2', '李强', '', '5', '3', '', ''],
    ]);
    expect(deeds(reading)).toHaveLength(2);
    expect(codes(reading)).toEqual(['F3 error score_column_unnamed']);
    expect(reading.assumptions.find(({ code }) => code === 'assume_score_columns_left')?.text.zh).toContain(
      '备注',
    );
  });

  it('names each cell that is no score', () => {
    const broken = { t: 'e', v: 42, w: '#N/A' } as const;
    const formula = { t: 'n', f: 'SUM(A9:A10)' } as const;
    const reading = fromSheets({
      rows: [
        [...TABLE, 'B3'],
        ['1', '王明', '第一组', '优', broken, formula],
        ['2', '李强', '第一组', 5, null, null],
        ['3', '赵刚', '第一组', null, 2, null],
        [null, null, null, 7, null, null],
      ],
      merges: ['D3:D4'],
    });
    expect(codes(reading)).toEqual([
      'D2 error score_unreadable',
      'E2 error score_no_value',
      'F2 error score_no_value',
      'D3 error score_merged',
      'D4 error score_merged',
      'D5 error who_missing',
    ]);
    expect(deeds(reading)).toEqual([['E4', '003', 'B2', 200]]);
  });

  it('without a rule is no score sheet', () => {
    expect(codes(read([TABLE.slice(0, 3), ['1', '王明', '第一组']]))).toEqual([' error score_no_rules']);
  });

  it('of several months in one file is asked for', () => {
    const rows = [TABLE, ['1', '王明', '第一组', 5, null]];
    const both = fromSheets({ name: '10月', rows }, { name: '11月', rows });
    expect(codes(both)).toEqual([' error score_many_months']);
    const tables = tablesOf({ name: '10月', rows }, { name: '11月', rows });
    expect(codes(understandScores(tables, { sheet: '11月' }))).toEqual([]);
    expect(codes(fromSheets({ name: '一组', rows }, { name: '二组', rows }))).toEqual([]);
  });

  it('is what a person says: a list, where a column of rules is named', () => {
    const rows = [
      ['户号', '户主', '做了什么', '得了多少'],
      ['1', '王明', 'A1', '5'],
    ];
    expect(read(rows).layout).toBe('table');
    const columns = { number: 'A', head: 'B', rule: 'C', points: 'D' };
    expect(deeds(read(rows, { columns }))).toEqual([['D2', '001', 'A1', 500]]);
    expect(read([LIST, ['1', '王明', 'A1', '5', '', '', '', '']], { columns: { rule: null } }).layout).toBe(
      'table',
    );
  });
});

describe('a score sheet', () => {
  it('is read in UTF-8 and GB18030 alike', () => {
    const text = csv([TABLE, ['1', '龑刚', '第一组', '√', '']]);
    for (const encoding of ['utf8', 'utf8-bom', 'gb18030'] as const) {
      const reading = understandScores(readTables(encoded(text, encoding), 'scores.csv'));
      expect([encoding, reading.rows.map(({ head, isTick }) => [head, isTick])]).toEqual([
        encoding,
        [['龑刚', true]],
      ]);
    }
  });

  it('of more than 1200 deeds is read no further, however many there are', () => {
    const header = ['户号', ...Array.from({ length: 190 }, (_, n) => `A${n + 1}`), '合计'];
    const rows = Array.from({ length: 5_000 }, (_, n) => [n + 1, ...Array<number>(190).fill(5), 950]);
    const began = performance.now();
    const reading = readPaper('scores', {
      bytes: Buffer.from(csv([header, ...rows])),
      filename: 'big.csv',
    }) as ScoresReading;
    expect(reading).toMatchObject({ isCut: true, sums: [] });
    expect(reading.rows).toHaveLength(1200);
    expect(codes(reading)).toEqual([' error score_too_many']);
    expect(JSON.stringify(reading).length).toBeLessThan(1_000_000);
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('with nothing but wrong cells is not named to its end', () => {
    const header = ['户号', ...Array.from({ length: 150 }, (_, n) => `A${n + 1}`)];
    const rows = Array.from({ length: 200 }, (_, n) => [n + 1, ...Array<string>(150).fill('优')]);
    const reading = read([header, ...rows]);
    expect(codes(reading).at(-1)).toBe(' error score_more_wrong');
    expect(reading.problems.length).toBeLessThan(1_300);
  });

  it('of the starter village is read whole in both layouts', () => {
    const list = understandScores(readTables(starter('scores-sample.csv'), 'scores-sample.csv'));
    expect([list.layout, list.rows.length, codes(list)]).toEqual(['list', 6, []]);
    const table = understandScores(readTables(starter('scores-table-sample.csv'), 'scores-table-sample.csv'));
    expect([table.layout, table.rows.length, table.sums.length, codes(table)]).toEqual(['table', 9, 5, []]);
  });

  it.each([
    ['清河村2026年2月评分表', '2026-02-28'],
    ['2026.11 月度评分', '2026-11-30'],
    ['二〇二六年评分表', null],
    ['2026年评分表', null],
  ])('named %s counts to %s', (title, day) => {
    expect(lastDayNamed(title)).toBe(day);
  });
});
