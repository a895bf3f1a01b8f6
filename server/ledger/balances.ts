import { and, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader, Tx } from '../../db/store.ts';
import { addDays } from '../../shared/business-day.ts';
import { accountId, type AccountRef } from './account-kind.ts';

export interface AccountState {
  readonly balance: number;
  readonly effectiveThrough: string;
}

/** Reads the state of each account, by id. Accounts that were never used are missing. */
export async function accountStates(
  reader: Reader,
  villageId: string,
  accounts: readonly AccountRef[],
): Promise<Map<string, AccountState>> {
  const states = new Map<string, AccountState>();
  const floored = accounts.filter(({ floor }) => floor !== null).map(accountId);
  for (const row of await flooredStates(reader, villageId, floored)) states.set(row.accountId, row);
  for (const account of accounts) {
    if (account.floor !== null) continue;
    const last = await lastPosting(reader, villageId, accountId(account));
    if (last) states.set(accountId(account), last);
  }
  return states;
}

/** Opens the accounts that do not exist yet. The caller holds the book's lock. */
export async function openAccounts(
  tx: Tx,
  villageId: string,
  accounts: readonly AccountRef[],
  states: ReadonlyMap<string, AccountState>,
): Promise<void> {
  const unknown = [
    ...new Map(
      accounts.map((account) => [accountId(account), account] as const).filter(([id]) => !states.has(id)),
    ),
  ];
  const { t } = tx;
  for (const some of chunked(unknown)) {
    const there = await tx.db
      .select({ id: t.accounts.id })
      .from(t.accounts)
      .where(
        and(
          eq(t.accounts.villageId, villageId),
          inArray(
            t.accounts.id,
            some.map(([id]) => id),
          ),
        ),
      );
    const known = new Set(there.map((row) => row.id));
    const rows = some
      .filter(([id]) => !known.has(id))
      .map(([id, { kind, ownerId, unit, floor }]) => ({ villageId, id, kind, ownerId, unit, floor }));
    if (rows.length === 0) continue;
    await tx.db.insert(t.accounts).values(rows).returning({ id: t.accounts.id });
    const withFloor = rows.flatMap(({ id, floor }) =>
      floor === null ? [] : [{ villageId, accountId: id, balance: 0, floor, effectiveThrough: '' }],
    );
    if (withFloor.length > 0)
      await tx.db.insert(t.balances).values(withFloor).returning({ id: t.balances.accountId });
  }
}

/** Reads the balance now; 0 for an account that was never used. It is one indexed read at any length of history. */
export async function balance(reader: Reader, villageId: string, account: AccountRef): Promise<number> {
  const states = await accountStates(reader, villageId, [account]);
  return states.get(accountId(account))?.balance ?? 0;
}

/** Reads the balances of many accounts now, by account id. Accounts that were never used are missing. */
export async function balancesOf(
  reader: Reader,
  villageId: string,
  accounts: readonly AccountRef[],
): Promise<Map<string, number>> {
  const states = await accountStates(reader, villageId, accounts);
  return new Map([...states].map(([id, state]) => [id, state.balance]));
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
  const ofAccount = and(eq(postings.villageId, villageId), eq(postings.accountId, accountId(account)));
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
    .innerJoin(accounts, and(eq(accounts.villageId, balances.villageId), eq(accounts.id, balances.accountId)))
    .where(and(eq(balances.villageId, villageId), eq(accounts.kind, kind)))
    .as('balances_by_owner');
}

async function flooredStates(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<(AccountState & { accountId: string })[]> {
  if (ids.length === 0) return [];
  if (ids.length <= 16) return fewFlooredStates(reader, villageId, ids);
  const { balances } = reader.t;
  const rows: (AccountState & { accountId: string })[] = [];
  for (const some of chunked(ids)) {
    rows.push(
      ...(await reader.db
        .select()
        .from(balances)
        .where(and(eq(balances.villageId, villageId), inArray(balances.accountId, some)))),
    );
  }
  return rows;
}

/** This is the hot path: an entry has few accounts, and a query prepared for each count is worth its place. */
async function fewFlooredStates(reader: Reader, villageId: string, ids: readonly string[]) {
  const values: Record<string, unknown> = { villageId };
  ids.forEach((id, index) => (values[`id${String(index)}`] = id));
  return reader.prepared(
    `ledger.states${String(ids.length)}`,
    ({ db, t }) =>
      db
        .select()
        .from(t.balances)
        .where(
          and(
            eq(t.balances.villageId, sql.placeholder('villageId')),
            inArray(
              t.balances.accountId,
              ids.map((_, index) => sql.placeholder(`id${String(index)}`)),
            ),
          ),
        ),
    values,
  );
}

async function lastPosting(reader: Reader, villageId: string, id: string): Promise<AccountState | undefined> {
  const [last] = await reader.prepared(
    'ledger.lastPosting',
    ({ db, t }) =>
      db
        .select({ balance: t.postings.balanceAfter, effectiveThrough: t.postings.effectiveThrough })
        .from(t.postings)
        .where(
          and(
            eq(t.postings.villageId, sql.placeholder('villageId')),
            eq(t.postings.accountId, sql.placeholder('id')),
          ),
        )
        .orderBy(desc(t.postings.effectiveThrough), desc(t.postings.number))
        .limit(1),
    { villageId, id },
  );
  return last;
}
