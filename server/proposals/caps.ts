import type { At } from '../at.ts';
import { type Cap, passedFigure, periodOf } from '../../shared/rules/caps.ts';
import { currentCaps } from '../rules/index.ts';
import { capRefusal, type PassedCap } from './cap-refusal.ts';
import { deedsUnder, type StandingDeed, useOf } from './standing-deeds.ts';

/** A deed that is about to count under the cap of its rule. */
export interface NewDeed {
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
  /** The cap of the version it is made under. */
  readonly cap: Cap | null;
}

type Counting = Pick<At, 'tx' | 'villageId' | 'today'>;

/** A deed with the caps it may be measured by: it fits as soon as one of them lets it, and null lets everything. */
interface Measured extends NewDeed {
  readonly ruleId: string;
  readonly caps: readonly (Cap | null)[];
}

/**
 * The other deeds that a deed is counted with. `all`: it takes a place now, and all standing deeds came before it.
 * `earlier`: it has a place, and deeds that were proposed after it never take that place away.
 */
type Others = 'all' | 'earlier';

/**
 * Refuses, naming the households, when deeds that are proposed or corrected would pass the cap they carry. The caller of
 * this and of the other functions here holds the village's lock, so that nobody adds a deed while they are counted.
 */
export async function refuseOverCap(work: Counting, deeds: readonly NewDeed[]): Promise<void> {
  await refuse(work, await findPassed(work, measured(deeds), 'all'));
}

/** Does the same for deeds that are sent again unchanged: they take a place again, under the rule of today. */
export async function refuseOverCapToday(work: Counting, deeds: readonly NewDeed[]): Promise<void> {
  const today = await capsToday(work, deeds);
  const cap = ({ ruleId }: NewDeed) => today.get(ruleId ?? '') ?? null;
  await refuseOverCap(
    work,
    deeds.map((deed) => ({ ...deed, cap: cap(deed) })),
  );
}

/**
 * Refuses deeds that are posted and pass the cap they were made under, unless the cap of today lets them. A deed that waits
 * keeps its place when the rule becomes stricter, and loses it to nobody when it becomes looser.
 */
export async function refuseOverCapKept(work: Counting, deeds: readonly NewDeed[]): Promise<void> {
  const kept = measured(deeds);
  if ((await findPassed(work, kept, 'earlier')).length === 0) return;
  const today = await capsToday(work, deeds);
  const either = kept.map((deed) => ({ ...deed, caps: [deed.cap, today.get(deed.ruleId) ?? null] }));
  await refuse(work, await findPassed(work, either, 'earlier'));
}

async function refuse(work: Counting, passed: readonly PassedCap[]): Promise<void> {
  if (passed.length > 0) throw await capRefusal(work, passed);
}

function measured(deeds: readonly NewDeed[]): Measured[] {
  return deeds.flatMap((deed) =>
    deed.ruleId === null ? [] : [{ ...deed, ruleId: deed.ruleId, caps: [deed.cap] }],
  );
}

function capsToday({ tx, villageId }: Counting, deeds: readonly NewDeed[]): Promise<Map<string, Cap>> {
  return currentCaps(
    tx,
    villageId,
    deeds.flatMap(({ ruleId }) => ruleId ?? []),
  );
}

/** Finds the deeds that pass their cap. If several are decided together, each counts for those after it. */
async function findPassed(
  { tx, villageId }: Counting,
  deeds: readonly Measured[],
  others: Others,
): Promise<PassedCap[]> {
  const wanted = deeds.flatMap(({ householdId, ruleId, effectiveOn, caps }) =>
    caps.flatMap((cap) =>
      cap === null ? [] : [{ householdId, ruleId, ...periodOf(effectiveOn, cap.period) }],
    ),
  );
  if (wanted.length === 0) return [];
  const own = new Set(deeds.map(({ id }) => id));
  const standing = (await deedsUnder(tx, villageId, wanted)).filter(({ id }) => !own.has(id));
  const placed = new Map(Map.groupBy(standing, keyOf));
  const passed: PassedCap[] = [];
  for (const deed of deeds) {
    const before = placed.get(keyOf(deed)) ?? [];
    const all = deed.caps.map((cap) => passedBy(deed, cap, before, others));
    const [first] = all;
    if (first && all.every((one) => one !== null)) passed.push(first);
    else placed.set(keyOf(deed), [...before, { ...deed, waits: true }]);
  }
  return passed;
}

function passedBy(
  deed: Measured,
  cap: Cap | null,
  standing: readonly StandingDeed[],
  others: Others,
): PassedCap | null {
  if (cap === null) return null;
  const span = periodOf(deed.effectiveOn, cap.period);
  const counted = standing.filter(
    ({ id, effectiveOn }) =>
      effectiveOn >= span.first && effectiveOn <= span.last && (others === 'all' || id < deed.id),
  );
  const { waiting, ...used } = useOf(counted);
  const figure = passedFigure(cap, used, deed.points);
  return figure && { deed, cap, span, figure, used, waiting };
}

function keyOf({ householdId, ruleId }: { readonly householdId: string; readonly ruleId: string }): string {
  return `${householdId} ${ruleId}`;
}
