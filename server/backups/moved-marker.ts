import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sqlitePath } from '../../db/index.ts';
import { StartupProblem } from '../startup-sentences.ts';
import type { BookHeader } from './format.ts';

/** Somebody tries to open the SQLite book after it was moved to PostgreSQL. Nothing is opened. */
export class BookMoved extends StartupProblem {
  constructor(dataDir: string, movedAt: string | null) {
    super('book_moved', { at: movedAt, file: sqlitePath(dataDir), marker: markerOf(dataDir) });
    this.name = 'BookMoved';
  }
}

/**
 * Writes a marker beside the SQLite file that its book goes on in PostgreSQL. Returns its path; null when it cannot
 * be written.
 */
export function markMoved(dataDir: string, movedAtMs: number, books: readonly BookHeader[]): string | null {
  const path = markerOf(dataDir);
  const text = JSON.stringify({ movedAt: new Date(movedAtMs).toISOString(), books }, null, 1);
  try {
    writeFileSync(path, `${text}\n`, { mode: 0o600, flush: true });
    return path;
  } catch {
    // The move itself succeeded. The report tells that the marker is missing.
    return null;
  }
}

/** Throws `BookMoved` when `place` is a SQLite folder whose book was moved to PostgreSQL. */
export function refuseMoved(place: {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
}): void {
  const path = markerOf(place.dataDir);
  if (place.databaseUrl === undefined && existsSync(path))
    throw new BookMoved(place.dataDir, movedAtIn(path));
}

function markerOf(dataDir: string): string {
  return join(dataDir, 'moved-to-postgres.json');
}

/** The marker counts even if its text cannot be read: then the time is null. */
function movedAtIn(path: string): string | null {
  try {
    const { movedAt } = JSON.parse(readFileSync(path, 'utf8')) as { movedAt?: unknown };
    return typeof movedAt === 'string' ? movedAt : null;
  } catch {
    return null;
  }
}
