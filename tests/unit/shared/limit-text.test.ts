import { readFileSync } from 'node:fs';
import { parse } from 'papaparse';
import { describe, expect, it } from 'vitest';
import { areCapsSound, capCode, CAPS_MOST } from '../../../shared/rules/caps.ts';
import { readLimitText } from '../../../shared/rules/limit-text.ts';

/** The caps as signs: `month household 1 -` is once a month for a household, and `- 400` are four points. */
function read(text: string) {
  const { caps, isWhole } = readLimitText(text);
  return { caps: caps.map(capCode), isWhole };
}

describe('limits of a rule in words', () => {
  it.each([
    ['每月1次', 'month household 1 -'],
    ['每月一次', 'month household 1 -'],
    ['每户每月一次', 'month household 1 -'],
    ['每户每月2次', 'month household 2 -'],
    ['每年两次', 'year household 2 -'],
    ['一年3次', 'year household 3 -'],
    ['每月不超过4次', 'month household 4 -'],
    ['每月≤4', 'month household - 400'],
    ['每月最多20分', 'month household - 2000'],
    ['月上限10', 'month household - 1000'],
    ['每季', 'quarter household 1 -'],
    ['每季度1次', 'quarter household 1 -'],
    ['年度', 'year household 1 -'],
    ['≤60/年', 'year household - 6000'],
    ['每日限1次', 'day household 1 -'],
    ['每周 ２ 次', 'week household 2 -'],
    ['年≤50(防“买分”)', 'year household - 5000'],
    ['每户1次', 'ever household 1 -'],
    ['每户不超过3次', 'ever household 3 -'],
    ['每户每季度不超过两次', 'quarter household 2 -'],
    ['一年最多加 30 分', 'year household - 3000'],
    ['一个月一回', 'month household 1 -'],
    ['一月一评', 'month household 1 -'],
    ['限1次/月', 'month household 1 -'],
    ['10分/月封顶', 'month household - 1000'],
    ['每月累计加分以15分为限', 'month household - 1500'],
    ['上限：每年四十分', 'year household - 4000'],
    ['年度内不得超过十二次', 'year household 12 -'],
    ['全年最多扣12分', 'year household - 1200'],
    ['一户只加一次', 'ever household 1 -'],
  ])('%s counts the deeds of a household', (text, cap) => {
    expect(read(text)).toEqual({ caps: [cap], isWhole: true });
  });

  it.each([
    ['每人每年2次', 'year member 2 -'],
    ['每孩1次', 'ever member 1 -'],
    ['每场1次', 'ever event 1 -'],
    ['每场', 'ever event 1 -'],
    ['每场≤20', 'ever event - 2000'],
    ['每场最多２次', 'ever event 2 -'],
    ['按事', 'ever event 1 -'],
    ['按证', 'ever event 1 -'],
    ['按处', 'ever event 1 -'],
    ['每处每月1次', 'month event 1 -'],
    ['每处每月≤4', 'month event - 400'],
    ['每处≤10/月', 'month event - 1000'],
    ['同一事项取最高', 'ever event 1 -'],
    ['同一事项取最高,不累加', 'ever event 1 -'],
    ['同一荣誉就高计分，不累计', 'ever event 1 -'],
    ['同一场红白事只加一次', 'ever event 1 -'],
    ['同一河段每周只算一次', 'week event 1 -'],
    ['每对新人一次', 'ever event 1 -'],
    ['每次会每户一次', 'ever event 1 -'],
    ['一证一次', 'ever event 1 -'],
    ['一事一记', 'ever event 1 -'],
    ['单场不超过9分', 'ever event - 900'],
    ['按人头，每个孩子一年一次', 'year member 1 -'],
    ['每位老人每季度记一次', 'quarter member 1 -'],
    ['每个兵一次', 'ever member 1 -'],
  ])('%s counts the deeds of one member or about one event', (text, cap) => {
    expect(read(text)).toEqual({ caps: [cap], isWhole: true });
  });

  it.each([
    ['按处,≤60/年', 'ever event 1 -', 'year household - 6000'],
    ['每天,≤50/季', 'day household 1 -', 'quarter household - 5000'],
    ['每月1次，每年5次', 'month household 1 -', 'year household 5 -'],
    ['每户每月2次;每场1次', 'month household 2 -', 'ever event 1 -'],
    ['每日限一次，每月限六次', 'day household 1 -', 'month household 6 -'],
    ['按天计，每年至多三十天', 'day household 1 -', 'year household 30 -'],
    ['单场不超过9分，当月不超过27分', 'ever event - 900', 'month household - 2700'],
  ])('%s is several caps', (text, ...caps) => {
    expect(read(text)).toEqual({ caps, isWhole: true });
  });

  it('are one cap where they count the same; of two figures the lower holds', () => {
    expect(read('每月1次,每月≤20')).toEqual({ caps: ['month household 1 2000'], isWhole: true });
    expect(read('每月3次,每户每月2次')).toEqual({ caps: ['month household 2 -'], isWhole: true });
  });

  it.each(['', '不限', '无', '—', '每次', '不封顶', '次数不限', '不设上限'])(
    '“%s” limits nothing',
    (text) => {
      expect(read(text)).toEqual({ caps: [], isWhole: true });
    },
  );

  it.each([
    ...['每月前10%', '每季收种各1次', '清明等节点', '值守期', '每人次', '每月0次', '每月≤0', '每场0次'],
    ...['每户', '1次', '不累加', '一次性', '每人次≤20'],
    ...[
      '三年内只算一次',
      '每两个月一次',
      '每三天一次',
      '半年一次',
      '每半年一次',
      '每学期不超过8次',
      '上、下半年各一次',
    ],
    ...[
      '每季度最多记五天',
      '每月限两人',
      '每个组一次',
      '每村一次',
      '单次不超过6分',
      '最高只算一项',
      '每考上一人加一次',
    ],
    ...[
      '清明和三月三各一次',
      '每年春节前评一次',
      '届内一次',
      '取前十五户',
      '每天最多8小时',
      '暂不执行',
      '按人头',
    ],
  ])('%s is unsure: it stays a note', (text) => {
    expect(read(text)).toEqual({ caps: [], isWhole: false });
  });

  it('are caps in part, and a note beside them, where only some of the words are sure', () => {
    expect(read('每季收种各1次,≤50/季')).toEqual({ caps: ['quarter household - 5000'], isWhole: false });
    expect(read('每月1次,不累加')).toEqual({ caps: ['month household 1 -'], isWhole: false });
  });

  it('are no more caps than a rule may have, and a note of what is left', () => {
    const { caps, isWhole } = read('每天1次,每周2次,每月3次,每季4次,每年5次');
    expect([caps.length, caps[0], isWhole]).toEqual([CAPS_MOST, 'day household 1 -', false]);
  });
});

describe('the limits of the starter rule book', () => {
  const starter = readFileSync(new URL('../../../db/starter/rules.csv', import.meta.url), 'utf8');
  const { data } = parse<{ code: string; limit: string }>(starter.trim(), { header: true });

  it('are caps but for these, which are notes: what the system does not keep', () => {
    const notes = data.flatMap(({ code, limit }) => {
      const { isWhole, caps } = readLimitText(limit);
      return isWhole ? [] : [`${code} ${limit}${caps.length === 0 ? '' : ' (in part)'}`];
    });
    expect(notes).toEqual([
      ...['A8 每月前10%', 'C4 每季收种各1次', 'C7 清明等节点'],
      ...['D3 值守期', 'F3 每人次', 'F4 每人次'],
    ]);
  });

  it('are such as a rule may have', () => {
    const unsound = data.filter(({ limit }) => !areCapsSound(readLimitText(limit).caps));
    expect(unsound).toEqual([]);
  });
});
