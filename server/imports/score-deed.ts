import type { ScoreRow } from '../../shared/imports/score-rows.ts';
import type { DeedToTry } from '../proposals/index.ts';
import type { CurrentRule } from '../rules/index.ts';
import type { problemsAgainst } from './plan.ts';
import type { KnownHousehold } from './roster.ts';

/** A deed of the paper, with the household and the rule that it means. */
export interface MeantDeed {
  readonly row: ScoreRow;
  readonly household: KnownHousehold;
  readonly rule: CurrentRule;
  readonly deed: DeedToTry;
}

export type Against = ReturnType<typeof problemsAgainst>;

/** The cell of a deed's points, for a finding. */
export function placeOf({ sheet, sourceRow, cell, column, text }: ScoreRow) {
  return { sheet, row: sourceRow, cell, column, value: text };
}
