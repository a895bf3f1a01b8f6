import { and, eq, gte, inArray } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { POINT } from './account-kind.ts';
import { isAccountOf } from './account-number.ts';

/** The sum of an account's postings whose effective day lies in this month ("2026-05"). */
export interface MonthSum {
  readonly month: string;
  readonly accountId: string;
  readonly amount: number;
}

/** The same with the kind of the account. */
interface KindMonthSum extends MonthSum {
  readonly kind: string;
}

/** Reads what accounts of points of these kinds gained or lost in these months. Months without a posting are missing. */
export async function monthSums(
  { db, t: { accountMonths, accounts } }: Reader,
  villageId: string,
  kinds: readonly string[],
  months: readonly string[],
): Promise<KindMonthSum[]> {
  const { month, amount } = accountMonths;
  return db
    .select({ month, accountId: accounts.id, kind: accounts.kind, amount })
    .from(accounts)
    .crossJoin(accountMonths)
    .where(
      and(
        eq(accounts.villageId, villageId),
        eq(accounts.unit, POINT),
        inArray(accounts.kind, [...kinds]),
        isAccountOf(accounts, accountMonths),
        inArray(month, [...months]),
      ),
    );
}

/** Reads the same of all accounts, from a month on: a row for each account and month, however much was booked. */
export async function monthSumsSince(
  { db, t: { accountMonths, accounts } }: Reader,
  villageId: string,
  from: string,
): Promise<MonthSum[]> {
  const { month, amount } = accountMonths;
  return db
    .select({ month, accountId: accounts.id, amount })
    .from(accountMonths)
    .innerJoin(accounts, isAccountOf(accounts, accountMonths))
    .where(and(eq(accountMonths.villageId, villageId), gte(month, from)));
}
