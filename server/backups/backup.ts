import { closeSync, createReadStream, existsSync, fsyncSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { copyBytes } from '../../db/copy/index.ts';
import { leftBeside } from '../disk-space.ts';
import { asFault, BackupFault } from './fault.ts';
import { type BookHeader, FORMAT, type Header } from './format.ts';
import { readBackup } from './read.ts';
import { requireRoom, withinRoom } from './room-on-disk.ts';
import { inScratch } from './temp-folder.ts';
import { type Maker, rowsOf, type BackupRun, writeBackup } from './write.ts';

export interface BackupReport {
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  readonly books: readonly BookHeader[];
  readonly madeAt: string;
}

/**
 * Copies a database, which may be in use, into one file. It returns only after that file was restored into a copy and
 * every book in the copy verified. Until then the file's name keeps what stood there before, or nothing.
 */
export async function backup(maker: Maker, file: string, work: BackupRun = {}): Promise<BackupReport> {
  const path = resolve(file);
  await refuseStranger(path);
  const beside = dirname(path);
  try {
    return await inScratch(beside, async (folder) => {
      // The file is a tenth of the copy it is verified in.
      const bytes = await maker.store.read(copyBytes);
      const leftBytes = leftBeside(bytes);
      requireRoom(beside, bytes * 1.1 + leftBytes);
      return withinRoom(beside, leftBytes / 2, work, (within) => writeChecked(maker, path, folder, within));
    });
  } catch (error) {
    throw asFault(error);
  }
}

async function writeChecked(
  maker: Maker,
  path: string,
  folder: string,
  work: BackupRun,
): Promise<BackupReport> {
  const draft = join(folder, 'backup');
  const header = await writeBackup(maker, draft, work);
  const copy = await readBackup(draft, join(folder, 'copy.db'), work);
  await copy.store.close();
  renameSync(draft, path);
  syncFolder(dirname(path));
  return reportOf(path, header);
}

export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a rename durable. Windows cannot do it and does not need it. */
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
