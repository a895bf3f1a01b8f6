import { and, type Column, eq, getTableColumns, gt, gte, inArray, or, sql } from 'drizzle-orm';
import { type Engine, keyTable, keyValues, type Reader } from '../../db/index.ts';
import { accountIdOf, isAccountOf, missingAccount } from './account-number.ts';
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

/** Reads lines in the order of their entries, after the one given. */
export async function readLines(
  reader: Reader,
  villageId: string,
  after: LineRow | null,
  limit: number,
  known: KnownAccounts = new Map(),
): Promise<LineRow[]> {
  const from = after === null ? 'first' : 'next';
  const rows = await reader.prepared(
    `ledger.rows.lines.${from}`,
    ({ db, t: { postings } }) =>
      db
        .select(columnsOf(postings))
        .from(postings)
        .where(
          and(
            eq(postings.villageId, sql.placeholder('villageId')),
            // The first condition lets the index start at the right place; the second leaves out lines that were
            // read before.
            after ? gte(postings.number, sql.placeholder('number')) : undefined,
            after
              ? or(gt(postings.number, sql.placeholder('number')), gt(postings.line, sql.placeholder('line')))
              : undefined,
          ),
        )
        .orderBy(postings.number, postings.line)
        .limit(sql.placeholder('limit')),
    { villageId, number: after?.number, line: after?.line, limit },
  );
  return withAccounts(reader, villageId, rows, known);
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

/** Reads the lines of these entries, in line order, by number of entry. */
export async function readLinesOf(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
  known: KnownAccounts = new Map(),
): Promise<Map<number, LineRow[]>> {
  const { postings } = reader.t;
  const rows = await reader.db
    .select(columnsOf(postings))
    .from(postings)
    .where(and(eq(postings.villageId, villageId), inArray(postings.number, [...numbers])))
    .orderBy(postings.number, postings.line);
  const byNumber = new Map<number, LineRow[]>(numbers.map((number) => [number, []]));
  for (const row of await withAccounts(reader, villageId, rows, known)) byNumber.get(row.number)?.push(row);
  return byNumber;
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
  const { inputHash, textCommitment, factsDigest, previousHash, hash } = journal;
  return {
    inputHash: digits(inputHash),
    // SQLite writes nothing as no digits.
    textCommitment: sql<string | null>`nullif(${digits(textCommitment)}, '')`,
    factsDigest: sql<string | null>`nullif(${digits(factsDigest)}, '')`,
    previousHash: digits(previousHash),
    hash: digits(hash),
  };
}

type StoredLine = Omit<LineRow, 'accountId' | 'unit'> & { readonly accountNumber: number };

/** Accounts by number, as they were read within one snapshot. Who walks along a book keeps them. */
export type KnownAccounts = Map<number, { readonly id: string; readonly unit: string }>;

/** Makes lines as they are sealed, with the id and the unit of their account. Each account is read once for all of them. */
async function withAccounts(
  reader: Reader,
  villageId: string,
  lines: readonly StoredLine[],
  known: KnownAccounts,
): Promise<LineRow[]> {
  const unknown = new Set<number>();
  for (const { accountNumber } of lines) if (!known.has(accountNumber)) unknown.add(accountNumber);
  if (unknown.size > 0) {
    const found = await reader.prepared(
      'ledger.rows.accounts',
      ({ db, t: { accounts } }) => {
        const keys = keyTable(reader.engine);
        const { number, villageId: village } = accounts;
        return db
          .select({ number, id: accounts.id, unit: accounts.unit })
          .from(keys.table)
          .crossJoin(accounts)
          .where(and(eq(village, keys.villageId), eq(number, keys.part(0, number))));
      },
      keyValues(
        villageId,
        Array.from(unknown, (number) => [number]),
      ),
    );
    for (const account of found) known.set(account.number, account);
  }
  // Every line of a book passes here when it is verified: one object is made for each, without a copy in between.
  return lines.map((row) => {
    const { number, line, accountNumber, amount, balanceAfter, effectiveOn, effectiveThrough } = row;
    const account = known.get(accountNumber);
    const accountId = account?.id ?? missingAccount(accountNumber);
    const unit = account?.unit ?? '';
    return { number, line, accountId, unit, amount, balanceAfter, effectiveOn, effectiveThrough };
  });
}

/** All columns of a table but the village, which the caller knows. */
function columnsOf<
  Table extends Reader['t']['journal' | 'postings' | 'journalFacts' | 'journalTexts' | 'accountMonths'],
>(table: Table) {
  const { villageId: _, ...columns } = getTableColumns(table);
  return columns;
}
