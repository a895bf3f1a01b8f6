import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Reads a small file, or makes it. Only its owner may read it. If two processes start at once, one makes it and both
 * read the same.
 */
export function ownFile(path: string, make: () => string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${make()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
  }
  return readFileSync(path, 'utf8').trim();
}

/**
 * Path of the note on how far each book has come (server/books/rollback-guard.ts). Code that replaces the database
 * removes it.
 */
export function notePathOf(dataDir: string): string {
  return join(dataDir, 'heads.json');
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
