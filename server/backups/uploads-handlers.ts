import type { Store } from '../../db/index.ts';
import { PIECE_BYTES_MAX } from '../../shared/backups/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { listed } from '../../shared/sentence.ts';
import type { Handlers } from '../http/index.ts';
import { hasMoved } from '../ledger/index.ts';
import { readNote } from './backup-lease.ts';
import { BackupFault } from './fault.ts';
import type { BookHeader } from './format.ts';
import type { Keeper } from './backup-service.ts';
import { readHeader } from './read.ts';
import { headWords } from './restored-act.ts';
import { shownFor } from './backup-view.ts';
import type { Uploads } from './uploads.ts';

export interface UploadsHandlerDeps {
  readonly keeper: Keeper;
  readonly uploads: Uploads;
  readonly store: Store;
  /** Refuses where several villages share the database. */
  readonly requireAlone: () => Promise<void>;
}

type UploadId = 'backups.beginUpload' | 'backups.addPiece' | 'backups.endUpload' | 'backups.dropUpload';

/** Takes a file from the administrator's computer in pieces, verifies it as a backup, and puts it on the shelf. */
export function uploadsHandlers({
  keeper,
  uploads,
  store,
  requireAlone,
}: UploadsHandlerDeps): Handlers<UploadId> {
  return {
    'backups.beginUpload': async ({ body }) => {
      await requireAlone();
      return refusing(() => ({ upload: uploads.begin(body.bytes), pieceBytesMax: PIECE_BYTES_MAX }));
    },
    'backups.addPiece': async ({ params: { upload }, query: { at }, body }) => {
      await requireAlone();
      return refusing(async () => ({ received: await uploads.add(upload, at, body) }));
    },
    'backups.endUpload': async ({ params: { upload } }, { village, bookActs }) => {
      await requireAlone();
      uploads.requireWhole(upload);
      const taken = await refusing(() =>
        keeper.take((take) =>
          uploads.take(upload, async (file) => {
            await requireOwn(store, village.id, (await readHeader(file)).books);
            return take({ file, onlyMadeHere: await asksForMark(store, village.id) });
          }),
        ),
      );
      if (!taken) throw new Refusal('backup.busy');
      const { name, madeAtMs, books } = taken;
      const is = { madeAt: madeAtMs, head: books.map(headWords).join(' ') };
      await store.transaction((tx) => bookActs(tx, { act: 'backups.uploaded', on: `backup:${name}`, is }));
      return shownFor(taken, null);
    },
    'backups.dropUpload': async ({ params: { upload } }) => {
      await requireAlone();
      uploads.drop(upload);
      return {};
    },
  };
}

/**
 * A file from elsewhere must hold this village and no other. A village whose book has not begun takes any: that is
 * how a book comes to a new machine, where somebody had to found a village to be let in.
 */
export async function requireOwn(
  store: Store,
  villageId: string,
  books: readonly Pick<BookHeader, 'villageId' | 'name'>[],
): Promise<void> {
  const [book, ...others] = books;
  if (others.length === 0 && book) {
    if (book.villageId === villageId || (await hasNotBegun(store, villageId))) return;
  }
  throw new Refusal('backup.other_village', {
    village: listed(books.map(({ name }) => name)).slice(0, 200),
  });
}

/**
 * Whether only backups with this server's mark may be taken and restored. None is asked for while there is no
 * household and nothing moved: nobody has a password, a card or a point yet that a forged backup could take over. A book
 * that was restored to before its beginning counts as begun.
 */
export async function asksForMark(store: Store, villageId: string): Promise<boolean> {
  return (await readNote(store)).restored !== undefined || !(await hasNotBegun(store, villageId));
}

async function hasNotBegun(store: Store, villageId: string): Promise<boolean> {
  return store.read(async (reader) => {
    const { db, t } = reader;
    const households = await db.select({ id: t.households.id }).from(t.households).limit(1);
    return households.length === 0 && !(await hasMoved(reader, villageId));
  });
}

/** Turns a `BackupFault` into the refusal that tells the caller what is wrong with the file. */
async function refusing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BackupFault)) throw error;
    if (error.code === 'no_space' || error.code === 'no_room') throw new Refusal('backup.no_room');
    if (error.code === 'made_elsewhere') throw new Refusal('backup.made_elsewhere');
    throw new Refusal('backup.not_taken', { what: error.code });
  }
}
