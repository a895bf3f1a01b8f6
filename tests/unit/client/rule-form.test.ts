import { describe, expect, it } from 'vitest';
import { EMPTY_CAP, faultOf, typedCap, type TypedCap } from '../../../client/desk/rules/typed-caps.ts';
import { bodyOf, emptyRule, formOf, wrongIn, type RuleForm } from '../../../client/desk/rules/rule-form.ts';
import {
  EMPTY_OPTIONS,
  faultOfOption,
  typedOption,
  withAnother,
} from '../../../client/desk/rules/typed-options.ts';

const form = (fields: Partial<RuleForm>): RuleForm => ({
  ...emptyRule(),
  ...{ code: 'A1', category: '五美家庭', title: '庭院美', points: '+5' },
  ...fields,
});

const option = (name: string, points: string) => ({ name, points });

const typed = (fields: Partial<TypedCap>): TypedCap => ({ ...EMPTY_CAP, ...fields });

describe('a rule as it is typed', () => {
  it('is sent in hundredths, without the figures its mode does not use', () => {
    const body = bodyOf(form({ pointsMode: 'perUnit', points: '2.5', perUnit: ' 小时 ', pointsMin: '9' }));
    expect(body).toMatchObject({ points: 250, perUnit: '小时', pointsMin: null, pointsMax: null });
    expect(bodyOf(form({ pointsMode: 'none' }))).toMatchObject({ points: null, perUnit: null });
  });

  it('is sent with its caps, each figure read', () => {
    const caps = [typed({ times: ' 2 ' }), typed({ period: 'year', scope: 'member', points: '２０．５' })];
    expect(bodyOf(form({ caps })).caps).toEqual([
      { period: 'month', scope: 'household', times: 2, points: null },
      { period: 'year', scope: 'member', times: null, points: 2050 },
    ]);
    expect(bodyOf(form({ caps })).caps.map(typedCap)).toEqual([
      typed({ times: '2' }),
      typed({ period: 'year', scope: 'member', points: '20.5' }),
    ]);
  });

  it('is sent with its options, each figure read, and without them where its points are no list', () => {
    const options = [
      { name: ' 中职 ', points: '3' },
      { name: '本科', points: '＋５．５' },
    ];
    const body = bodyOf(form({ pointsMode: 'list', options }));
    expect(body).toMatchObject({ points: null, pointsMin: null, pointsMax: null, perUnit: null });
    expect(body.options).toEqual([
      { name: '中职', points: 300 },
      { name: '本科', points: 550 },
    ]);
    expect(body.options?.map(typedOption)).toEqual([
      { name: '中职', points: '3' },
      { name: '本科', points: '5.5' },
    ]);
    expect(bodyOf(form({ options })).options).toEqual([]);
  });

  it('keeps its marks, and begins without any', () => {
    expect(bodyOf(form({}))).toMatchObject({ isPrivate: false, isFitForOld: false });
    const marked = bodyOf(form({ isPrivate: true, isFitForOld: true }));
    expect(marked).toMatchObject({ isPrivate: true, isFitForOld: true });
    const known = { options: [], isPrivate: false, isFitForOld: false };
    const facts = { effectiveFrom: '2027-12-01', decidedBy: null, decidedOn: null, filedOn: null };
    const shown = formOf({ ...known, ...marked, ...facts, id: 'r', version: 1 });
    expect([shown.isPrivate, shown.isFitForOld, shown.options]).toEqual([true, true, EMPTY_OPTIONS]);
  });

  it.each([
    ['nothing', form({}), []],
    [
      'nothing, where it names several',
      form({ pointsMode: 'list', points: '', options: [option('中职', '3'), option('本科', '5')] }),
      [],
    ],
    ['options that are not written', form({ pointsMode: 'list' }), ['options']],
    ['one option alone', form({ pointsMode: 'list', options: [option('中职', '3')] }), ['options']],
    ['no option at all', form({ pointsMode: 'list', options: [] }), ['options']],
    ['a figure of zero', form({ points: '0' }), ['points']],
    ['a unit left out', form({ pointsMode: 'perUnit' }), ['perUnit']],
    [
      'bounds the wrong way round',
      form({ pointsMode: 'range', pointsMin: '20', pointsMax: '3' }),
      ['bounds'],
    ],
    ['a cap of nothing', form({ caps: [EMPTY_CAP] }), ['caps']],
    ['half a time', form({ caps: [typed({ times: '1.5' })] }), ['caps']],
    ['a second cap without a figure', form({ caps: [typed({ times: '1' }), EMPTY_CAP] }), ['caps']],
    ['what points may not judge', form({ title: '参加宗教活动' }), ['subject']],
    ['an empty rule', emptyRule(), ['code', 'category', 'title', 'points']],
  ])('is wrong about %s', (_, typed, expected) => {
    const wrong = Object.entries(wrongIn(typed)).flatMap(([name, isWrong]) => (isWrong ? [name] : []));
    expect(wrong).toEqual(expected);
  });
});

describe('an option as it is typed', () => {
  const first = option('中职', '3');

  it.each([
    ['right', [first, option('本科', '5')], 1, null],
    ['right with the points of another', [first, option('技校', '3')], 1, null],
    ['wrong without a name', [first, option(' ', '5')], 1, 'name'],
    ['wrong with the name of an earlier one', [first, option('中 职', '5')], 1, 'twin'],
    ['wrong without points', [first, option('本科', '')], 1, 'points'],
    ['wrong with points of nothing', [first, option('本科', '0')], 1, 'points'],
    ['wrong with words for points', [first, option('本科', 'five')], 1, 'points'],
    ['wrong where it takes and the first gives', [first, option('辍学', '-5')], 1, 'sign'],
    ['right as the first of two that differ', [first, option('辍学', '-5')], 0, null],
    ['nothing where there is none', [first], 1, null],
  ] as const)('is %s', (_, options, index, fault) => {
    expect(faultOfOption(options, index)).toBe(fault);
  });

  it('is added empty, after the others', () => {
    expect(withAnother([first])).toEqual([first, option('', '')]);
  });
});

describe('a cap as it is typed', () => {
  const once = typed({ times: '1' });

  it.each([
    ['right with one figure', [once], 0, null],
    ['right with both', [typed({ times: '1', points: '2.5' })], 0, null],
    ['wrong without any', [typed({ times: ' ' })], 0, 'nothing'],
    ['wrong with no times', [typed({ times: '0' })], 0, 'times'],
    ['wrong with more than a thousand', [typed({ times: '1001' })], 0, 'times'],
    ['wrong with points below zero', [typed({ points: '-4' })], 0, 'points'],
    ['wrong with words for points', [typed({ times: '1', points: 'four' })], 0, 'points'],
    ['wrong as the second that counts the same', [once, typed({ points: '4' })], 1, 'twin'],
    ['right as the first of two that count the same', [once, typed({ points: '4' })], 0, null],
    ['right beside one of another scope', [once, typed({ scope: 'event', times: '1' })], 1, null],
    ['right beside one of another period', [once, typed({ period: 'ever', times: '1' })], 1, null],
  ] as const)('is %s', (_, caps, index, fault) => {
    expect(faultOf(caps, index)).toBe(fault);
  });
});
