import { describe, expect, it } from 'vitest';
import { bodyOf, emptyRule, wrongIn, type RuleForm } from '../../../client/desk/rules/rule-form.ts';

const form = (fields: Partial<RuleForm>): RuleForm => ({
  ...emptyRule(),
  ...{ code: 'A1', category: '五美家庭', title: '庭院美', points: '+5' },
  ...fields,
});

describe('a rule as it is typed', () => {
  it('is sent in hundredths, without the figures its mode does not use', () => {
    const body = bodyOf(form({ pointsMode: 'perUnit', points: '2.5', perUnit: ' 小时 ', pointsMin: '9' }));
    expect(body).toMatchObject({ points: 250, perUnit: '小时', pointsMin: null, pointsMax: null });
    expect(bodyOf(form({ pointsMode: 'none' }))).toMatchObject({ points: null, perUnit: null });
    expect(bodyOf(form({ limitPeriod: 'month', limitTimes: '2' }))).toMatchObject({
      limitPeriod: 'month',
      limitTimes: 2,
      limitPoints: null,
    });
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
    ['a limit of nothing', form({ limitPeriod: 'month' }), ['limit']],
    ['half a time', form({ limitPeriod: 'month', limitTimes: '1.5' }), ['limit']],
    ['what points may not judge', form({ title: '参加宗教活动' }), ['subject']],
    ['an empty rule', emptyRule(), ['code', 'category', 'title', 'points']],
  ])('is wrong about %s', (_, typed, expected) => {
    const wrong = Object.entries(wrongIn(typed)).flatMap(([name, isWrong]) => (isWrong ? [name] : []));
    expect(wrong).toEqual(expected);
  });
});
