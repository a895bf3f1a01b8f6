import type { Store } from '../../db/index.ts';
import type { Module, SweepRound } from '../define-module.ts';
import type { Job } from '../jobs/index.ts';

export interface Sweep {
  readonly store: Store;
  readonly nowMs: number;
  readonly modules: readonly Pick<Module<never, unknown>, 'sweep'>[];
  /** Asked between steps, because the server may be shutting down. */
  readonly isOver?: () => boolean;
}

/**
 * Removes data that has outlived its reason (docs/privacy.md), in small transactions, so that nobody waits long
 * behind one. It never touches the journal, the balances and the keys of commands. Running it again does nothing
 * more.
 */
export async function sweep({ store, nowMs, modules, isOver = () => false }: Sweep): Promise<void> {
  const villages = await store.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages));
  const round: SweepRound = { store, nowMs, isOver, villageIds: villages.map(({ id }) => id) };
  for (const module of modules) if (!isOver()) await module.sweep?.(round);
}

/** Sweeps once a day, in one of the processes on a database. */
export function dailySweep(modules: Sweep['modules']): Job {
  return {
    name: 'sweep',
    firstAfterMs: 20_000,
    everyMs: 3_600_000,
    // A little less than a day, so that a look once an hour keeps the hour of the day.
    onceInMs: 23.5 * 3_600_000,
    async run({ store, clock, logger, signal }) {
      const nowMs = clock();
      await sweep({ store, nowMs, modules, isOver: () => signal.aborted });
      if (!signal.aborted) logger.info({ ms: clock() - nowMs }, 'swept');
    },
  };
}
