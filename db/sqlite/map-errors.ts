import Database from 'better-sqlite3';
import { StoreBusy, StoreTroubled, type Trouble } from '../store.ts';

const TROUBLES: readonly (readonly [RegExp, Trouble])[] = [
  [/^SQLITE_(?:CORRUPT|NOTADB)/, 'damaged'],
  [/^SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH)/, 'readonly'],
  [/^SQLITE_(?:FULL|IOERR)/, 'full'],
];

/** Reads from an error, however wrapped, what is wrong with disk or file; null for anything else. */
export function troubleOf(error: unknown): Trouble | null {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof StoreTroubled) return inner.trouble;
    if (!(inner instanceof Database.SqliteError)) continue;
    const { code } = inner;
    const found = TROUBLES.find(([pattern]) => pattern.test(code));
    if (found) return found[1];
  }
  return null;
}

/** Returns the same error, or one that says what is wrong with disk or file. */
export function told(error: unknown): unknown {
  const trouble = troubleOf(error);
  return trouble === null || error instanceof StoreTroubled
    ? error
    : new StoreTroubled(trouble, { cause: error });
}

/** Turns an error into StoreBusy if the caller can only come again, with the reason if disk or file are it. */
export function asBusy(what: string, error: unknown): StoreBusy {
  const trouble = troubleOf(error);
  return trouble === null
    ? new StoreBusy(what, { cause: error })
    : new StoreTroubled(trouble, { cause: error });
}

/**
 * If the last page could not be written there is no commit. If it was written and only the flush failed, nobody
 * knows.
 */
export function isRefused(error: unknown, stood: boolean): boolean {
  const code = error instanceof Database.SqliteError ? error.code : '';
  return /^SQLITE_(?:FULL|IOERR_WRITE)$/.test(code) || (stood && !code.endsWith('FSYNC'));
}

/** True when somebody else writes the file. */
export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

export function isConstraint(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT');
}
