import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Held, holdFolder, isFolderHeld } from '../../db/index.ts';
import { BackupFault } from './fault.ts';

/**
 * Does a work with a folder for drafts beside where they go, so that renaming is one step. Nobody else may look into it; it
 * goes when the work ends, and is known by its lock as one that stays behind when the process is killed.
 */
export async function inScratch<T>(beside: string, work: (folder: string) => Promise<T>): Promise<T> {
  const { folder, lock } = makeFolder(beside);
  try {
    return await work(folder);
  } finally {
    lock.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(beside: string): { folder: string; lock: Held } {
  try {
    clearLeft(beside);
    const folder = mkdtempSync(join(beside, '.jishan-'));
    return { folder, lock: holdFolder(folder) };
  } catch (error) {
    throw new BackupFault('no_access', { what: beside, cause: error });
  }
}

/** Between making a folder and taking its lock; and how long one may stay that has none. */
const JUST_MADE_MS = 10_000;
const UNLOCKED_MS = 86_400_000;

/** Removes what processes left that were killed: each may be a copy of the whole database, and the next needs as much. */
function clearLeft(beside: string): void {
  for (const name of readdirSync(beside)) {
    if (!/^\.jishan-[A-Za-z0-9]{6}$/.test(name)) continue;
    const folder = join(beside, name);
    try {
      if (isLeft(folder)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Of another user of the machine.
    }
  }
}

function isLeft(folder: string): boolean {
  // Either way: the clock may have been ahead.
  const awayMs = Math.abs(Date.now() - statSync(folder).mtimeMs);
  if (awayMs < JUST_MADE_MS) return false;
  return !(isFolderHeld(folder) ?? awayMs < UNLOCKED_MS);
}
