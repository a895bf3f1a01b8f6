import { computed, ref, shallowRef, onScopeDispose } from 'vue';
import type { AnswerOf, Api, Failure } from '../../api/index.ts';
import { askAgain } from '../parts/ask-again.ts';
import type { DraftStore, Sending } from './draft.ts';

/** The way of one deed to the server: asked under one key until it is known what became of it. */
export function useSending(
  api: Api,
  store: Pick<DraftStore, 'saveSending' | 'dropSending'>,
  settled: (sending: Sending, answer: AnswerOf<'proposals.create'>, wasLost: boolean) => Promise<void>,
) {
  const open = shallowRef<Sending | null>(null);
  const busy = ref(false);
  const failure = shallowRef<Failure | null>(null);
  /** The answer did not come, and the same is asked again. */
  const isAsking = ref(false);
  /** An answer was awaited in vain, now or before this page was opened. */
  const wasLost = ref(false);

  /** Asks, or asks again, what is open; true when it is known to have arrived. */
  async function ask(): Promise<boolean> {
    const sending = open.value;
    if (sending === null || busy.value) return false;
    busy.value = true;
    failure.value = null;
    let isLost = wasLost.value;
    const outcome = await askAgain(
      () => api.call('proposals.create', { body: sending.body, key: sending.key, timeoutMs: 20_000 }),
      {
        onLost: () => {
          isLost = true;
          isAsking.value = true;
        },
      },
    );
    isAsking.value = false;
    if (outcome.kind === 'answer') {
      await settled(sending, outcome.data, wasLost.value);
      forget();
    } else {
      failure.value = outcome;
      if (isOpen(outcome, isLost)) wasLost.value = true;
      else {
        forget();
        await store.dropSending();
      }
    }
    busy.value = false;
    return outcome.kind === 'answer';
  }

  function forget(): void {
    open.value = null;
    wasLost.value = false;
  }

  function whenOnline(): void {
    if (wasLost.value) void ask();
  }
  window.addEventListener('online', whenOnline);
  onScopeDispose(() => window.removeEventListener('online', whenOnline));

  return {
    ...{ open, busy, failure, isAsking, ask },
    /** It has been sent, and nobody knows yet what became of it. */
    isLost: computed(() => open.value !== null && wasLost.value),
    /** On the disk first, then on its way: a battery that dies in between leaves something to ask with. */
    async send(sending: Sending): Promise<boolean> {
      if (busy.value) return false;
      open.value = sending;
      await store.saveSending(sending);
      return ask();
    },
    /** What was open when this page, or the whole device, went away. */
    restore(sending: Sending): void {
      open.value = sending;
      wasLost.value = true;
      void ask();
    },
    giveUp(): void {
      forget();
      failure.value = null;
    },
  };
}

/** Whether what was sent may still have arrived. A log-in that ended says nothing of an earlier asking. */
function isOpen(outcome: Failure, wasLost: boolean): boolean {
  if (outcome.kind === 'unknown') return true;
  const { kind, code, moved } = outcome.problem;
  return moved !== 'no' || (wasLost && (kind === 'retry' || code.startsWith('auth.')));
}
