import { describe, expect, it } from 'vitest';
import type { PaperReading, ReadingOptions } from '../../../shared/imports/papers.ts';
import { namedInTitle, namesOtherVillage, namesOtherYear } from '../../../shared/imports/titles.ts';
import { understandBalances, understandGoods, understandRoster } from '../../../server/papers/index.ts';
import { codes, csv, pick, textTables } from '../../fixtures/papers/make.ts';

const HEADS = '王李张刘陈杨黄赵吴周';

/** A roster whose first column holds these numbers. */
function numbered(numbers: readonly (string | number)[], header = '户号', options: ReadingOptions = {}) {
  const rows = numbers.map((number, index) => [number, `${HEADS[index % 10] ?? ''}${String(index)}明`]);
  return understandRoster(textTables(csv([[header, '户主姓名'], ...rows])), options);
}

const assumed = ({ assumptions }: PaperReading) => assumptions.map(({ code }) => code);

describe('the short number of a household', () => {
  it('is the paper’s own where that is a few digits', () => {
    const reading = numbered(['1', '12', '123456']);
    expect(pick(reading, 'number', 'originalNumber')).toEqual([
      ['000001', null],
      ['000012', null],
      ['123456', null],
    ]);
    expect(assumed(reading)).not.toContain('assume_short_numbers');
  });

  it('is the digits at the end of numbers like SQ-0001, where they tell the households apart', () => {
    const reading = numbered(['SQ-0003', 'SQ-0001', 'SQ-0312']);
    expect(pick(reading, 'number', 'originalNumber')).toEqual([
      ['003', 'SQ-0003'],
      ['001', 'SQ-0001'],
      ['312', 'SQ-0312'],
    ]);
    expect(assumed(reading)).toContain('assume_short_numbers');
    expect(codes(reading)).toEqual([]);
  });

  it.each([
    ['several runs of digits', ['柳林-1-1', '柳林-1-2', '柳林-2-1']],
    ['the same digits twice', ['东1', '西1', '东2']],
    ['codes too long to type', ['4108830001', '4108830002', '4108830003']],
    ['digits too long to type', ['SQ-20230001', 'SQ-20230002', 'SQ-20230003']],
  ])('is given in the order of the paper for %s', (_, originals) => {
    expect(pick(numbered(originals), 'number', 'originalNumber')).toEqual(
      originals.map((original, index) => [`00${String(index + 1)}`, original]),
    );
  });

  it('has four digits in a village of a thousand households', () => {
    const reading = numbered(Array.from({ length: 1_087 }, (_, index) => `柳林-${String(index)}-1`));
    expect(reading.rows[0]?.number).toBe('0001');
    expect(reading.rows.at(-1)?.number).toBe('1087');
  });

  it('goes on after the largest of those that the paper has', () => {
    const reading = numbered(['017', 'SQ-1', '']);
    expect(pick(reading, 'number', 'originalNumber')).toEqual([
      ['017', null],
      ['018', 'SQ-1'],
      ['019', null],
    ]);
    expect(codes(reading)).toEqual(['A4 warning number_missing']);
  });
});

describe('a column that looks like addresses', () => {
  const PLACES = ['柳林村1组1', '柳林村1组2号', '柳林村2组10'];

  it.each(['户号', '编号', '门牌号'])('under %s is not read, and asked about', (header) => {
    const reading = numbered(PLACES, header);
    expect(pick(reading, 'number', 'originalNumber')).toEqual([
      ['001', null],
      ['002', null],
      ['003', null],
    ]);
    expect(reading.addressColumn).toEqual({ letter: 'A', header, samples: PLACES });
    expect(reading.columns.number).toBeUndefined();
    expect(JSON.stringify(reading.rows)).not.toContain('柳林');
  });

  it('is kept as the original number if a person says so', () => {
    const reading = numbered(PLACES, '门牌号', { addressNumbers: 'keep' });
    expect(pick(reading, 'number', 'originalNumber')).toEqual([
      ['001', '柳林村1组1'],
      ['002', '柳林村1组2号'],
      ['003', '柳林村2组10'],
    ]);
    expect(reading.addressColumn).not.toBeNull();
  });

  it('is asked about by its header alone, and gives numbers if a person says so', () => {
    expect(numbered(['7', '9'], '门牌号').addressColumn).not.toBeNull();
    expect(pick(numbered(['7', '9'], '门牌号'), 'number').flat()).toEqual(['001', '002']);
    expect(pick(numbered(['7', '9'], '门牌号', { addressNumbers: 'keep' }), 'number').flat()).toEqual([
      '007',
      '009',
    ]);
  });

  it('does not stand in the way of a column of numbers', () => {
    const reading = understandRoster(
      textTables(
        csv([
          ['门牌号', '户号', '户主'],
          ['3排5号', '12', '王明'],
        ]),
      ),
    );
    expect(pick(reading, 'number')).toEqual([['012']]);
    expect(reading.addressColumn).toBeNull();
  });

  it('may be chosen by hand, and is asked about then as well', () => {
    const tables = textTables(
      csv([
        ['家庭住址', '户主'],
        ['光明路12号', '王明'],
      ]),
    );
    expect(understandRoster(tables).addressColumn).toBeNull();
    expect(understandRoster(tables, { columns: { number: 'A' } }).addressColumn?.letter).toBe('A');
  });

  it('is not read in a paper of balances either', () => {
    const reading = understandBalances(
      textTables(
        csv([
          ['门牌号', '户主', '余额'],
          ['3排5号', '王明', 12],
        ]),
      ),
    );
    expect(reading.rows).toMatchObject([{ number: '', head: '王明', balance: 1200 }]);
    expect(reading.addressColumn?.header).toBe('门牌号');
  });
});

describe('a title', () => {
  it.each([
    ['李家村2024年积分台账', ['李家'], [2024]],
    ['孟州市谷旦镇李家村农户花名册', ['李家'], []],
    ['清河村“爱心超市”积分台账（截至2026年10月31日）', ['清河'], [2026]],
    ['填表单位：清河村民委员会', ['清河'], []],
    ['幸福社区花名册', ['幸福'], []],
    ['二〇二四年花名册', [], [2024]],
    ['村规民约积分细则', [], []],
    ['第三村民小组花名册', [], []],
    ['全村花名册', [], []],
    ['美丽乡村积分商品', [], []],
    ['行政村名称', [], []],
    ['积分细则', [], []],
  ])('%s names %j and %j', (title, villages, years) => {
    expect(namedInTitle(title)).toEqual({ villages, years });
  });

  it('names another village or not', () => {
    expect(namesOtherVillage('李家村2024年积分台账', '柳林村')).toBe(true);
    for (const own of ['李家村', '李家', '谷旦镇李家村', '李家社区', '李家村民委员会'])
      expect(namesOtherVillage('李家村2024年积分台账', own)).toBe(false);
    expect(namesOtherVillage('谷旦镇积分台账', '柳林村')).toBe(false);
  });

  it('names another year or not', () => {
    const years = ['2023年', '2024年', '2025年', '2026年', '2024—2026年', '花名册', '2027年'];
    expect(years.filter((title) => namesOtherYear(title, 2026))).toEqual(['2023年', '2024年', '2027年']);
  });

  it('is read above the header of every kind of paper', () => {
    const goods = understandGoods(
      textTables(
        csv([
          ['李家村2024年商品', ''],
          ['名称', '积分'],
          ['大米', 20],
        ]),
      ),
    );
    expect(goods.titles).toEqual([{ sheet: goods.sheets[0], row: 1, text: '李家村2024年商品' }]);
    expect(numbered(['1']).titles).toEqual([]);
  });
});
