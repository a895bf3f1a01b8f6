import { describe, expect, it } from 'vitest';
import { sayValue, type Speech } from '../../../client/desk/acts/act-values.ts';
import { concernInWords } from '../../../client/desk/approvals/concern-words.ts';
import approvalsChinese from '../../../client/desk/approvals/locales/zh-CN.ts';
import { capInWords, limitInWords, noteOf } from '../../../client/desk/rules/cap-words.ts';
import rulesEnglish from '../../../client/desk/rules/locales/en.ts';
import rulesChinese from '../../../client/desk/rules/locales/zh-CN.ts';
import { emptyRule, fillLimit, wrongIn } from '../../../client/desk/rules/rule-form.ts';
import { EMPTY_CAP } from '../../../client/desk/rules/typed-caps.ts';
import { fillBlanks, type Params } from '../../../client/i18n/fill-blanks.ts';
import { formatIn } from '../../../client/i18n/format.ts';
import meChinese from '../../../client/me/locales/zh-CN.ts';
import { limitText } from '../../../client/me/rule-words.ts';
import type { Concern } from '../../../shared/proposals/concerns.ts';
import { type Cap, CAP_PERIODS, CAP_SCOPES, capCode } from '../../../shared/rules/caps.ts';

const cap = (fields: Partial<Cap>): Cap => ({
  ...{ period: 'month', scope: 'household', times: null, points: null },
  ...fields,
});
const once = cap({ times: 1 });
const format = formatIn(() => 'zh-CN');

/** The words of these catalogues, and of no others. */
function wordsOf(...catalogues: readonly object[]) {
  const all = Object.assign({}, ...catalogues) as object;
  const t = (key: string, params: Params = {}) => {
    let found: unknown = all;
    for (const part of key.split('.')) found = (found as Record<string, unknown> | undefined)?.[part];
    if (typeof found !== 'string') throw new Error(`no words for ${key}`);
    return fillBlanks(found, params);
  };
  return { t };
}

const chinese = wordsOf(rulesChinese, approvalsChinese);
const english = wordsOf(rulesEnglish);
const speech: Speech = { ...chinese, format, language: 'zh-CN' };

describe('a cap in words', () => {
  it.each([
    [once, '每月最多 1 次', 'at most 1 time a month'],
    [
      cap({ period: 'year', scope: 'member', times: 2 }),
      '每人每年最多 2 次',
      'at most 2 times a year for each person',
    ],
    [
      cap({ period: 'ever', scope: 'event', points: 2000 }),
      '每件事一共最多 20 分',
      'at most 20 points in all for each event',
    ],
    [cap({ period: 'ever', times: 1 }), '一共最多 1 次', 'at most 1 time in all'],
    [
      cap({ period: 'week', times: 2, points: 450 }),
      '每周最多 2 次、4.5 分',
      'at most 2 times and 4.5 points a week',
    ],
  ])('names its period, its scope and its figures: %j', (one, zh, en) => {
    expect([capInWords(one, chinese, format), capInWords(one, english, format)]).toEqual([zh, en]);
  });

  it('has words for every period and every scope, at the desk and for a household', () => {
    const all = CAP_PERIODS.flatMap((period) => CAP_SCOPES.map((scope) => cap({ period, scope, times: 3 })));
    const atDesk = all.map((one) => capInWords(one, chinese, format));
    const atHome = all.map((one) => limitText(ownRule([one], ''), wordsOf(meChinese), format));
    for (const words of [atDesk, atHome]) expect(new Set(words).size).toBe(all.length);
  });

  it('stands beside others and beside a note', () => {
    const caps = [cap({ points: 400 }), cap({ period: 'year', points: 2000 })];
    const limitText = '清明等节点';
    expect(limitInWords({ caps, limitText: '' }, chinese, format)).toBe('每月最多 4 分；每年最多 20 分');
    expect(limitInWords({ caps, limitText }, chinese, format, { brief: true })).toBe(
      '每月最多 4 分；每年最多 20 分 · 清明等节点（仅说明）',
    );
    expect(limitInWords({ caps: [], limitText: '' }, chinese, format)).toBe('');
  });

  it('is said so of a rule that was changed', () => {
    const codes = [once, cap({ period: 'ever', scope: 'event', points: 2000 })].map(capCode);
    expect(sayValue('cap', codes, speech)).toBe('每月最多 1 次；每件事一共最多 20 分');
    expect(sayValue('cap', [], speech)).toBe('');
    expect(sayValue('cap', 'no code', speech)).toBe('no code');
  });

  it('is said to a household, or what the village wrote itself', () => {
    const caps = [cap({ times: 1, points: 400 }), cap({ period: 'year', scope: 'member', times: 2 })];
    const say = (of: readonly Cap[]) => limitText(ownRule(of, '每月前10%'), wordsOf(meChinese), format);
    expect([say(caps), say([])]).toEqual(['每月最多 1 次，每月最多 4 分；每人每年最多 2 次', '每月前10%']);
  });

  it('is said of a deed that passes it, with whom or what it counts', () => {
    const passed = (about: string | null): Concern => ({
      ...{ kind: 'over_cap', other: null, awards: null },
      cap: { figure: 'times', period: 'year', about, first: '', last: '', limit: 2, used: 2 },
    });
    const say = (about: string | null) => concernInWords(passed(about), chinese, format);
    expect([say('长子'), say(null)]).toEqual(['“长子”每年最多 2 次，已有 2 次', '每年最多 2 次，已有 2 次']);
  });
});

describe('what a rule says of its limit', () => {
  it.each([
    ['每月1次', [once]],
    ['每月一次', [once]],
    ['', [once]],
    ['不限', []],
    ['', []],
    ['年≤50(防“买分”)', [cap({ period: 'year', points: 5000 })]],
    ['每场1次', [cap({ period: 'ever', scope: 'event', times: 1 })]],
    ['每天,≤50/季', [cap({ period: 'quarter', points: 5000 }), cap({ period: 'day', times: 1 })]],
  ])('“%s” says what the caps say, and is no note', (written, caps) => {
    expect(noteOf({ limitText: written, caps })).toBe('');
  });

  it.each([
    ['每场1次', []],
    ['每月2次', [once]],
    ['每周1次', [once]],
    ['不限', [once]],
    ['每月1次', []],
    ['每月前10%', []],
    ['每天,≤50/季', [cap({ period: 'quarter', points: 5000 })]],
  ])('“%s” says something that nothing holds: a note', (written, caps) => {
    expect(noteOf({ limitText: written, caps })).toBe(written);
  });
});

describe('the limit of a rule that is written', () => {
  it('is filled in from its words, where they can be counted', () => {
    const form = { ...emptyRule(), limitText: '每季度最多 50 分', caps: [{ ...EMPTY_CAP, times: '3' }] };
    fillLimit(form);
    expect(form.caps).toEqual([{ period: 'quarter', scope: 'household', times: '', points: '50' }]);
    expect(wrongIn(form).caps).toBe(false);
    form.limitText = '按处,≤60/年';
    fillLimit(form);
    expect(form.caps).toEqual([
      { period: 'ever', scope: 'event', times: '1', points: '' },
      { period: 'year', scope: 'household', times: '', points: '60' },
    ]);
    form.limitText = '每月前10%';
    fillLimit(form);
    expect(form.caps).toEqual([]);
  });
});

function ownRule(caps: readonly Cap[], written: string): Parameters<typeof limitText>[0] {
  return {
    ...{ id: 'r', category: 'c', title: 't', drawing: '', caps, limitText: written },
    ...{ pointsMode: 'fixed', points: 100, pointsMin: null, pointsMax: null, perUnit: null },
    ...{ options: [], isFitForOld: false, reportedAs: [] },
  };
}
