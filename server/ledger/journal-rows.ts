import { and, type Column, eq, getTableColumns, gt, gte, inArray, or, sql } from 'drizzle-orm';
import type { Engine, Reader } from '../../db/index.ts';
import { accountIdOf, isAccountOf } from './account-number.ts';
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

/** Reads headers in number order, after the one given. */
export function readEntries(reader: Reader, villageId: string, after: EntryRow | null, limit: number) {
  const from = after === null ? 'first' : 'next';
  return reader.prepared(
    `ledger.rows.entries.${from}`,
    ({ db, t: { journal } }) =>
      db
        .select({ ...columnsOf(journal), ...hashesOf(reader.engine, journal) })
        .from(journal)
        .where(
          and(
            eq(journal.villageId, sql.placeholder('villageId')),
            after ? gt(journal.number, sql.placeholder('number')) : undefined,
          ),
        )
        .orderBy(journal.number)
        .limit(sql.placeholder('limit')),
    { villageId, number: after?.number, limit },
  );
}

/** Reads free texts in number order, after the one given. */
export function readTexts(reader: Reader, villageId: string, after: TextRow | null, limit: number) {
  const from = after === null ? 'first' : 'next';
  return reader.prepared(
    `ledger.rows.texts.${from}`,
    ({ db, t: { journalTexts } }) =>
      db
        .select(columnsOf(journalTexts))
        .from(journalTexts)
        .where(
          and(
            eq(journalTexts.villageId, sql.placeholder('villageId')),
            after ? gt(journalTexts.number, sql.placeholder('number')) : undefined,
          ),
        )
        .orderBy(journalTexts.number)
        .limit(sql.placeholder('limit')),
    { villageId, number: after?.number, limit },
  );
}

/** Reads facts in the order of their entries and names, after the one given. */
export function readFacts(reader: Reader, villageId: string, after: FactRow | null, limit: number) {
  const from = after === null ? 'first' : 'next';
  return reader.prepared(
    `ledger.rows.facts.${from}`,
    ({ db, t: { journalFacts } }) =>
      db
        .select(columnsOf(journalFacts))
        .from(journalFacts)
        .where(
          and(
            eq(journalFacts.villageId, sql.placeholder('villageId')),
            after ? gte(journalFacts.number, sql.placeholder('number')) : undefined,
            after
              ? or(
                  gt(journalFacts.number, sql.placeholder('number')),
                  gt(journalFacts.name, sql.placeholder('name')),
                )
              : undefined,
          ),
        )
        .orderBy(journalFacts.number, journalFacts.name)
        .limit(sql.placeholder('limit')),
    { villageId, number: after?.number, name: after?.name, limit },
  );
}

/** The stored sum of an account's month. */
export interface MonthRow {
  readonly month: string;
  readonly accountNumber: number;
  readonly accountId: string;
  readonly amount: number;
}

/** Reads sums of months in the order of their key, after the one given. */
export function readMonths(reader: Reader, villageId: string, after: MonthRow | null, limit: number) {
  const from = after === null ? 'first' : 'next';
  return reader.prepared(
    `ledger.rows.months.${from}`,
    ({ db, t: { accountMonths, accounts } }) => {
      const { month, accountNumber } = accountMonths;
      const place = sql`(${sql.placeholder('month')}, ${sql.placeholder('accountNumber')})`;
      return db
        .select({ ...columnsOf(accountMonths), accountId: accountIdOf(accounts, accountMonths) })
        .from(accountMonths)
        .leftJoin(accounts, isAccountOf(accounts, accountMonths))
        .where(
          and(
            eq(accountMonths.villageId, sql.placeholder('villageId')),
            after ? sql`(${month}, ${accountNumber}) > ${place}` : undefined,
          ),
        )
        .orderBy(month, accountNumber)
        .limit(sql.placeholder('limit'));
    },
    { villageId, month: after?.month, accountNumber: after?.accountNumber, limit },
  );
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
  const { journalFacts } = reader.t;
  const rows = await reader.db
    .select(columnsOf(journalFacts))
    .from(journalFacts)
    .where(and(eq(journalFacts.villageId, villageId), inArray(journalFacts.number, [...numbers])))
    .orderBy(journalFacts.number, journalFacts.name);
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

/** The hashes of an entry as digits that the database writes: bytes would be an object for each of them, all along a book. */
function hashesOf(engine: Engine, journal: Reader['t']['journal']) {
  const digits = (column: Column) =>
    engine === 'sqlite' ? sql<string>`lower(hex(${column}))` : sql<string>`encode(${column}, 'hex')`;
  // SQLite would write no digits for nothing, and no bytes are not the same as none.
  const orNull = (column: Column) =>
    sql<string | null>`case when ${column} is null then null else ${digits(column)} end`;
  const { inputHash, textCommitment, factsDigest, previousHash, hash } = journal;
  return {
    inputHash: digits(inputHash),
    textCommitment: orNull(textCommitment),
    factsDigest: orNull(factsDigest),
    previousHash: digits(previousHash),
    hash: digits(hash),
  };
}

/** All columns of a table but the village, which the caller knows. */
export function columnsOf<
  Table extends Reader['t']['journal' | 'postings' | 'journalFacts' | 'journalTexts' | 'accountMonths'],
>(table: Table) {
  const { villageId: _, ...columns } = getTableColumns(table);
  return columns;
}
