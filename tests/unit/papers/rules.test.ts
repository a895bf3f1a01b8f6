import { describe, expect, it } from 'vitest';
import { understandRules } from '../../../server/papers/index.ts';
import { parseEnabled, parseRulePoints } from '../../../server/papers/rule-points.ts';
import { forbiddenSubject } from '../../../shared/rules/forbidden-subjects.ts';
import { csv, tablesOf, textTables } from '../../fixtures/papers/make.ts';

describe('points of a rule', () => {
  it.each([
    ['+5', 500],
    ['-2', -200],
    ['2.5分', 250],
    ['＋１０', 1000],
    ['－３', -300],
    ['−4', -400],
    ['0', 0],
    ['扣2分', -200],
    ['加 5 分', 500],
    ['减1', -100],
  ])('%s is fixed', (text, points) => {
    expect(parseRulePoints(text)).toEqual({
      pointsMode: 'fixed',
      points,
      pointsMin: null,
      pointsMax: null,
      perUnit: null,
      options: [],
    });
  });

  it.each([
    ['+5/小时', 500, '小时'],
    ['+5／百元', 500, '百元'],
    ['5分/次', 500, '次'],
    ['每小时5分', 500, '小时'],
    ['-2/处', -200, '处'],
    ['扣2分/处', -200, '处'],
    ['每处扣2分', -200, '处'],
    ['每10个1分', 100, '10个'],
    ['每半天3分', 300, '半天'],
  ])('%s is per unit', (text, points, perUnit) => {
    expect(parseRulePoints(text)).toMatchObject({ pointsMode: 'perUnit', points, perUnit });
  });

  it.each([
    ['+3~20', 300, 2000],
    ['3～20分', 300, 2000],
    ['5-10', 500, 1000],
    ['-2~-5', -500, -200],
    ['1至3', 100, 300],
  ])('%s is a range', (text, min, max) => {
    expect(parseRulePoints(text)).toMatchObject({
      pointsMode: 'range',
      points: null,
      pointsMin: min,
      pointsMax: max,
    });
  });

  it('are for a person to judge where the words say so, and none where nothing says how many', () => {
    expect(parseRulePoints('评委打分').pointsMode).toBe('judged');
    expect(parseRulePoints('酌情加分').pointsMode).toBe('judged');
    for (const text of ['冲回原分并-同分', '当年不参评荣誉', '', '-2~5', '12345678'])
      expect([text, parseRulePoints(text).pointsMode]).toEqual([text, 'none']);
  });
});

describe('points as a list', () => {
  const read = (title: string, points: string) => {
    const reading = understandRules(
      textTables(
        csv([
          ['编号', '内容', '分值'],
          ['X1', title, points],
        ]),
      ),
    );
    const [row] = reading.rows;
    return {
      ...{ mode: row?.pointsMode, title: row?.title, range: [row?.pointsMin, row?.pointsMax] },
      options: row?.options.map((option) => [option.name, option.points]),
      isNoted: reading.assumptions.some(({ code }) => code === 'assume_lists_noted'),
    };
  };

  it.each([
    ['子女升学：中职3/本科5/硕10/博20', '+3~20', ['中职 300', '本科 500', '硕 1000', '博 2000']],
    ['国50/省30/市20', '+20~50', ['国 5000', '省 3000', '市 2000']],
    ['获奖: 一等奖＋10分／二等奖＋7.5分', '7.5-10', ['一等奖 1000', '二等奖 750']],
    ['出工：半天3、全天5', '3至5分', ['半天 300', '全天 500']],
    ['修路、修渠：修路、修渠3/架桥5', '3~5', ['修路、修渠 300', '架桥 500']],
    ['乱倒垃圾：轻微2/严重5', '-2~-5', ['轻微 -200', '严重 -500']],
    ['乱倒垃圾：轻微-2/严重-5', '-2~-5', ['轻微 -200', '严重 -500']],
    ['子女升学', '中职3/本科5', ['中职 300', '本科 500']],
  ])('is read from %s, %s', (title, points, expected) => {
    const { mode, options, range, isNoted, ...row } = read(title, points);
    expect([mode, options?.map((one) => one.join(' ')), range]).toEqual(['list', expected, [null, null]]);
    expect([row.title, isNoted]).toEqual([title, false]);
  });

  it.each([
    ['子女升学：中职3/本科5/硕10/博20', '+3~10', 'range'],
    ['子女升学：中职3/本科5/其他酌情', '+3~5', 'range'],
    ['出工：半天3/全天5', '+5', 'fixed'],
    ['获奖：甲3/甲5', '3~5', 'range'],
  ])('that does not agree is told, and taken by the column of points: %s, %s', (title, points, mode) => {
    expect(read(title, points)).toMatchObject({ mode, title, options: [], isNoted: true });
  });

  it.each([
    ['每次2/最多10', '+2~10', 'range'],
    ['爱心超市值班(≥2小时)', '+5', 'fixed'],
    ['上门为老人量血压、送餐、理发', '+5', 'fixed'],
    ['参加清洁日', '每次1、每年最多5', 'none'],
    ['2026年3月5日/12月5日志愿活动', '1~2', 'range'],
  ])('is no list, and nothing is said of it: %s, %s', (title, points, mode) => {
    expect(read(title, points)).toMatchObject({ mode, title, options: [], isNoted: false });
  });
});

describe('lines no rule may cross', () => {
  it.each([
    ['越级上访', 'petition'],
    ['参加宗教活动', 'faith'],
    ['造谣传谣', 'speech'],
    ['违反计划生育', 'births'],
    ['生育二孩奖励', 'births'],
  ])('%s', (title, flag) => {
    const reading = understandRules(
      textTables(
        csv([
          ['编号', '内容', '分值', '启用'],
          ['X1', title, '-10', '是'],
        ]),
      ),
    );
    expect(reading.rows).toMatchObject([{ enabled: false, flag }]);
    expect(reading.problems).toMatchObject([{ cell: 'B2', severity: 'warning', code: `rule_${flag}` }]);
  });

  it('are looked for in the other columns, too', () => {
    const reading = understandRules(
      textTables(
        csv([
          ['编号', '内容', '分值', '佐证材料', '启用'],
          ['X1', '乱倒垃圾', '-2', '罚款收据', '是'],
          ['X2', '乱倒垃圾、污水', '-2', '两人见证', '是'],
        ]),
      ),
    );
    expect(reading.rows).toMatchObject([
      { enabled: false, flag: 'fines' },
      { enabled: true, flag: null },
    ]);
  });

  it('leave ordinary deeds alone', () => {
    for (const title of [
      '会上发言或建议被采纳',
      '政策、反诈、移风易俗入户宣传半天',
      '文明祭祀、按时段用火',
      '子女升学',
      '学生假期志愿服务',
    ])
      expect(forbiddenSubject(title)).toBeNull();
  });
});

describe('a rule book', () => {
  it('may have merged categories, no codes, and words for on and off', () => {
    const reading = understandRules(
      tablesOf({
        rows: [
          ['积分细则（试行）', null, null, null],
          ['类别', '积分内容', '积分', '是否启用'],
          ['环境卫生', '门前三包', '+5', '是'],
          [null, '垃圾分类', 2, '否'],
          ['志愿服务', '巡防', '+8', '√'],
          [null, '帮工', '+5/小时', '待定'],
        ],
        merges: ['A1:D1', 'A3:A4'],
      }),
    );
    expect(
      reading.rows.map(({ code, category, title, points, enabled }) => [
        code,
        category,
        title,
        points,
        enabled,
      ]),
    ).toEqual([
      ['R001', '环境卫生', '门前三包', 500, true],
      ['R002', '环境卫生', '垃圾分类', 200, false],
      ['R003', '志愿服务', '巡防', 800, true],
      ['R004', '志愿服务', '帮工', 500, false],
    ]);
    expect(reading.problems.map(({ cell, code }) => [cell, code])).toEqual([['D6', 'enabled_unreadable']]);
    expect(reading.assumptions.map(({ code }) => code)).toEqual([
      'assume_codes_given',
      'assume_category_from_above',
    ]);
  });

  it('may call its wording 细则 and what that stands under 项目, or its wording 项目 alone', () => {
    const beside = understandRules(textTables('项目,细则,分值\n孝善,看望老人,3分'));
    expect(beside.rows).toMatchObject([{ category: '孝善', title: '看望老人', points: 300 }]);
    const alone = understandRules(textTables('项目,标准,分值\n看望老人,每月去,3分'));
    expect(alone.rows).toMatchObject([{ title: '看望老人', points: 300 }]);
  });

  it('has its codes under 序号 where that does more than count the rows', () => {
    const codes = (...of: readonly string[]) =>
      understandRules(
        textTables(csv([['序号', '细则', '分值'], ...of.map((code, at) => [code, `细则${String(at)}`, 5])])),
      );
    expect(codes('1-1', '1-2', '2-1').rows.map(({ code }) => code)).toEqual(['1-1', '1-2', '2-1']);
    const counted = codes('1', '2', '3');
    expect(counted.rows.map(({ code }) => code)).toEqual(['R001', 'R002', 'R003']);
    expect(counted.assumptions.map(({ code }) => code)).toEqual(['assume_codes_given']);
  });

  it('names every limit that is a note, however many there are', () => {
    const rows = Array.from({ length: 9 }, (_, at) => [
      ...[`B${String(at)}`, `细则${String(at)}`, 5, `每学期${String(at + 1)}次`],
    ]);
    const paper = csv([['编号', '细则', '分值', '上限'], ...rows]);
    const [told] = understandRules(textTables(paper)).assumptions;
    expect(told).toMatchObject({ code: 'assume_limits_noted', count: 9 });
    expect(told?.text.zh).toContain('B8 每学期9次');
  });

  it('may have its categories as headings between the rows', () => {
    const reading = understandRules(
      tablesOf({
        rows: [
          ['编号', '内容', '分值'],
          ['一、环境卫生（30分）', null, null],
          ['1', '门前三包', 5],
          ['二、志愿服务', null, null],
          ['2', '巡防', 8],
        ],
        merges: ['A2:C2', 'A4:C4'],
      }),
    );
    expect(reading.rows.map(({ category, title }) => [category, title])).toEqual([
      ['一、环境卫生', '门前三包'],
      ['二、志愿服务', '巡防'],
    ]);
  });

  it('names codes used twice, rows without words, and repeats', () => {
    const rows = [
      ['A1', '甲', '+1'],
      ['a1', '甲', '+1'],
      ['A1', '乙', '+1'],
      ['A2', '', '+1'],
      ['太长的编号太长的编号太长', '丙', '+1'],
      ['A3', '=1+1', '+1'],
    ];
    const reading = understandRules(textTables(csv([['code', 'title', 'points'], ...rows])));
    expect(reading.rows.map(({ code }) => code)).toEqual(['A1', '太长的编号太长的编号太长']);
    expect(reading.duplicates).toMatchObject([{ row: 3, keptRow: 2 }]);
    expect(reading.problems.map(({ cell, code }) => [cell, code])).toEqual([
      ['A4', 'code_taken'],
      ['B5', 'title_missing'],
      ['B7', 'cell_hostile'],
    ]);
  });

  it('says on and off in many words', () => {
    expect(['yes', '是', '√', '启用', '1'].map(parseEnabled)).toEqual([true, true, true, true, true]);
    expect(['no', '否', '×', '停用', '—'].map(parseEnabled)).toEqual([false, false, false, false, false]);
    expect(parseEnabled('也许')).toBeNull();
  });
});
