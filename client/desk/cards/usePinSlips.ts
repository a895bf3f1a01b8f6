import { computed, onScopeDispose, proxyRefs, shallowRef } from 'vue';
import { SLIPS_AT_ONCE } from '../../../shared/households/pin-runs.ts';
import type { AnswerOf, Api, BodyOf, Failure } from '../../api/index.ts';
import { useIntent } from '../../intent/useIntent.ts';
import { useLoad } from '../../ui/useLoad.ts';

/** PINs by household. */
export type Slips = ReadonlyMap<string, string>;
/** The households whose PIN this page can print. */
export type Printable = ReadonlySet<string>;

/**
 * PINs that this person made: those that wait to be taken out, and those that this page has taken. Each is taken out once,
 * so that they live with the page and are gone with it.
 */
export function usePinSlips(api: Api) {
  const waiting = useLoad((signal) => api.call('households.pinSlips', { signal }));
  const taken = shallowRef<Slips>(new Map());
  const failure = shallowRef<Failure | null>(null);
  const piece = useIntent<BodyOf<'households.takePinSlips'>, AnswerOf<'households.takePinSlips'>>({
    send: (body, key) => api.call('households.takePinSlips', { body, key, timeoutMs: 60_000 }),
  });
  let isLeft = false;
  onScopeDispose(() => {
    isLeft = true;
    taken.value = new Map();
  });

  const waitingIds = computed(() => waiting.data.value?.items.map(({ householdId }) => householdId) ?? []);
  const printable = computed<Printable>(() => new Set([...waitingIds.value, ...taken.value.keys()]));

  /** Takes out those of these households; null if it failed, or the screen was left. The page keeps those that came. */
  async function take(householdIds: readonly string[]): Promise<Slips | null> {
    failure.value = null;
    await waiting.reload();
    if (waiting.failure.value) return null;
    const wanted = new Set(householdIds);
    const ids = waitingIds.value.filter((id) => wanted.has(id));
    for (let from = 0; from < ids.length; from += SLIPS_AT_ONCE) {
      const answer = await piece.run({ householdIds: ids.slice(from, from + SLIPS_AT_ONCE) });
      if (answer === null) failure.value = piece.failure;
      if (answer === null || isLeft) return null;
      taken.value = new Map([
        ...taken.value,
        ...answer.items.map(({ householdId, pin }) => [householdId, pin] as const),
      ]);
    }
    return taken.value;
  }

  return proxyRefs({ waiting, printable, failure, take });
}
