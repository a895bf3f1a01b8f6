import { and, desc, eq, lt, lte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { addDays } from '../../shared/business-day.ts';
import { askNow } from '../commands/index.ts';
import { accountId, type AccountRef, POINT } from './account-kind.ts';
import { numberOf } from './account-number.ts';
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

/** An account with a floor, and its balance now. */
export interface RunningBalance {
  readonly id: string;
  readonly ownerId: string;
  readonly unit: string;
  readonly kind: string;
  readonly balance: number;
}

/** Reads all running balances of a village. */
export async function runningBalances(reader: Reader, villageId: string): Promise<RunningBalance[]> {
  const rows = await reader.prepared(
    'ledger.running',
    ({ db, t }) => {
      const { id, ownerId, unit, kind } = t.accounts;
      return db
        .select({ id, ownerId, unit, kind, balance: runningBalance({ db, t }) })
        .from(t.accounts)
        .where(eq(t.accounts.villageId, sql.placeholder('villageId')));
    },
    { villageId },
  );
  return rows.flatMap(({ balance: now, ...account }) => (now === null ? [] : [{ ...account, balance: now }]));
}

/** Reads the running balances of the accounts of points of one kind. */
export async function balancesOfKind(
  { db, t }: Reader,
  villageId: string,
  wanted: string,
): Promise<Pick<RunningBalance, 'id' | 'balance'>[]> {
  const { id, unit, kind } = t.accounts;
  const rows = await db
    .select({ id, balance: runningBalance({ db, t }) })
    .from(t.accounts)
    .where(and(eq(t.accounts.villageId, villageId), eq(unit, POINT), eq(kind, wanted)));
  return rows.map((row) => ({ id: row.id, balance: row.balance ?? 0 }));
}

/**
 * The running balance of an account of a select; null where it has no floor. It is no join: before a table is analyzed, PostgreSQL
 * takes a village for a handful of rows, and would join by comparing each account with all balances of the village.
 */
export function runningBalance({ db, t: { balances, accounts } }: Pick<Reader, 'db' | 't'>) {
  const found = db
    .select({ balance: balances.balance })
    .from(balances)
    .where(and(eq(balances.villageId, accounts.villageId), eq(balances.accountNumber, accounts.number)));
  return sql`(${found})`.mapWith((now): number | null => Number(now)).as('balance');
}
