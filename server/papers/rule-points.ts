import { parseHundredths } from '../../shared/points.ts';
import type { RuleRow } from '../../shared/contract/papers.ts';
import { ascii, isNothing } from './text.ts';

type RulePoints = Pick<RuleRow, 'pointsMode' | 'points' | 'pointsMin' | 'pointsMax' | 'perUnit'>;
type RuleLimit = Pick<RuleRow, 'limitPeriod' | 'limitTimes' | 'limitPoints'>;

const NO_POINTS: RulePoints = {
  pointsMode: 'none',
  points: null,
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
};
const NO_LIMIT: RuleLimit = { limitPeriod: null, limitTimes: null, limitPoints: null };
const FIGURE = '\\d{1,6}(?:\\.\\d{1,2})?';

/** +5, -2, +5/小时, 每小时5分, +3~20, 酌情; anything else scores nothing. */
export function parseRulePoints(written: string): RulePoints {
  const text = ascii(written)
    .replace(/\s/g, '')
    .replace(/[～〜至]/g, '~')
    .replace(/分(?=$|\/|~)/g, '');
  const fixed = new RegExp(`^[+-]?${FIGURE}$`).exec(text);
  if (fixed) return { ...NO_POINTS, pointsMode: 'fixed', points: parseHundredths(text) };

  const perUnit = new RegExp(`^([+-]?${FIGURE})(?:\\/|每)(.{1,20})$`).exec(text);
  if (perUnit)
    return {
      ...NO_POINTS,
      pointsMode: 'perUnit',
      points: parseHundredths(perUnit[1] ?? ''),
      perUnit: perUnit[2] ?? '',
    };
  const eachUnit = new RegExp(`^每(\\D{1,10}?)([+-]?${FIGURE})$`).exec(text);
  if (eachUnit)
    return {
      ...NO_POINTS,
      pointsMode: 'perUnit',
      points: parseHundredths(eachUnit[2] ?? ''),
      perUnit: eachUnit[1] ?? '',
    };

  const range = new RegExp(`^([+-]?)(${FIGURE})[~-]([+-]?)(${FIGURE})$`).exec(text);
  // A minus before the first figure alone (-2~5) could mean either; it is not guessed.
  if (range && !(range[1] === '-' && range[3] !== '-' && text.includes('~'))) {
    const ends = [
      parseHundredths(`${range[1] ?? ''}${range[2] ?? ''}`),
      parseHundredths(`${range[3] ?? ''}${range[4] ?? ''}`),
    ];
    const [low, high] = ends.map((end) => end ?? 0).sort((a, b) => a - b);
    return { ...NO_POINTS, pointsMode: 'range', pointsMin: low ?? null, pointsMax: high ?? null };
  }
  if (/酌情|打分|评分|评议|据实|按实|自定|judged/i.test(written))
    return { ...NO_POINTS, pointsMode: 'judged' };
  return NO_POINTS;
}

const PERIODS: readonly [RegExp, NonNullable<RuleLimit['limitPeriod']>][] = [
  [/^(?:每|按)?[天日]$/, 'day'],
  [/^(?:每|按)?(?:周|星期)$/, 'week'],
  [/^(?:每|按)?(?:月|月度)$/, 'month'],
  [/^(?:每|按)?(?:季|季度)$/, 'quarter'],
  [/^(?:每|按)?(?:年|年度)$/, 'year'],
];

function period(text: string): RuleLimit['limitPeriod'] {
  return PERIODS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/**
 * 每月1次, 每月≤4, 每季, ≤50/季. "≤" caps points, "次" counts times. Of two limits (每天,≤50/季) the cap in points
 * is taken. What is per place or per case (每处, 每场) cannot be counted and stays words.
 */
export function parseRuleLimit(written: string): RuleLimit {
  const parts = ascii(written)
    .replace(/\([^)]*\)/g, '')
    .split(/[,，;；、]/)
    .map((part) => parseOneLimit(part.replace(/\s/g, '')))
    .filter((limit) => limit.limitPeriod !== null);
  return parts.find(({ limitPoints }) => limitPoints !== null) ?? parts[0] ?? NO_LIMIT;
}

function parseOneLimit(text: string): RuleLimit {
  const cap = new RegExp(`^(\\D{1,3})(?:≤|<=|不超过|最多|上限)(${FIGURE})分?$`).exec(text);
  if (cap) return withPeriod(cap[1], { limitPoints: parseHundredths(cap[2] ?? '') });
  const capFirst = new RegExp(`^(?:≤|<=|不超过|最多)(${FIGURE})分?\\/(\\D{1,3})$`).exec(text);
  if (capFirst) return withPeriod(capFirst[2], { limitPoints: parseHundredths(capFirst[1] ?? '') });
  const times = /^(\D{1,3}?)(?:≤|<=|不超过|最多|限)?(\d{1,3})次$/.exec(text);
  if (times) return withPeriod(times[1], { limitTimes: Number(times[2]) });
  return withPeriod(text, { limitTimes: 1 });
}

function withPeriod(text: string | undefined, limit: Partial<RuleLimit>): RuleLimit {
  const limitPeriod = period(text ?? '');
  return limitPeriod === null ? NO_LIMIT : { ...NO_LIMIT, ...limit, limitPeriod };
}

/** null: it does not say. */
export function parseEnabled(text: string): boolean | null {
  const plain = ascii(text).toLowerCase();
  if (/^(?:yes|y|true|1|是|启用|有效|√|✓|✔|对)$/.test(plain)) return true;
  if (/^(?:no|n|false|0|否|不启用|停用|停|无效|×|x|✗)$/.test(plain) || isNothing(plain)) return false;
  return null;
}
