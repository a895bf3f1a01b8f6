import { and, eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import { type ActBy, bookAnyway } from '../acts/index.ts';
import type { BookHeader } from './format.ts';
import { booksOf } from './write.ts';

/** The person who has a backup restored. */
export interface RestoredBy extends ActBy {
  /** The name under which the replaced book knew the person. */
  readonly name?: string | undefined;
}

/** The books of a database. */
export interface Books {
  readonly heads: readonly BookHeader[];
  /** The hash of an entry. Undefined when it cannot be told. */
  hashAt(villageId: string, number: number): Promise<string | undefined>;
}

/** The books of an open database. They can be asked as long as its reader. */
export async function booksIn(reader: Reader): Promise<Books> {
  const { journal } = reader.t;
  return {
    heads: await booksOf(reader),
    async hashAt(villageId, number) {
      const [row] = await reader.db
        .select({ hash: journal.hash })
        .from(journal)
        .where(and(eq(journal.villageId, villageId), eq(journal.number, number)));
      return row?.hash;
    },
  };
}

/** The part of an act that tells of the book which was replaced, by the village of the restored one. */
export type Replaced = ReadonlyMap<string, ReplacedFields>;

interface ReplacedFields {
  readonly replaced?: string;
  readonly gone?: number;
  readonly others: readonly string[];
}

/** Compares the books that are replaced with the restored ones. */
export async function compareReplaced(old: Books, restored: Books): Promise<Replaced> {
  const ids = new Set(restored.heads.map(({ villageId }) => villageId));
  const others = old.heads
    .filter(({ villageId }) => !ids.has(villageId))
    .map((other) => `${other.name} ${headWords(other)}`);
  const replaced = new Map<string, ReplacedFields>();
  for (const book of restored.heads) {
    const before = old.heads.find(({ villageId }) => villageId === book.villageId);
    const own = before && {
      replaced: headWords(before),
      gone: await entriesGone({ old, before }, { restored, book }),
    };
    replaced.set(book.villageId, { ...own, others });
  }
  return replaced;
}

export interface Restored {
  /** The name of the backup's file. */
  readonly backup: string;
  readonly madeAtMs: number;
  readonly by: RestoredBy;
  readonly clock: () => number;
  readonly replaced: Replaced;
}

const NAME_MAX = 200;

/** Books the restore as the next entry of each restored book, in the transaction that makes it true. */
export async function bookRestored(tx: Tx, restored: Restored): Promise<void> {
  const { by, clock, replaced, backup, madeAtMs } = restored;
  for (const book of await booksOf(tx)) {
    const told = {
      ...{ backup: backup.slice(0, NAME_MAX), madeAt: madeAtMs, by: by.name, head: headWords(book) },
      ...replaced.get(book.villageId),
    };
    await bookAnyway(
      tx,
      book.villageId,
      { actorId: by.actorId, via: by.via, clock },
      { act: 'backups.restored', on: `village:${book.villageId}`, is: told },
    );
  }
}

/** A head as people write it down and `jishan verify --head` takes it. */
export function headWords({ number, hash }: Pick<BookHeader, 'number' | 'hash'>): string {
  return number === 0 ? '0' : `${String(number)}:${hash}`;
}

/**
 * Counts the entries of the replaced book that the restored one does not hold. Two books that share an entry share
 * all before it, because each hash covers the one before.
 */
async function entriesGone(
  { old, before }: { readonly old: Books; readonly before: BookHeader },
  { restored, book }: { readonly restored: Books; readonly book: BookHeader },
): Promise<number> {
  const { villageId } = book;
  let [shared, most] = [0, Math.min(before.number, book.number)];
  while (shared < most) {
    const number = Math.ceil((shared + most) / 2);
    const hash = number === before.number ? before.hash : await old.hashAt(villageId, number);
    // A book that cannot be read any more is taken to have had the same history.
    if (hash === undefined || hash === (await restored.hashAt(villageId, number))) shared = number;
    else most = number - 1;
  }
  return before.number - shared;
}
