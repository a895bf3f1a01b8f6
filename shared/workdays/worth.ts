import type { PointsMode } from '../rules/contract.ts';
import type { WorthKind } from './states.ts';
import { isHour } from './unit-words.ts';

interface Worth {
  readonly enabled: boolean;
  readonly pointsMode: PointsMode;
  readonly points: number | null;
  readonly perUnit: string | null;
}

/** How a rule rewards attendance: so many points an hour, or so many for coming; null: it cannot be used for events. */
export function worthKindOf({ enabled, pointsMode, points, perUnit }: Worth): WorthKind | null {
  if (!enabled || points === null || points <= 0) return null;
  if (pointsMode === 'fixed') return 'fixed';
  return pointsMode === 'perUnit' && isHour(perUnit) ? 'hour' : null;
}
