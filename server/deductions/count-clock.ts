import type { Logger } from 'pino';
import type { Store } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { runCommand } from '../commands/index.ts';
import { readVillage } from '../http/index.ts';
import type { Job } from '../jobs/index.ts';
import { type ClockServices, decide, decideByClock } from '../proposals/index.ts';
import { dueDeductions } from './due.ts';

interface Counting extends ClockServices {
  readonly store: Store;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

const MINUTE_MS = 60_000;

/**
 * Posts deductions whose households agreed, or had their days and did not explain themselves. Several servers may run it, and it
 * may run late: under the village's lock each looks again at what is due.
 */
export function countingClock(services: ClockServices): Job {
  return {
    name: 'counting deductions',
    firstAfterMs: MINUTE_MS / 5,
    everyMs: MINUTE_MS,
    run: (at) => countDueDeductions({ ...services, ...at }),
  };
}

/** Posts everything that is due now, in every village. */
export async function countDueDeductions(counting: Counting): Promise<void> {
  const { store, signal } = counting;
  const villages = await store.read(({ db, t }) =>
    db.select({ id: t.villages.id }).from(t.villages).orderBy(t.villages.id),
  );
  for (const { id: villageId } of villages) {
    for (const proposalId of await dueIn(counting, villageId)) {
      if (signal.aborted) return;
      if (!(await countOne(counting, villageId, proposalId))) break;
    }
  }
}

async function dueIn({ store, clock }: Counting, villageId: string): Promise<string[]> {
  return store.read(async (reader) => {
    const village = await readVillage(reader, villageId);
    const today = businessDay(clock(), village?.settings.timeZone ?? 'UTC');
    return dueDeductions(reader, { villageId, today });
  });
}

/** Posts one. False: nothing can be booked in this village now. One that cannot be posted is tried again in the next run. */
async function countOne(counting: Counting, villageId: string, proposalId: string): Promise<boolean> {
  const { store, logger } = counting;
  try {
    await store.transaction(async (tx) => {
      await tx.lockBook(villageId);
      const at = await decideByClock(counting, tx, villageId);
      const ids = await dueDeductions(tx, at, proposalId);
      if (ids.length === 0) return;
      await runCommand(tx, villageId, decide.with({ action: 'post', ids, reason: '' }, at));
    });
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    logger.warn({ proposal: proposalId, code: error.code }, 'a deduction cannot be counted');
    // Nothing is booked in a village whose book is ahead of the server's clock.
    return error.code !== 'server.clock';
  }
}
