import { readFileSync } from 'node:fs';
import { parse } from 'papaparse';
import { describe, expect, it } from 'vitest';
import { findUnfit } from '../../../shared/texts/find-unfit.ts';
import type { UnfitKind } from '../../../shared/texts/kinds.ts';

const names = ['王小明', '欧阳春燕', '王　明', '买买提·艾则孜', '高山'];
const groups = ['三组', '东街2组', '柳林3号院'];

/** The findings, as kind and piece. */
function found(text: string): readonly (readonly [UnfitKind, string])[] {
  return findUnfit(text, { names, groups }).map(({ kind, piece }) => [kind, piece]);
}

describe('a text that goes public', () => {
  it.each([
    // The check digit is right.
    ['身份证 11010519491231002X', '11010519491231002X'],
    ['11010519491231002x', '11010519491231002x'],
    ['440524188001010014的人', '440524188001010014'],
    // A slip of the pen: the day can be one, the check digit is wrong.
    ['证号410881197003041234', '410881197003041234'],
    ['410881 19700304 1234', '410881 19700304 1234'],
    ['410881-19700304-1234', '410881-19700304-1234'],
    ['４１０８８１１９７００３０４１２３４', '４１０８８１１９７００３０４１２３４'],
    ['4 1 0 8 8 1 1 9 7 0 0 3 0 4 1 2 3 4', '4 1 0 8 8 1 1 9 7 0 0 3 0 4 1 2 3 4'],
    ['四一零八八一一九七零零三零四一二三四', '四一零八八一一九七零零三零四一二三四'],
    // The old form has fifteen digits.
    ['老身份证130503670401001', '130503670401001'],
    ['130503 670401 001', '130503 670401 001'],
    // A bank card, by its last digit.
    ['卡号6222021234567890128', '6222021234567890128'],
    ['6222 0212 3456 7890 128', '6222 0212 3456 7890 128'],
    ['4111 1111 1111 1111', '4111 1111 1111 1111'],
  ])('holds a number of a person in “%s”', (text, piece) => {
    expect(found(text)).toEqual([['identity', piece]]);
  });

  it.each([
    ['打我电话13912345678', '13912345678'],
    ['139 1234 5678', '139 1234 5678'],
    ['139-1234-5678', '139-1234-5678'],
    ['139.1234.5678', '139.1234.5678'],
    ['139 123 45678', '139 123 45678'],
    ['1391 234 5678', '1391 234 5678'],
    ['13912 345678', '13912 345678'],
    ['1 3 9 1 2 3 4 5 6 7 8', '1 3 9 1 2 3 4 5 6 7 8'],
    ['１３９１２３４５６７８', '１３９１２３４５６７８'],
    ['＋86 139 1234 5678', '＋86 139 1234 5678'],
    ['8613912345678', '8613912345678'],
    ['一三九一二三四五六七八', '一三九一二三四五六七八'],
    ['幺三九幺二三四五六七八', '幺三九幺二三四五六七八'],
    ['座机0391-8123456', '0391-8123456'],
    ['（0391）8123456', '（0391）8123456'],
    ['0391 812 3456', '0391 812 3456'],
    ['010-62345678', '010-62345678'],
    ['02162345678', '02162345678'],
    ['400-812-3456', '400-812-3456'],
    ['电话：8123456', '8123456'],
    ['电话 812 34567', '812 34567'],
    ['微信号 13912345678', '13912345678'],
    ['QQ:123456789', '123456789'],
    ['联系方式812345', '812345'],
  ])('holds a phone number in “%s”', (text, piece) => {
    expect(found(text)).toEqual([['phone', piece]]);
  });

  it.each([
    ['帮三组12号扫雪', '组12号'],
    ['建设路18号门前', '路18号'],
    ['住建设大街 18 号', '街 18 号'],
    ['柳林村8号', '村8号'],
    ['5号楼2单元301室', '5号楼2单元301室'],
    ['3栋2单元', '3栋2单元'],
    ['十二号楼的楼道', '十二号楼'],
    ['给302室送菜', '302室'],
    ['3排5号', '3排5号'],
    ['三组第六户', '三组第六户'],
    ['门牌：12', '门牌：12'],
    ['家住东头第3排', '住东头第3排'],
    ['清理张庄巷7号门口', '巷7号'],
  ])('holds an address in “%s”', (text, piece) => {
    const kinds = found(text);
    expect(kinds.map(([kind]) => kind)).toContain('address');
    expect(kinds.some(([, one]) => one.includes(piece))).toBe(true);
  });

  it.each([
    ['感谢王小明', '王小明'],
    ['帮 王 小 明 家', '王 小 明'],
    ['王明带头', '王明'],
    ['欧阳春燕调解', '欧阳春燕'],
    ['找买买提·艾则孜', '买买提·艾则孜'],
    ['王小明家', '王小明'],
  ])('names somebody who did not agree in “%s”', (text, piece) => {
    expect(found(text)).toEqual([['name', piece]]);
  });

  it.each([
    ...([
      '低保户',
      '五保老人',
      '特困人员',
      '建档立卡户',
      '贫困户',
      '贫困学生',
      '困难户',
      '监测户',
      '脱贫户',
    ] as const),
    ...(['残疾人', '智障', '聋哑人', '瘫痪在床', '偏瘫老人', '脑瘫'] as const),
    ...([
      '癌症',
      '得了肿瘤',
      '白血病',
      '尿毒症',
      '精神病人',
      '精神障碍',
      '抑郁症',
      '老年痴呆',
      '癫痫',
      '艾滋病',
    ] as const),
    ...(['肺结核', '乙肝', '糖尿病', '重病的人', '患病老人', '因病致贫', '低 保 户', '大病家庭'] as const),
  ])('says of somebody that they are ill, disabled or poor: “照料%s”', (label) => {
    expect(found(`照料${label}`).map(([kind]) => kind)).toContain('label');
  });

  it.each([
    ...[
      '3 组',
      '第三组 39 户',
      '12 元',
      '5元5分',
      'G312 国道',
      'S309省道',
      '2026年12月5号',
      '每月5号',
      '12月1日至12月5日',
    ],
    ...[
      '2026-12-01',
      '2026.11.01-2026.11.30',
      '2026-11-17 2026-12-05',
      '上午8:30-11:30',
      '下午2点到5点',
      '8:00—11:00，14:00—17:00',
    ],
    ...[
      '第12号凭证',
      '第 1234567 号',
      '村里3号机井',
      '修村东2号桥',
      '5号路灯坏了',
      '1号台区',
      '打110',
      '电话12345',
      '拨打119',
      '12315',
    ],
    ...[
      '加20分',
      '100%',
      '每百元2分',
      '5千瓦',
      '10斤大米',
      '金龙鱼5kg×2',
      '条码6912345678901',
      '积分1000000',
      '两室一厅',
      '教室内外',
    ],
    ...[
      '三组20户参加清扫',
      '东街2组',
      '柳林3号院',
      '一组、二组、三组',
      '出义务工3天',
      '2号下午开会',
      '三排树',
      '队里5号去修渠前通知',
    ],
    ...[
      '家中风气好',
      '最低保障',
      '降低保费',
      '严重病虫害',
      '重大病虫害防治',
      '县残疾人联合会',
      '参加全国助残日活动',
      '两癌筛查宣传',
    ],
    ...[
      '糖尿病防治讲座',
      '大病保险政策宣传',
      '残垣断壁',
      '无偿献血',
      '义诊',
      '敬老爱亲',
      '关爱留守儿童',
      '困难面前不低头',
      '上门为老人量血压',
    ],
    ...[
      '王*明',
      '小明',
      '王小',
      '三月三',
      '五净一规范',
      '一九四九',
      '二〇二六年',
      '四五百人',
      '1.5 小时',
      '3.14',
      '10～30分',
    ],
  ])('may hold “%s”', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('is told all that it holds, in order, with its place', () => {
    const text = '王小明（13912345678）是低保户，住建设路18号';
    const all = findUnfit(text, { names });
    expect(all.map(({ kind }) => kind)).toEqual(['name', 'phone', 'label', 'address']);
    for (const { at, piece } of all) expect(text.slice(at, at + piece.length)).toBe(piece);
  });

  it('is no phone as well where it is an identity number', () => {
    expect(found('410881197003041234')).toEqual([['identity', '410881197003041234']]);
  });

  it('may hold the name of an own group that looks like an address, and only that', () => {
    expect(findUnfit('柳林3号院', { groups: [] }).map(({ kind }) => kind)).toEqual(['address']);
    expect(findUnfit('柳林3号院', { groups }).map(({ kind }) => kind)).toEqual([]);
    expect(findUnfit('柳林4号院', { groups }).map(({ kind }) => kind)).toEqual(['address']);
  });

  it('takes long texts in its stride', () => {
    const before = performance.now();
    findUnfit('1 3-9 '.repeat(200) + '一'.repeat(500) + '路1号'.repeat(200), { names, groups });
    expect(performance.now() - before).toBeLessThan(1500);
  });
});

describe('rule books', () => {
  const textOf = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8').trim();
  const titles = (file: string, column: string) =>
    parse<Record<string, string>>(textOf(file), { header: true }).data.map((row) => row[column] ?? '');

  it.each([
    ['db/starter/rules.csv', 'title', 60],
    ['tests/fixtures/rule-books/mountain.csv', '积分内容', 36],
    ['tests/fixtures/rule-books/plain.csv', '细则', 37],
  ])('%s may go on a board as it is', (file, column, least) => {
    const words = titles(file, column);
    expect(words.length).toBeGreaterThanOrEqual(least);
    expect(words.filter((text) => text === '')).toEqual([]);
    expect(words.flatMap((text) => findUnfit(text).map(({ piece }) => `${piece}: ${text}`))).toEqual([]);
  });
});
