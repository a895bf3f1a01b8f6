import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Failure, Outcome } from '../api/outcome.ts';

export interface Call<Input, T> {
  readonly busy: Ref<boolean>;
  readonly failure: ShallowRef<Failure | null>;
  /** Answers null when it failed (then `failure` says why) or when a call is still under way. */
  readonly run: (input: Input) => Promise<T | null>;
}

/** A call that carries no key, because doing it again is harmless or impossible. All others are intents (client/intent). */
export function useCall<Input, T>(call: (input: Input) => Promise<Outcome<T>>): Call<Input, T> {
  const busy = ref(false);
  const failure = shallowRef<Failure | null>(null);

  async function run(input: Input): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    failure.value = null;
    try {
      const outcome = await call(input);
      if (outcome.kind === 'answer') return outcome.data;
      failure.value = outcome;
      return null;
    } finally {
      busy.value = false;
    }
  }

  return { busy, failure, run };
}
