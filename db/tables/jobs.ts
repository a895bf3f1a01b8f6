import type { Kit } from '#engine';
import type { BackupNote } from '../../shared/backups/contract.ts';

/** Jobs that one process does for all. Written by server/jobs. */
export function jobsTables(k: Kit) {
  /**
   * Work that one server process does for all of them, whoever takes it first. It speaks of processes that run, so
   * it is in no backup.
   */
  const chores = k.table('chores', {
    id: k.text().plain().$type<'backup' | 'sweep'>().primaryKey(),
    /** Who is at it; counts until `heldUntilMs`, so that a process that died holds nobody up. */
    holder: k.text().plain().notNull(),
    heldUntilMs: k.int().plain().notNull(),
    note: k.json<BackupNote>().plain(),
  });

  return { chores };
}
