import { readFileSync } from 'node:fs';

/** Files that the database, its backups, downloads under way and the program itself may have open. */
const OTHERS = 300;
const LEAST = 100;

/** How many connections this process may have at most beside its files; `wanted` where the system does not say. */
export function connectionsWithin(wanted: number): number {
  return Math.min(wanted, Math.max(LEAST, openFilesMax() - OTHERS));
}

function openFilesMax(): number {
  try {
    const [, max = ''] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return max === '' ? Infinity : Number(max);
  } catch {
    return Infinity;
  }
}
