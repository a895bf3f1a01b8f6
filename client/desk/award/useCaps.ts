import { computed, nextTick, onScopeDispose, shallowReactive, watch, type Ref } from 'vue';
import type { Rule } from '../../../shared/rules/contract.ts';
import { STANDING_MOST } from '../../../shared/proposals/states.ts';
import {
  type Cap,
  type CapUse,
  type DeedWords,
  passedFigure,
  periodOf,
  wordsAskedBy,
} from '../../../shared/rules/caps.ts';
import type { Api } from '../../api/index.ts';
import { type TypedWords, wordOf } from './deed-words.ts';

interface Use extends CapUse {
  readonly waiting: number;
}

interface Deed {
  readonly rule: Readonly<Ref<Rule | null>>;
  /** The points of one household; null while not known. */
  readonly points: Readonly<Ref<number | null>>;
  readonly effectiveOn: () => string;
  /** The member and the event as they are typed. */
  readonly words: () => TypedWords;
  readonly today: Readonly<Ref<string>>;
}

/** The deeds that stand for a household under one cap. */
export interface Standing {
  readonly cap: Cap;
  readonly use: Use;
  /** The member or event whose deeds it counts; null: all of the household. */
  readonly about: string | null;
  /** Today lies in the period. */
  readonly isNow: boolean;
}

/** The server's answer about a household: one use for each cap, and the words it counted by. */
interface Told {
  readonly uses: readonly Use[];
  readonly words: DeedWords;
}

export type Caps = ReturnType<typeof useCaps>;

const NOTHING: Use = { times: 0, points: 0, waiting: 0 };
const typingPauseMs = 500;

/** Everything that the deed is counted by: its caps, its words, and the periods of its day. */
function countedBy({ rule, effectiveOn, words, today }: Deed) {
  const caps = computed(() => rule.value?.caps ?? []);
  const said = computed((): DeedWords => {
    const asks = wordsAskedBy(caps.value);
    const { member, event } = words();
    return {
      member: asks.includes('member') ? wordOf(member) : null,
      event: asks.includes('event') ? wordOf(event) : null,
    };
  });
  const isDay = computed(() => /^\d{4}-\d{2}-\d{2}$/.test(effectiveOn()) && effectiveOn() <= today.value);
  /** One for each cap; none where the day is none a deed can have. */
  const spans = computed(() =>
    isDay.value ? caps.value.map(({ period }) => periodOf(effectiveOn(), period)) : [],
  );
  /** Some cap counts the household, or a word that is there. */
  const isAskable = computed(
    () => isDay.value && caps.value.some(({ scope }) => scope === 'household' || said.value[scope] !== null),
  );
  return { caps, said, spans, isAskable };
}

/**
 * Knows what stands for households under the caps of the rule that is being given, in the periods of its day. It asks for the
 * households that somebody wants to know about, a hundred at a time. An answer that fails is left out, because the server has
 * the last word anyway. A cap that counts by a word is not known until the word is there and was asked about.
 */
export function useCaps(api: Api, deed: Deed) {
  const { rule, points, effectiveOn, today } = deed;
  const counted = countedBy(deed);
  const { caps, said, spans, isAskable } = counted;
  const wanted = new Set<string>();
  const asked = new Set<string>();
  const told = shallowReactive(new Map<string, Told>());
  let turn = 0;
  let isPlanned = false;
  let typing: ReturnType<typeof setTimeout> | undefined;

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
    if (!isAskable.value || ruleId === undefined) return;
    const [effective, byWords, none] = [effectiveOn(), said.value, caps.value.map(() => NOTHING)];
    const ids = [...wanted].filter((id) => !asked.has(id));
    for (const id of ids) asked.add(id);
    for (let at = 0; at < ids.length; at += STANDING_MOST) {
      const some = ids.slice(at, at + STANDING_MOST);
      const query = { ruleId, effectiveOn: effective, ...spoken(byWords), householdIds: some.join(',') };
      const outcome = await api.call('proposals.standing', { query });
      if (mine !== turn) return;
      if (outcome.kind !== 'answer') {
        for (const id of ids.slice(at)) asked.delete(id);
        return;
      }
      const found = new Map(outcome.data.items.map(({ householdId, uses }) => [householdId, uses]));
      for (const id of some) told.set(id, { uses: found.get(id) ?? none, words: byWords });
    }
  }

  /** Asks anew: what stands may have changed. */
  function refresh(): void {
    clearTimeout(typing);
    turn += 1;
    asked.clear();
    plan();
  }

  watch(
    () =>
      [rule.value?.id, rule.value?.version, ...spans.value.flatMap(({ first, last }) => [first, last])].join(
        ' ',
      ),
    () => {
      told.clear();
      refresh();
    },
  );
  watch(
    () => JSON.stringify(said.value),
    () => {
      clearTimeout(typing);
      typing = setTimeout(refresh, typingPauseMs);
    },
  );
  onScopeDispose(() => clearTimeout(typing));

  /** Lists each cap of which it is known what stands under it. */
  const standingOf = (id: string) => standingIn(told.get(id), counted, today.value);

  return {
    ...{ standingOf, refresh },
    /** Makes it known, sooner or later, what stands for this household. */
    want(id: string): void {
      if (wanted.has(id) && asked.has(id)) return;
      wanted.add(id);
      plan();
    },
    /** Whether the deed that is being written would pass a cap. The least deed stands for one whose points are not known. */
    isFull: (id: string): boolean =>
      standingOf(id).some(({ cap, use }) => passedFigure(cap, use, points.value ?? 1) !== null),
  };
}

function standingIn(
  told: Told | undefined,
  { caps, said, spans }: ReturnType<typeof countedBy>,
  today: string,
): Standing[] {
  return caps.value.flatMap((cap, index) => {
    const [use, span] = [told?.uses[index], spans.value[index]];
    const about = cap.scope === 'household' ? null : said.value[cap.scope];
    const isAsked = cap.scope === 'household' || (about !== null && about === told?.words[cap.scope]);
    if (use === undefined || span === undefined || !isAsked) return [];
    return [{ cap, use, about, isNow: today >= span.first && today <= span.last }];
  });
}

function spoken({ member, event }: DeedWords): { member?: string; event?: string } {
  return { ...(member === null ? {} : { member }), ...(event === null ? {} : { event }) };
}
