import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkRulePoints,
  pointsFor,
  POINTS_MOST,
  type RulePoints,
  worthOfDeed,
} from '../../../server/rules/points.ts';
import { forbiddenSubject } from '../../../shared/rules/forbidden-subjects.ts';

const nothing: RulePoints = {
  pointsMode: 'none',
  points: null,
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
  options: [],
};
const fixed = (points: number): RulePoints => ({ ...nothing, pointsMode: 'fixed', points });
const range = (pointsMin: number, pointsMax: number): RulePoints => ({
  ...nothing,
  pointsMode: 'range',
  pointsMin,
  pointsMax,
});
const hourly: RulePoints = { ...nothing, pointsMode: 'perUnit', points: 500, perUnit: '小时' };
const judged: RulePoints = { ...nothing, pointsMode: 'judged' };
/** 中职3/本科5/…, each as a name and hundredths. */
const list = (...options: readonly (readonly [name: string, points: number])[]): RulePoints => ({
  ...nothing,
  pointsMode: 'list',
  options: options.map(([name, points]) => ({ name, points })),
});
const schools = list(['中职', 300], ['本科', 500], ['硕', 1000], ['留学', 1000]);
const many = (count: number) =>
  list(...Array.from({ length: count }, (_, n): [string, number] => [`第${String(n)}档`, 100]));

function refusal(act: () => unknown): unknown {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('a rule’s figures', () => {
  test.each<[string, RulePoints]>([
    ['fixed', fixed(500)],
    ['fixed, taken', fixed(-250)],
    ['range', range(300, 2000)],
    ['range, taken', range(-500, -100)],
    ['range from 0', range(0, 500)],
    ['per hour', hourly],
    ['per hour, at most', { ...hourly, pointsMax: 2000 }],
    ['judged', judged],
    ['judged, at most', { ...judged, pointsMax: 3000 }],
    ['words only', nothing],
    ['one of several', schools],
    ['one of several, taken', list(['轻微', -200], ['严重', -500])],
    ['one of twenty', many(20)],
  ])('%s fits', (_, rule) => {
    expect(refusal(() => checkRulePoints(rule))).toBeNull();
  });

  test.each<[string, RulePoints]>([
    ['fixed without a figure', { ...nothing, pointsMode: 'fixed' }],
    ['fixed at nothing', fixed(0)],
    ['fixed with bounds', { ...fixed(500), pointsMax: 600 }],
    ['an open range', { ...range(1, 2), pointsMax: null }],
    ['a range the wrong way round', range(500, 300)],
    ['a range both given and taken', range(-500, 500)],
    ['per unit of nothing', { ...hourly, perUnit: null }],
    ['per unit of blank', { ...hourly, perUnit: '' }],
    ['a unit where none is counted', { ...fixed(500), perUnit: '小时' }],
    ['words with a figure', { ...nothing, points: 100 }],
    ['more than one deed can be worth', fixed(POINTS_MOST + 1)],
    ['options where one figure is given', { ...fixed(500), options: schools.options }],
    ['options beside bounds', { ...schools, pointsMin: 300, pointsMax: 1000 }],
    ['an option worth more than a deed can be', list(['甲', 100], ['乙', POINTS_MOST + 1])],
  ])('%s does not', (_, rule) => {
    expect(refusal(() => checkRulePoints(rule))).toBe('rule.points');
  });
});

describe('the options of a rule', () => {
  test.each<[string, RulePoints]>([
    ['none', list()],
    ['one alone', list(['本科', 500])],
    ['more than twenty', many(21)],
    ['two of one name', list(['本科', 500], ['本 科', 600])],
    ['one of nothing', list(['中职', 0], ['本科', 500])],
    ['some given and some taken', list(['好', 500], ['差', -500])],
  ])('%s is refused', (_, rule) => {
    expect(refusal(() => checkRulePoints(rule))).toBe('rule.options_incomplete');
  });

  const named = { ...schools, code: 'F3', title: '子女升学' };
  test.each([
    ['named', { option: '中职' }, { points: 300, option: '中职' }],
    ['told by its points', { points: 500 }, { points: 500, option: '本科' }],
    ['named, with its points', { option: '留学', points: 1000 }, { points: 1000, option: '留学' }],
  ])('a deed is one of them: %s', (_, said, worth) => {
    expect(worthOfDeed(named, said)).toEqual(worth);
  });

  test.each([
    ['neither named nor told', {}],
    ['points that no option has', { points: 400 }],
    ['points between two', { points: 750 }],
    ['points that two options have', { points: 1000 }],
    ['a name that no option has', { option: '高中' }],
    ['the points of another', { option: '中职', points: 500 }],
  ])('a deed is refused: %s', (_, said) => {
    expect(refusal(() => worthOfDeed(named, said))).toBe('rule.option_missing');
  });

  test('are no business of another rule', () => {
    const tidy = { ...fixed(500), code: 'A1', title: '庭院美' };
    expect(worthOfDeed(tidy, { option: '中职' })).toEqual({ points: 500, option: null });
  });
});

describe('the points of a deed', () => {
  test.each<[string, RulePoints, number | undefined, number]>([
    ['the rule’s own', fixed(500), undefined, 500],
    ['the rule’s own, said again', fixed(-200), -200, -200],
    ['the least of a range', range(300, 2000), 300, 300],
    ['the most of a range', range(300, 2000), 2000, 2000],
    ['three hours', hourly, 1500, 1500],
    ['an hour and a half', hourly, 750, 750],
    ['a judges’ average', judged, 1350, 1350],
    ['what was wrongly got, back', judged, -1500, -1500],
  ])('%s', (_, rule, given, points) => {
    expect(pointsFor(rule, given)).toBe(points);
  });

  test.each<[string, RulePoints, number | undefined]>([
    ['not the rule’s figure', fixed(500), 600],
    ['the other sign', fixed(500), -500],
    ['under the range', range(300, 2000), 299],
    ['over the range', range(300, 2000), 2001],
    ['a range left open', range(300, 2000), undefined],
    ['nothing', range(0, 500), 0],
    ['a third of an hour', hourly, 167],
    ['hours taken back', hourly, -500],
    ['more hours than allowed', { ...hourly, pointsMax: 2000 }, 2500],
    ['judged over all bounds', judged, POINTS_MOST + 1],
    ['judged at nothing', judged, undefined],
    ['words', nothing, 100],
  ])('refused: %s', (_, rule, given) => {
    expect(refusal(() => pointsFor(rule, given))).toBe('rule.points');
  });

  test('never pass the rule, whatever is given', () => {
    const rules = [fixed(500), range(300, 2000), range(-500, -100), hourly, judged];
    fc.assert(
      fc.property(fc.constantFrom(...rules), fc.integer({ min: -300_000, max: 300_000 }), (rule, given) => {
        if (refusal(() => pointsFor(rule, given)) !== null) return;
        const points = pointsFor(rule, given);
        expect(points).toBe(given);
        expect(points).not.toBe(0);
        expect(Math.abs(points)).toBeLessThanOrEqual(POINTS_MOST);
        if (rule.pointsMin !== null) expect(points).toBeGreaterThanOrEqual(rule.pointsMin);
        if (rule.pointsMax !== null) expect(points).toBeLessThanOrEqual(rule.pointsMax);
      }),
    );
  });
});

describe('what no rule may score', () => {
  test.each([
    ['无越级上访、缠访行为', 'petition'],
    ['当年无信 访记录', 'petition'],
    ['不信教不传教', 'faith'],
    ['不参加宗教活动', 'faith'],
    ['公共场合辱骂他人', 'speech'],
    ['微信群、朋友圈发布不当言论', 'speech'],
    ['违反计划生育政策', 'births'],
    ['生育三孩家庭', 'births'],
    ['No petition this year', 'petition'],
    ['没有越级反映问题', 'petition'],
    ['不打 12345', 'petition'],
    ['不信·教', 'faith'],
    ['不在网上抹黑村里', 'speech'],
    ['只生两孩', 'births'],
    ['乱倒垃圾罚款50元', 'fines'],
    ['毁林的没收工具', 'fines'],
    ['违约取消低保资格', 'welfare'],
    ['停发当年的高龄津贴', 'welfare'],
    ['惠农补贴暂停一年', 'welfare'],
    ['不交卫生费不给开证明', 'papers'],
    ['子女入学不予受理', 'papers'],
    ['扣减承包地分红', 'land'],
    ['违建户不批宅基地', 'land'],
    ['大操大办的禁止村民赴宴', 'banquets'],
    ['全村不参加他家红白事', 'banquets'],
  ])('%s: %s', (text, subject) => {
    expect(forbiddenSubject('村规民俗', text)).toBe(subject);
  });

  test.each([
    '会上发言或建议被采纳',
    '文明祭祀、按时段用火',
    '礼拜天参加村庄清洁日',
    '学生育苗劳动实践',
    '上门走访独居老人',
    '零彩礼、低彩礼办婚事',
    '子女升学：中职3/本科5/硕10/博20',
    '家庭成员被生效判决/行政拘留认定;虐待遗弃经认定;涉黄赌毒邪经公安认定',
    '喜事新办、按标准办席',
    '违约大操大办',
    '劝成他人取消铺张或超标彩礼',
    '为修路修渠让地、投工投劳',
    '为低保户、特困户送粮',
    '不分昼夜巡护土地',
    '家庭成员参军入伍',
    '帮老人办低保、补贴手续',
    '不参加赌博',
    '诚信教育、宣传教育',
    '加入教育培训',
    '晚上环境整治',
    '帮许多孩子补课',
    '晚上访问独居老人',
    '没收到通知的不算缺席',
  ])('%s may be scored', (text) => {
    expect(forbiddenSubject('乡风家风', text)).toBeNull();
  });
});
