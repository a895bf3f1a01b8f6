import { mkdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import {
  changedGuards,
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
import { bookInEveryVillage, BY_COMMAND_LINE } from './acts/index.ts';
import { headsOfBackups, headWords, refuseMoved, type Shelf } from './backups/index.ts';
import {
  BookWentBack,
  checkHeads,
  type HeadPlaces,
  keepHeads,
  NoteUnreadable,
  WENT_ON,
} from './books/index.ts';
import { notePathOf } from './private-file.ts';
import { StartupProblem } from './startup-sentences.ts';

interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly shelf: Shelf;
  /** Goes on with a book that lacks entries which are known, once, and writes that into it. */
  readonly mayGoBack: boolean;
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
  const { dataDir, databaseUrl, shelf, mayGoBack } = place;
  const path = databaseUrl ? null : sqlitePath(dataDir);
  const notePath = notePathOf(dataDir);
  refuseMoved(place);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const held = path === null ? null : holdFolder(dataDir);
  try {
    if (path !== null) checkFile(path);
    const isThere = (await schemaState(place)) !== null;
    if (isThere) await refuseChangedGuards(place);
    const went = await lookBack({ notePath, ofBackups: () => headsOfBackups(shelf) }, mayGoBack, async () =>
      isThere ? openAsItIs(place) : null,
    );
    const opened = await open();
    if (went) await goOn(opened, notePath, went);
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

async function refuseChangedGuards(place: Place): Promise<void> {
  const names = await changedGuards(place);
  if (names.length > 0) throw new StartupProblem('guards_changed', { names: names.join(', ') });
}

type WentBack = BookWentBack | NoteUnreadable;

/** Refuses a database that lacks entries which are known; with `mayGoBack` the reason is returned instead. */
async function lookBack(
  places: HeadPlaces,
  mayGoBack: boolean,
  openThere: () => Promise<Store | null>,
): Promise<WentBack | null> {
  try {
    await checkHeads(places, openThere);
    return null;
  } catch (error) {
    if (mayGoBack && (error instanceof BookWentBack || error instanceof NoteUnreadable)) return error;
    throw error;
  }
}

/** Books that somebody goes on with a book that went back. The note is written anew after the next entry. */
async function goOn(store: Store, notePath: string, went: WentBack): Promise<void> {
  const is =
    went instanceof BookWentBack
      ? { known: headWords(went.head), where: basename(went.head.where) }
      : { where: basename(went.notePath) };
  const by = { ...BY_COMMAND_LINE, clock: Date.now };
  await bookInEveryVillage(store, by, (id) => ({ act: WENT_ON, on: `village:${id}`, is }));
  rmSync(notePath, { force: true });
}
