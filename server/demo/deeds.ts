import {
  type Cap,
  countsTogether,
  type DeedWords,
  NO_WORDS,
  passedFigure,
  periodOf,
} from '../../shared/rules/caps.ts';
import type { DemoDay } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { Scene, StoryHousehold } from './world.ts';

/** A deed to be proposed: under which rule, for whom. */
export interface Deed {
  readonly code: string;
  readonly householdIds: readonly string[];
  readonly note: string;
  /** Given if the rule leaves the figure open; hundredths. */
  readonly points?: number;
  /** Given if a cap of the rule counts by it. */
  readonly event?: string;
  /** Today when left out. */
  readonly effectiveOn?: string;
}

/** A deed that happens again and again: how many households do it on a day, and what is noted. */
interface Habit {
  readonly code: string;
  readonly count: (day: DemoDay, dice: Dice) => number;
  /** One group of the village, in turn, instead of anybody. */
  readonly inOneGroup?: boolean;
  readonly notes?: readonly string[];
  readonly points?: Figure;
  /** Says what a deed of this day is about, where a cap of the rule counts by that. */
  readonly event?: (day: DemoDay) => string;
}

/** The points that are given under a rule that leaves them open, in hundredths. */
interface Figure {
  readonly most: number;
  roll(dice: Dice): number;
}

const SATURDAY = 6;
const SUNDAY = 0;
const [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY] = [1, 2, 3, 4, 5];

function on(isDay: (day: DemoDay) => boolean, least: number, most: number): Habit['count'] {
  return (day, dice) => (isDay(day) ? dice.between(least, most) : 0);
}

/** Once in `days` days, at random. */
function onceIn(days: number): Habit['count'] {
  return (_, dice) => (dice.below(days) === 0 ? 1 : 0);
}

const isHarvest = ({ month, date }: DemoDay) => (month === 6 && date <= 20) || (month === 10 && date <= 25);
const isQuarterEnd = (day: DemoDay) => day.isMonthEnd && day.month % 3 === 0;

const HABITS: readonly Habit[] = [
  {
    code: 'A1',
    count: on(({ date }) => date >= 8 && date <= 15, 9, 14),
    inOneGroup: true,
    notes: ['评委三人打分', '本月庭院美评比', ''],
  },
  { code: 'A6', count: on(({ date }) => date === 25, 8, 12), notes: ['垃圾分类抽查达标'] },
  { code: 'A8', count: on(({ isMonthEnd }) => isMonthEnd, 4, 6), notes: ['月度清洁之星'] },
  { code: 'A9', count: on(isQuarterEnd, 3, 4), notes: ['季度最美庭院评议'] },
  { code: 'A7', count: on(({ weekday }) => weekday === MONDAY, 1, 3), notes: ['农膜交回', '农药瓶交回收点'] },
  { code: 'C2', count: on(({ date }) => date === 20, 6, 9), inOneGroup: true, notes: ['门前三包抽查'] },
  {
    code: 'D1',
    count: on(({ weekday }) => weekday === SATURDAY, 5, 9),
    inOneGroup: true,
    notes: ['村庄清洁日', '清扫主街', ''],
  },
  {
    code: 'D4',
    count: on(({ weekday }) => weekday === WEDNESDAY, 1, 3),
    notes: ['上门送餐', '给老人理发', '量血压'],
  },
  { code: 'D5', count: on(({ weekday }) => weekday === SUNDAY, 1, 2), notes: ['辅导作业', '讲故事'] },
  { code: 'D6', count: on(({ isMarket }) => isMarket, 1, 1), notes: ['超市值班半天'] },
  { code: 'D10', count: on(({ weekday }) => weekday === FRIDAY, 1, 3), notes: ['清理东渠', '捡河道垃圾'] },
  {
    code: 'D13',
    count: on(({ weekday }) => weekday === THURSDAY, 0, 2),
    notes: ['教老人视频通话', '代查积分'],
  },
  { code: 'D2', count: on(({ weekday }) => weekday === FRIDAY, 1, 2), notes: ['夜间巡防一班'] },
  {
    code: 'B9',
    count: (day, dice) => (dice.percent(isHarvest(day) ? 70 : 35) ? dice.between(1, 2) : 0),
    notes: ['农忙帮工', '搭手看孩子', '帮忙卸粮'],
  },
  { code: 'B11', count: onceIn(8), notes: ['帮独居老人修屋顶', '代买代送'] },
  { code: 'B8', count: onceIn(24), notes: ['拾到手机交还失主', '拾到钱包'] },
  {
    code: 'B5',
    count: onceIn(30),
    notes: ['喜事新办，按标准办席'],
    event: ({ month, date }) => `${month}月${date}日喜宴`,
  },
  {
    code: 'C4',
    count: on(({ month, date }) => (month === 6 || month === 10) && date === 18, 10, 14),
    notes: ['秸秆离田'],
  },
  { code: 'C6', count: onceIn(20), notes: ['修渠投工一天'] },
  { code: 'C7', count: on(({ festival }) => festival === '清明节', 12, 16), notes: ['鲜花祭扫'] },
  {
    code: 'D3',
    count: (day, dice) => (day.month <= 4 || day.month >= 11 || isHarvest(day) ? onceIn(6)(day, dice) : 0),
    notes: ['禁烧值守', '防火值守'],
  },
  { code: 'D7', count: on(({ festival }) => festival !== null, 4, 7), notes: ['节日文艺演出'] },
  { code: 'D8', count: on(({ date }) => date === 17, 1, 3), notes: ['反诈宣传', '移风易俗入户宣传'] },
  { code: 'B2', count: on(({ festival }) => festival === '重阳节', 3, 3), notes: ['敬老爱亲之星'] },
  { code: 'E1', count: on(({ date }) => date === 16, 12, 16), notes: ['院坝会签到'] },
  { code: 'E2', count: on(({ date }) => date === 16, 1, 2), notes: ['建议安路灯，被采纳', '提出错峰浇地'] },
  { code: 'E7', count: on(({ date }) => date === 15, 2, 3), notes: ['担任评议员'] },
  { code: 'E4', count: onceIn(7), notes: ['上报路灯不亮', '上报水管漏水', '上报路面塌陷'] },
  { code: 'E5', count: onceIn(15), notes: ['义务修水泵', '帮集体浇地'] },
  {
    code: 'E6',
    count: onceIn(40),
    notes: ['捐赠给爱心超市'],
    points: { most: 2000, roll: (dice) => dice.between(1, 4) * 500 },
  },
  {
    code: 'F1',
    count: on(({ weekday, date }) => weekday === TUESDAY && date % 2 === 0, 5, 8),
    notes: ['夜校：果树修剪', '夜校：电商', '夜校：急救'],
  },
  { code: 'F6', count: on(({ weekday }) => weekday === SUNDAY, 1, 1), notes: ['农家书屋值守'] },
  {
    code: 'F3',
    count: (day, dice) => (day.month === 8 ? onceIn(10)(day, dice) : 0),
    notes: ['看过录取通知书'],
    points: { most: 1000, roll: (dice) => dice.pick([300, 500, 1000]) },
  },
  {
    code: 'H1',
    count: onceIn(45),
    notes: ['看过奖状', '证书已核对'],
    points: { most: 1500, roll: (dice) => dice.pick([1000, 1500]) },
    event: ({ month }) => `${month}月表彰`,
  },
  {
    code: 'N1',
    count: onceIn(9),
    notes: ['门口堆料，提醒两次未改'],
    event: ({ weekday }) => (weekday % 2 === 0 ? '门口' : '西墙根'),
  },
  { code: 'N2', count: onceIn(15), notes: ['污水泼到村道'] },
  { code: 'N4', count: onceIn(17), notes: ['散养鸡毁了邻居菜地'] },
  { code: 'N3', count: (day, dice) => (isHarvest(day) ? onceIn(12)(day, dice) : 0), notes: ['焚烧秸秆'] },
];

/** The deeds of today and the households that did them, within what the rule allows in its period. */
export function deedsOfDay({ world, today }: Scene, limits: DeedLimits): Deed[] {
  const { dice, households } = world;
  const groups = Array.from(new Set(households.map(({ group }) => group)));
  return HABITS.flatMap(({ code, count, inOneGroup, notes, points, event }) => {
    const wanted = count(today, dice);
    const rule = world.rules.get(code);
    if (wanted === 0 || !rule?.enabled) return [];
    const about = event && { event: event(today) };
    const group = inOneGroup ? groups[today.date % groups.length] : undefined;
    const able = households.filter(
      (household) =>
        (group === undefined || household.group === group) &&
        limits.allow(rule, household, { ...NO_WORDS, ...about, points: points?.most ?? rule.points ?? 0 }),
    );
    const doers = dice.draw(able, wanted);
    if (doers.length === 0) return [];
    const given = points?.roll(dice);
    limits.count(code, doers, { ...NO_WORDS, ...about, points: given ?? rule.points ?? 0 });
    const note = notes === undefined ? '' : dice.pick(notes);
    return [
      {
        code,
        householdIds: doers.map(({ id }) => id),
        note,
        ...about,
        ...(given === undefined ? {} : { points: given }),
      },
    ];
  });
}

/**
 * Tracks what the rule book allows each household, so that the story reads like a village that keeps to it. It
 * remembers everything that was proposed, also what came back. The services of server/proposals, which propose and
 * approve, therefore never find more than it does.
 */
export class DeedLimits {
  private readonly done = new Map<string, (Doing & { readonly day: string })[]>();
  private today = '';

  begin({ day }: DemoDay): void {
    this.today = day;
  }

  /** Whether such a deed fits under the caps of the rule as it is today. */
  allow(
    { code, caps }: { readonly code: string; readonly caps: readonly Cap[] },
    { id }: StoryHousehold,
    doing: Doing,
  ): boolean {
    return caps.every((cap) => {
      const { first, last } = periodOf(this.today, cap.period);
      const deeds = (this.done.get(`${code} ${id}`) ?? [])
        .filter(({ day }) => day >= first && day <= last)
        .filter((one) => countsTogether(cap.scope, one, doing));
      const points = deeds.reduce((sum, deed) => sum + Math.abs(deed.points), 0);
      return passedFigure(cap, { times: deeds.length, points }, doing.points) === null;
    });
  }

  count(code: string, households: readonly StoryHousehold[], doing: Doing): void {
    for (const { id } of households) this.countOn(this.today, code, id, doing);
  }

  /** Counts a deed that came in another way: by a round, an event or a report. */
  countOn(day: string, code: string, householdId: string, doing: Doing): void {
    const key = `${code} ${householdId}`;
    this.done.set(key, [...(this.done.get(key) ?? []), { day, ...doing }]);
  }
}

interface Doing extends DeedWords {
  /** Hundredths, signed. */
  readonly points: number;
}
