import {
  type Cap,
  countsTogether,
  type DeedWords,
  nearFigure,
  passedFigure,
  periodOf,
} from '../../shared/rules/caps.ts';
import type { Ask } from '../commands/index.ts';
import { capRefusal, type NameOf, type PassedCap } from './cap-refusal.ts';
import { type StandingDeed, standingDeeds, useOf } from './standing-deeds.ts';

/** A deed that is about to count under the caps of its rule. */
export interface NewDeed extends DeedWords {
  /** Empty for a deed that is not stored yet. */
  readonly id: string;
  readonly householdId: string;
  /** Null for a proposal that is about no deed: no cap concerns it. */
  readonly ruleId: string | null;
  /** Hundredths, signed. */
  readonly points: number;
  readonly effectiveOn: string;
  readonly code: string;
  readonly title: string;
  /** The caps of the versions it may be measured by. It fits as soon as all caps of one version let it. */
  readonly caps: readonly (readonly Cap[])[];
}

/** The deeds that stand already, as `standingUnder` asks for them. */
export type Standing = (
  householdId: string,
  ruleId: string,
  first: string,
  last: string,
) => readonly StandingDeed[];

/**
 * The other deeds that a deed is counted with. `all`: it takes a place now, and all standing deeds came before it.
 * `earlier`: it has a place, and deeds that were proposed after it never take that place away.
 */
export type Others = 'all' | 'earlier';

interface Counting {
  readonly standing: Standing;
  readonly nameOf: NameOf;
  readonly today: string;
}

/** Asks for the deeds that stand in the periods in which these are counted. */
export function standingUnder(deeds: readonly NewDeed[]): Ask<Standing> {
  return standingDeeds.each(
    deeds.flatMap(({ householdId, ruleId, effectiveOn, caps }) =>
      caps.flat().flatMap(({ period }) => {
        if (ruleId === null) return [];
        const { first, last } = periodOf(effectiveOn, period);
        return [[householdId, ruleId, first, last] as const];
      }),
    ),
  );
}

/** Refuses, naming the households, when deeds would pass their caps. If several are decided together, each counts for those after it. */
export function refuseOverCap(
  { standing, nameOf, today }: Counting,
  deeds: readonly NewDeed[],
  others: Others,
): void {
  const passed = findPassed(standing, deeds, others);
  if (passed.length > 0) throw capRefusal(nameOf, today, passed);
}

/** The deeds that would pass a cap of every version they may be measured by. */
export function findPassed<Deed extends NewDeed>(
  standing: Standing,
  deeds: readonly Deed[],
  others: Others,
): PassedCap<Deed>[] {
  const own = new Set(deeds.map(({ id }) => id));
  const placed = new Map<string, NewDeed[]>();
  const passed: PassedCap<Deed>[] = [];
  for (const deed of deeds) {
    const key = `${deed.householdId} ${deed.ruleId ?? ''}`;
    const before = placed.get(key) ?? [];
    const beside = { standing, own, before, figureOf: passedFigure };
    const all = deed.caps.map((caps) => firstPassed(caps, (cap) => reachedBy(deed, cap, others, beside)));
    const [first] = all;
    if (first && all.every((one) => one !== null)) passed.push(first);
    else placed.set(key, [...before, deed]);
  }
  return passed;
}

/** The caps of which these deeds leave little; those that pass one are left out. */
export function findNear<Deed extends NewDeed>(
  standing: Standing,
  deeds: readonly Deed[],
): PassedCap<Deed>[] {
  const beside = { standing, own: new Set<string>(), before: [] };
  return deeds.flatMap((deed) => {
    const near = deed.caps
      .flat()
      .map((cap) => reachedBy(deed, cap, 'earlier', { ...beside, figureOf: nearFigure }));
    return near.find((one) => one !== null) ?? [];
  });
}

interface Beside {
  readonly standing: Standing;
  /** The deeds that are decided now. */
  readonly own: ReadonlySet<string>;
  /** Those of them that have got their place already, of the same household and rule. */
  readonly before: readonly NewDeed[];
  /** Which figure of a cap the deed reaches, if any. */
  readonly figureOf: typeof passedFigure;
}

function firstPassed<Passed>(caps: readonly Cap[], passedBy: (cap: Cap) => Passed | null): Passed | null {
  for (const cap of caps) {
    const passed = passedBy(cap);
    if (passed !== null) return passed;
  }
  return null;
}

function reachedBy<Deed extends NewDeed>(
  deed: Deed,
  cap: Cap,
  others: Others,
  beside: Beside,
): PassedCap<Deed> | null {
  const { householdId, ruleId, effectiveOn, points } = deed;
  if (ruleId === null) return null;
  const span = periodOf(effectiveOn, cap.period);
  const { first, last } = span;
  const stood = beside.standing(householdId, ruleId, first, last).filter(({ id }) => !beside.own.has(id));
  const placed = beside.before.filter((one) => one.effectiveOn >= first && one.effectiveOn <= last);
  const counted = [...stood, ...placed.map((one) => ({ ...one, waits: true }))]
    .filter((one) => countsTogether(cap.scope, one, deed))
    .filter(({ id }) => others === 'all' || id < deed.id);
  const { waiting, ...used } = useOf(counted);
  const figure = beside.figureOf(cap, used, points);
  return figure && { deed, cap, span, figure, used, waiting };
}
