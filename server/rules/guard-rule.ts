import { CAP_PERIODS, capOf } from '../../shared/rules/caps.ts';
import type { GuardedAt } from '../at.ts';
import { needSecond } from '../need-second.ts';
import { allowedPoints } from './points.ts';
import { toldOfRule } from './rule-act-fields.ts';
import type { CurrentRule, RuleFields } from './rule-fields.ts';

/** Asks a second person for a change by which a rule allows more. */
export function needSecondForRule(at: GuardedAt, now: CurrentRule, next: RuleFields): void {
  const is = toldOfRule({ ...now, ...next, version: now.version + 1 });
  // The figures of a disabled rule were changed without anybody looking: all of it is shown.
  const was = now.enabled ? toldOfRule(now) : { enabled: false };
  needSecond(at, { on: `rule:${now.id}`, was, is });
}

/** Whether a deed may have more points than before, may be done more often, or could not be awarded before. */
export function loosensRule(was: RuleFields, is: RuleFields): boolean {
  if (!is.enabled) return false;
  return !was.enabled || mayGiveMore(was, is) || isCapLooser(was, is);
}

function mayGiveMore(was: RuleFields, is: RuleFields): boolean {
  const [before, after] = [allowedPoints(was)?.most ?? 0, allowedPoints(is)?.most ?? 0];
  const isByUnit = was.pointsMode === 'perUnit' && is.pointsMode === 'perUnit';
  const isUnitWorthMore = isByUnit && ((is.points ?? 0) > (was.points ?? 0) || is.perUnit !== was.perUnit);
  return after > before || isUnitWorthMore;
}

function isCapLooser(was: RuleFields, is: RuleFields): boolean {
  const [before, after] = [capOf(was), capOf(is)];
  if (before === null) return false;
  if (after === null) return true;
  // The same figure in a shorter period allows more.
  if (CAP_PERIODS.indexOf(after.period) < CAP_PERIODS.indexOf(before.period)) return true;
  return isMore(before.times, after.times) || isMore(before.points, after.points);
}

/** No limit is more than any. */
function isMore(was: number | null, is: number | null): boolean {
  return was !== null && (is === null || is > was);
}
