import { CAP_PERIODS, type Cap, type CapPeriod, type CapScope } from '../../shared/rules/caps.ts';
import type { RuleOption } from '../../shared/rules/options.ts';
import type { GuardedAt } from '../at.ts';
import { needSecond } from '../need-second.ts';
import { allowedPoints } from './points.ts';
import { toldOfRule } from './rule-act-fields.ts';
import type { CurrentRule, RuleFields } from './rule-fields.ts';

/**
 * Asks a second person for a change by which a rule allows more. A day that nobody asked for is not shown: it is the first
 * on which the change may count when it is agreed to.
 */
export function needSecondForRule(
  at: GuardedAt,
  now: CurrentRule,
  next: CurrentRule,
  isDayAsked: boolean,
): void {
  const shown = (rule: CurrentRule) => {
    const { effectiveFrom, ...told } = toldOfRule(rule);
    return isDayAsked ? { ...told, effectiveFrom } : told;
  };
  // The figures of a disabled rule were changed without anybody looking: all of it is shown.
  const was = now.enabled ? shown(now) : { enabled: false };
  needSecond(at, { on: `rule:${now.id}`, was, is: shown(next) });
}

/**
 * Whether a deed may have more points than before, may be done more often, or could not be awarded before; also whether other
 * eyes see it: what becomes public cannot be called back, and what no longer does is looked at by nobody.
 */
export function loosensRule(was: RuleFields, is: RuleFields): boolean {
  if (!is.enabled) return false;
  return (
    !was.enabled || mayGiveMore(was, is) || areCapsLooser(was.caps, is.caps) || was.isPrivate !== is.isPrivate
  );
}

function mayGiveMore(was: RuleFields, is: RuleFields): boolean {
  if (was.pointsMode === 'list') return mayGiveMoreThanList(was.options, is);
  const [before, after] = [allowedPoints(was)?.most ?? 0, allowedPoints(is)?.most ?? 0];
  const isByUnit = was.pointsMode === 'perUnit' && is.pointsMode === 'perUnit';
  const isUnitWorthMore = isByUnit && ((is.points ?? 0) > (was.points ?? 0) || is.perUnit !== was.perUnit);
  return after > before || isUnitWorthMore;
}

/** Whether some option is worth more than the one of its name was, or is a new one. Without options every deed may get the most. */
function mayGiveMoreThanList(before: readonly RuleOption[], is: RuleFields): boolean {
  if (is.pointsMode !== 'list')
    return (allowedPoints(is)?.most ?? 0) > Math.min(...before.map(({ points }) => points));
  const worth = new Map(before.map(({ name, points }) => [name, points]));
  return is.options.some(({ name, points }) => points > (worth.get(name) ?? -Infinity));
}

/** Whether some cap of before is held by none of the caps now. */
export function areCapsLooser(before: readonly Cap[], after: readonly Cap[]): boolean {
  return before.some((was) => !FIGURES.every((figure) => was[figure] === null || isHeld(was, figure, after)));
}

const FIGURES = ['times', 'points'] as const;

/** A figure that is as low, in a period as long, over deeds of which as many count together. */
function isHeld(was: Cap, figure: (typeof FIGURES)[number], after: readonly Cap[]): boolean {
  return after.some((is) => {
    const [before, now] = [was[figure], is[figure]];
    if (now === null || before === null || now > before) return false;
    return isAsLong(was.period, is.period) && isAsWide(was.scope, is.scope);
  });
}

/** Whether every period of before lies within one of now. A week lies in no month, quarter or year. */
function isAsLong(was: CapPeriod, is: CapPeriod): boolean {
  if (was === is || is === 'ever') return true;
  return was !== 'week' && CAP_PERIODS.indexOf(is) > CAP_PERIODS.indexOf(was);
}

function isAsWide(was: CapScope, is: CapScope): boolean {
  return is === 'household' || is === was;
}
