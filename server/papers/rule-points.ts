import { parseHundredths } from '../../shared/points.ts';
import type { RuleRow } from '../../shared/imports/papers.ts';
import { ascii, isNothing } from './text.ts';

type RulePoints = Pick<RuleRow, 'pointsMode' | 'points' | 'pointsMin' | 'pointsMax' | 'perUnit'>;

const NO_POINTS: RulePoints = {
  pointsMode: 'none',
  points: null,
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
};
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

/** null: it does not say. */
export function parseEnabled(text: string): boolean | null {
  const plain = ascii(text).toLowerCase();
  if (/^(?:yes|y|true|1|是|启用|有效|√|✓|✔|对)$/.test(plain)) return true;
  if (/^(?:no|n|false|0|否|不启用|停用|停|无效|×|x|✗)$/.test(plain) || isNothing(plain)) return false;
  return null;
}
