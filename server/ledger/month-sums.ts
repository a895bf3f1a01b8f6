import { and, eq, gte, inArray } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { accountId, type AccountRef } from './account-kind.ts';

/** The sum of an account's postings whose effective day lies in this month ("2026-05"). */
export interface MonthSum {
  readonly month: string;
  readonly accountId: string;
  readonly amount: number;
}

/** Reads what these accounts gained or lost in these months. Months without a posting are missing. */
export async function monthSums(
  { db, t: { accountMonths } }: Reader,
  villageId: string,
  accounts: readonly AccountRef[],
  months: readonly string[],
): Promise<MonthSum[]> {
  const { month, accountId: id, amount } = accountMonths;
  return db
    .select({ month, accountId: id, amount })
    .from(accountMonths)
    .where(
      and(
        eq(accountMonths.villageId, villageId),
        inArray(month, [...months]),
        inArray(id, accounts.map(accountId)),
      ),
    );
}

/** Reads the same of all accounts, from a month on: a row for each account and month, however much was booked. */
export async function monthSumsSince(
  { db, t: { accountMonths } }: Reader,
  villageId: string,
  from: string,
): Promise<MonthSum[]> {
  const { month, accountId: id, amount } = accountMonths;
  return db
    .select({ month, accountId: id, amount })
    .from(accountMonths)
    .where(and(eq(accountMonths.villageId, villageId), gte(month, from)));
}
