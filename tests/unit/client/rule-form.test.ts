import { describe, expect, it } from 'vitest';
import { EMPTY_CAP, faultOf, typedCap, type TypedCap } from '../../../client/desk/rules/typed-caps.ts';
import { bodyOf, emptyRule, wrongIn, type RuleForm } from '../../../client/desk/rules/rule-form.ts';

const form = (fields: Partial<RuleForm>): RuleForm => ({
  ...emptyRule(),
  ...{ code: 'A1', category: '五美家庭', title: '庭院美', points: '+5' },
  ...fields,
});

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

  it.each([
    ['nothing', form({}), []],
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
