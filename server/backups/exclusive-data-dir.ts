import { mkdirSync } from 'node:fs';
import { FolderInUse, type Held, holdFolder } from '../../db/index.ts';
import { BackupFault } from './fault.ts';

/** Runs `work` while no server has the data folder open, and lets none start meanwhile. Throws `in_use`. */
export async function aloneIn<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const held = hold(dataDir);
  try {
    return await work();
  } finally {
    held.release();
  }
}

function hold(dataDir: string): Held {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return holdFolder(dataDir);
  } catch (error) {
    if (error instanceof FolderInUse) throw new BackupFault('in_use', { what: dataDir, cause: error });
    throw error;
  }
}
