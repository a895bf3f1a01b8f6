import { Refusal } from '../../shared/errors.ts';
import { type Cap, type CapUse, passedFigure, periodOf, type Span } from '../../shared/rule-caps.ts';
import { householdNames } from '../households/index.ts';
import { currentCaps } from '../rules/index.ts';
import type { AwardWork } from './create.ts';
import { deedsUnder, type StandingDeed, useOf } from './standing.ts';

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
  readonly cap: Cap | null;
}

/**
 * Which other deeds a deed is counted with. `all`: it takes a place now, and whatever stands came before. `earlier`: it has a
 * place, and what was proposed after it never takes that place away.
 */
type Others = 'all' | 'earlier';

type RuledDeed = NewDeed & { readonly ruleId: string };

interface Passed {
  readonly deed: RuledDeed & { readonly cap: Cap };
  readonly span: Span;
  readonly figure: 'times' | 'points';
  readonly used: CapUse;
  readonly waiting: number;
}

const OTHERS_NAMED = 4;

/** Refuses, naming the households, when one of these deeds would pass the cap it carries. Call it under the village's lock. */
export async function refuseOverCap(
  work: Pick<AwardWork, 'tx' | 'villageId' | 'today'>,
  deeds: readonly NewDeed[],
  others: Others,
): Promise<void> {
  const ruled = deeds.flatMap((deed) => (deed.ruleId === null ? [] : [{ ...deed, ruleId: deed.ruleId }]));
  const capped = ruled.flatMap(({ cap, ...deed }) =>
    cap === null ? [] : [{ ...deed, ...periodOf(deed.effectiveOn, cap.period) }],
  );
  if (capped.length === 0) return;
  const own = new Set(deeds.map(({ id }) => id));
  const standing = await deedsUnder(work.tx, work.villageId, capped);
  const passed = findPassed(
    ruled,
    standing.filter(({ id }) => !own.has(id)),
    others,
  );
  if (passed.length > 0) throw await refusalOf(work, passed);
}

/** The same for deeds that come back: whoever takes a place again does so under the rule as it is today. */
export async function refuseOverCapToday(
  work: Pick<AwardWork, 'tx' | 'villageId' | 'today'>,
  deeds: readonly Omit<NewDeed, 'cap'>[],
): Promise<void> {
  const caps = await currentCaps(
    work.tx,
    work.villageId,
    deeds.flatMap(({ ruleId }) => ruleId ?? []),
  );
  const capNow = (ruleId: string | null) => (ruleId === null ? null : (caps.get(ruleId) ?? null));
  await refuseOverCap(
    work,
    deeds.map((deed) => ({ ...deed, cap: capNow(deed.ruleId) })),
    'all',
  );
}

/** Deeds that pass their cap. Of deeds that are decided together each counts for those after it. */
function findPassed(
  deeds: readonly RuledDeed[],
  standing: readonly StandingDeed[],
  others: Others,
): Passed[] {
  const placed = new Map(Map.groupBy(standing, keyOf));
  const passed: Passed[] = [];
  for (const deed of deeds) {
    const before = placed.get(keyOf(deed)) ?? [];
    const found = passedBy(deed, before, others);
    if (found) passed.push(found);
    else placed.set(keyOf(deed), [...before, { ...deed, waits: true }]);
  }
  return passed;
}

function passedBy(deed: RuledDeed, standing: readonly StandingDeed[], others: Others): Passed | null {
  const { cap } = deed;
  if (cap === null) return null;
  const span = periodOf(deed.effectiveOn, cap.period);
  const counted = standing.filter(
    ({ id, effectiveOn }) =>
      effectiveOn >= span.first && effectiveOn <= span.last && (others === 'all' || id < deed.id),
  );
  const { waiting, ...used } = useOf(counted);
  const figure = passedFigure(cap, used, deed.points);
  return figure && { deed: { ...deed, cap }, span, figure, used, waiting };
}

function keyOf({ householdId, ruleId }: { readonly householdId: string; readonly ruleId: string }): string {
  return `${householdId} ${ruleId}`;
}

async function refusalOf(
  { tx, villageId, today }: Pick<AwardWork, 'tx' | 'villageId' | 'today'>,
  passed: readonly Passed[],
): Promise<Refusal> {
  const byHousehold = Map.groupBy(passed, ({ deed }) => deed.householdId);
  const shown = Array.from(byHousehold.keys()).slice(0, OTHERS_NAMED + 1);
  const names = await householdNames(tx, villageId, shown);
  const [first] = passed;
  if (!first) throw new Error('nothing passes a cap');
  const { deed, span, figure, used, waiting } = first;
  const isNow = today >= span.first && today <= span.last;
  const days = span.first === span.last ? span.first : `${span.first}/${span.last}`;
  const { number = '', head = '', group = '' } = names.get(deed.householdId) ?? {};
  const others = shown.slice(1).map((id) => {
    const [other] = byHousehold.get(id) ?? [];
    const name = `${names.get(id)?.number ?? ''} ${names.get(id)?.head ?? ''}`;
    return other === undefined || other.deed.code === deed.code ? name : `${name} (${other.deed.code})`;
  });
  const limit = (figure === 'times' ? deed.cap.times : deed.cap.points) ?? 0;
  return new Refusal(figure === 'times' ? 'rule.cap_times' : 'rule.cap_points', {
    ...{ number, head, group, code: deed.code, title: deed.title },
    period: deed.cap.period,
    when: isNow ? deed.cap.period : days,
    limit,
    used: used[figure],
    ...(waiting > 0 ? { waiting } : {}),
    ...(figure === 'points' ? { left: Math.max(0, limit - used.points), wanted: Math.abs(deed.points) } : {}),
    ...(others.length > 0 ? { others: others.join('\n'), count: byHousehold.size } : {}),
  });
}
