import type { ReportKind } from '../../shared/reports/states.ts';
import type { Rule } from '../../shared/rules/contract.ts';
import { proposerKinds, REPORTED_AS } from '../../shared/rules/proposer-kinds.ts';
import { isDeduction } from '../../shared/rules/worth.ts';

type Reportable = Pick<
  Rule,
  'enabled' | 'pointsMode' | 'points' | 'pointsMin' | 'pointsMax' | 'options' | 'proposer'
>;

/** Whether a household may report a deed under this rule by phone, as its own or as one that helped it. */
export function mayBeReported(rule: Reportable, kind: ReportKind): boolean {
  if (!rule.enabled || rule.pointsMode === 'none' || isDeduction(rule)) return false;
  return proposerKinds(rule.proposer).includes(REPORTED_AS[kind]);
}
