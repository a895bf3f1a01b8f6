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

/** What lies beside a SQLite file and is read with it: the log, the log's index, the journal of a transaction. */
const BESIDE = ['-wal', '-shm', '-journal'] as const;

/** Whether a log lies there whose file is gone or empty. SQLite would throw it away, or play it into the file that comes next. */
export function isLogAlone(path: string): boolean {
  return bytesOf(path) === 0 && bytesOf(`${path}-wal`) > 0;
}

/** What only the log holds must not go with the first look at the file. */
export function refuseLogAlone(path: string): void {
  if (isLogAlone(path)) throw new DamagedFile(path, 'the file is gone or empty, and its log (-wal) is there');
}

/**
 * Clears a SQLite file's name for another one: what stands there gets a second name, `aside`, or goes for good where that
 * is null; then whatever lies beside the file is taken away. The file itself stays, to be replaced in one step.
 */
export function setSqliteAside(path: string, aside: string | null): void {
  if (aside !== null) for (const ending of ['', ...BESIDE]) giveSecondName(path + ending, aside + ending);
  for (const ending of BESIDE) rmSync(path + ending, { force: true });
}

/** A name under which, and beside which, nothing lies: nothing that was kept is ever written over. */
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
    // A disk without second names for a file, such as a memory stick.
    copyWhole(from, to);
  }
}

/** What has the name is all there, whenever this is broken off. */
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
