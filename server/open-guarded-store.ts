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

interface Opening {
  /** Brings the database up to date and opens it. */
  readonly open: () => Promise<Store>;
  /** Opens the one that was restored meanwhile. */
  readonly reopen: () => Promise<Store>;
  /** Told of a large file that turns out damaged while the server works; it is not written any more. */
  readonly onDamage: (found: string) => void;
  /** Told when what stands there after a restore cannot be opened, however often it was tried. */
  readonly onLost: (error: unknown) => void;
}

/**
 * Opens the database for a server, and only where it is what it was: not moved elsewhere, the folder this server's alone,
 * the file whole, every book as far as it had come. Whatever is not so is thrown before anything is written.
 */
export async function openGuarded(
  place: Place,
  { open, reopen, onDamage, onLost }: Opening,
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

/** As it is, before it is brought up to date; null where there is none. */
async function openThere(place: Place): Promise<Store | null> {
  return (await schemaState(place)) === null ? null : openAsItIs(place);
}
