import type { Logger } from 'pino';
import { type Reader, type Store, StoreBusy, StoreShut } from '../../db/index.ts';
import type { BadRow, Verification, Verifying } from '../../shared/ledger/verification.ts';
import {
  bookStates,
  type LedgerKinds,
  recordVerification,
  verify,
  type VerifyOptions,
  worstVerification,
} from '../ledger/index.ts';
import { faultOf } from '../redact-error.ts';

export interface VerifierDeps {
  readonly store: Store;
  readonly kinds: LedgerKinds;
  readonly clock: () => number;
  readonly newId: () => string;
}

type Pace = Pick<VerifyOptions, 'pauseMs' | 'signal' | 'onProgress'>;

interface LastVerification {
  readonly at: string;
  readonly ok: boolean;
  readonly headNumber: number;
}

export interface Verifier {
  /** Verifies a village's book and keeps the outcome. Who asks while it is under way gets that one's outcome. */
  verify(villageId: string, pace?: Pace): Promise<Verification>;
  /** Ends those under way: the book they read is about to be replaced. Who waits for one is told so. */
  readonly callOff: (reason: StoreShut) => void;
  /** How far a verification of this village's book has come in this process; null when none is under way. */
  progress(villageId: string): Verifying | null;
  /** To be told when asked how the program is: of several villages' latest verifications the one that found something, else the oldest. */
  last(): Promise<LastVerification | null>;
}

const REMEMBERED_MS = 10_000;

export function createVerifier({ store, kinds, clock, newId }: VerifierDeps): Verifier {
  const underWay = new Map<string, Promise<Verification>>();
  const progress = new Map<string, Verifying>();
  let ending = new AbortController();
  let remembered: { readonly last: LastVerification | null; readonly untilMs: number } | null = null;

  async function verifyAndKeep(villageId: string, pace: Pace): Promise<Verification> {
    const startedAtMs = clock();
    const onProgress = (done: number, total: number): void => {
      progress.set(villageId, { startedAtMs, done, total });
      pace.onProgress?.(done, total);
    };
    onProgress(0, 0);
    const signal = pace.signal ? AbortSignal.any([pace.signal, ending.signal]) : ending.signal;
    const verification = await verify(store, kinds, villageId, { ...pace, clock, onProgress, signal });
    const id = newId();
    await store.transaction((tx) => recordVerification(tx, villageId, id, verification));
    remembered = null;
    return verification;
  }

  return {
    verify(villageId, pace = {}) {
      const running = underWay.get(villageId);
      if (running) return running;
      const started = verifyAndKeep(villageId, pace).finally(() => {
        underWay.delete(villageId);
        progress.delete(villageId);
      });
      underWay.set(villageId, started);
      return started;
    },
    callOff(reason) {
      ending.abort(reason);
      ending = new AbortController();
    },
    progress: (villageId) => progress.get(villageId) ?? null,
    async last() {
      const nowMs = clock();
      const isFresh = remembered && nowMs < remembered.untilMs && nowMs >= remembered.untilMs - REMEMBERED_MS;
      if (remembered === null || !isFresh) {
        remembered = { last: await store.read(worst), untilMs: nowMs + REMEMBERED_MS };
      }
      return remembered.last;
    },
  };
}

async function worst(reader: Reader): Promise<LastVerification | null> {
  const [found] = await worstVerification(reader);
  if (!found) return null;
  const { ok, finishedAtMs, headNumber } = found;
  return { at: new Date(finishedAtMs).toISOString(), ok, headNumber };
}

/** Where it does not verify. What stands there and what should is for the desk and `jishan verify`. */
function placeOf(bad: BadRow | null): Partial<BadRow> {
  if (bad === null) return {};
  const { table, number, line, accountId, check } = bad;
  return { table, number, line, accountId, check };
}

export interface Background {
  /** Ends what is under way. */
  stop(): Promise<void>;
}

export interface DailyOptions {
  readonly store: Store;
  readonly verifier: Pick<Verifier, 'verify'>;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly firstAfterMs?: number;
}

const FIRST_AFTER_MS = 5_000;
const LOOK_AGAIN_MS = 3_600_000;
/** A little less than a day, so that a look once an hour keeps the hour of the day. */
const DUE_AFTER_MS = 23.5 * 3_600_000;
/** Above this many entries a verification takes rests, two thirds of its time. */
const SMALL_BOOK_ENTRIES = 20_000;
const REST_MS = 20;

/**
 * Verifies each village's book once a day, and soon after the start those that are due: small books at once
 * (a fraction of a second), large ones with rests between their pages. Never keeps the process alive.
 */
export function verifyDaily({
  store,
  verifier,
  clock,
  logger,
  firstAfterMs = FIRST_AFTER_MS,
}: DailyOptions): Background {
  const ending = new AbortController();
  let timer = setTimeout(look, firstAfterMs).unref();
  let round: Promise<void> = Promise.resolve();

  function look(): void {
    round = verifyDue().catch((error: unknown) => {
      // Whatever is restored meanwhile is verified at the next look.
      if (ending.signal.aborted || error instanceof StoreShut) return;
      logger.error({ err: faultOf(error) }, 'verification failed');
    });
    timer = setTimeout(look, LOOK_AGAIN_MS).unref();
  }

  async function verifyDue(): Promise<void> {
    for (const { villageId, number, last } of await store.read(bookStates)) {
      if (ending.signal.aborted) return;
      // Whichever way the clock was set since.
      if (last !== null && Math.abs(clock() - last.finishedAtMs) < DUE_AFTER_MS) continue;
      const pauseMs = number > SMALL_BOOK_ENTRIES ? REST_MS : 0;
      const { ok, bad, entries } = await verifier.verify(villageId, { pauseMs, signal: ending.signal });
      if (ok) logger.info({ villageId, entries }, 'book verified');
      else logger.error({ villageId, ...placeOf(bad) }, 'the book does not verify');
    }
  }

  return {
    async stop() {
      // Whoever waits for this verification is told to ask again.
      ending.abort(new StoreBusy('the server is stopping'));
      clearTimeout(timer);
      await round;
    },
  };
}
