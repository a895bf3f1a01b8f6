import { computed, shallowRef, watch } from 'vue';
import { CONCERN_BATCHES_MOST } from '../../../shared/proposals/concerns.ts';
import type { Api } from '../../api/index.ts';
import type { Batch } from './batch-choice.ts';
import type { BatchConcerns } from './concern-words.ts';

/**
 * Knows what of the batches in view wants a look. It asks for them once, fifty at a time. An answer that fails leaves
 * the signs out: whoever opens the batch is told there.
 */
export function useConcerns(api: Api, batches: () => readonly Batch[]) {
  const known = shallowRef<ReadonlyMap<string, BatchConcerns | null>>(new Map());
  const wanted = computed(() => batches().map(({ id }) => id));
  let turn = 0;

  async function ask(): Promise<void> {
    turn += 1;
    const mine = turn;
    const ids = wanted.value.filter((id) => !known.value.has(id));
    for (let at = 0; at < ids.length; at += CONCERN_BATCHES_MOST) {
      const some = ids.slice(at, at + CONCERN_BATCHES_MOST);
      const outcome = await api.call('proposals.concerns', { query: { batchIds: some.join(',') } });
      if (mine !== turn || outcome.kind !== 'answer') return;
      const found = new Map(outcome.data.items.map((one) => [one.batchId, one]));
      known.value = new Map([...known.value, ...some.map((id) => [id, found.get(id) ?? null] as const)]);
    }
  }

  watch(
    () => wanted.value.join(','),
    () => void ask(),
    { immediate: true },
  );

  return {
    of: (batchId: string): BatchConcerns | undefined => known.value.get(batchId) ?? undefined,
    /** Asks anew: what was decided may have been the other deed. */
    refresh(): void {
      known.value = new Map();
      void ask();
    },
  };
}
