import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Reads a small file of ours, or makes it: only its owner may read it, and of two starts at once one makes it. */
export function ownFile(path: string, make: () => string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${make()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
  }
  return readFileSync(path, 'utf8').trim();
}

/** Where a server notes how far each book has come (server/books/rollback-guard.ts). Whoever replaces the database removes it. */
export function notePathOf(dataDir: string): string {
  return join(dataDir, 'heads.json');
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
