import { parseHundredths } from '../points.ts';
import type { CapFields, CapPeriod } from './caps.ts';

export interface LimitText extends CapFields {
  /** Whether the fields say all that the words say. Otherwise the words are a note beside them, which nothing keeps. */
  readonly isWhole: boolean;
}

const NO_LIMIT: CapFields = { limitPeriod: null, limitTimes: null, limitPoints: null };
const FIGURE = '\\d{1,6}(?:\\.\\d{1,2})?';
const AT_MOST = '(?:≤|<=|不超过|最多|上限)';
const COUNTS = '一二三四五六七八九十';
/** Words that limit nothing. */
const UNLIMITED = /^(?:|不限|不限次数|无限制|无|每次|[-–—/]+)$/;

const PERIODS: readonly [RegExp, CapPeriod][] = [
  [/^(?:每|按|一)?[天日]$/, 'day'],
  [/^(?:每|按|一)?(?:周|星期)$/, 'week'],
  [/^(?:每|按)?(?:月|月度)$/, 'month'],
  [/^(?:每|按)?(?:季|季度)$/, 'quarter'],
  [/^(?:每|按|一)?(?:年|年度)$/, 'year'],
];

/**
 * Reads a limit as people write it: 每月1次, 每户每月一次, 每月≤4, 每季, ≤50/季. "≤" caps points, "次" counts times. If there are
 * two limits (每天,≤50/季), the cap in points is taken. A limit per place or per case (每处, 每场) cannot be counted and
 * stays words.
 */
export function readLimitText(written: string): LimitText {
  const parts = written
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .split(/[,，;；、]/)
    .map((part) => part.replace(/\s/g, '').replace(/^每户(?=[每按])/, ''));
  const limits = parts.map(readOne);
  const found = limits.filter((limit) => limit.limitPeriod !== null);
  const taken = found.find(({ limitPoints }) => limitPoints !== null) ?? found[0] ?? NO_LIMIT;
  const isSaid = (part: string, limit: CapFields) =>
    UNLIMITED.test(part) || (limit === taken && limit.limitPeriod !== null);
  return { ...taken, isWhole: limits.every((limit, at) => isSaid(parts[at] ?? '', limit)) };
}

function readOne(text: string): CapFields {
  const cap = new RegExp(`^(\\D{1,3})${AT_MOST}(${FIGURE})分?$`).exec(text);
  if (cap) return withPeriod(cap[1], { limitPoints: parseHundredths(cap[2] ?? '') });
  const capFirst = new RegExp(`^${AT_MOST}(${FIGURE})分?\\/(\\D{1,3})$`).exec(text);
  if (capFirst) return withPeriod(capFirst[2], { limitPoints: parseHundredths(capFirst[1] ?? '') });
  const times = new RegExp(`^(\\D{1,3}?)(?:${AT_MOST}|限)?(\\d{1,3}|[${COUNTS}两])次$`).exec(text);
  if (times) return withPeriod(times[1], { limitTimes: countOf(times[2] ?? '') });
  return withPeriod(text, { limitTimes: 1 });
}

function withPeriod(text: string | undefined, limit: Partial<CapFields>): CapFields {
  const limitPeriod = PERIODS.find(([pattern]) => pattern.test(text ?? ''))?.[1] ?? null;
  const allowsNone = limit.limitTimes === 0 || limit.limitPoints === 0;
  return limitPeriod === null || allowsNone ? NO_LIMIT : { ...NO_LIMIT, ...limit, limitPeriod };
}

function countOf(text: string): number {
  if (text === '两') return 2;
  return COUNTS.includes(text) ? COUNTS.indexOf(text) + 1 : Number(text);
}
