import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { asFault, BackupFault } from './fault.ts';
import { type BookHeader, FORMAT, type Header } from './format.ts';
import { readBackup } from './read.ts';
import { type Maker, rowsOf, type Work, writeBackup } from './write.ts';

export interface BackupReport {
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  readonly books: readonly BookHeader[];
  readonly madeAt: string;
}

/**
 * Copies a database, which may be in use, into one file, and says so only when that file has been restored into a
 * copy of its own and every book in it verifies. Until then nothing stands under the file's name, or what stood there.
 */
export async function backup(maker: Maker, file: string, work: Work = {}): Promise<BackupReport> {
  const path = resolve(file);
  await refuseStranger(path);
  const folder = scratchFolder(dirname(path));
  try {
    const draft = join(folder, 'backup');
    const header = await writeBackup(maker, draft, work);
    const copy = await readBackup(draft, join(folder, 'copy.db'), work);
    await copy.store.close();
    renameSync(draft, path);
    syncFolder(dirname(path));
    return reportOf(path, header);
  } catch (error) {
    throw asFault(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder for drafts beside where they go, so that renaming is one step. Nobody else may look into it. */
export function scratchFolder(beside: string): string {
  try {
    clearOld(beside);
    return mkdtempSync(join(beside, '.jishan-'));
  } catch (error) {
    throw new BackupFault('no_access', { what: beside, cause: error });
  }
}

const OLD_MS = 86_400_000;

/** What a process left that was killed in the middle of it. */
function clearOld(beside: string): void {
  for (const name of readdirSync(beside)) {
    if (!/^\.jishan-[A-Za-z0-9]{6}$/.test(name)) continue;
    const path = join(beside, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > OLD_MS) rmSync(path, { recursive: true, force: true });
  }
}

export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** After a rename: makes the name itself durable. Some systems cannot, and need not. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function reportOf(path: string, header: Header): BackupReport {
  const { books, madeAt } = header;
  return { path, bytes: statSync(path).size, rows: rowsOf(header), books, madeAt };
}

/** Only an empty file or an earlier backup is replaced: a slip of the keyboard must not cost a photograph or a database. */
async function refuseStranger(path: string): Promise<void> {
  if (!existsSync(path)) return;
  if (!statSync(path).isFile()) throw new BackupFault('not_ours', { what: path });
  if (statSync(path).size > 0 && !(await isBackup(path))) throw new BackupFault('not_ours', { what: path });
}

async function isBackup(path: string): Promise<boolean> {
  const start = `{"format":"${FORMAT}"`;
  try {
    for await (const chunk of createReadStream(path).pipe(createGunzip({ chunkSize: 1024 }))) {
      return String(chunk).startsWith(start);
    }
  } catch {
    return false;
  }
  return false;
}
