import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { publicDigits, type PublicHead } from '../../shared/ledger/public-head.ts';
import { readHead } from './book.ts';

/** Reads the last entry of a book as it is shown in public; null while the book is empty. */
export async function publicHead(reader: Reader, villageId: string): Promise<PublicHead | null> {
  const head = await readHead(reader, villageId);
  return head === null || head.number === 0 ? null : { number: head.number, digits: publicDigits(head.hash) };
}

/** Reads the digits of entries as they are shown in public, by number. */
export async function digitsOf(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, string>> {
  if (numbers.length === 0) return new Map();
  const { journal } = reader.t;
  const rows = await reader.db
    .select({ number: journal.number, hash: journal.hash })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), inArray(journal.number, [...numbers])));
  return new Map(rows.map(({ number, hash }) => [number, publicDigits(hash)]));
}

export interface EntrySpan {
  readonly first: number;
  readonly last: number;
  /** Those of the last entry. */
  readonly digits: string;
}

/**
 * Finds the entries that were booked from one instant to another; null when there are none. Entries are booked in the
 * order of their numbers, so that a few of them are looked at, at any length of history.
 */
export async function bookedBetween(
  reader: Reader,
  villageId: string,
  { hasBegun, isOver }: Record<'hasBegun' | 'isOver', (bookedAtMs: number) => boolean>,
): Promise<EntrySpan | null> {
  const head = await readHead(reader, villageId);
  if (head === null) return null;
  const bookedAt = async (number: number) => (await entryAt(reader, villageId, number)).bookedAtMs;
  const first = await firstNumber(head.number, async (number) => hasBegun(await bookedAt(number)));
  const last = (await firstNumber(head.number, async (number) => isOver(await bookedAt(number)))) - 1;
  if (last < first) return null;
  return { first, last, digits: publicDigits((await entryAt(reader, villageId, last)).hash) };
}

/** Searches by halves for the first number that is so; one more than `most` when none is. */
async function firstNumber(most: number, isSo: (number: number) => Promise<boolean>): Promise<number> {
  let [low, high] = [1, most + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function entryAt(reader: Reader, villageId: string, number: number) {
  const [row] = await reader.prepared(
    'ledger.bookedAt',
    ({ db, t: { journal } }) =>
      db
        .select({ bookedAtMs: journal.bookedAtMs, hash: journal.hash })
        .from(journal)
        .where(
          and(
            eq(journal.villageId, sql.placeholder('villageId')),
            eq(journal.number, sql.placeholder('number')),
          ),
        ),
    { villageId, number },
  );
  if (!row) throw new Error(`entry ${String(number)} is missing`);
  return row;
}
