import type { HeldFile } from '../../db/copy/index.ts';
import type { Tx } from '../../db/index.ts';
import { notedHeads } from '../books/index.ts';
import { notePathOf } from '../private-file.ts';
import { type Books, booksIn } from './restored-act.ts';

/** The books of the file that a restore replaces; null when there is none. */
export function oldBooksOfFile(dataDir: string, held: HeldFile | null): Books {
  const heads = held?.heads() ?? [];
  if (!held || heads.length === 0) return notedBooks(dataDir);
  return { heads, hashAt: (villageId, number) => Promise.resolve(held.hashAt(villageId, number)) };
}

/** The books of the PostgreSQL database that a restore replaces. One of another version may not be readable. */
export async function oldBooksOfServer(tx: Tx, dataDir: string): Promise<Books> {
  try {
    const books = await tx.savepoint(() => booksIn(tx));
    return books.heads.length === 0 ? notedBooks(dataDir) : books;
  } catch {
    return notedBooks(dataDir);
  }
}

/** The note beside the database speaks for one that cannot be read, is empty or is gone. */
function notedBooks(dataDir: string): Books {
  return { heads: notedHeads(notePathOf(dataDir)), hashAt: () => Promise.resolve(undefined) };
}
