import { parseHundredths } from '../points.ts';
import { type Cap, type CapPeriod, CAPS_MOST, type CapScope } from './caps.ts';

export interface LimitText {
  readonly caps: readonly Cap[];
  /** Whether the caps say all that the words say. Otherwise the words are a note beside them, which nothing keeps. */
  readonly isWhole: boolean;
}

type Figures = Pick<Cap, 'times' | 'points'>;

const FIGURE = String.raw`\d{1,6}(?:\.\d{1,2})?`;
const AT_MOST = '(?:≤|<=|不超过|最多|上限)';
const COUNTS = '一二三四五六七八九十';
/** Words that limit nothing. */
const UNLIMITED = /^(?:|不限|不限次数|无限制|无|每次|[-–—/]+)$/;
/** The highest of several awards for one thing counts: one deed. The other words only repeat it. */
const HIGHEST_ONLY = /^同一(?:事项|件事|事|荣誉|奖项)?取(?:最)?高(?:分|者|项)?$/;
const REPEATS_HIGHEST = /^不(?:累加|累计|重复计分|重复)$/;

const PERIODS: readonly [RegExp, CapPeriod][] = [
  [/^(?:每|按|一)?[天日]$/, 'day'],
  [/^(?:每|按|一)?(?:周|星期)$/, 'week'],
  [/^(?:每|按)?(?:个?月|月度)$/, 'month'],
  [/^(?:每|按|一)?(?:个?季|季度)$/, 'quarter'],
  [/^(?:每|按|一)?(?:年|年度)$/, 'year'],
];

const SCOPES: readonly [RegExp, CapScope][] = [
  [/^[每按]户/, 'household'],
  [/^[每按](?:人|名|个?孩子?|个?子女|个?成员|名?家庭成员)(?!次)/, 'member'],
  [/^[每按](?:场|处|件|项|事|证|例)/, 'event'],
];

/**
 * Reads a limit as people write it: 每月1次, 每户每月一次, 每月≤4, 每季, ≤50/季, 每场1次, 每人每年2次, 按处. "≤" caps points, "次" counts times.
 * Several limits all hold (每天,≤50/季). Limits that cannot be counted (每月前10%, 值守期) stay words.
 */
export function readLimitText(written: string): LimitText {
  const parts = written
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .split(/[,，;；、]/)
    .map((part) => part.replace(/\s/g, ''));
  const isHighest = parts.some((part) => HIGHEST_ONLY.test(part));
  const read = parts.map((part) => ({ part, cap: capOfPart(part) }));
  const isSaid = ({ part, cap }: (typeof read)[number]) =>
    cap !== null || UNLIMITED.test(part) || (isHighest && REPEATS_HIGHEST.test(part));
  const caps = together(read.flatMap(({ cap }) => cap ?? []));
  return { caps: caps.slice(0, CAPS_MOST), isWhole: read.every(isSaid) && caps.length <= CAPS_MOST };
}

function capOfPart(text: string): Cap | null {
  if (HIGHEST_ONLY.test(text)) return { period: 'ever', scope: 'event', times: 1, points: null };
  const [pattern, scope] = SCOPES.find(([one]) => one.test(text)) ?? [null, 'household' as const];
  const rest = pattern === null ? text : text.replace(pattern, '');
  // 按处, 每场: one each. “每户” alone says nothing.
  const bare = pattern !== null && (rest === '' || /^次$/.test(rest));
  if (bare) return scope === 'household' ? null : { period: 'ever', scope, times: 1, points: null };
  const limit = readLimit(rest, pattern !== null);
  if (limit === null || limit.times === 0 || limit.points === 0) return null;
  return { period: limit.period, scope, times: limit.times, points: limit.points };
}

/** `mayLast`: words that name no period may mean for ever, because they say of what. */
function readLimit(text: string, mayLast: boolean): (Figures & { readonly period: CapPeriod }) | null {
  const points = new RegExp(`^(\\D{0,3}?)${AT_MOST}(${FIGURE})分?$`).exec(text);
  if (points) return within(points[1], { times: null, points: parseHundredths(points[2] ?? '') }, mayLast);
  const pointsFirst = new RegExp(`^${AT_MOST}(${FIGURE})分?\\/(\\D{1,3})$`).exec(text);
  if (pointsFirst)
    return within(pointsFirst[2], { times: null, points: parseHundredths(pointsFirst[1] ?? '') }, false);
  const times = new RegExp(`^(\\D{0,3}?)(?:${AT_MOST}|限)?(\\d{1,3}|[${COUNTS}两])次$`).exec(text);
  if (times) return within(times[1], { times: countOf(times[2] ?? ''), points: null }, mayLast);
  return within(text, { times: 1, points: null }, false);
}

function within(words: string | undefined, figures: Figures, mayLast: boolean) {
  const text = words ?? '';
  const period = PERIODS.find(([pattern]) => pattern.test(text))?.[1];
  if (period !== undefined) return { ...figures, period };
  return text === '' && mayLast ? { ...figures, period: 'ever' as const } : null;
}

/** Limits of one period and scope are one cap; of two figures the lower holds. */
function together(caps: readonly Cap[]): Cap[] {
  const byKind = new Map<string, Cap>();
  for (const cap of caps) {
    const kind = `${cap.scope} ${cap.period}`;
    const before = byKind.get(kind);
    const times = lower(before?.times ?? null, cap.times);
    const points = lower(before?.points ?? null, cap.points);
    byKind.set(kind, { ...cap, times, points });
  }
  return Array.from(byKind.values());
}

function lower(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function countOf(text: string): number {
  if (text === '两') return 2;
  return COUNTS.includes(text) ? COUNTS.indexOf(text) + 1 : Number(text);
}
