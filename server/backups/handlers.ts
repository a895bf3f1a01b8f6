import { openSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import type { Reader, Store } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { endpoints } from '../../shared/backups/endpoints.ts';
import { needSecond } from '../need-second.ts';
import type { HandlersOf, OpenContext } from '../http/index.ts';
import { BackupFault } from './fault.ts';
import { usePermit } from './restore-permit.ts';
import type { Keeper } from './backup-service.ts';
import { latestMadeAtMs, type Shelf, type Shelved } from './backup-folder.ts';
import { headOf, shownFor } from './backup-view.ts';
import type { Uploads } from './uploads.ts';
import { asksForMark, requireOwn, uploadsHandlers } from './uploads-handlers.ts';

export interface BackupsServices {
  readonly keeper: Keeper;
  readonly shelf: Shelf;
  readonly uploads: Uploads;
  readonly store: Store;
  /** Throws when the password is not the caller's (server/identity). */
  readonly confirmPassword: (context: OpenContext, password: string) => Promise<void>;
}

/** So many digits of a hash tell two books apart. */
const HASH_SHOWN = 16;

export function backupsHandlers(deps: BackupsServices): HandlersOf<typeof endpoints> {
  const { keeper, shelf, uploads, store, confirmPassword } = deps;

  /**
   * Throws `backup.shared` when the database holds several villages: the administrator of one may not read or replace
   * the books of another. The operator of the machine has the command line for it.
   */
  async function requireAlone(): Promise<void> {
    if (await isShared(store)) throw new Refusal('backup.shared');
  }

  async function requireBackup(name: string): Promise<Shelved> {
    const found = (await keeper.state()).backups.find((one) => one.name === name);
    if (!found) throw new Refusal('backup.not_found');
    return found;
  }

  return {
    ...uploadsHandlers({ keeper, uploads, store, requireAlone }),
    'backups.list': async (_input, { village, nowMs }) => {
      const state = await keeper.state();
      const { backups, running, note } = state;
      const shared = await isShared(store);
      return {
        items: backups.map((one) => shownFor(one, shared ? village.id : null)),
        lastMadeAtMs: latestMadeAtMs(state, nowMs),
        running,
        failure: note.failure,
        restored: note.restored
          ? { ...note.restored, by: (await nameOf(store, note.restored.by)) ?? note.restored.by }
          : null,
        folder: shelf.folder,
        copyFolder: shelf.copyFolder,
        uploadBytesMax: uploads.bytesMax,
        isShared: shared,
      };
    },
    'backups.make': async (_input, { village, actor }) => {
      const by = { actorId: actor.id, via: 'desk' } as const;
      const made = await keeper.make('asked', by).catch((error: unknown) => {
        throw error instanceof BackupFault ? failed(error) : error;
      });
      if (!made) throw new Refusal('backup.busy');
      return shownFor(made, (await isShared(store)) ? village.id : null);
    },
    'backups.download': async ({ params: { name }, body }, context) => {
      await requireAlone();
      await confirmPassword(context, body.password);
      await requireBackup(name);
      await store.transaction((tx) =>
        context.bookActs(tx, { act: 'backups.downloaded', on: `backup:${name}` }),
      );
      return {
        filename: name,
        mediaType: 'application/gzip',
        descriptor: opened(join(shelf.folder, name)),
      };
    },
    'backups.allowRestore': async ({ params: { name }, body: { madeAtMs, head } }, context) => {
      if (await isSharedBy(context.tx)) throw new Refusal('backup.shared');
      const on = `backup:${name}` as const;
      const is = { madeAt: madeAtMs, upTo: head.number, head: head.hash.slice(0, HASH_SHOWN) };
      needSecond(context, { on, is });
      context.act({ act: 'backups.restore_allowed', on, is });
      return { ok: true };
    },
    'backups.restore': async ({ params: { name }, body }, context) => {
      await requireAlone();
      await confirmPassword(context, body.password);
      if (body.villageName.trim() !== context.village.name) throw new Refusal('backup.village_name');
      const backup = await requireBackup(name);
      if (backup.kind === 'upload') await requireOwn(store, context.village.id, backup.books);
      const asked = {
        onlyMadeHere: await asksForMark(store, context.village.id),
        by: { actorId: context.actor.id, via: 'desk', name: await nameOf(store, context.actor.id) },
      } as const;
      const { id: villageId, openedAtMs } = context.village;
      const giveBack = await usePermit(store, { villageId, openedAtMs, nowMs: context.nowMs }, backup);
      const report = await keeper.restore(name, asked).catch(async (error: unknown) => {
        if (!(error instanceof BackupFault)) throw error;
        if (error.code !== 'outcome_unknown') await giveBack();
        throw notRestored(error);
      });
      if (!report) {
        await giveBack();
        throw new Refusal('backup.busy');
      }
      const { madeAt, books, keptAside } = report;
      return { madeAtMs: Date.parse(madeAt), books: books.map(headOf), keptAside };
    },
    'backups.restoring': () => Promise.resolve(keeper.restoring()),
  };
}

function notRestored(error: BackupFault): Refusal {
  if (error.code === 'made_elsewhere') return new Refusal('backup.made_elsewhere');
  if (error.code === 'outcome_unknown') return new Refusal('backup.outcome_unknown');
  return new Refusal('backup.not_restored', { what: said(error) });
}

/** Opens the file at once, so that it is sent whole even if it is removed meanwhile. */
function opened(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Refusal('backup.not_found');
    throw error;
  }
}

function said({ code, what }: BackupFault): string {
  return `${code} ${what}`.trim();
}

/** Two codes have sentences of their own. Their figures stand in the note. */
function failed(fault: BackupFault): Refusal {
  const isKnown = fault.code === 'no_room' || fault.code === 'replaced';
  return new Refusal('backup.failed', { what: isKnown ? fault.code : said(fault) });
}

async function nameOf(store: Store, id: string): Promise<string | undefined> {
  const rows = await store.read(({ db, t: { staff } }) =>
    db.select({ name: staff.displayName }).from(staff).where(eq(staff.id, id)),
  );
  return rows[0]?.name;
}

function isShared(store: Store): Promise<boolean> {
  return store.read(isSharedBy);
}

async function isSharedBy({ db, t: { villages } }: Reader): Promise<boolean> {
  const rows = await db.select({ id: villages.id }).from(villages).limit(2);
  return rows.length > 1;
}
