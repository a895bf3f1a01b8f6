import { computed, nextTick, shallowReactive, watch, type Ref } from 'vue';
import type { Rule } from '../../../shared/rules/contract.ts';
import { STANDING_MOST } from '../../../shared/proposals/states.ts';
import { type CapUse, capOf, passedFigure, periodOf } from '../../../shared/rules/caps.ts';
import type { Api } from '../../api/index.ts';

interface Use extends CapUse {
  readonly waiting: number;
}

interface Deed {
  readonly rule: Readonly<Ref<Rule | null>>;
  /** The points of one household; null while not known. */
  readonly points: Readonly<Ref<number | null>>;
  readonly effectiveOn: () => string;
  readonly today: Readonly<Ref<string>>;
}

export type Caps = ReturnType<typeof useCaps>;

const NOTHING: Use = { times: 0, points: 0, waiting: 0 };

/**
 * Knows what stands for households under the cap of the rule that is being given, in the period of its day. It asks for the
 * households that somebody wants to know about, a hundred at a time. An answer that fails is left out, because the server has
 * the last word anyway.
 */
export function useCaps(api: Api, { rule, points, effectiveOn, today }: Deed) {
  const wanted = new Set<string>();
  const asked = new Set<string>();
  const uses = shallowReactive(new Map<string, Use>());
  let turn = 0;
  let isPlanned = false;

  const cap = computed(() => (rule.value === null ? null : capOf(rule.value)));
  /** Null where nothing is asked: the rule has no cap, or the day is none a deed can have. */
  const span = computed(() => {
    const day = effectiveOn();
    if (cap.value === null || !/^\d{4}-\d{2}-\d{2}$/.test(day) || day > today.value) return null;
    return periodOf(day, cap.value.period);
  });
  const isNow = computed(
    () => span.value !== null && today.value >= span.value.first && today.value <= span.value.last,
  );

  function plan(): void {
    if (isPlanned) return;
    isPlanned = true;
    // All that come into view together are asked for together.
    void nextTick(() => {
      isPlanned = false;
      void ask();
    });
  }

  async function ask(): Promise<void> {
    const mine = turn;
    const ruleId = rule.value?.id;
    if (span.value === null || ruleId === undefined) return;
    const effective = effectiveOn();
    const ids = [...wanted].filter((id) => !asked.has(id));
    for (const id of ids) asked.add(id);
    for (let at = 0; at < ids.length; at += STANDING_MOST) {
      const some = ids.slice(at, at + STANDING_MOST);
      const query = { ruleId, effectiveOn: effective, householdIds: some.join(',') };
      const outcome = await api.call('proposals.standing', { query });
      if (mine !== turn) return;
      if (outcome.kind !== 'answer') {
        for (const id of ids.slice(at)) asked.delete(id);
        return;
      }
      const found = new Map(outcome.data.items.map(({ householdId, ...use }) => [householdId, use]));
      for (const id of some) uses.set(id, found.get(id) ?? NOTHING);
    }
  }

  /** Asks anew: what stands may have changed. */
  function refresh(): void {
    turn += 1;
    asked.clear();
    plan();
  }

  watch(
    () => [rule.value?.id, rule.value?.version, span.value?.first, span.value?.last].join(' '),
    () => {
      uses.clear();
      refresh();
    },
  );

  return {
    ...{ cap, isNow, refresh },
    /** Makes it known, sooner or later, what stands for this household. */
    want(id: string): void {
      if (wanted.has(id) && asked.has(id)) return;
      wanted.add(id);
      plan();
    },
    /** Null while not known, and where the rule has no cap. */
    useOf: (id: string): Use | null => uses.get(id) ?? null,
    /** Whether the deed that is being written would pass the cap. The least deed stands for one whose points are not known. */
    isFull(id: string): boolean {
      const use = uses.get(id);
      if (use === undefined || cap.value === null) return false;
      return passedFigure(cap.value, use, points.value ?? 1) !== null;
    },
  };
}
