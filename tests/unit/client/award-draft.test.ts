import { describe, expect, it } from 'vitest';
import {
  draftStore,
  emptyDraft,
  figureOf,
  figureSent,
  pointsEach,
} from '../../../client/desk/award/award-draft.ts';
import { wordsFor, wordsMissing, wordsSaid } from '../../../client/desk/award/deed-words.ts';
import type { DeviceTable } from '../../../client/device/device-table.ts';
import type { Cap } from '../../../shared/rules/caps.ts';
import type { Rule } from '../../../shared/rules/contract.ts';
import { settled } from '../../support/hand-api.ts';

const rule = (fields: Partial<Rule>): Rule => ({
  ...{
    id: 'r',
    code: 'A1',
    version: 1,
    effectiveFrom: '2026-01-01',
    decidedBy: null,
    decidedOn: null,
    filedOn: null,
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
    caps: [],
  },
  ...{ enabled: true, uses: 0, options: [], isPrivate: false, isFitForOld: false },
  ...fields,
});

const schools = rule({
  pointsMode: 'list',
  options: [
    { name: '中职', points: 300 },
    { name: '本科', points: 500 },
    { name: '留学', points: 500 },
  ],
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
    ['the points of the option that was chosen', schools, '留学', 500],
    ['none while no option is chosen', schools, '', null],
    ['none of an option that the rule no longer has', schools, '高中', null],
  ])('%s', (_, each, figure, expected) => {
    expect(pointsEach(each, figure)).toBe(expected);
  });
});

describe('the figure that is sent', () => {
  it.each([
    ['nothing where the rule has its own', rule({ points: 500 }), '', {}],
    ['points where the rule leaves them open', rule({ pointsMode: 'judged' }), '5', { points: 500 }],
    ['the name of the option beside its points', schools, '留学', { points: 500, option: '留学' }],
  ])('is %s', (_, each, figure, sent) => {
    expect(figureSent(each, 500, figure)).toEqual(sent);
  });

  it('stands in the form again when a deed came back', () => {
    expect(figureOf(schools, { points: 500, option: '留学' })).toBe('留学');
    expect(figureOf(schools, { points: 500, option: null })).toBe('');
    expect(figureOf(schools, { points: 500, option: '高中' })).toBe('');
    expect(figureOf(rule({ pointsMode: 'judged' }), { points: 750, option: null })).toBe('7.5');
  });
});

describe('the words of a deed', () => {
  const cap = (scope: Cap['scope']): Cap => ({ period: 'year', scope, times: 1, points: null });
  const both = rule({ caps: [cap('event'), cap('household'), cap('member')] });
  const typed = { member: ' 长子 ', event: '  ' };

  it('are asked for by the caps of its rule alone', () => {
    expect(wordsMissing(both, typed)).toEqual(['event']);
    expect(wordsMissing(both, { ...typed, event: '东头路口' })).toEqual([]);
    expect(wordsMissing(rule({ caps: [cap('household')] }), { member: '', event: '' })).toEqual([]);
  });

  it('are sent trimmed, without what was typed under another rule', () => {
    expect(wordsFor(both, typed)).toEqual({ member: '长子' });
    expect(wordsFor(rule({ caps: [cap('event')] }), typed)).toEqual({});
    expect(wordsFor(rule({}), typed)).toEqual({});
  });

  it('are shown as far as somebody said them', () => {
    expect(wordsSaid({ member: '长子', event: '东头路口' })).toEqual([
      ['member', '长子'],
      ['event', '东头路口'],
    ]);
    expect(wordsSaid({ member: null, event: null })).toEqual([]);
    expect(wordsSaid({ option: '本科', member: '长子', event: null })).toEqual([
      ['option', '本科'],
      ['member', '长子'],
    ]);
  });
});

describe('the draft', () => {
  it('is kept for one person of one village, until it is cleared', async () => {
    const table = memoryTable();
    const mine = draftStore('v', 'me', table);
    const households = [{ id: 'h', number: '001', head: '王明', group: '一组' }];
    const draft = { ...emptyDraft('2026-05-03'), ruleId: 'r', households };
    mine.save({ ...draft, note: 'the letters before' });
    mine.save({ ...draft, note: 'are' });
    mine.save(draft);
    await settled();
    expect(await draftStore('v', 'me', table).load()).toEqual(draft);
    for (const other of [draftStore('v', 'somebody else', table), draftStore('another', 'me', table)])
      expect(await other.load()).toBeNull();
    await mine.clear();
    expect(await mine.load()).toBeNull();
  });

  it('is not written again after it was cleared', async () => {
    const table = memoryTable();
    const mine = draftStore('v', 'me', table);
    mine.save(emptyDraft('2026-05-03'));
    mine.save(emptyDraft('2026-05-04'));
    await mine.clear();
    expect(await mine.load()).toBeNull();
  });

  it('is written as it is last, however often it changes while the disk is slow', async () => {
    const written: unknown[] = [];
    const disk: (() => void)[] = [];
    const table = {
      ...memoryTable(),
      async put(_: string, value: unknown) {
        written.push((value as { value: { note: string } }).value.note);
        await new Promise<void>((resolve) => disk.push(resolve));
        return true;
      },
    };
    const mine = draftStore('v', 'me', table);
    for (const note of ['a', 'ab', 'abc']) mine.save({ ...emptyDraft(''), note });
    while (disk.length > 0) {
      disk.shift()?.();
      await settled();
    }
    expect(written).toEqual(['a', 'abc']);
  });

  it.each([['words'], [{ version: 4, value: {} }], [{}]])(
    'that cannot be read is no draft: %j',
    async (kept) => {
      const table = memoryTable();
      await table.put('award.v.me', kept);
      expect(await draftStore('v', 'me', table).load()).toBeNull();
    },
  );
});

function memoryTable(): DeviceTable {
  const items = new Map<string, unknown>();
  return {
    put: (key, value) => Promise.resolve(items.set(key, value).has(key)),
    get: (key) => Promise.resolve(items.get(key) ?? null),
    drop(...keys) {
      for (const key of keys) items.delete(key);
      return Promise.resolve();
    },
  };
}
