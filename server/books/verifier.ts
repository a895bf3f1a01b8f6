import { basename } from 'node:path';
import type { Reader, Store, StoreShut } from '../../db/index.ts';
import type { BadRow, Verification, Verifying } from '../../shared/ledger/verification.ts';
import { runChecks, type StartCheck } from '../acts/index.ts';
import {
  type LedgerKinds,
  recordVerification,
  verify,
  type VerifyOptions,
  worstVerification,
} from '../ledger/index.ts';
import { checkErased } from './check-erased.ts';
import type { GoneHead } from './known-heads.ts';
import { goneHead, type HeadPlaces, NoteUnreadable } from './rollback-guard.ts';

export interface VerifierDeps {
  readonly store: Store;
  readonly kinds: LedgerKinds;
  readonly clock: () => number;
  readonly newId: () => string;
  /** A book that lacks a head which is known from one of these does not verify. */
  readonly headPlaces?: HeadPlaces | undefined;
  /** Checks of other domains that compare their rows with a book that holds. */
  readonly checks?: readonly StartCheck[];
}

type Pace = Pick<VerifyOptions, 'pauseMs' | 'signal' | 'onProgress'>;

interface LastVerification {
  readonly at: string;
  readonly ok: boolean;
  readonly headNumber: number;
}

export interface Verifier {
  /**
   * Verifies a village's book and stores the outcome. Callers who ask while a verification is under way get its
   * outcome.
   */
  verify(villageId: string, pace?: Pace): Promise<Verification>;
  /** Ends the verifications under way because their book is about to be replaced. Their callers are told the reason. */
  readonly callOff: (reason: StoreShut) => void;
  /** How far a verification of this village's book has come in this process; null when none is under way. */
  progress(villageId: string): Verifying | null;
  /**
   * The verification that the health check and the metrics report: among all villages' latest, failed ones come
   * first, then the oldest.
   */
  last(): Promise<LastVerification | null>;
}

const REMEMBERED_MS = 10_000;

export function createVerifier(deps: VerifierDeps): Verifier {
  const { store, kinds, clock, newId, headPlaces, checks = [] } = deps;
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
    const found = await verify(store, kinds, villageId, { ...pace, clock, onProgress, signal });
    const verification = found.ok
      ? { ...found, ...(await lookFurther(villageId, { ...pace, signal })) }
      : found;
    const id = newId();
    await store.transaction((tx) => recordVerification(tx, villageId, id, verification));
    remembered = null;
    return verification;
  }

  /** Compares a book that holds with what is known of it elsewhere, and with the rows that came about by it. */
  async function lookFurther(
    villageId: string,
    { pauseMs = 0, signal }: Pace,
  ): Promise<Pick<Verification, 'ok' | 'bad'>> {
    const gone = headPlaces ? await goneRow(store, headPlaces, villageId) : null;
    if (gone) return { ok: false, bad: gone };
    const giveWay = async () => {
      await new Promise((resolve) => (pauseMs > 0 ? setTimeout(resolve, pauseMs) : setImmediate(resolve)));
      signal?.throwIfAborted();
    };
    // One snapshot for acts and rows: else what is done meanwhile would be in one and not in the other.
    // Erasures come first: a word that is missing without one would seem to be changed elsewhere.
    const bad = await store.read((reader) =>
      runChecks({ reader, villageId, giveWay }, [checkErased, ...checks]),
    );
    return { ok: bad === null, bad };
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

/** The first known head that the book lacks, or the note that cannot be read, as the row that does not fit. */
async function goneRow(store: Store, places: HeadPlaces, villageId: string): Promise<BadRow | null> {
  try {
    const gone = await goneHead(store, places, villageId);
    return gone && badHead(gone);
  } catch (error) {
    if (!(error instanceof NoteUnreadable)) throw error;
    const nowhere = { number: null, line: null, accountId: null, expected: '', found: '' };
    return { ...nowhere, table: basename(error.notePath), check: 'unreadable' };
  }
}

/** A head that is known and not in the book, as the row that does not fit. */
export function badHead({ where, number, hash, found }: GoneHead): BadRow {
  const row = { table: basename(where), number, line: null, accountId: null };
  return { ...row, check: 'head', expected: hash, found };
}
