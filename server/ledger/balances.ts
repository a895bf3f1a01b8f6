import { and, desc, eq, lt, lte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { addDays } from '../../shared/business-day.ts';
import { askNow } from '../commands/index.ts';
import { accountId, type AccountRef } from './account-kind.ts';
import { isAccountOf, numberOf } from './account-number.ts';
import { statesOf } from './book.ts';

/** Reads the balance now; 0 for an account that was never used. It is one indexed read at any length of history. */
export async function balance(reader: Reader, villageId: string, account: AccountRef): Promise<number> {
  const balances = await balancesOf(reader, villageId, [account]);
  return balances.get(accountId(account)) ?? 0;
}

/** Reads the balances of many accounts now, by account id. Accounts that were never used are missing. */
export async function balancesOf(
  reader: Reader,
  villageId: string,
  accounts: readonly AccountRef[],
): Promise<Map<string, number>> {
  const states = await askNow(reader, villageId, statesOf(accounts));
  const balances = new Map<string, number>();
  for (const id of accounts.map(accountId)) {
    const state = states.get(id);
    if (state) balances.set(id, state.balance);
  }
  return balances;
}

/**
 * Reads the balance at the end of a business day. Every posting carries the latest effective day that its account
 * has reached. The last posting that does not pass `day` holds the sum of everything before it. Only entries that
 * were back-dated later have to be added, and an index keeps just those.
 */
export async function balanceOn(
  reader: Reader,
  villageId: string,
  account: AccountRef,
  day: string,
): Promise<number> {
  const { postings } = reader.t;
  const number = numberOf(reader, villageId, accountId(account));
  const ofAccount = and(eq(postings.villageId, villageId), eq(postings.accountNumber, number));
  const [base] = await reader.db
    .select({ number: postings.number, balance: postings.balanceAfter })
    .from(postings)
    .where(and(ofAccount, lte(postings.effectiveThrough, day)))
    .orderBy(desc(postings.effectiveThrough), desc(postings.number))
    .limit(1);
  const [late] = await reader.db
    .select({ sum: sql<number>`coalesce(sum(${postings.amount}), 0)`.mapWith(Number) })
    .from(postings)
    .where(
      and(
        ofAccount,
        lt(postings.effectiveOn, postings.effectiveThrough),
        sql`${postings.number} > ${base?.number ?? 0}`,
        lte(postings.effectiveOn, day),
      ),
    );
  return (base?.balance ?? 0) + (late?.sum ?? 0);
}

/** Reads how much an account gained or lost between two business days, both included: as cheap as its balance on each. */
export async function movedBetween(
  reader: Reader,
  villageId: string,
  account: AccountRef,
  from: string,
  to: string,
): Promise<number> {
  const before = await balanceOn(reader, villageId, account, addDays(from, -1));
  return (await balanceOn(reader, villageId, account, to)) - before;
}

/**
 * Selects the balances of a village's accounts of one kind with a floor, to be joined with by their owners. Owners
 * whose account was never used are missing.
 */
export function balancesByOwner({ db, t: { balances, accounts } }: Reader, villageId: string, kind: string) {
  return db
    .select({ ownerId: accounts.ownerId, balance: balances.balance })
    .from(balances)
    .innerJoin(accounts, isAccountOf(accounts, balances))
    .where(and(eq(balances.villageId, villageId), eq(accounts.kind, kind)))
    .as('balances_by_owner');
}
