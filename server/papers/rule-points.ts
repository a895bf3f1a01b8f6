import { parseHundredths } from '../../shared/points.ts';
import { areOptionsSound, OPTION_LETTERS_MOST, type RuleOption } from '../../shared/rules/options.ts';
import type { RuleRow } from '../../shared/imports/papers.ts';
import { ascii, isNothing } from './text.ts';

type RulePoints = Pick<RuleRow, 'pointsMode' | 'points' | 'pointsMin' | 'pointsMax' | 'perUnit' | 'options'>;

const NO_POINTS: RulePoints = {
  pointsMode: 'none',
  points: null,
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
  options: [],
};
const FIGURE = '\\d{1,6}(?:\\.\\d{1,2})?';

/** +5, -2, 扣2分, +5/小时, 每小时5分, 每10个1分, +3~20, 中职3/本科5, 酌情; anything else scores nothing. */
export function parseRulePoints(written: string): RulePoints {
  const text = ascii(written)
    .replace(/\s/g, '')
    .replace(/[～〜至]/g, '~')
    .replace(/^(每\d{0,4}\D{1,10}?)?[加奖](?=\d)/, '$1+')
    .replace(/^(每\d{0,4}\D{1,10}?)?[扣减](?=\d)/, '$1-')
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
  const eachUnit = new RegExp(`^每(\\d{0,4}\\D{1,10}?)([+-]?${FIGURE})$`).exec(text);
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
  const named = optionsIn(written);
  if (named.options !== null) return { ...NO_POINTS, pointsMode: 'list', options: named.options };
  if (/酌情|打分|评分|评议|据实|按实|自定|judged/i.test(written))
    return { ...NO_POINTS, pointsMode: 'judged' };
  return NO_POINTS;
}

interface NamedOptions {
  /** Null where the words name none, or not all of them can be read. */
  readonly options: readonly RuleOption[] | null;
  /** Whether several of its parts are a name and a figure. */
  readonly isLikely: boolean;
}

const OPTION = new RegExp(`^([^\\d+-]{1,${String(OPTION_LETTERS_MOST)}})([+-]?${FIGURE})分?$`);
/** 每次2/最多10 are limits, and no names of options. */
const LIMIT = /每|最[多高少低]|至[多少]|不超|[上下]限|封顶|[合累]计/;
const SEPARATORS = [/[/／]/, /[、，,；;]/, /[/／、，,；;]/];

/** Options as villages write them, after the last colon: 子女升学：中职3/本科5/硕10/博20. */
function optionsIn(words: string): NamedOptions {
  const last = words.split(/[：:]/).at(-1) ?? '';
  const readings = SEPARATORS.map((separator) => {
    const parts = last.split(separator).map((part) => optionOf(part));
    return { parts, read: parts.filter((part) => part !== null) };
  });
  const whole = readings.find(({ parts, read }) => read.length === parts.length && areOptionsSound(read));
  return { options: whole?.read ?? null, isLikely: readings.some(({ read }) => read.length > 1) };
}

function optionOf(part: string): RuleOption | null {
  const [, name = '', figure = ''] = OPTION.exec(ascii(part).replace(/\s/g, '')) ?? [];
  const points = parseHundredths(figure);
  return points === null || points === 0 || LIMIT.test(name) ? null : { name, points };
}

/**
 * The points of a rule whose title names options, if they agree with the column of points: its least and its most are theirs.
 * `isUnsure`: it looks as if the title names options, and they cannot be taken.
 */
export function withOptionsOf(
  title: string,
  points: RulePoints,
): { readonly points: RulePoints; readonly isUnsure: boolean } {
  const { options, isLikely } = optionsIn(title);
  if (points.pointsMode === 'list' || !isLikely) return { points, isUnsure: false };
  const { pointsMin, pointsMax } = points;
  if (points.pointsMode !== 'range' || options === null || pointsMin === null || pointsMax === null)
    return { points, isUnsure: true };
  // 轻微2/严重5 beside "-2~-5": the sign stands in the column alone.
  const takesAway = pointsMax < 0 && options.every((option) => option.points > 0);
  const signed = options.map((option) => ({ ...option, points: takesAway ? -option.points : option.points }));
  const figures = signed.map((option) => option.points);
  const agrees = Math.min(...figures) === pointsMin && Math.max(...figures) === pointsMax;
  return agrees
    ? { points: { ...NO_POINTS, pointsMode: 'list', options: signed }, isUnsure: false }
    : { points, isUnsure: true };
}

/** null: it does not say. */
export function parseEnabled(text: string): boolean | null {
  const plain = ascii(text).toLowerCase();
  if (/^(?:yes|y|true|1|是|启用|有效|√|✓|✔|对)$/.test(plain)) return true;
  if (/^(?:no|n|false|0|否|不启用|停用|停|无效|×|x|✗)$/.test(plain) || isNothing(plain)) return false;
  return null;
}
