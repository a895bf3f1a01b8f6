import { readLimitText } from '../../../shared/rules/limit-text.ts';
import { CAPS_MOST } from '../../../shared/rules/caps.ts';
import { subjectOfRule } from '../../../shared/rules/forbidden-subjects.ts';
import type { PointsMode, Rule } from '../../../shared/rules/contract.ts';
import { formatHundredths, parseHundredths } from '../../../shared/points.ts';
import type { BodyOf } from '../../api/index.ts';
import { areCapsTyped, capsOf, typedCap, type TypedCap } from './typed-caps.ts';
import { areOptionsTyped, EMPTY_OPTIONS, optionsOf, typedOption, type TypedOption } from './typed-options.ts';

/** A rule as it is typed: figures are text until they are read. */
export interface RuleForm {
  code: string;
  category: string;
  title: string;
  pointsMode: PointsMode;
  points: string;
  pointsMin: string;
  pointsMax: string;
  perUnit: string;
  /** Replaced whole at every change, as the caps are. */
  options: readonly TypedOption[];
  proposer: string;
  evidence: string;
  limitText: string;
  /** Replaced whole at every change. */
  caps: readonly TypedCap[];
  enabled: boolean;
  isPrivate: boolean;
  isFitForOld: boolean;
}

export const POINTS_MODES_SHOWN: readonly PointsMode[] = [
  ...(['fixed', 'list', 'range', 'perUnit', 'judged', 'none'] as const),
];

export function emptyRule(): RuleForm {
  return {
    code: '',
    category: '',
    title: '',
    pointsMode: 'fixed',
    points: '',
    pointsMin: '',
    pointsMax: '',
    perUnit: '',
    options: EMPTY_OPTIONS,
    proposer: '',
    evidence: '',
    limitText: '',
    caps: [],
    enabled: true,
    isPrivate: false,
    isFitForOld: false,
  };
}

export function formOf(rule: Omit<Rule, 'uses'>): RuleForm {
  const { code, category, title, pointsMode, proposer, evidence, limitText } = rule;
  const { enabled, isPrivate, isFitForOld } = rule;
  return {
    ...{ code, category, title, pointsMode, proposer, evidence, limitText },
    ...{ enabled, isPrivate, isFitForOld },
    points: figure(rule.points),
    pointsMin: figure(rule.pointsMin),
    pointsMax: figure(rule.pointsMax),
    perUnit: rule.perUnit ?? '',
    options: rule.options.length > 0 ? rule.options.map(typedOption) : EMPTY_OPTIONS,
    caps: rule.caps.map(typedCap),
  };
}

export type RuleField =
  ('code' | 'category' | 'title') | ('points' | 'bounds' | 'perUnit' | 'options') | ('caps' | 'subject');

/** Says of each field whether it is wrong. The server has the last word. */
export function wrongIn(form: RuleForm): Readonly<Record<RuleField, boolean>> {
  const points = parseHundredths(form.points);
  const least = parseHundredths(form.pointsMin);
  const most = parseHundredths(form.pointsMax);
  const needsPoints = form.pointsMode === 'fixed' || form.pointsMode === 'perUnit';
  const isUnordered = least === null || most === null || least >= most;
  return {
    code: !/^[0-9A-Za-z\u4e00-\u9fff.-]{1,12}$/.test(form.code.trim()),
    category: form.category.trim() === '',
    title: form.title.trim() === '',
    points: needsPoints && (points === null || points === 0),
    bounds: form.pointsMode === 'range' && isUnordered,
    perUnit: form.pointsMode === 'perUnit' && form.perUnit.trim() === '',
    options: form.pointsMode === 'list' && !areOptionsTyped(form.options),
    caps: !areCapsTyped(form.caps),
    subject: form.enabled && form.pointsMode !== 'none' && subjectOfRule(form) !== null,
  };
}

/** The body of the request. */
export function bodyOf(form: RuleForm): BodyOf<'rules.create'> {
  const { pointsMode } = form;
  const hasPoints = pointsMode === 'fixed' || pointsMode === 'perUnit';
  const hasBounds = pointsMode === 'range' || (pointsMode === 'judged' && form.pointsMin !== '');
  return {
    code: form.code.trim(),
    category: form.category.trim(),
    title: form.title.trim(),
    pointsMode,
    points: hasPoints ? parseHundredths(form.points) : null,
    pointsMin: hasBounds ? parseHundredths(form.pointsMin) : null,
    pointsMax: hasBounds ? parseHundredths(form.pointsMax) : null,
    perUnit: pointsMode === 'perUnit' ? form.perUnit.trim() : null,
    proposer: form.proposer.trim(),
    evidence: form.evidence.trim(),
    limitText: form.limitText.trim(),
    caps: capsOf(form.caps),
    enabled: form.enabled,
    options: pointsMode === 'list' ? optionsOf(form.options) : [],
    isPrivate: form.isPrivate,
    isFitForOld: form.isFitForOld,
  };
}

/** Puts what the words say into the caps that are kept. */
export function fillLimit(form: RuleForm): void {
  form.caps = readLimitText(form.limitText).caps.slice(0, CAPS_MOST).map(typedCap);
}

function figure(hundredths: number | null): string {
  return hundredths === null ? '' : formatHundredths(hundredths);
}
