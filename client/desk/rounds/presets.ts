import { formatHundredths } from '../../../shared/points.ts';
import type { Rule } from '../../../shared/rules/contract.ts';
import { boundsOf } from '../../../shared/rules/worth.ts';

/** An item of the check-list and a band, as they are typed. */
export interface TypedItem {
  name: string;
  most: string;
}
export interface TypedBand {
  least: string;
  points: string;
  option: string;
}

/** The check-lists that villages use; the names of their items stand in the words of the page. */
export const PRESETS = { yard: ['20', 5], brief: ['10', 3] } as const;
export type Preset = keyof typeof PRESETS;

const FIRST_SHARE = 0.9;
const SECOND_SHARE = 0.8;

/** Bands to begin with: all of the rule from nine tenths of the full mark on; of a range a half from eight tenths on. */
export function firstBands(rule: Rule, full: number): TypedBand[] {
  const least = (share: number) => formatHundredths(Math.round((full * share) / 100) * 100);
  if (rule.pointsMode === 'list') {
    const sorted = [...rule.options].sort((a, b) => b.points - a.points);
    return sorted.map(({ name, points }, place) => ({
      least: place === 0 ? least(FIRST_SHARE) : '',
      points: formatHundredths(points),
      option: name,
    }));
  }
  if (rule.points !== null)
    return [{ least: least(FIRST_SHARE), points: formatHundredths(rule.points), option: '' }];
  const [, most = null] = boundsOf(rule) ?? [];
  const half = most === null ? '' : formatHundredths(Math.round(most / 2 / 100) * 100);
  return [
    { least: least(FIRST_SHARE), points: most === null ? '' : formatHundredths(most), option: '' },
    { least: least(SECOND_SHARE), points: half, option: '' },
  ];
}
