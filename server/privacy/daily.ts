import type { Logger } from 'pino';
import type { Store, Tx } from '../../db/index.ts';
import type { Background } from '../books/index.ts';
import { takeFreeLease } from '../jobs/index.ts';
import { faultOf } from '../redact-error.ts';
import { type Sweep, sweep } from './sweep.ts';

export interface SweepOptions {
  readonly store: Store;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly modules: Sweep['modules'];
  readonly firstAfterMs?: number;
}

const LEASE = 'sweep';
const FIRST_AFTER_MS = 20_000;
const LOOK_AGAIN_MS = 3_600_000;
/** A little less than a day, so that a look once an hour keeps the hour of the day. */
const DUE_AFTER_MS = 23.5 * 3_600_000;
/** Taken on for longer than anybody does: by a clock that was ahead. Those of several machines differ by less. */
const AHEAD_MS = DUE_AFTER_MS + 3_600_000;

/** Once a day, in one of the processes on a database, ends what has outlived its reason. Never keeps the process alive. */
export function sweepDaily({
  store,
  clock,
  logger,
  modules,
  firstAfterMs = FIRST_AFTER_MS,
}: SweepOptions): Background {
  let isOver = false;
  let timer = setTimeout(look, firstAfterMs).unref();
  let round: Promise<void> = Promise.resolve();

  function look(): void {
    round = sweepIfDue().catch((error: unknown) => {
      if (!isOver) logger.error({ err: faultOf(error) }, 'the daily sweep failed');
    });
    timer = setTimeout(look, LOOK_AGAIN_MS).unref();
  }

  async function sweepIfDue(): Promise<void> {
    const nowMs = clock();
    if (!(await store.transaction((tx) => takeOn(tx, nowMs)))) return;
    await sweep({ store, nowMs, modules, isOver: () => isOver });
    if (isOver) return;
    logger.info({ ms: clock() - nowMs }, 'swept');
  }

  return {
    async stop() {
      isOver = true;
      clearTimeout(timer);
      await round;
    },
  };
}

/** Whether it is due and this process the one to do it. */
function takeOn(tx: Tx, nowMs: number): Promise<boolean> {
  return takeFreeLease(tx, { id: LEASE, holder: LEASE, nowMs, heldMs: DUE_AFTER_MS, aheadMs: AHEAD_MS });
}
