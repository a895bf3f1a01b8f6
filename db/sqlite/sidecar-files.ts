import {
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  closeSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { DamagedFile } from './check.ts';

/**
 * Files that lie beside a SQLite file and are read with it: the log, the log's index, the journal of a
 * transaction.
 */
const BESIDE = ['-wal', '-shm', '-journal'] as const;

/**
 * True when a log lies there whose file is gone or empty. SQLite would throw the log away, or play it into the
 * next file.
 */
export function isLogAlone(path: string): boolean {
  return bytesOf(path) === 0 && bytesOf(`${path}-wal`) > 0;
}

/** The first look at the file must not destroy data that only the log holds. */
export function refuseLogAlone(path: string): void {
  if (isLogAlone(path)) throw new DamagedFile(path, 'the file is gone or empty, and its log (-wal) is there');
}

/**
 * Clears a SQLite file's name for another one. The old file gets a second name, `aside`, or goes for good if that
 * is null; then the files beside it are taken away. The file itself stays, to be replaced in one step.
 */
export function setSqliteAside(path: string, aside: string | null): void {
  if (aside !== null) for (const ending of ['', ...BESIDE]) giveSecondName(path + ending, aside + ending);
  for (const ending of BESIDE) rmSync(path + ending, { force: true });
}

/** Finds a name under which, and beside which, nothing lies, so that no kept file is ever written over. */
export function freeSqlitePath(wanted: string): string {
  for (let count = 1; ; count += 1) {
    const path = count === 1 ? wanted : `${wanted}-${String(count)}`;
    if (!['', ...BESIDE].some((ending) => existsSync(path + ending))) return path;
  }
}

function giveSecondName(from: string, to: string): void {
  if (!existsSync(from)) return;
  try {
    linkSync(from, to);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    // Some disks have no second names for a file, such as a memory stick.
    copyWhole(from, to);
  }
}

/** A file with this name is whole, whenever this is broken off. */
function copyWhole(from: string, to: string): void {
  const draft = `${to}.part`;
  try {
    copyFileSync(from, draft, constants.COPYFILE_FICLONE);
    const descriptor = openSync(draft, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
