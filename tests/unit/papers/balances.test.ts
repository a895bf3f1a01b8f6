import { describe, expect, it } from 'vitest';
import type { BalancesReading, ReadingOptions } from '../../../shared/imports/papers.ts';
import { numberKey, understandBalances } from '../../../server/papers/index.ts';
import { assumed, codes, csv, tablesOf, textTables } from '../../fixtures/papers/make.ts';

const HEADER = ['户号', '户主', '上年结余', '本年得分', '已兑换', '现余额'];
const read = (rows: (string | number | null)[][], header = HEADER, options: ReadingOptions = {}) =>
  understandBalances(textTables(csv([header, ...rows])), options);
const balances = (reading: BalancesReading) => reading.rows.map(({ number, balance }) => [number, balance]);

describe('opening balances', () => {
  it('are read to the hundredth, in every way of writing a figure', () => {
    const reading = read([
      ['1', '王明', '1,200', '0.1', '0.2', '1199.9'],
      ['2', '李强', '１２．５', '2.50分', null, '15'],
      ['3', '赵刚', '-', '0.05', '', '.05'],
      ['4', '孙丽', 0, 0, 0, 0],
    ]);
    expect(balances(reading)).toEqual([
      ['001', 119990],
      ['002', 1500],
      ['004', 0],
    ]);
    expect(codes(reading)).toEqual(['F4 error figure_unreadable']);
  });

  it('do not suffer from floating point', () => {
    const sum = 0.1 + 0.2;
    const reading = understandBalances(
      tablesOf({
        rows: [
          HEADER,
          ['1', '王明', 0.1, 0.2, 0, sum],
          ['2', '李强', 54.5, 0, 0, { t: 'n', v: 54.50000000000001, f: 'C3' }],
        ],
      }),
    );
    expect(balances(reading)).toEqual([
      ['001', 30],
      ['002', 5450],
    ]);
  });

  it('count deductions, and minus signs where a paper has them', () => {
    const header = ['户号', '户主', '上年结转', '本年加分', '本年扣分', '已使用积分', '剩余积分'];
    const reading = read(
      [
        ['1', '王明', 10, 20, 5, 3, 22],
        ['2', '李强', 10, 20, -5, -3, 22],
      ],
      header,
    );
    expect(balances(reading)).toEqual([
      ['001', 2200],
      ['002', 2200],
    ]);
    expect(reading.rows[0]).toMatchObject({ carried: 1000, earned: 2000, deducted: 500, redeemed: 300 });
  });

  it('without anything to check them against are taken as they are', () => {
    for (const word of ['现余额', '积分', '当前余额', '剩余积分', '可用积分', '结余']) {
      const reading = read([['1', '王明', 12.5]], ['户号', '姓名', word]);
      expect([word, balances(reading), assumed(reading)]).toEqual([
        word,
        [['001', 1250]],
        ['assume_not_checked', 'assume_numbers_padded'],
      ]);
    }
  });

  it('take 积分 for what was earned where the balance stands beside it', () => {
    const reading = read([['1', '王明', 30, 10, 20]], ['户号', '户主', '积分', '已兑换', '余额']);
    expect(reading.rows).toMatchObject([{ earned: 3000, redeemed: 1000, balance: 2000 }]);
  });

  it('are computed where only their parts are there', () => {
    const reading = read([['1', '王明', 10, 20, 5]], ['户号', '户主', '上年结余', '本年得分', '已兑换']);
    expect([balances(reading), assumed(reading)[0]]).toEqual([[['001', 2500]], 'assume_balance_computed']);
  });

  it('that are wrong, missing or negative wait for a person', () => {
    const rows = [
      ['1', '王明', 1, 1, 0, 3],
      ['2', '李强', 1, 1, 0, null],
      ['3', '赵刚', 1, 'x', 0, 2],
      ['4', '孙丽', 0, 0, 5, -5],
    ];
    const reading = read(rows);
    expect(reading.rows).toEqual([]);
    expect(codes(reading)).toEqual([
      'F2 error balance_wrong',
      'F3 error balance_missing',
      'D4 error figure_unreadable',
      'F5 error balance_negative',
    ]);
    expect(reading.undecided.map(({ number, balance, computed }) => [number, balance, computed])).toEqual([
      ['001', 300, 200],
      ['002', null, 200],
      ['003', 200, null],
      ['004', -500, -500],
    ]);
    const decided = read(rows, HEADER, {
      decisions: [2, 3, 4, 5].map((row) => ({ row, balance: row * 100 })),
    });
    expect(balances(decided)).toEqual([
      ['001', 200],
      ['002', 300],
      ['003', 400],
      ['004', 500],
    ]);
    expect([decided.problems, decided.undecided]).toEqual([[], []]);
  });

  it('of one household twice: equal once, different an error', () => {
    const reading = read([
      ['1', '王明', 1, 0, 0, 1],
      ['001', '王明', 1, 0, 0, 1],
      ['01', '王明', 2, 0, 0, 2],
    ]);
    expect(balances(reading)).toEqual([['001', 100]]);
    expect(reading.duplicates).toMatchObject([{ row: 3, keptRow: 2 }]);
    expect(codes(reading)).toEqual(['A4 error balance_conflict']);
  });

  it('may name the household by its head alone, but must name it', () => {
    expect(
      read(
        [
          ['王　明', 5],
          [null, 6],
        ],
        ['户主', '积分'],
      ),
    ).toMatchObject({
      rows: [{ number: '', head: '王明', balance: 500 }],
      problems: [{ cell: 'A3', code: 'who_missing' }],
    });
  });

  it('have totals and signatures passed over', () => {
    const reading = read([
      ['1', '王明', 1, 0, 0, 1],
      ['合计', null, 1, 0, 0, 1],
      ['制表：张三', null, null, null, null, null],
    ]);
    expect(reading.skipped.map(({ code }) => code)).toEqual(['skip_total', 'skip_signature']);
    expect(reading.rows).toHaveLength(1);
  });
});

describe('household numbers written differently', () => {
  it('have one key', () => {
    expect(['3', '003', '０３', 'a-03', '000', '0'].map(numberKey)).toEqual([
      '3',
      '3',
      '3',
      'A-03',
      '0',
      '0',
    ]);
  });
});
