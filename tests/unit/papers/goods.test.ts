import { describe, expect, it } from 'vitest';
import { understandGoods } from '../../../server/papers/index.ts';
import { csv, tablesOf, textTables } from '../../fixtures/papers/make.ts';

const HEADER = ['类别', '商品名称', '单位', '兑换积分', '成本（元）', '条形码', '库存数量', '每户限兑'];
const read = (rows: (string | number | null)[][], header = HEADER) =>
  understandGoods(textTables(csv([header, ...rows])));

describe('a goods list', () => {
  it('reads unit, price, cost, barcode, stock and limit', () => {
    const reading = read([
      ['粮油', '大米5kg', '袋', '32.5', '￥29.90元', '6907001008148', '20', '2'],
      [null, '食盐', null, 3, 2.5, null, '１２袋', '不限'],
    ]);
    expect(reading.rows).toMatchObject([
      {
        kind: 'goods',
        category: '粮油',
        name: '大米5kg',
        unit: '袋',
        price: 3250,
        costFen: 2990,
        barcode: '6907001008148',
        stock: 20,
        monthlyLimit: 2,
      },
      {
        category: '粮油',
        name: '食盐',
        unit: '件',
        price: 300,
        costFen: 250,
        barcode: null,
        stock: null,
        monthlyLimit: null,
      },
    ]);
    expect(reading.problems.map(({ cell, code }) => [cell, code])).toEqual([['G3', 'stock_unreadable']]);
    expect(reading.assumptions.map(({ code }) => code)).toEqual([
      'assume_limit_monthly',
      'assume_category_from_above',
    ]);
  });

  it('reads barcodes stored as numbers and checks their last digit', () => {
    const made = tablesOf({
      rows: [
        ['名称', '积分', '条码'],
        ['甲', 1, 6907001008148],
        ['乙', 1, '6907001008149'],
        ['丙', 1, '12345'],
        ['丁', 1, '6907001008148'],
        ['戊', 1, '96385074'],
        ['己', 1, '036000291452'],
      ],
    });
    const reading = understandGoods(made);
    expect(reading.rows.map(({ barcode }) => barcode)).toEqual([
      '6907001008148',
      null,
      null,
      null,
      '96385074',
      '036000291452',
    ]);
    expect(reading.problems.map(({ cell, severity, code }) => [cell, severity, code])).toEqual([
      ['C3', 'warning', 'barcode_wrong'],
      ['C4', 'warning', 'barcode_unreadable'],
      ['C5', 'warning', 'barcode_taken'],
    ]);
  });

  it('names the unit a name counts one of, otherwise the whole pack is a piece', () => {
    const names = [
      '纯牛奶1箱',
      '羽毛球拍(一副)',
      '线手套(2双)',
      '大米5kg',
      '酱油500ml',
      '卫生纸11卷',
      '毛巾',
    ];
    expect(
      read(names.map((name) => ['百货', name, null, 1, 1, null, null, null])).rows.map(({ unit }) => unit),
    ).toEqual(['箱', '副', '件', '件', '件', '件', '件']);
  });

  it('tells goods from services and things to lend', () => {
    const reading = read([
      ['便民服务', '理发', null, 8, null, null, '5', null],
      ['工具借用', '梯子', null, 0, null, null, '2', null],
      ['五金', '锄头', null, 28, 25, null, '3', null],
    ]);
    expect(reading.rows.map(({ kind, unit, stock, costFen }) => [kind, unit, stock, costFen])).toEqual([
      ['service', '次', null, null],
      ['loan', '件', 2, null],
      ['goods', '件', 3, 2500],
    ]);
  });

  it('leaves out what has no name or no price, and what is there twice', () => {
    const reading = read([
      ['百货', '', null, 1, 1, null, null, null],
      ['百货', '毛巾', null, '', 1, null, null, null],
      ['百货', '香皂', null, -1, 1, null, null, null],
      ['百货', '牙膏', null, 8, '七', null, null, null],
      ['百货', '牙膏', null, 9, 7, null, null, null],
      ['百货', '<b>盆</b>', null, 9, 7, null, null, null],
    ]);
    expect(reading.rows.map(({ name, costFen }) => [name, costFen])).toEqual([['牙膏', null]]);
    expect(reading.duplicates).toMatchObject([{ row: 6, keptRow: 5 }]);
    expect(reading.problems.map(({ cell, severity, code }) => `${cell ?? ''} ${severity} ${code}`)).toEqual([
      'B2 error name_missing',
      'D3 error price_missing',
      'D4 error price_unreadable',
      'E5 warning cost_unreadable',
      'B7 error cell_hostile',
    ]);
  });

  it('takes one name in two sizes for two goods', () => {
    const reading = read(
      ['5kg', '10kg', '10kg'].map((unit) => ['粮油', '大米', unit, 30, 28, null, null, null]),
    );
    expect(reading.rows.map(({ name }) => name)).toEqual(['大米', '大米（10kg）']);
    expect(reading.duplicates).toMatchObject([{ row: 4, keptRow: 3 }]);
  });

  it('does not take a calculator for a total', () => {
    expect(
      read([
        ['文具', '小计算器', null, 20, 15, null, null, null],
        ['合计', null, null, 20, 15, null, null, null],
      ]).rows.map(({ name }) => name),
    ).toEqual(['小计算器']);
  });
});
