import type { Job } from '../jobs/index.ts';
import type { Keeper } from './backup-service.ts';

/** Looks every quarter of an hour whether the daily backup is due. The keeper has a lease of its own for it. */
export function dailyBackup(keeper: Pick<Keeper, 'makeDaily'>): Job {
  return {
    name: 'daily backup',
    firstAfterMs: 60_000,
    everyMs: 15 * 60_000,
    run: () => keeper.makeDaily(),
  };
}
