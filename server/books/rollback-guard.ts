import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { and, eq } from 'drizzle-orm';
import type { Reader, Store } from '../../db/index.ts';
import { firstGone, type GoneHead, headsVerified, type KnownHead } from './known-heads.ts';

/** A book's last entry as this server saw it. */
export interface NotedHead {
  readonly villageId: string;
  readonly name: string;
  readonly number: number;
  readonly hash: string;
}

/** The database has lost entries that it held, or holds other ones. */
export class BookWentBack extends Error {
  readonly head: GoneHead;

  constructor(head: GoneHead) {
    super(
      `the book of ${head.villageId} ended at ${String(head.number)} and now at ${String(head.lastNumber)}`,
    );
    this.name = 'BookWentBack';
    this.head = head;
  }
}

/** The note beside the database is there and cannot be read, so nobody can tell whether entries were lost. */
export class NoteUnreadable extends Error {
  readonly notePath: string;

  constructor(notePath: string) {
    super(`${notePath} cannot be read`);
    this.name = 'NoteUnreadable';
    this.notePath = notePath;
  }
}

const NOTE_AFTER_MS = 250;

/**
 * Keeps a note of each book's head in a file beside the database, at most a quarter of a second late. It costs a read
 * of the heads and one small file without a flush. The next start sees from it whether the database lost entries: a
 * write-ahead log that was deleted, an old copy put in its place, a standby that was behind.
 */
export function keepHeads(store: Store, notePath: string): Store {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const note = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    // If the note cannot be written, the older one stays. A full disk is reported by the write of the entry itself.
    writing = writing.then(() => writeNote(store, notePath)).catch(() => undefined);
    return writing;
  };
  return {
    ...store,
    async transaction(work, ofVillage) {
      const value = await store.transaction(work, ofVillage);
      timer ??= setTimeout(() => void note(), NOTE_AFTER_MS).unref();
      return value;
    },
    async close() {
      await note();
      await store.close();
    },
  };
}

/** The places that know heads, beside the verifications that the database keeps. */
export interface HeadPlaces {
  readonly notePath: string;
  /** Reads the heads of the newest backups. */
  readonly ofBackups: () => Promise<readonly KnownHead[]>;
}

/**
 * Throws `BookWentBack` if the database lacks a head that is known, and `NoteUnreadable` if nobody can tell. `open` gives null
 * when there is no database.
 */
export async function checkHeads(places: HeadPlaces, open: () => Promise<Store | null>): Promise<void> {
  const noted = notedThere(places.notePath);
  const store = await open();
  if (!store) {
    const [first] = noted;
    if (first) throw new BookWentBack({ ...first, lastNumber: null, found: '' });
    return;
  }
  try {
    const gone = await goneHead(store, places);
    if (gone) throw new BookWentBack(gone);
  } finally {
    await store.close();
  }
}

/** The first head that is known and not in its book; of one village, or of all. */
export async function goneHead(
  store: Store,
  { notePath, ofBackups }: HeadPlaces,
  villageId?: string,
): Promise<GoneHead | null> {
  const known = [...notedThere(notePath), ...(await ofBackups())];
  return store.read(async (reader) => {
    const all = [...known, ...(await headsVerified(reader))];
    return firstGone(
      reader,
      all.filter((head) => villageId === undefined || head.villageId === villageId),
    );
  });
}

async function writeNote(store: Store, path: string): Promise<void> {
  const heads = await store.read(headsOf);
  const draft = `${path}.new`;
  // Flushed, because a note that a power cut left empty would stop the next start.
  await writeFile(draft, `${JSON.stringify(heads, null, 1)}\n`, { mode: 0o600, flush: true });
  await rename(draft, path);
}

/** The heads noted beside the database; none if there is no note or it cannot be read. */
export function notedHeads(path: string): NotedHead[] {
  return readNote(path) ?? [];
}

function notedThere(path: string): KnownHead[] {
  const noted = readNote(path);
  if (noted === null) throw new NoteUnreadable(path);
  return noted.map((head) => ({ ...head, atMs: null, where: path }));
}

/** No heads if there is no note; null if it is there and cannot be read. */
function readNote(path: string): NotedHead[] | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? [] : null;
  }
  try {
    const noted: unknown = JSON.parse(text);
    return Array.isArray(noted) && noted.every(isHead) ? noted : null;
  } catch {
    return null;
  }
}

function isHead(value: unknown): value is NotedHead {
  if (typeof value !== 'object' || value === null) return false;
  const { villageId, name, number, hash } = value as Record<string, unknown>;
  return (
    typeof villageId === 'string' &&
    typeof name === 'string' &&
    typeof number === 'number' &&
    typeof hash === 'string'
  );
}

async function headsOf({ db, t: { ledgerHeads, journal, villages } }: Reader): Promise<NotedHead[]> {
  const rows = await db
    .select({
      villageId: ledgerHeads.villageId,
      name: villages.name,
      number: ledgerHeads.number,
      hash: journal.hash,
    })
    .from(ledgerHeads)
    .innerJoin(villages, eq(villages.id, ledgerHeads.villageId))
    .leftJoin(
      journal,
      and(eq(journal.villageId, ledgerHeads.villageId), eq(journal.number, ledgerHeads.number)),
    );
  return rows.map((row) => ({ ...row, hash: row.hash ?? '' }));
}
