import { and, eq, getTableColumns, gt, gte, inArray, or, sql } from 'drizzle-orm';
import { keyTable, keyValues, type Reader } from '../../db/index.ts';
import type { StoredFact } from './facts.ts';
import type { SealedEntry, SealedLine } from './seal.ts';

/** The stored header of an entry. */
export interface EntryRow extends SealedEntry {
  readonly hash: string;
}

/** A stored line. */
export interface LineRow extends SealedLine {
  readonly number: number;
}

export interface TextRow {
  readonly number: number;
  readonly body: string | null;
  readonly salt: string | null;
}

export interface FactRow extends StoredFact {
  readonly number: number;
}

/** The stored sum of an account's month. */
export interface MonthRow {
  readonly month: string;
  readonly accountNumber: number;
  readonly amount: number;
}

/** Reads headers by effective day, and within a day by number: the order in which a book of account is read. */
export function readEntriesByDay(reader: Reader, villageId: string, after: EntryRow | null, limit: number) {
  const { journal } = reader.t;
  return reader.db
    .select(columnsOf(journal))
    .from(journal)
    .where(
      and(
        eq(journal.villageId, villageId),
        after ? gte(journal.effectiveOn, after.effectiveOn) : undefined,
        after ? or(gt(journal.effectiveOn, after.effectiveOn), gt(journal.number, after.number)) : undefined,
      ),
    )
    .orderBy(journal.effectiveOn, journal.number)
    .limit(limit);
}

/** Reads the facts of these entries, sorted by name, by number of entry. Entries without facts are missing. */
export async function readFactsOf(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, FactRow[]>> {
  const rows = await reader.prepared(
    'ledger.factsOf',
    ({ db, t: { journalFacts } }) => {
      const keys = keyTable(reader.engine);
      return db
        .select(columnsOf(journalFacts))
        .from(keys.table)
        .crossJoin(journalFacts)
        .where(
          and(
            eq(journalFacts.villageId, keys.villageOfKey),
            eq(journalFacts.number, keys.part(0, journalFacts.number)),
          ),
        )
        .orderBy(journalFacts.number, journalFacts.name);
    },
    keyValues(
      villageId,
      numbers.map((number) => [number]),
    ),
  );
  return Map.groupBy(rows, ({ number }) => number);
}

/** Reads the free texts of these entries, by number of entry. */
export async function readTextsOf(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, TextRow>> {
  const { journalTexts } = reader.t;
  const rows = await reader.db
    .select(columnsOf(journalTexts))
    .from(journalTexts)
    .where(and(eq(journalTexts.villageId, villageId), inArray(journalTexts.number, [...numbers])));
  return new Map(rows.map((row) => [row.number, row]));
}

/** Reads these headers, by number. */
export async function readHeadersOf(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, EntryRow>> {
  const { journal } = reader.t;
  const rows = await reader.db
    .select(columnsOf(journal))
    .from(journal)
    .where(and(eq(journal.villageId, villageId), inArray(journal.number, [...numbers])));
  return new Map(rows.map((row) => [row.number, row]));
}

/** Reads the first and the last effective day of the book; null while it is empty. */
export async function readSpan(reader: Reader, villageId: string) {
  const { journal } = reader.t;
  const [row] = await reader.db
    .select({
      first: sql<string | null>`min(${journal.effectiveOn})`,
      last: sql<string | null>`max(${journal.effectiveOn})`,
    })
    .from(journal)
    .where(eq(journal.villageId, villageId));
  return { first: row?.first ?? null, last: row?.last ?? null };
}

/** All columns of a table but the village, which the caller knows. */
export function columnsOf<
  Table extends Reader['t']['journal' | 'postings' | 'journalFacts' | 'journalTexts'],
>(table: Table) {
  const { villageId: _, ...columns } = getTableColumns(table);
  return columns;
}
