import { and, eq, gt, gte, inArray, or, sql } from 'drizzle-orm';
import { keyTable, keyValues, type Reader } from '../../db/index.ts';
import { missingAccount } from './account-number.ts';
import { columnsOf, type LineRow } from './journal-rows.ts';

/** Accounts by number, as they were read within one snapshot. A walk along a book keeps them. */
export type KnownAccounts = Map<number, { readonly id: string; readonly unit: string }>;

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

type StoredLine = Omit<LineRow, 'accountId' | 'unit'> & { readonly accountNumber: number };

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
