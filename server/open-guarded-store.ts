import { mkdirSync } from 'node:fs';
import {
  checkFile,
  checkLargeFile,
  createSwitch,
  holdFolder,
  openAsItIs,
  schemaState,
  sqlitePath,
  type Store,
  type SwitchStore,
} from '../db/index.ts';
import { refuseMoved } from './backups/index.ts';
import { checkHeads, keepHeads } from './books/index.ts';
import { notePathOf } from './private-file.ts';

interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

interface StoreOpening {
  /** Brings the database up to date and opens it. */
  readonly open: () => Promise<Store>;
  /** Opens the database that a restore has put in place. */
  readonly reopen: () => Promise<Store>;
  /**
   * Called when the check of a large file, made while the server works, finds damage. The file is not written any
   * more.
   */
  readonly onDamage: (found: string) => void;
  /** Called when the restored database cannot be opened after several tries. */
  readonly onLost: (error: unknown) => void;
}

/**
 * Opens the database for a server if nothing is wrong with it: it was not moved elsewhere, no other server uses the
 * folder, the file is whole, and no book lost entries. Otherwise it throws before anything is written.
 */
export async function openGuarded(
  place: Place,
  { open, reopen, onDamage, onLost }: StoreOpening,
): Promise<SwitchStore> {
  const { dataDir, databaseUrl } = place;
  const path = databaseUrl ? null : sqlitePath(dataDir);
  const notePath = notePathOf(dataDir);
  refuseMoved(place);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const held = path === null ? null : holdFolder(dataDir);
  try {
    if (path !== null) checkFile(path);
    await checkHeads(notePath, () => openThere(place));
    const opened = await open();
    if (path !== null)
      checkLargeFile(path, (found) => {
        opened.refuseWrites?.();
        onDamage(found);
      });
    const reopenGuarded = async () => keepHeads(await reopen(), notePath);
    const store = createSwitch(keepHeads(opened, notePath), reopenGuarded, { onLost });
    return {
      ...store,
      async close() {
        await store.close();
        held?.release();
      },
    };
  } catch (error) {
    held?.release();
    throw error;
  }
}

/** Opens the database without bringing it up to date; null if there is none. */
async function openThere(place: Place): Promise<Store | null> {
  return (await schemaState(place)) === null ? null : openAsItIs(place);
}
