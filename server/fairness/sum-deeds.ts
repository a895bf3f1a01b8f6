import type { Figure } from '../../shared/fairness/figures.ts';
import type { DeedEntry } from './deed-entries.ts';

/** The sums that the contract tells of deeds. */
interface Sums {
  readonly given: number;
  readonly awards: number;
  readonly takenBack: number;
  readonly awardsTakenBack: number;
  readonly deducted: number;
  readonly deductions: number;
}

/** A deed's entry as far as sums are made of it. */
export type Summed = Pick<DeedEntry, 'figure' | 'reversesNumber' | 'householdId' | 'points'>;

export function sumsOf(entries: readonly Summed[]): Sums {
  const of = (figure: Figure) => entries.filter((entry) => entry.figure === figure);
  const points = (some: readonly Summed[]) => some.reduce((sum, entry) => sum + entry.points, 0);
  const [given, back, deducted] = [of('given'), of('taken_back'), of('deducted')];
  return {
    given: points(given),
    awards: given.length,
    takenBack: 0 - points(back),
    awardsTakenBack: back.length,
    deducted: 0 - points(deducted),
    deductions: deducted.filter(({ reversesNumber }) => reversesNumber === null).length,
  };
}

/** The households that were awarded something. */
export function awardedBy(entries: readonly Summed[]): number {
  return new Set(entries.flatMap(({ figure, householdId }) => (figure === 'given' ? householdId : []))).size;
}

/** Whole percents of a sum, rounded; nearly all is not all. 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  const percent = whole > 0 ? Math.round((part * 100) / whole) : 0;
  return part < whole ? Math.min(percent, 99) : percent;
}

export interface Share extends Sums {
  readonly id: string | null;
  readonly households: number;
  /** Percent of all that was given. */
  readonly percent: number;
}

/** Sums by the person who did something, the one with the most points first. */
export function sharesBy<Entry extends Summed>(
  entries: readonly Entry[],
  personOf: (entry: Entry) => string | null,
): (Share & { readonly entries: readonly Entry[] })[] {
  const { given } = sumsOf(entries);
  return Array.from(Map.groupBy(entries, personOf), ([id, own]) => {
    const sums = sumsOf(own);
    return { id, ...sums, households: awardedBy(own), percent: percentOf(sums.given, given), entries: own };
  }).sort(mostGiven);
}

/** For sorting: the most points first, and the same order each time. */
export function mostGiven(
  one: { readonly id: string | null; readonly given: number },
  other: { readonly id: string | null; readonly given: number },
): number {
  return other.given - one.given || ((one.id ?? '') < (other.id ?? '') ? -1 : 1);
}

/** Finds the person who approved most of the points that these entries gave, and the share; null: they gave nothing. */
export function topApprover(
  entries: readonly (Summed & Pick<DeedEntry, 'approvedBy'>)[],
): { readonly id: string | null; readonly percent: number } | null {
  const awards = entries.filter(({ figure }) => figure === 'given');
  const [top] = sharesBy(awards, ({ approvedBy }) => approvedBy);
  return top ? { id: top.id, percent: top.percent } : null;
}

/** A household as far as groups are compared by it. */
export interface InGroup {
  readonly id: string;
  readonly group: string;
  /** Its account was there in the stretch. */
  readonly wasThere: boolean;
}

export interface GroupSums extends Sums {
  readonly name: string;
  readonly households: number;
  readonly awarded: number;
  /** Given less taken back, for each account that was there. */
  readonly each: number | null;
}

/** Sums by group, in the order of the households. Groups that nothing is told of are left out, the nameless one comes last. */
export function groupsOf(entries: readonly Summed[], households: readonly InGroup[]): GroupSums[] {
  const groupOf = new Map(households.map(({ id, group }) => [id, group]));
  const own = Map.groupBy(entries, ({ householdId }) => groupOf.get(householdId) ?? '');
  const there = Map.groupBy(
    households.filter(({ wasThere }) => wasThere),
    ({ group }) => group,
  );
  const names = [...new Set([...households.map(({ group }) => group), ...own.keys()])];
  return [...names.filter((name) => name !== ''), ...names.filter((name) => name === '')]
    .filter((name) => own.has(name) || there.has(name))
    .map((name) => {
      const [some, count] = [own.get(name) ?? [], there.get(name)?.length ?? 0];
      const sums = sumsOf(some);
      const each = count === 0 ? null : Math.round((sums.given - sums.takenBack) / count);
      return { name, ...sums, households: count, awarded: awardedBy(some), each };
    });
}
