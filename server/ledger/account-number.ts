import { and, eq, inArray, type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';

type Source = { readonly db: Reader['db']; readonly t: Pick<Tables, 'accounts'> };

/** Selects the number of an account, to compare with. There is none while the account was never used. */
export function numberOf({ db, t: { accounts } }: Source, villageId: Given, id: Given) {
  return db
    .select({ number: accounts.number })
    .from(accounts)
    .where(and(eq(accounts.villageId, villageId), eq(accounts.id, id)));
}

type Given = string | Placeholder;

/** Selects the numbers of those of these accounts that were used. */
export function numbersOf({ db, t: { accounts } }: Source, villageId: string, ids: readonly string[]) {
  return db
    .select({ number: accounts.number })
    .from(accounts)
    .where(and(eq(accounts.villageId, villageId), inArray(accounts.id, [...ids])));
}

/** The condition on accounts: it is the account of a row that has its number. */
export function isAccountOf(
  accounts: Tables['accounts'],
  row: { readonly villageId: SQLWrapper; readonly accountNumber: SQLWrapper },
): SQL | undefined {
  return and(eq(accounts.villageId, row.villageId), eq(accounts.number, row.accountNumber));
}

/** Names a number that no account has. */
export function missingAccount(number: number): string {
  return `#${String(number)}`;
}

/** The id of a row's account; missingAccount of its number when there is none. */
export function accountIdOf(
  accounts: Tables['accounts'],
  { accountNumber }: { readonly accountNumber: SQLWrapper },
): SQL<string> {
  return sql<string>`coalesce(${accounts.id}, '#' || ${accountNumber})`;
}
