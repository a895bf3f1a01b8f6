import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KnownHead } from '../books/index.ts';
import { isShelfName, type Shelf } from './backup-folder.ts';
import { readHeader } from './read.ts';

/** So many of the newest backups of each place are asked for their heads. */
const NEWEST = 3;
/** The second place may be a share that does not answer. Nobody waits longer for it. */
const WAIT_MS_MAX = 2_000;

/**
 * Reads the heads of the newest backups in both places. Uploads are left out: they came from elsewhere and may hold more
 * than the book here ever did. A place or file that cannot be read has none.
 */
export async function headsOfBackups({ folder, copyFolder }: Shelf): Promise<KnownHead[]> {
  const places = [folder, copyFolder].filter((place) => place !== null);
  const heads = await Promise.all(places.map((place) => Promise.race([headsIn(place), tooLate()])));
  return heads.flat();
}

async function headsIn(folder: string): Promise<KnownHead[]> {
  try {
    // The names sort by the time at which they were made.
    const names = (await readdir(folder)).filter((name) => isShelfName(name) && !name.includes('-upload.'));
    const newest = names.sort().reverse().slice(0, NEWEST);
    return (await Promise.all(newest.map((name) => headsOf(join(folder, name))))).flat();
  } catch {
    return [];
  }
}

async function headsOf(path: string): Promise<KnownHead[]> {
  try {
    const { madeAt, books } = await readHeader(path);
    return books.map((book) => ({ ...book, atMs: Date.parse(madeAt), where: path }));
  } catch {
    return [];
  }
}

async function tooLate(): Promise<KnownHead[]> {
  await sleep(WAIT_MS_MAX, undefined, { ref: false });
  return [];
}
