import { describe, expect, it } from 'vitest';
import { draftStore, emptyDraft, pointsEach } from '../../../client/desk/award/draft.ts';
import type { Rule } from '../../../shared/contract/rules.ts';

const rule = (fields: Partial<Rule>): Rule => ({
  ...{
    id: 'r',
    code: 'A1',
    version: 1,
    category: 'c',
    title: 't',
    pointsMode: 'fixed',
    points: null,
    pointsMin: null,
  },
  ...{
    pointsMax: null,
    perUnit: null,
    proposer: '',
    evidence: '',
    limitText: '',
    limitPeriod: null,
    limitTimes: null,
  },
  ...{ limitPoints: null, enabled: true, uses: 0 },
  ...fields,
});

describe('points of one household', () => {
  it.each([
    ['a fixed rule needs no figure', rule({ points: 500 }), '', 500],
    [
      'hours are multiplied, halves included',
      rule({ pointsMode: 'perUnit', points: 500, perUnit: '小时' }),
      '2.5',
      1250,
    ],
    ['a quantity is never negative', rule({ pointsMode: 'perUnit', points: 500 }), '-1', null],
    ['no fraction of a hundredth', rule({ pointsMode: 'perUnit', points: 33 }), '0.5', null],
    ['within the range', rule({ pointsMode: 'range', pointsMin: 300, pointsMax: 2000 }), '12.5', 1250],
    ['above the range', rule({ pointsMode: 'range', pointsMin: 300, pointsMax: 2000 }), '21', null],
    [
      'a range that takes away takes a plain figure',
      rule({ pointsMode: 'range', pointsMin: -1000, pointsMax: -200 }),
      '5',
      -500,
    ],
    ['what judges decided', rule({ pointsMode: 'judged' }), '７．５', 750],
    ['nothing typed yet', rule({ pointsMode: 'judged' }), '', null],
    ['zero is no award', rule({ pointsMode: 'judged' }), '0', null],
  ])('%s', (_, each, figure, expected) => {
    expect(pointsEach(each, figure)).toBe(expected);
  });
});

describe('the draft', () => {
  it('is kept for one person of one village, until it is cleared', () => {
    const storage = memoryStorage();
    const mine = draftStore('v', 'me', storage);
    const draft = {
      ...emptyDraft('2026-05-03'),
      ruleId: 'r',
      households: [{ id: 'h', number: '001', head: '王明', group: '一组' }],
    };
    mine.save(draft);
    expect(draftStore('v', 'me', storage).load()).toEqual(draft);
    expect(draftStore('v', 'somebody else', storage).load()).toBeNull();
    expect(draftStore('another', 'me', storage).load()).toBeNull();
    mine.clear();
    expect(mine.load()).toBeNull();
  });

  it('that cannot be read is no draft', () => {
    const storage = memoryStorage();
    storage.setItem('jishan.award.v.me', '{"version":0');
    expect(draftStore('v', 'me', storage).load()).toBeNull();
    storage.setItem('jishan.award.v.me', '{"version":0,"value":{}}');
    expect(draftStore('v', 'me', storage).load()).toBeNull();
  });
});

function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    length: 0,
    key: () => null,
    clear: () => items.clear(),
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  };
}
