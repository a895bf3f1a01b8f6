import type { ReadingOptions, ScoresReading } from '../../shared/imports/papers.ts';
import type { ScoreRow } from '../../shared/imports/score-rows.ts';
import type { CurrentRule } from '../rules/index.ts';
import { type Against, placeOf } from './score-deed.ts';

/** The rows whose figure could mean two things. A person is asked, and nothing is guessed. */
export interface Unsure {
  /** A 1 in a table, under a rule that gives other points: a tick, or one point. */
  readonly ones: ScoreRow[];
  /** A figure under a rule that gives so much for each hour or the like: points, or how many. */
  readonly units: ScoreRow[];
}

interface Asking {
  readonly options: ReadingOptions;
  readonly layout: ScoresReading['layout'];
  readonly unsure: Unsure;
  readonly against: Against;
}

/** The points that a proposal would be given: none where the rule has its own. Null, with the cell named, where nobody can tell. */
export function pointsMeant(
  row: ScoreRow,
  rule: CurrentRule,
  { options, layout, unsure, against }: Asking,
): { readonly given: number | undefined } | null {
  const { code, pointsMode, points: own } = rule;
  const { isTick, points } = row;
  if (points === null) {
    if (!isTick || pointsMode === 'fixed') return { given: undefined };
    against.addAt('error', 'village_score_tick', placeOf(row), { code });
    return null;
  }
  if (pointsMode === 'perUnit' && own !== null && own !== POINT) {
    unsure.units.push(row);
    return { given: options.unitFigures === 'units' ? (points * own) / POINT : points };
  }
  const maybeTick = layout === 'table' && points === POINT && pointsMode === 'fixed' && own !== POINT;
  if (!maybeTick) return { given: points };
  unsure.ones.push(row);
  if (options.onesAreTicks === true) return { given: undefined };
  against.addAt('error', 'village_score_one', placeOf(row), { code, points: own ?? 0 });
  return null;
}

/** One point, in hundredths. */
const POINT = 100;
