import type { Kit } from '#engine';
import type { BackupNote } from '../../shared/backups/contract.ts';

/** Jobs that one process does for all. Written by server/jobs. */
export function jobsTables(k: Kit) {
  /**
   * The process that does a job which one of them does for all. It is about processes that run, so no backup has
   * it.
   */
  const leases = k.table('leases', {
    /** Names the job. */
    id: k.text().plain().primaryKey(),
    /** The process that holds it until `heldUntilMs`: one that died holds nobody up. */
    holder: k.text().plain().notNull(),
    heldUntilMs: k.int().plain().notNull(),
    /** The outcome of the job's last run. */
    note: k.json<BackupNote>().plain(),
  });

  return { leases };
}
