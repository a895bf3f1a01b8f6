import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { newKey } from '../api/index.ts';
import { mayRetry, type Failure, type Outcome } from '../api/outcome.ts';

export interface Write<Input, T> {
  readonly busy: Ref<boolean>;
  readonly failure: ShallowRef<Failure | null>;
  /** Sends; answers null when it failed (then `failure` says why) or when a sending is still under way. */
  readonly run: (input: Input) => Promise<T | null>;
  /** Forgets a failure shown, for example when a dialog is opened afresh. */
  readonly reset: () => void;
}

interface Intent {
  readonly key: string;
  readonly content: string;
}

/**
 * One intent of a person: its key is minted with the first sending and kept while the outcome is open, so
 * that "try again" with the same content can never be done twice. Other content is another intent.
 */
export function useWrite<Input, T>(
  send: (input: Input, key: string) => Promise<Outcome<T>>,
): Write<Input, T> {
  const busy = ref(false);
  const failure = shallowRef<Failure | null>(null);
  let open: Intent | null = null;

  async function run(input: Input): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    failure.value = null;
    const content = JSON.stringify(input);
    const intent = open?.content === content ? open : { key: newKey(), content };
    open = intent;
    try {
      const outcome = await send(input, intent.key);
      if (outcome.kind === 'answer') {
        open = null;
        return outcome.data;
      }
      if (!mayRetry(outcome)) open = null;
      failure.value = outcome;
      return null;
    } finally {
      busy.value = false;
    }
  }

  return {
    busy,
    failure,
    run,
    reset() {
      failure.value = null;
    },
  };
}
