import type { Logger } from 'pino';
import { type Store, StoreBusy, StoreShut } from '../../db/index.ts';
import { faultOf } from '../redact-error.ts';
import { takeFreeLease } from './leases.ts';

/** The arguments of each run of a job. */
export interface JobRun {
  readonly store: Store;
  readonly clock: () => number;
  readonly logger: Logger;
  /** Aborted when the server stops. Its reason is told to callers who wait for the job. */
  readonly signal: AbortSignal;
}

/** Periodic work of the server. */
export interface Job {
  readonly name: string;
  readonly firstAfterMs: number;
  readonly everyMs: number;
  /** One process on the database runs it, and none again for this long. Without it every process runs the job. */
  readonly onceInMs?: number;
  readonly run: (at: JobRun) => Promise<void>;
}

export interface RunningJobs {
  /** Ends the runs under way and resolves when nothing runs any more. */
  stop(): Promise<void>;
}

export interface JobOptions {
  readonly store: Store;
  readonly clock: () => number;
  readonly logger: Logger;
  /** Replaces the jobs' own `firstAfterMs`, for tests. */
  readonly firstAfterMs?: number;
}

/** Runs all jobs side by side; runs of one job never overlap. No timer keeps the process alive. */
export function startJobs(jobs: readonly Job[], options: JobOptions): RunningJobs {
  const ending = new AbortController();
  const running = jobs.map((job) => repeat(job, options, ending.signal));
  return {
    async stop() {
      ending.abort(new StoreBusy('the server is stopping'));
      await Promise.all(running);
    },
  };
}

async function repeat(job: Job, options: JobOptions, signal: AbortSignal): Promise<void> {
  let afterMs = options.firstAfterMs ?? job.firstAfterMs;
  while (await passes(afterMs, signal)) {
    await runOnce(job, options, signal).catch((error: unknown) => {
      // A store that is shut is being replaced: the next run finds the new one.
      if (signal.aborted || error instanceof StoreShut) return;
      options.logger.error({ err: faultOf(error) }, `the ${job.name} failed`);
    });
    afterMs = job.everyMs;
  }
}

async function runOnce(job: Job, { store, clock, logger }: JobOptions, signal: AbortSignal): Promise<void> {
  const { name, onceInMs, everyMs } = job;
  if (onceInMs !== undefined) {
    // A lease that lasts longer than this was taken by a clock that was ahead.
    const aheadMs = onceInMs + everyMs;
    const claim = { id: name, holder: name, nowMs: clock(), heldMs: onceInMs, aheadMs };
    if (!(await store.transaction((tx) => takeFreeLease(tx, claim)))) return;
  }
  await job.run({ store, clock, logger, signal });
}

/** Resolves to true after so long, and to false as soon as the signal is aborted. */
function passes(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(!signal.aborted);
    }, ms).unref();
    signal.addEventListener('abort', stop, { once: true });
  });
}
