import { openAsItIs, openStore, schemaState, type Store, type StoreOptions } from '../../db/index.ts';
import { StartupProblem } from '../startup-sentences.ts';
import { BackupFault } from './fault.ts';
import { makeOnShelf, type Shelf } from './backup-folder.ts';
import type { Maker, BackupRun } from './write.ts';

export interface Upgrader extends Pick<Maker, 'clock' | 'version' | 'keys'> {
  readonly shelf: Shelf;
  readonly work?: BackupRun;
  /** Called with null before the backup is made, and with its name afterwards. */
  readonly onBackup?: (name: string | null) => void;
}

/** The backup before a migration could not be made: the database stays as it is, and the program does not start. */
export class UpgradeStopped extends StartupProblem {
  readonly fault: BackupFault;

  constructor(fault: BackupFault) {
    super('upgrade_stopped', { why: fault.message }, { cause: fault });
    this.name = 'UpgradeStopped';
    this.fault = fault;
  }
}

/**
 * Brings the database up to date and opens it. One that holds a village and lacks a migration is backed up first; the
 * backup is verified in a copy that has been through the same migrations, so they have been tried before they count.
 */
export async function openUpToDate(options: StoreOptions, upgrader: Upgrader): Promise<Store> {
  const state = await schemaState(options);
  if (state !== null && state.pending > 0) await backUpFirst(options, state.done, upgrader);
  return openStore(options);
}

async function backUpFirst(
  options: StoreOptions,
  migrationsDone: number,
  { clock, version, keys = null, shelf, work, onBackup }: Upgrader,
): Promise<void> {
  const store = await openAsItIs(options);
  try {
    const villages = await store.read(({ db, t }) =>
      db.select({ id: t.villages.id }).from(t.villages).limit(1),
    );
    if (villages.length === 0) return;
    onBackup?.(null);
    const maker = { store, clock, version, keys, migrationsDone };
    const { name } = await makeOnShelf(maker, shelf, 'migration', work);
    onBackup?.(name);
  } catch (error) {
    if (error instanceof BackupFault) throw new UpgradeStopped(error);
    throw error;
  } finally {
    await store.close();
  }
}
