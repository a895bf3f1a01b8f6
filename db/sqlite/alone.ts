import Database from 'better-sqlite3';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another server already works on this folder. */
export class FolderInUse extends Error {
  readonly folder: string;
  /** What the other one wrote about itself; null where it cannot be read. */
  readonly processId: number | null;

  constructor(folder: string, processId: number | null) {
    super(`another server uses ${folder}`);
    this.name = 'FolderInUse';
    this.folder = folder;
    this.processId = processId;
  }
}

export interface Held {
  release(): void;
}

/**
 * Takes a data folder for this server alone. The lock is the operating system's (through SQLite, on an empty file
 * of its own), so it ends with the process however that ends; the process number beside it is there to be read.
 * Commands such as verify and backup do not ask for it: the database file itself they may share.
 */
export function holdFolder(folder: string, processId = process.pid): Held {
  const noteFile = join(folder, 'server.pid');
  const lockFile = join(folder, 'server.lock');
  const raw = new Database(lockFile, { timeout: 0 });
  try {
    raw.pragma('journal_mode = memory');
    raw.exec('begin exclusive');
  } catch (error) {
    raw.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new FolderInUse(folder, readProcessId(noteFile));
    throw error;
  }
  chmodSync(lockFile, 0o600);
  writeFileSync(noteFile, `${String(processId)}\n`, { mode: 0o600 });
  return { release: () => void raw.close() };
}

function readProcessId(path: string): number | null {
  try {
    const id = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return Number.isSafeInteger(id) ? id : null;
  } catch {
    return null;
  }
}
