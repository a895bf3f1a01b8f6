import { getCurrentScope, onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Failure, Outcome } from '../api/outcome.ts';

export interface Loaded<T> {
  /** The last answer; stays in view while a newer one is fetched. */
  readonly data: ShallowRef<T | null>;
  readonly failure: ShallowRef<Failure | null>;
  readonly loading: Ref<boolean>;
  readonly reload: () => Promise<void>;
}

/** Reads something for a screen: loading, answer or failure. A newer request ends the one before, leaving ends both. */
export function useLoad<T>(
  load: (signal: AbortSignal) => Promise<Outcome<T>>,
  options: { now?: boolean } = {},
): Loaded<T> {
  const data = shallowRef<T | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const loading = ref(false);
  let current = new AbortController();

  async function reload(): Promise<void> {
    current.abort();
    const mine = new AbortController();
    current = mine;
    loading.value = true;
    const outcome = await load(mine.signal);
    if (mine.signal.aborted) return;
    loading.value = false;
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind === 'answer') data.value = outcome.data;
  }

  if (getCurrentScope()) onScopeDispose(() => current.abort());
  if (options.now !== false) void reload();
  return { data, failure, loading, reload };
}
