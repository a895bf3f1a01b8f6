import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sqlitePath } from '../../db/index.ts';
import type { BookHeader } from './format.ts';

/** A book was moved to PostgreSQL, and somebody is about to go on with the old one: nothing is opened. */
export class BookMoved extends Error {
  private readonly sentences: Readonly<Record<'zh' | 'en', string>>;

  constructor(dataDir: string, movedAt: string | null) {
    const [file, marker] = [sqlitePath(dataDir), markerOf(dataDir)];
    const zh = `这本账${movedAt === null ? '已' : `已于 ${movedAt} `}搬到 PostgreSQL，${file} 是搬走前的旧账，没有打开。请设好 DATABASE_URL；确实要回到旧账，请删除 ${marker}。`;
    const en = `This book was moved to PostgreSQL${movedAt === null ? '' : ` on ${movedAt}`}; ${file} is the old one and was not opened. Set DATABASE_URL; if you mean to go back to the old book, remove ${marker}.`;
    super(`${zh}\n${en}`);
    this.name = 'BookMoved';
    this.sentences = { zh, en };
  }

  sentence(language: 'zh' | 'en'): string {
    return this.sentences[language];
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
