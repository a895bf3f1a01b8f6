import { computed, getCurrentScope, onScopeDispose, ref, shallowRef } from 'vue';
import type { ComputedRef, Ref, ShallowRef } from 'vue';
import { newKey } from '../api/index.ts';
import type { Failure, Outcome } from '../api/outcome.ts';
import type { IntentStore } from './intent-store.ts';
import { afterAttempt, firstSending, interruptedSending, pauseMs, type Sending } from './sending.ts';

export interface Intent<Content, T> {
  readonly busy: Readonly<Ref<boolean>>;
  /** Why it is not done, or why nobody knows. */
  readonly failure: ShallowRef<Failure | null>;
  /** What was sent and may have been booked. Nothing else can be sent before that is known. */
  readonly unclear: ComputedRef<Content | null>;
  /** The answer is late, and the same is being asked again. */
  readonly isAsking: Readonly<Ref<boolean>>;
  /**
   * Sends. Answers null when it failed (then `failure` says why) or when a sending is still under way. While an
   * earlier sending is unclear, that one is asked about, whatever is handed in here.
   */
  readonly run: (content: Content) => Promise<T | null>;
  /** Asks what became of an unclear sending. */
  readonly ask: () => Promise<T | null>;
  /** The person begins a new intent, knowing that the one before may have been booked. */
  readonly beginAnew: () => Promise<void>;
  /** Forgets a failure shown, for example when a dialog is opened afresh. What is unclear stays. */
  readonly reset: () => void;
  /** Resolves when the store was asked what an earlier page left open; asking about that goes on. */
  readonly opened: Promise<void>;
}

export interface IntentParts<Content, T> {
  readonly send: (content: Content, key: string) => Promise<Outcome<T>>;
  /** Where it is kept while it is open; without it an intent lives as long as the page. */
  readonly kept?: { readonly store: IntentStore; readonly kind: string; readonly owner: string };
  /** Called for each booking: also for one that an earlier page began, or that a returned network let through. */
  readonly booked?: (data: T, content: Content, wasUnclear: boolean) => void | Promise<void>;
  /** Attempts in a row without an answer before the person is asked. */
  readonly attemptsMax?: number;
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * One intent, one key. The key is minted with the first sending and stays through refusals, so that a straggler of
 * an earlier sending makes a conflict and never a second booking. It changes when the intent was booked or begun anew.
 */
export function useIntent<Content, T>(parts: IntentParts<Content, T>): Intent<Content, T> {
  const { send, kept, booked, attemptsMax = 3, now = Date.now, wait = sleep } = parts;
  const busy = ref(false);
  const isAsking = ref(false);
  const failure = shallowRef<Failure | null>(null);
  const open = shallowRef<Sending<Content> | null>(null);
  let key = newKey();

  const unclear = computed(() => (open.value?.isUnclear === true ? open.value.content : null));

  async function end(): Promise<void> {
    const ended = key;
    open.value = null;
    key = newKey();
    await kept?.store.settle(ended);
  }

  async function askUntilKnown(first: Sending<Content>): Promise<T | null> {
    for (let sending = first; ;) {
      open.value = sending;
      const after = afterAttempt(sending, await send(sending.content, sending.key));
      if (after.is === 'booked') {
        failure.value = null;
        await end();
        await booked?.(after.data, sending.content, sending.isUnclear);
        return after.data;
      }
      failure.value = after.failure;
      if (after.is === 'booked_otherwise') await end();
      if (after.is === 'refused') {
        open.value = null;
        await kept?.store.settle(sending.key);
      }
      if (after.is !== 'open') return null;
      open.value = after.sending;
      const isWorthAsking = after.sending.isUnclear && after.failure.kind === 'unknown';
      if (!isWorthAsking || after.sending.attempts % attemptsMax === 0) return null;
      isAsking.value = true;
      await wait(pauseMs(after.sending));
      sending = after.sending;
    }
  }

  async function whileBusy(work: () => Promise<T | null>): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    failure.value = null;
    try {
      return await work();
    } finally {
      isAsking.value = false;
      busy.value = false;
    }
  }

  const ask = () =>
    whileBusy(() => (open.value?.isUnclear === true ? askUntilKnown(open.value) : Promise.resolve(null)));

  function run(content: Content): Promise<T | null> {
    if (open.value?.isUnclear === true) return ask();
    return whileBusy(async () => {
      // As plain data and as it is now: what is asked again must not change with the form.
      const frozen = JSON.parse(JSON.stringify(content ?? null)) as Content;
      await kept?.store.keep({ ...identity(), key, content: frozen, sentAtMs: now() });
      return askUntilKnown(firstSending(key, frozen));
    });
  }

  function identity(): { kind: string; owner: string } {
    return { kind: kept?.kind ?? '', owner: kept?.owner ?? '' };
  }

  async function restore(): Promise<void> {
    const { kind, owner } = identity();
    const [left] = (await kept?.store.openOnes(kind, owner)) ?? [];
    if (left === undefined || open.value !== null) return;
    key = left.key;
    open.value = interruptedSending(left.key, left.content as Content);
    void ask();
  }

  if (typeof window !== 'undefined' && getCurrentScope()) {
    const whenOnline = () => void ask();
    window.addEventListener('online', whenOnline);
    onScopeDispose(() => window.removeEventListener('online', whenOnline));
  }

  return {
    ...{ busy, failure, unclear, isAsking, run, ask },
    beginAnew: async () => {
      if (busy.value) return;
      failure.value = null;
      await end();
    },
    reset() {
      if (unclear.value === null) failure.value = null;
    },
    opened: kept ? restore() : Promise.resolve(),
  };
}
