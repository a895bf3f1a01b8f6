import { shallowReactive } from 'vue';
import { newKey } from '../api/index.ts';
import type { Failure, Outcome } from '../api/outcome.ts';
import { afterAttempt, firstSending, interruptedSending, pauseMs, type Sending } from './sending-state.ts';

/** An intent as a screen shows it, whatever it is about. */
export interface ShownIntent {
  readonly busy: boolean;
  /** Why it is not done, or why nobody knows. */
  readonly failure: Failure | null;
  /** The content that was sent and may have been booked. Nothing else can be sent before that is known. */
  readonly unclear: unknown;
  /** No answer came, and the same is being asked again. */
  readonly isAsking: boolean;
  /** It moves points or goods: the journal shows whether it was done. */
  readonly isBooking: boolean;
  /** The disk refused what is unclear now: the next page will not know of it. */
  readonly isUnkept: boolean;
  /** Asks what became of an unclear sending: the same is sent again, under the same key. */
  readonly ask: () => Promise<unknown>;
  /** The person begins a new intent, knowing that the one before may have been booked. */
  readonly beginAnew: () => Promise<void>;
  /** Forgets a failure shown, for example when a dialog is opened afresh. An unclear sending stays. */
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

/** A sending whose answer an earlier page never received. */
export interface LeftOpen<Content> {
  readonly key: string;
  readonly content: Content;
  readonly sentAtMs: number;
}

export interface IntentParts<Content, T> {
  readonly send: (content: Content, key: string) => Promise<Outcome<T>>;
  /**
   * Writes it to the disk before it is sent. False where the disk refused it: it is sent all the same, and while it is
   * unclear the person is told not to close the page. Null where it is not meant to be kept.
   */
  readonly keep?: (sent: LeftOpen<Content>) => Promise<boolean | null>;
  /** It is known what became of it, or the person gave it up. */
  readonly settle?: (key: string) => Promise<void>;
  readonly left?: Promise<LeftOpen<Content> | null>;
  /** A sending that another page left open since, under another key than this one. */
  readonly leftElsewhere?: (key: string) => Promise<LeftOpen<Content> | null>;
  /** The key it begins with, if it was minted before. */
  readonly key?: string;
  /** The key that the draft of this content keeps: every page that shows the draft sends under it. Null: it has none. */
  readonly keyOf?: (content: Content) => string | null;
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

interface State<Content> {
  busy: boolean;
  isAsking: boolean;
  failure: Failure | null;
  open: Sending<Content> | null;
  /** The key of what was sent last, or is sent next. */
  key: string;
  /** The key of what has no draft. */
  ownKey: string;
  sentAtMs: number;
  /** The person has been told that nobody knows. */
  wasLeft: boolean;
  /** The disk refused it. */
  isRefusedByDisk: boolean;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * One intent, one key. The key is minted before the first sending and stays through refusals, so that a straggler of
 * an earlier sending makes a conflict and never a second booking. It changes when the intent was booked or begun anew.
 */
export function createIntent<Content, T>(parts: IntentParts<Content, T>): Intent<Content, T> {
  const ownKey = parts.key ?? newKey();
  const state = shallowReactive<State<Content>>({
    ...{ busy: false, isAsking: false, failure: null, open: null, sentAtMs: 0, wasLeft: false },
    isRefusedByDisk: false,
    ...{ key: ownKey, ownKey },
  });
  const opened = (parts.left ?? Promise.resolve(null)).then((left) => {
    if (left !== null && state.open === null) takeOver(state, left);
  });
  const askOpen = () => (state.open?.isUnclear ? askUntilKnown(state, parts, state.open) : null);

  async function send(content: Content): Promise<T | null> {
    await opened;
    if (state.open?.isUnclear) return askOpen();
    state.key = parts.keyOf?.(content) ?? state.ownKey;
    const elsewhere = (await parts.leftElsewhere?.(state.key)) ?? null;
    if (elsewhere !== null) {
      takeOver(state, elsewhere);
      return askOpen();
    }
    // A copy: a second attempt must not change with the form.
    const frozen = JSON.parse(JSON.stringify(content)) as Content;
    state.sentAtMs = (parts.now ?? Date.now)();
    const isKept = await parts.keep?.({ key: state.key, content: frozen, sentAtMs: state.sentAtMs });
    state.isRefusedByDisk = isKept === false;
    return askUntilKnown(state, parts, firstSending(state.key, frozen));
  }

  return {
    get busy() {
      return state.busy;
    },
    get isAsking() {
      return state.isAsking;
    },
    get failure() {
      return state.failure;
    },
    get unclear() {
      return state.open?.isUnclear ? state.open.content : null;
    },
    get unclearSinceMs() {
      return state.open?.isUnclear ? state.sentAtMs : null;
    },
    get isBooking() {
      return state.open !== null && parts.isBooking?.(state.open.content) === true;
    },
    get key() {
      return state.key;
    },
    get isUnkept() {
      return state.isRefusedByDisk && state.open?.isUnclear === true;
    },
    opened,
    // A refusal that is shown stays where there is nothing to ask about.
    ask: () => (state.open?.isUnclear ? whileBusy(state, askOpen) : Promise.resolve(null)),
    run: (content) => whileBusy(state, () => send(content)),
    async beginAnew() {
      if (state.busy) return;
      state.failure = null;
      await parts.settle?.(end(state).key);
    },
    reset() {
      if (!state.open?.isUnclear && !state.busy) state.failure = null;
    },
  };
}

function takeOver<Content>(state: State<Content>, { key, content, sentAtMs }: LeftOpen<Content>): void {
  const open = interruptedSending(key, content);
  Object.assign(state, { key, sentAtMs, open, wasLeft: true, isRefusedByDisk: false });
}

/** Ends this intent; the next sending gets another key. Answers the key that ended. */
function end<Content>(state: State<Content>): { readonly key: string; readonly wasLeft: boolean } {
  const { key, wasLeft } = state;
  const ownKey = newKey();
  Object.assign(state, { open: null, wasLeft: false, key: ownKey, ownKey });
  return { key, wasLeft };
}

async function whileBusy<Content, T>(
  state: State<Content>,
  work: () => Promise<T | null> | null,
): Promise<T | null> {
  if (state.busy) return null;
  Object.assign(state, { busy: true, failure: null });
  try {
    return await work();
  } finally {
    Object.assign(state, { busy: false, isAsking: false, wasLeft: state.open?.isUnclear === true });
  }
}

async function askUntilKnown<Content, T>(
  state: State<Content>,
  parts: IntentParts<Content, T>,
  first: Sending<Content>,
): Promise<T | null> {
  const { send, attemptsMax = 3, wait = sleep } = parts;
  for (let sending = first; ;) {
    state.open = sending;
    const after = afterAttempt(sending, await send(sending.content, sending.key));
    if (after.is === 'booked') return tellBooked(state, parts, after.data, sending.content);
    state.failure = after.failure;
    if (after.is !== 'open') {
      await (after.is === 'refused' ? release(state, parts) : tellBookedOtherwise(state, parts));
      return null;
    }
    state.open = sending = after.sending;
    // Certainly not booked: the next page must not send it by itself.
    if (!sending.isUnclear) await parts.settle?.(sending.key);
    const isWorthAsking = sending.isUnclear && after.failure.kind === 'unknown';
    if (!isWorthAsking || sending.attempts % attemptsMax === 0) return null;
    state.isAsking = true;
    await wait(pauseMs(sending));
  }
}

async function tellBooked<Content, T>(
  state: State<Content>,
  parts: IntentParts<Content, T>,
  data: T,
  content: Content,
): Promise<T> {
  state.failure = null;
  const { key, wasLeft } = end(state);
  try {
    await parts.booked?.(data, { key, content, sentAtMs: state.sentAtMs }, wasLeft);
  } finally {
    // Last: a page that dies before it was told is told by the next one.
    await parts.settle?.(key);
  }
  return data;
}

async function tellBookedOtherwise<Content, T>(
  state: State<Content>,
  parts: IntentParts<Content, T>,
): Promise<void> {
  await parts.settle?.(end(state).key);
  await parts.bookedOtherwise?.();
}

/** Nothing was booked under this key, which stays for what is sent next. */
async function release<Content, T>(state: State<Content>, parts: IntentParts<Content, T>): Promise<void> {
  Object.assign(state, { open: null, wasLeft: false });
  await parts.settle?.(state.key);
}
