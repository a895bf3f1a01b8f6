import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BACKUP_KINDS, type BackupKind, type BackupNote } from '../../shared/backups/contract.ts';
import { backup, syncFile, syncFolder } from './backup.ts';
import { asFault, BackupFault } from './fault.ts';
import type { BookHeader } from './format.ts';
import { type Arrival, outlived } from './retention.ts';
import { type BackupKeys, isMadeHere } from './backup-mac.ts';
import { readBackup, readHeader } from './read.ts';
import { inScratch } from './temp-folder.ts';
import { copyOver } from './secondary-copy.ts';
import type { Maker, BackupRun } from './write.ts';

/** The folder for backups, and the second folder that each one is copied to. */
export interface Shelf {
  readonly folder: string;
  /** For example a memory stick or a network share. It must exist; null: no copies are made. */
  readonly copyFolder: string | null;
}

/** A backup on the shelf. A file gets its name only after it was opened and verified. */
export interface Shelved {
  readonly name: string;
  readonly kind: BackupKind;
  readonly madeAtMs: number;
  readonly bytes: number;
  readonly books: readonly BookHeader[];
  /** Whether the second folder holds a copy. Null without a second folder, and for uploads, which are not copied. */
  readonly isCopied: boolean | null;
}

export interface Made extends Shelved {
  /** The reason why the copy into the second folder failed; null if it did not. */
  readonly copyFault: BackupFault | null;
}

const NAME = new RegExp(`^jishan-\\d{8}-\\d{6}-(${BACKUP_KINDS.join('|')})\\.backup$`);

/** True for names that `freeName` gives. No other file of the folder is listed, opened or removed. */
export function isShelfName(name: string): boolean {
  return NAME.test(name);
}

/** Makes a backup, verifies it, copies it to the second folder, and removes the backups that `outlived` names. */
export async function makeOnShelf(
  maker: Maker,
  shelf: Shelf,
  kind: BackupKind,
  work: BackupRun = {},
): Promise<Made> {
  makeFolder(shelf.folder);
  const name = freeName(shelf, maker.clock(), kind);
  const { books } = await backup(maker, join(shelf.folder, name), work);
  const came = { name, kind, books };
  const copyFault = await intoSecondPlace(shelf, came);
  await tidy(shelf.folder, came);
  const made = await shelved(shelf, name);
  if (!made) throw new BackupFault('no_access', { what: join(shelf.folder, name) });
  return { ...made, copyFault };
}

/**
 * A file from elsewhere. `onlyMadeHere` refuses a file without this server's mark. It may be false only while the
 * village has nothing that a forged file could harm.
 */
export interface Incoming {
  readonly file: string;
  readonly onlyMadeHere: boolean;
}

/** Verifies a file from elsewhere as a backup is verified, and moves it onto the shelf. It must lie on the same disk. */
export async function takeOntoShelf(
  shelf: Shelf,
  { file, onlyMadeHere, keys, atMs }: Incoming & { readonly keys: BackupKeys | null; readonly atMs: number },
  work: BackupRun = {},
): Promise<Shelved> {
  try {
    const copy = await inScratch(shelf.folder, async (scratch) => {
      const read = await readBackup(file, join(scratch, 'copy.db'), work);
      await read.store.close();
      return read;
    });
    if (onlyMadeHere && !isMadeHere(keys, copy.trailer)) throw new BackupFault('made_elsewhere');
    const name = freeName(shelf, atMs, 'upload');
    syncFile(file);
    renameSync(file, join(shelf.folder, name));
    syncFolder(shelf.folder);
    await tidy(shelf.folder, { name, kind: 'upload', books: copy.header.books });
    const taken = await shelved(shelf, name);
    if (!taken) throw new BackupFault('no_access', { what: join(shelf.folder, name) });
    return taken;
  } catch (error) {
    throw asFault(error);
  }
}

/**
 * Two backups of the same second get two names: the later one takes the next free second. So no backup overwrites
 * another, nor one that another server put into the second folder.
 */
function freeName(shelf: Shelf, atMs: number, kind: BackupKind): string {
  const name = `jishan-${stamp(atMs)}-${kind}.backup`;
  const isTaken = [shelf.folder, shelf.copyFolder ?? shelf.folder].some((one) => existsSync(join(one, name)));
  return isTaken ? freeName(shelf, atMs + 1_000, kind) : name;
}

/** Lists the backups of the folder, latest first. */
export async function listShelf(shelf: Shelf): Promise<Shelved[]> {
  const found: Shelved[] = [];
  for (const name of namesIn(shelf.folder)) {
    const one = await shelved(shelf, name);
    if (one) found.push(one);
  }
  return found.sort((a, b) => b.madeAtMs - a.madeAtMs);
}

/** The clocks of several machines differ by less than this. */
const AHEAD_MS = 10 * 60_000;

/**
 * When the latest backup of this database was made, by its file or by the note of another process. Uploads do not
 * count: they came from elsewhere. Times in the future do not count: a clock that was ahead wrote them.
 */
export function latestMadeAtMs(
  { backups, note }: { readonly backups: readonly Shelved[]; readonly note: BackupNote },
  nowMs: number,
): number | null {
  const own = backups.filter(({ kind }) => kind !== 'upload').map(({ madeAtMs }) => madeAtMs);
  const past = [...own, note.madeAtMs ?? 0].filter((madeAtMs) => madeAtMs <= nowMs + AHEAD_MS);
  return Math.max(0, ...past) || null;
}

/**
 * Headers by path, size and time. A backup never changes under its name, and reading thirty headers for each list
 * would be slow.
 */
const known = new Map<string, Pick<Shelved, 'madeAtMs' | 'books'>>();
const KNOWN_MAX = 1_000;

async function shelved({ folder, copyFolder }: Shelf, name: string): Promise<Shelved | null> {
  const path = join(folder, name);
  const kind = BACKUP_KINDS.find((one) => name.endsWith(`-${one}.backup`));
  const file = statSync(path, { throwIfNoEntry: false });
  if (!file?.isFile() || kind === undefined) return null;
  const key = `${path} ${String(file.size)} ${String(file.mtimeMs)}`;
  let header = known.get(key);
  if (!header) {
    try {
      const { madeAt, books } = await readHeader(path);
      header = { madeAtMs: Date.parse(madeAt), books };
    } catch {
      // The file was damaged later, or another program wrote it: it cannot be restored.
      return null;
    }
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(key, header);
  }
  const isCopied =
    copyFolder === null || kind === 'upload' ? null : sizeOf(join(copyFolder, name)) === file.size;
  return { name, kind, bytes: file.size, ...header, isCopied };
}

function sizeOf(path: string): number | null {
  try {
    return statSync(path).size;
  } catch {
    return null;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new BackupFault('no_access', { what: folder, cause: error });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isShelfName);
  } catch {
    return [];
  }
}

/** A failed copy does not fail the backup: the fault is returned, not thrown. */
async function intoSecondPlace({ folder, copyFolder }: Shelf, came: Arrival): Promise<BackupFault | null> {
  if (copyFolder === null) return null;
  try {
    await copyOver(folder, copyFolder, came.name);
    await tidy(copyFolder, came);
    return null;
  } catch (error) {
    return new BackupFault('no_copy', { what: copyFolder, cause: error });
  }
}

async function tidy(folder: string, came: Arrival): Promise<void> {
  for (const { name } of outlived(await listShelf({ folder, copyFolder: null }), came)) {
    rmSync(join(folder, name), { force: true });
  }
}

/** 20260501-083000, in the machine's own time. */
export function stamp(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  return `${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}
