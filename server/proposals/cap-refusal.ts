import { Refusal } from '../../shared/errors.ts';
import type { Cap, CapUse, DeedWords, Span } from '../../shared/rules/caps.ts';
import type { HouseholdName } from '../households/index.ts';

interface CappedDeed extends DeedWords {
  readonly householdId: string;
  readonly code: string;
  readonly title: string;
  /** Hundredths, signed. */
  readonly points: number;
}

/** A deed that would pass a cap, with the deeds that stand in its period already. */
export interface PassedCap<Deed extends CappedDeed = CappedDeed> {
  readonly deed: Deed;
  readonly cap: Cap;
  readonly span: Span;
  readonly figure: 'times' | 'points';
  readonly used: CapUse;
  readonly waiting: number;
}

/** Finds a household's name by its id. */
export type NameOf = (householdId: string) => HouseholdName | undefined;

const OTHERS_NAMED = 4;

/**
 * Makes the refusal of deeds that pass a cap. It names the first with its figures, a few more households by name, and
 * how many there are.
 */
export function capRefusal(nameOf: NameOf, today: string, passed: readonly PassedCap[]): Refusal {
  const byHousehold = Map.groupBy(passed, ({ deed }) => deed.householdId);
  const shown = Array.from(byHousehold.keys()).slice(0, OTHERS_NAMED + 1);
  const [first] = passed;
  if (!first) throw new Error('nothing passes a cap');
  const { deed, cap, span, figure, used, waiting } = first;
  const { number = '', head = '', group = '' } = nameOf(deed.householdId) ?? {};
  const others = shown.slice(1).map((id) => {
    const { number: othersNumber = '', head: othersHead = '' } = nameOf(id) ?? {};
    const under = byHousehold.get(id)?.[0]?.deed.code ?? deed.code;
    return `${othersNumber} ${othersHead}${under === deed.code ? '' : ` (${under})`}`;
  });
  const limit = (figure === 'times' ? cap.times : cap.points) ?? 0;
  return new Refusal(figure === 'times' ? 'rule.cap_times' : 'rule.cap_points', {
    ...{ number, head, group, code: deed.code, title: deed.title },
    ...(cap.scope === 'household' ? {} : { about: deed[cap.scope] ?? '' }),
    ...{ period: cap.period, when: whenOf(cap, span, today), limit, used: used[figure] },
    ...(waiting > 0 ? { waiting } : {}),
    ...(figure === 'points' ? { left: Math.max(0, limit - used.points), wanted: Math.abs(deed.points) } : {}),
    ...(others.length > 0 ? { others: others.join('\n'), count: byHousehold.size } : {}),
  });
}

/** The period as it is called while it lasts, or its days; see `{name:when}` in shared/sentence.ts. */
function whenOf({ period }: Cap, { first, last }: Span, today: string): string {
  if (today >= first && today <= last) return period;
  return first === last ? first : `${first}/${last}`;
}
