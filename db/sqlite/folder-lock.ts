import Database from 'better-sqlite3';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another server already works on this folder. */
export class FolderInUse extends Error {
  readonly folder: string;
  /** The note that the other server wrote about itself; null when it cannot be read. */
  readonly processId: number | null;

  constructor(folder: string, processId: number | null) {
    super(`another server uses ${folder}`);
    this.name = 'FolderInUse';
    this.folder = folder;
    this.processId = processId;
  }
}

const LOCK_FILE = 'server.lock';

export interface Held {
  release(): void;
}

/**
 * Takes a data folder for this server alone. The lock is the operating system's (through SQLite, on an empty file
 * of its own), so it ends with the process however that ends. The process number beside it is for people to read.
 * Commands such as verify and backup need no lock, because they may share the database file.
 */
export function holdFolder(folder: string, processId = process.pid): Held {
  const noteFile = join(folder, 'server.pid');
  const lockFile = join(folder, LOCK_FILE);
  const raw = new Database(lockFile, { timeout: 0 });
  try {
    raw.pragma('journal_mode = memory');
    raw.exec('begin exclusive');
  } catch (error) {
    raw.close();
    if (isBusy(error)) throw new FolderInUse(folder, readProcessId(noteFile));
    throw error;
  }
  chmodSync(lockFile, 0o600);
  writeFileSync(noteFile, `${String(processId)}\n`, { mode: 0o600 });
  return { release: () => void raw.close() };
}

/** True when a living process has taken a folder; null when none ever has. It takes and makes nothing. */
export function isFolderHeld(folder: string): boolean | null {
  const lockFile = join(folder, LOCK_FILE);
  if (!existsSync(lockFile)) return null;
  const raw = new Database(lockFile, { timeout: 0 });
  try {
    raw.exec('begin exclusive');
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    raw.close();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function readProcessId(path: string): number | null {
  try {
    const id = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return Number.isSafeInteger(id) ? id : null;
  } catch {
    return null;
  }
}
