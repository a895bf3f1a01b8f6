import { PROPOSALS_AT_ONCE_MOST } from '../../../shared/proposals/states.ts';
import type { DeviceTable } from '../../device/device-table.ts';
import { keepDraft, type KeptDraft } from '../../device/kept-draft.ts';
import type { KeptPhoto } from '../pictures/usePhotos.ts';
import { formatHundredths, parseHundredths } from '../../../shared/points.ts';
import type { Rule } from '../../../shared/rules/contract.ts';
import type { RuleOption } from '../../../shared/rules/options.ts';

/** A household as it was chosen; enough to show it again after a reload. */
export interface Chosen {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly group: string;
}

/** The award that is being written. It is kept on this device until it has been sent. */
export interface Draft {
  /** Minted when the draft begins. Two windows that show it send under the same one, and it is booked once. */
  key: string | null;
  ruleId: string | null;
  /** The figure as it is typed: points, or units of a rule counted per unit. Under a list of points the name of an option. */
  figure: string;
  /** The member and the event, where the rule asks for them. */
  member: string;
  event: string;
  note: string;
  effectiveOn: string;
  households: Chosen[];
  photos: readonly KeptPhoto[];
}

export function emptyDraft(today: string): Draft {
  return {
    key: null,
    ruleId: null,
    figure: '',
    member: '',
    event: '',
    note: '',
    effectiveOn: today,
    households: [],
    photos: [],
  };
}

/** The server takes so many households in one go. */
export const HOUSEHOLDS_MOST = PROPOSALS_AT_ONCE_MOST;

/** Rules that leave the figure to whoever proposes. */
export function needsFigure(rule: Rule): boolean {
  return rule.pointsMode !== 'fixed' && rule.pointsMode !== 'none';
}

/** The option that was chosen under a list of points; null under other rules, and while none is. */
export function optionChosen({ pointsMode, options }: Rule, figure: string): RuleOption | null {
  return (pointsMode === 'list' ? options.find(({ name }) => name === figure) : undefined) ?? null;
}

/** The figure as the server takes it. */
export function figureSent(rule: Rule, points: number, figure: string): { points?: number; option?: string } {
  const option = optionChosen(rule, figure);
  return { ...(needsFigure(rule) ? { points } : {}), ...(option === null ? {} : { option: option.name }) };
}

/** Points of one household, signed hundredths; null while the figure is missing or the rule does not allow it. */
export function pointsEach(rule: Rule, figure: string): number | null {
  if (rule.pointsMode === 'fixed') return rule.points;
  if (rule.pointsMode === 'list') return optionChosen(rule, figure)?.points ?? null;
  const typed = parseHundredths(figure);
  if (typed === null || typed === 0) return null;
  const points = rule.pointsMode === 'perUnit' ? unitsTimes(rule.points, typed) : signedLike(rule, typed);
  if (points === null) return null;
  const isUnder = rule.pointsMin !== null && points < rule.pointsMin;
  const isOver = rule.pointsMax !== null && points > rule.pointsMax;
  return isUnder || isOver ? null : points;
}

/** The figure one would type for this deed under the rule, or the name of the option that one would choose. */
export function figureOf(
  rule: Rule,
  { points, option = null }: { readonly points: number; readonly option?: string | null },
): string {
  if (rule.pointsMode === 'list') return optionChosen(rule, option ?? '')?.name ?? '';
  if (rule.pointsMode === 'perUnit') return formatHundredths(Math.round((points * 100) / (rule.points ?? 1)));
  return formatHundredths(signedLike(rule, Math.abs(points)) === points ? Math.abs(points) : points);
}

function unitsTimes(each: number | null, units: number): number | null {
  if (each === null || units < 0) return null;
  const product = each * units;
  return product % 100 === 0 ? product / 100 : null;
}

/** "3" under a rule that takes points away means minus three. */
function signedLike(rule: Rule, typed: number): number {
  const takesAway = [rule.pointsMin, rule.pointsMax].some((bound) => bound !== null && bound < 0);
  return takesAway && typed > 0 ? -typed : typed;
}

const version = 5;

/** One draft per person and village, so that a shared computer mixes up nobody's. */
export function draftStore(villageId: string, staffId: string, table: DeviceTable): KeptDraft<Draft> {
  return keepDraft(table, `award.${villageId}.${staffId}`, version);
}
