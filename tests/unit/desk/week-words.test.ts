import { describe, expect, it } from 'vitest';
import { formatIn } from '../../../client/i18n/format.ts';
import { shortDaysIn } from '../../../client/i18n/useShortDays.ts';
import chinese from '../../../client/desk/share/locales/zh-CN.ts';
import {
  type Board,
  messageOf,
  speechOf,
  type Voice,
  weekWords,
} from '../../../client/desk/share/week-words.ts';

const voice: Voice = {
  t: (key, params = {}) =>
    String(
      key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], chinese),
    ).replace(/\{(\w+)\}/g, (_, name: string) => String(params[name])),
  format: formatIn(() => 'zh-CN'),
  shortDays: shortDaysIn(() => 'zh-CN'),
};

const DEED = {
  // It hung on a notice for some days.
  day: '2026-11-20',
  bookedOn: '2026-11-27',
  category: '乡风家风',
  drawing: 'handshake',
  points: 300,
  groups: ['第三组'],
};

function boardOf(some: Partial<Board>): Board {
  return {
    village: { id: 'v', name: '积善村', town: '古旦镇', shopHours: '周三、周六' },
    goods: [],
    deeds: [],
    notices: [],
    workdays: [],
    weekFrom: '2026-11-24',
    month: { households: 0, awarded: 0, pieces: 0 },
    rules: [],
    thanks: [],
    coverRatioPercent: null,
    book: null,
    unsigned: null,
    people: null,
    ...some,
  };
}

describe('the week in words', () => {
  const deeds: Board['deeds'] = [
    { ...DEED, title: '上夜校', households: 1, names: ['王*明'] },
    { ...DEED, title: '清理河道', households: 39, names: ['万*东'] },
    { ...DEED, title: '很久以前的事', bookedOn: '2026-11-23', households: 50, names: [] },
  ];
  const item = {
    id: 'g',
    category: '日用',
    unit: '床',
    price: 6000,
    pictureId: null,
    drawing: 'quilt',
    stock: 3,
    available: true,
  };

  it('puts the deed of most households first, leaves out earlier weeks, and says hours, news and thanks', () => {
    const goods: Board['goods'] = [
      { ...item, name: '棉被', isNew: true },
      { ...item, name: '雨鞋', isNew: true, available: false, stock: 0 },
      { ...item, name: '锄头', isNew: false },
    ];
    const thanks = [
      { donor: '县工会', goods: ['棉被'], day: '2026-11-26' },
      { donor: '上月的人', goods: ['棉被'], day: '2026-10-26' },
    ];
    expect(messageOf(weekWords(boardOf({ deeds, goods, thanks }), voice)).split('\n')).toEqual([
      '积善村 这一周的好事（11月24日到11月30日）',
      '· 清理河道：第三组 39 户，每户 +3 分',
      '· 上夜校：第三组 王*明，+3 分',
      '',
      '爱心超市开门：周三、周六',
      '超市新到：棉被',
      '谢谢 县工会 给爱心超市捐东西。',
      '积善之家，必有余庆。',
    ]);
  });

  it('names nobody aloud', () => {
    const speech = speechOf(boardOf({ deeds }), voice);
    expect(speech).toContain('第三组有 39 户人家，清理河道，每户加了 3 分。');
    expect(speech).toContain('第三组有一户人家，上夜校，加了 3 分。');
    expect(speech).not.toMatch(/\*|王|万/);
  });

  it('says ten deeds at most, and how many more there are', () => {
    const many = Array.from({ length: 13 }, (_, at) => ({
      ...DEED,
      title: `好事${String(at)}`,
      households: 20 - at,
      groups: ['一组', '二组'],
      names: [],
    }));
    const { deeds: lines } = weekWords(boardOf({ deeds: many }), voice);
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('好事0：20 户，每户 +3 分');
    expect(lines.at(-1)).toBe('还有 3 件好事，公示屏上都有。');
  });
});
