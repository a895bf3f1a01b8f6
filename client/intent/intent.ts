import { computed, ref, shallowRef } from 'vue';
import { newKey } from '../api/index.ts';
import type { Failure, Outcome } from '../api/outcome.ts';
import { afterAttempt, firstSending, interruptedSending, pauseMs, type Sending } from './sending.ts';

/** An intent as a screen shows it, whatever it is about. */
export interface ShownIntent {
  readonly busy: boolean;
  /** Why it is not done, or why nobody knows. */
  readonly failure: Failure | null;
  /** What was sent and may have been booked. Nothing else can be sent before that is known. */
  readonly unclear: unknown;
  /** No answer came, and the same is being asked again. */
  readonly isAsking: boolean;
  /** It moves points or goods: the journal shows whether it was done. */
  readonly isBooking: boolean;
  /** Asks what became of an unclear sending: the same is sent again, under the same key. */
  readonly ask: () => Promise<unknown>;
  /** The person begins a new intent, knowing that the one before may have been booked. */
  readonly beginAnew: () => Promise<void>;
  /** Forgets a failure shown, for example when a dialog is opened afresh. What is unclear stays. */
  readonly reset: () => void;
}

export interface Intent<Content, T> extends ShownIntent {
  readonly unclear: Content | null;
  /** When what is unclear was first sent; null where nothing is. */
  readonly unclearSinceMs: number | null;
  /** The key it is sent under. */
  readonly key: string;
  readonly ask: () => Promise<T | null>;
  /**
   * Sends. Answers null when it failed (then `failure` says why) or when a sending is still under way. While an
   * earlier sending is unclear, that one is asked about, whatever is handed in here.
   */
  readonly run: (content: Content) => Promise<T | null>;
  /** Resolves when it is known what an earlier page left open. */
  readonly opened: Promise<void>;
}

/** What an earlier page sent and never heard of. */
export interface LeftOpen<Content> {
  readonly key: string;
  readonly content: Content;
  readonly sentAtMs: number;
}

export interface IntentParts<Content, T> {
  readonly send: (content: Content, key: string) => Promise<Outcome<T>>;
  /** Resolves when it is on the disk, where it is kept there: it has to be before anything is sent. */
  readonly keep?: (sent: LeftOpen<Content>) => Promise<unknown>;
  /** It is known what became of it, or the person gave it up. */
  readonly settle?: (key: string) => Promise<void>;
  readonly left?: Promise<LeftOpen<Content> | null>;
  /** The key that was minted before, where the draft it belongs to has kept it. */
  readonly key?: string;
  /**
   * Called for each booking: also for one that an earlier page began, or that a returned network let through.
   * `wasLeft`: the person had been told that nobody knows.
   */
  readonly booked?: (data: T, sent: LeftOpen<Content>, wasLeft: boolean) => void | Promise<void>;
  /** This key had booked something already: an earlier sending of it arrived after all. */
  readonly bookedOtherwise?: () => void | Promise<void>;
  readonly isBooking?: (content: Content) => boolean;
  /** Attempts in a row without an answer before the person is asked. */
  readonly attemptsMax?: number;
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * One intent, one key. The key is minted before the first sending and stays through refusals, so that a straggler of
 * an earlier sending makes a conflict and never a second booking. It changes when the intent was booked or begun anew.
 */
export function createIntent<Content, T>(parts: IntentParts<Content, T>): Intent<Content, T> {
  const { send, attemptsMax = 3, now = Date.now, wait = sleep } = parts;
  const busy = ref(false);
  const isAsking = ref(false);
  const failure = shallowRef<Failure | null>(null);
  const open = shallowRef<Sending<Content> | null>(null);
  const key = ref(parts.key ?? newKey());
  const sentAtMs = ref(0);
  let wasLeft = false;

  const isUnclear = computed(() => open.value?.isUnclear === true);
  const opened = (parts.left ?? Promise.resolve(null)).then((left) => {
    if (left === null || open.value !== null) return;
    key.value = left.key;
    sentAtMs.value = left.sentAtMs;
    wasLeft = true;
    open.value = interruptedSending(left.key, left.content);
  });

  /** What is sent next is another intent. Answers what this one was. */
  function end(): { readonly ended: string; readonly toldBefore: boolean } {
    const before = { ended: key.value, toldBefore: wasLeft };
    open.value = null;
    wasLeft = false;
    key.value = newKey();
    return before;
  }

  async function booked(data: T, content: Content): Promise<T> {
    failure.value = null;
    const { ended, toldBefore } = end();
    try {
      await parts.booked?.(data, { key: ended, content, sentAtMs: sentAtMs.value }, toldBefore);
    } finally {
      // Last: a page that dies before it was told is told by the next one.
      await parts.settle?.(ended);
    }
    return data;
  }

  async function bookedOtherwise(): Promise<void> {
    const { ended } = end();
    await parts.settle?.(ended);
    await parts.bookedOtherwise?.();
  }

  async function askUntilKnown(first: Sending<Content>): Promise<T | null> {
    for (let sending = first; ;) {
      open.value = sending;
      const after = afterAttempt(sending, await send(sending.content, sending.key));
      if (after.is === 'booked') return booked(after.data, sending.content);
      failure.value = after.failure;
      if (after.is !== 'open') {
        await (after.is === 'refused' ? release(sending.key) : bookedOtherwise());
        return null;
      }
      open.value = sending = after.sending;
      // Certainly not booked: the next page must not send it by itself.
      if (!sending.isUnclear) await parts.settle?.(sending.key);
      const isWorthAsking = sending.isUnclear && after.failure.kind === 'unknown';
      if (!isWorthAsking || sending.attempts % attemptsMax === 0) return null;
      isAsking.value = true;
      await wait(pauseMs(sending));
    }
  }

  /** Nothing was booked under this key, which stays for what is sent next. */
  async function release(sentUnder: string): Promise<void> {
    open.value = null;
    wasLeft = false;
    await parts.settle?.(sentUnder);
  }

  async function whileBusy(work: () => Promise<T | null>): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    failure.value = null;
    try {
      return await work();
    } finally {
      wasLeft = isUnclear.value;
      isAsking.value = false;
      busy.value = false;
    }
  }

  const askOpen = () => (open.value?.isUnclear ? askUntilKnown(open.value) : Promise.resolve(null));

  return {
    get busy() {
      return busy.value;
    },
    get isAsking() {
      return isAsking.value;
    },
    get failure() {
      return failure.value;
    },
    get unclear() {
      return open.value?.isUnclear ? open.value.content : null;
    },
    get unclearSinceMs() {
      return isUnclear.value ? sentAtMs.value : null;
    },
    get isBooking() {
      return open.value !== null && parts.isBooking?.(open.value.content) === true;
    },
    get key() {
      return key.value;
    },
    opened,
    ask: () => whileBusy(askOpen),
    run: (content) =>
      whileBusy(async () => {
        await opened;
        if (isUnclear.value) return askOpen();
        // As plain data and as it is now: what is asked again must not change with the form.
        const frozen = JSON.parse(JSON.stringify(content)) as Content;
        sentAtMs.value = now();
        await parts.keep?.({ key: key.value, content: frozen, sentAtMs: sentAtMs.value });
        return askUntilKnown(firstSending(key.value, frozen));
      }),
    async beginAnew() {
      if (busy.value) return;
      failure.value = null;
      await parts.settle?.(end().ended);
    },
    reset() {
      if (!isUnclear.value && !busy.value) failure.value = null;
    },
  };
}
