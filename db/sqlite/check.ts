import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** The file is torn: its pages do not fit together, or it is no database. Only a backup mends it. */
export class DamagedFile extends Error {
  readonly path: string;
  readonly code = 'SQLITE_CORRUPT';

  constructor(path: string, found: string, options?: ErrorOptions) {
    super(`${path}: ${found}`, options);
    this.name = 'DamagedFile';
    this.path = path;
  }
}

/** Up to this size every page is looked at before the first write, which takes a third of a second at most. */
const SMALL_FILE_BYTES = 64 * 1024 * 1024;

/** Checks a database file before it is used, as far as that takes no time; throws DamagedFile. */
export function checkFile(path: string): void {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes === 0) return;
  const found = damageIn(
    path,
    bytes > SMALL_FILE_BYTES ? 'select count(*) from sqlite_master' : 'pragma quick_check(1)',
  );
  if (found !== null) throw new DamagedFile(path, found);
}

/**
 * Looks at every page of a large file in a thread of its own, while the server works. Small files have been
 * checked already.
 */
export function checkLargeFile(path: string, onDamage: (found: string) => void): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= SMALL_FILE_BYTES) return;
  const worker = new Worker(new URL('check-worker.ts', import.meta.url), { workerData: path });
  worker.once('message', (found: string | null) => {
    if (found !== null) onDamage(found);
  });
  worker.once('error', () => undefined);
  worker.unref();
}

/** Says in SQLite's words which page does not fit; null when all do. */
export function damageIn(path: string, question = 'pragma quick_check(1)'): string | null {
  const raw = new Database(path, { readonly: true, timeout: 5000 });
  try {
    const answer: unknown = raw.prepare(question).pluck().get();
    return typeof answer === 'string' && answer !== 'ok' ? answer : null;
  } catch (error) {
    if (error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code))
      return error.message;
    throw error;
  } finally {
    raw.close();
  }
}
