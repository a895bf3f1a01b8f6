import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { and, eq } from 'drizzle-orm';
import type { Reader, Store } from '../../db/index.ts';

/** A book's last entry as this server saw it. */
export interface NotedHead {
  readonly villageId: string;
  readonly name: string;
  readonly number: number;
  readonly hash: string;
}

/** The database has lost entries that it held, or holds other ones. */
export class BookWentBack extends Error {
  readonly head: NotedHead;
  /** The number of the book's last entry now; null if the book is missing or has another history. */
  readonly number: number | null;
  readonly notePath: string;

  constructor(head: NotedHead, number: number | null, notePath: string) {
    super(`the book of ${head.villageId} ended at ${String(head.number)} and now at ${String(number)}`);
    this.name = 'BookWentBack';
    this.head = head;
    this.number = number;
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

/** Throws `BookWentBack` if the database lacks a noted head. The database is opened only if a head was noted. */
export async function checkHeads(notePath: string, open: () => Promise<Store | null>): Promise<void> {
  const noted = readNote(notePath);
  const [first] = noted;
  if (!first) return;
  const store = await open();
  if (!store) throw new BookWentBack(first, null, notePath);
  try {
    await store.read(async (reader) => {
      const now = new Map((await headsOf(reader)).map((head) => [head.villageId, head]));
      for (const head of noted) {
        const number = now.get(head.villageId)?.number ?? null;
        if (number === null || number < head.number) throw new BookWentBack(head, number, notePath);
        if (head.number > 0 && (await hashAt(reader, head)) !== head.hash)
          throw new BookWentBack(head, null, notePath);
      }
    });
  } finally {
    await store.close();
  }
}

async function writeNote(store: Store, path: string): Promise<void> {
  const heads = await store.read(headsOf);
  const draft = `${path}.new`;
  await writeFile(draft, `${JSON.stringify(heads, null, 1)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

/** No heads if there is no note or it is cut short: the note is a help, and nothing depends on it. */
function readNote(path: string): NotedHead[] {
  try {
    const noted: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Array.isArray(noted) ? noted.filter(isHead) : [];
  } catch {
    return [];
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

async function hashAt({ db, t: { journal } }: Reader, { villageId, number }: NotedHead): Promise<string> {
  const [row] = await db
    .select({ hash: journal.hash })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.number, number)));
  return row?.hash ?? '';
}
