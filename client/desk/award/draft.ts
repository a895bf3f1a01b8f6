import type { IntentMemory } from '../../ui/useWrite.ts';
import type { KeptPhoto } from '../photos/usePhotos.ts';
import { formatHundredths, parseHundredths } from '../../../shared/points.ts';
import type { Rule } from '../../../shared/contract/rules.ts';

/** A household as it was chosen; enough to show it again after a reload. */
export interface Chosen {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly group: string;
}

/** What is being written; kept in this browser until it has been sent. */
export interface Draft {
  ruleId: string | null;
  /** As typed: points, or units of a rule counted per unit. */
  figure: string;
  note: string;
  effectiveOn: string;
  households: Chosen[];
  photos: readonly KeptPhoto[];
}

export function emptyDraft(today: string): Draft {
  return { ruleId: null, figure: '', note: '', effectiveOn: today, households: [], photos: [] };
}

/** So many the server takes in one go. */
export const HOUSEHOLDS_MOST = 1200;

/** Rules that leave the figure to whoever proposes. */
export function needsFigure(rule: Rule): boolean {
  return rule.pointsMode !== 'fixed' && rule.pointsMode !== 'none';
}

/** Points of one household, signed hundredths; null while the figure is missing or the rule does not allow it. */
export function pointsEach(rule: Rule, figure: string): number | null {
  if (rule.pointsMode === 'fixed') return rule.points;
  const typed = parseHundredths(figure);
  if (typed === null || typed === 0) return null;
  const points = rule.pointsMode === 'perUnit' ? unitsTimes(rule.points, typed) : signedLike(rule, typed);
  if (points === null) return null;
  const isUnder = rule.pointsMin !== null && points < rule.pointsMin;
  const isOver = rule.pointsMax !== null && points > rule.pointsMax;
  return isUnder || isOver ? null : points;
}

/** The figure one would type for these points under the rule. */
export function figureOf(rule: Rule, points: number): string {
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

const version = 1;

export interface DraftStore {
  readonly load: () => Draft | null;
  readonly save: (draft: Draft) => void;
  /** The key of a sending whose outcome is not known yet. */
  readonly intent: IntentMemory;
  readonly clear: () => void;
}

/** One draft per person and village, so that a shared computer mixes up nobody's. */
export function draftStore(villageId: string, staffId: string, storage: Storage = localStorage): DraftStore {
  const name = `jishan.award.${villageId}.${staffId}`;
  return {
    load() {
      const kept = read(storage, name) as Partial<Draft> | null;
      return kept && { ...emptyDraft(kept.effectiveOn ?? ''), ...kept };
    },
    save: (draft) => write(storage, name, draft),
    intent: {
      load: () => read(storage, `${name}.intent`) as ReturnType<IntentMemory['load']>,
      save: (intent) => write(storage, `${name}.intent`, intent),
    },
    clear() {
      storage.removeItem(name);
    },
  };
}

function read(storage: Storage, name: string): unknown {
  try {
    const saved = JSON.parse(storage.getItem(name) ?? 'null') as { version?: number; value?: unknown } | null;
    return saved?.version === version ? (saved.value ?? null) : null;
  } catch {
    return null;
  }
}

function write(storage: Storage, name: string, value: unknown): void {
  try {
    if (value === null) storage.removeItem(name);
    else storage.setItem(name, JSON.stringify({ version, value }));
  } catch {
    // A full or forbidden storage keeps nothing; the screen itself still has it.
  }
}
