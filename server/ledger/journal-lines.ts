import { and, eq, inArray } from 'drizzle-orm';
import { keyTable, keyValues, type Reader } from '../../db/index.ts';
import { missingAccount } from './account-number.ts';
import { columnsOf, type LineRow } from './journal-rows.ts';

/** Accounts by number, as they were read within one snapshot. A reader of many pages keeps them. */
export type KnownAccounts = Map<number, { readonly id: string; readonly unit: string }>;

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
  return lines.map((row) => {
    const { number, line, accountNumber, amount, balanceAfter, effectiveOn, effectiveThrough } = row;
    const account = known.get(accountNumber);
    const accountId = account?.id ?? missingAccount(accountNumber);
    const unit = account?.unit ?? '';
    return { number, line, accountId, unit, amount, balanceAfter, effectiveOn, effectiveThrough };
  });
}
