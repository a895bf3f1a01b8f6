import type { CapPeriod, CapScope } from './caps.ts';
import { readChineseNumber } from '../chinese-number.ts';

/** The meaning of one part of a limit, once every word of it is understood. */
export interface PartReading {
  /** Null: nothing is said, and the household is meant. */
  readonly scope: CapScope | null;
  readonly period: CapPeriod | null;
  readonly figure: { readonly value: number; readonly unit: 'times' | 'points' | 'days' | null } | null;
  /** 最多, 不超过, 封顶, ≤ */
  readonly isAtMost: boolean;
}

const NUMBER = String.raw`\d{1,6}(?:\.\d{1,2})?|[一二两三四五六七八九十百]{1,5}`;
/** After the noun of what is counted comes one of these, or nothing. */
const GOES_ON = String.raw`(?=[每一二两三四五六七八九十百\d只仅就限最至顶不计记加算评扣累合以上封≤</为]|$)`;
const HAN = String.raw`\p{Script=Han}`;

const PERIOD_SIGNS: readonly [string, CapPeriod][] = [
  ['[天日]', 'day'],
  ['(?:周|星期)', 'week'],
  ['(?:个月|月度|月)', 'month'],
  ['(?:个季度|季度|个季|季)', 'quarter'],
  ['(?:年度|年)', 'year'],
];

const anchored = (pattern: string) => new RegExp(`^(?:${pattern})`, 'u');
/** 每月, 一个月, 当月, 按月, 全年, /月 */
const PERIODS = PERIOD_SIGNS.map(([sign, period]) => ({
  pattern: anchored(`(?:每一?|按|一|当|本|\\/)${sign}(?:度?[内里]|之内)?|全${sign}`),
  period,
}));
/** 月上限10, 年度内一次: at the beginning alone, because 三年 is none. */
const BARE_PERIODS = PERIOD_SIGNS.map(([sign, period]) => ({
  pattern: anchored(`${sign}(?:[内里])?(?=$|[限最至顶不累合≤<只上封评计记加一二两三四五六七八九十\\d])`),
  period,
}));

const PERSON = '(?:人|孩子?|子女|老人|老年人|成员|家庭成员|家人|学生|兵|军人|娃|青年|妇女|党员|志愿者)';
/** Bodies and times that a cap cannot count by. */
const NO_SCOPE = /组|村|屯|队|社区|学期|半|旬|届|户/u;
const SCOPES: readonly { readonly pattern: RegExp; readonly scope: CapScope }[] = [
  { pattern: anchored('[每按]户|每一户|一户'), scope: 'household' },
  { pattern: anchored(`[每按](?:个|位|名|一)?${PERSON}(?!次)${GOES_ON}`), scope: 'member' },
  { pattern: anchored(`每(?:位|名)${HAN}{1,4}?${GOES_ON}`), scope: 'member' },
  { pattern: anchored(`[每单]次(?:会议?|活动|培训|任务)${GOES_ON}`), scope: 'event' },
  {
    pattern: anchored(`[每按单](?:场次|场|处|件|项|事|证|例|批次|批|会)${HAN}{0,4}?${GOES_ON}`),
    scope: 'event',
  },
  // 一证一次, 一事一记
  { pattern: anchored('一[场处件项事证例批](?=一)'), scope: 'event' },
  { pattern: anchored(`每(?:对|条|块|片|个|批|间)${HAN}{1,4}?${GOES_ON}`), scope: 'event' },
  { pattern: anchored(`同一(?:个|场|件|处|条)?${HAN}{1,5}?${GOES_ON}`), scope: 'event' },
];

const AT_MOST = anchored(
  '≤|<=|不(?:得|能|可)?(?:超过|高于|多于|大于)|[最至顶]多|最高|上限为?|封顶为?|以内|为限|以下|限',
);
/** Words around a figure that limit nothing by themselves. */
const FILLERS = anchored('加分|扣分|得分|[计记]分|累计|合计|总计|总共|[只仅就可能加扣得记计算评给以共:]');
const TIMES = anchored(`(${NUMBER})(?:次|回|趟|遍|班)`);
/** 一月一评, 一事一记 */
const ONCE = anchored('一[评记]$');
const DAYS = anchored(`(${NUMBER})天`);
const POINTS = anchored(`(${NUMBER})分`);
const PLAIN = anchored(String.raw`(\d{1,6}(?:\.\d{1,2})?)(?=$|\/|为限)`);

interface Draft {
  scopes: CapScope[];
  periods: CapPeriod[];
  figures: NonNullable<PartReading['figure']>[];
  isAtMost: boolean;
}

/** Reads one part word by word; null where a word is not understood or two of them do not fit together. */
export function readPart(text: string): PartReading | null {
  const draft: Draft = { scopes: [], periods: [], figures: [], isAtMost: false };
  for (let rest = text; rest !== '';) {
    const length = takeWord(rest, draft, rest === text);
    if (length === 0) return null;
    rest = rest.slice(length);
  }
  const { periods, figures, isAtMost } = draft;
  const scope = scopeOf(draft.scopes);
  if (periods.length > 1 || figures.length > 1 || scope === undefined) return null;
  return { scope, period: periods[0] ?? null, figure: figures[0] ?? null, isAtMost };
}

/** A deed of a household about an event is counted by event; by event and member at once nothing is counted. */
function scopeOf(scopes: readonly CapScope[]): CapScope | null | undefined {
  const narrow = [...new Set(scopes.filter((scope) => scope !== 'household'))];
  if (narrow.length > 1) return undefined;
  return narrow[0] ?? scopes[0] ?? null;
}

/** Takes the word that stands first, and answers its length; 0 where it is not understood. */
function takeWord(rest: string, draft: Draft, isFirst: boolean): number {
  for (const { pattern, period } of [...PERIODS, ...(isFirst ? BARE_PERIODS : [])]) {
    const found = pattern.exec(rest);
    if (found) return took(found, () => draft.periods.push(period));
  }
  return takeScope(rest, draft) || takeFigure(rest, draft) || takeRest(rest, draft);
}

function takeScope(rest: string, draft: Draft): number {
  for (const { pattern, scope } of SCOPES) {
    const found = pattern.exec(rest);
    if (found && (scope === 'household' || !NO_SCOPE.test(found[0])))
      return took(found, () => draft.scopes.push(scope));
  }
  return 0;
}

function takeFigure(rest: string, draft: Draft): number {
  const figure = (pattern: RegExp, unit: 'times' | 'points' | 'days' | null) => {
    const found = pattern.exec(rest);
    const value = found ? readChineseNumber(found[1] ?? '一') : null;
    return found && value !== null ? took(found, () => draft.figures.push({ value, unit })) : 0;
  };
  return (
    figure(TIMES, 'times') ||
    figure(ONCE, 'times') ||
    figure(POINTS, 'points') ||
    figure(DAYS, 'days') ||
    figure(PLAIN, null)
  );
}

function takeRest(rest: string, draft: Draft): number {
  const most = AT_MOST.exec(rest);
  if (most) return took(most, () => (draft.isAtMost = true));
  const filler = FILLERS.exec(rest);
  return filler ? filler[0].length : 0;
}

function took(found: RegExpExecArray, note: () => void): number {
  note();
  return found[0].length;
}
