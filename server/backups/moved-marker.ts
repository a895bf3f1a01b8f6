import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sqlitePath } from '../../db/index.ts';
import { StartupProblem } from '../startup-sentences.ts';
import type { BookHeader } from './format.ts';

/** A book was moved to PostgreSQL, and somebody is about to go on with the old one: nothing is opened. */
export class BookMoved extends StartupProblem {
  constructor(dataDir: string, movedAt: string | null) {
    super('book_moved', { at: movedAt, file: sqlitePath(dataDir), marker: markerOf(dataDir) });
    this.name = 'BookMoved';
  }
}

/** Leaves word beside the SQLite file that its book goes on elsewhere; answers where, null where it cannot be written. */
export function markMoved(dataDir: string, movedAtMs: number, books: readonly BookHeader[]): string | null {
  const path = markerOf(dataDir);
  const text = JSON.stringify({ movedAt: new Date(movedAtMs).toISOString(), books }, null, 1);
  try {
    writeFileSync(path, `${text}\n`, { mode: 0o600, flush: true });
    return path;
  } catch {
    // The move itself stands, and whoever asked for it is told.
    return null;
  }
}

/** Throws BookMoved where the SQLite book of this folder goes on in PostgreSQL, and this is not about that one. */
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

/** That it is there says enough, whatever became of its words. */
function movedAtIn(path: string): string | null {
  try {
    const { movedAt } = JSON.parse(readFileSync(path, 'utf8')) as { movedAt?: unknown };
    return typeof movedAt === 'string' ? movedAt : null;
  } catch {
    return null;
  }
}
