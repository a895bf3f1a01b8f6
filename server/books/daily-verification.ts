import type { BadRow } from '../../shared/ledger/verification.ts';
import type { Job } from '../jobs/index.ts';
import { bookStates } from '../ledger/index.ts';
import type { Verifier } from './verifier.ts';

/** A little less than a day, so that a look once an hour keeps the hour of the day. */
const DUE_AFTER_MS = 23.5 * 3_600_000;
/** In books of more entries than this, a verification pauses between its pages, for two thirds of its time. */
const SMALL_BOOK_ENTRIES = 20_000;
const REST_MS = 20;

/**
 * Verifies each village's book once a day, and overdue books soon after the start. Small books take a fraction of a
 * second; large ones are read with pauses between their pages.
 */
export function dailyVerification(verifier: Pick<Verifier, 'verify'>): Job {
  return {
    name: 'daily verification',
    firstAfterMs: 5_000,
    everyMs: 3_600_000,
    async run({ store, clock, logger, signal }) {
      for (const { villageId, number, last } of await store.read(bookStates)) {
        if (signal.aborted) return;
        // The clock may have been set back or forward since.
        if (last !== null && Math.abs(clock() - last.finishedAtMs) < DUE_AFTER_MS) continue;
        const pauseMs = number > SMALL_BOOK_ENTRIES ? REST_MS : 0;
        const { ok, bad, entries } = await verifier.verify(villageId, { pauseMs, signal });
        if (ok) logger.info({ villageId, entries }, 'book verified');
        else logger.error({ villageId, ...placeOf(bad) }, 'the book does not verify');
      }
    },
  };
}

/**
 * The place of the bad row, for the log. The stored and the expected value are left to the desk and to `jishan
 * verify`.
 */
function placeOf(bad: BadRow | null): Partial<BadRow> {
  if (bad === null) return {};
  const { table, number, line, accountId, check } = bad;
  return { table, number, line, accountId, check };
}
