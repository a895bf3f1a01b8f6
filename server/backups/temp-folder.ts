import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Held, holdFolder, isFolderHeld } from '../../db/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { BackupFault } from './fault.ts';

/**
 * Runs `work` with a temporary folder beside its target, so that one rename puts a draft in place. Only this user may
 * read it. It is removed when the work ends. A killed process leaves it behind with its lock free; `clearLeft` of the
 * next work removes it.
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

/** A folder this young may not have its lock yet. One without any lock may stay for `UNLOCKED_MS`. */
const JUST_MADE_MS = 10_000;
const UNLOCKED_MS = DAY_MS;

/**
 * Removes folders of killed processes. Each may hold a copy of the whole database, and the next backup needs as much
 * room.
 */
function clearLeft(beside: string): void {
  for (const name of readdirSync(beside)) {
    if (!/^\.jishan-[A-Za-z0-9]{6}$/.test(name)) continue;
    const folder = join(beside, name);
    try {
      if (isLeft(folder)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // The folder belongs to another user of the machine.
    }
  }
}

function isLeft(folder: string): boolean {
  // The clock may have been ahead, so the folder's time may lie in the future.
  const awayMs = Math.abs(Date.now() - statSync(folder).mtimeMs);
  if (awayMs < JUST_MADE_MS) return false;
  return !(isFolderHeld(folder) ?? awayMs < UNLOCKED_MS);
}
