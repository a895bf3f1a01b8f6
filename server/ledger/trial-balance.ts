import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { accountStates } from './balances.ts';
import { parseAccountId } from './accounts.ts';
import type { AccountKind } from './types.ts';

/** Sum of one kind of account in one unit, and how many accounts hold something. */
export interface KindTotal {
  readonly unit: string;
  readonly kind: AccountKind;
  /** Positive balances and negative ones apart, so that a household in debt does not hide in a sum. */
  readonly positive: number;
  readonly negative: number;
  readonly count: number;
}

/** Totals per unit and kind of account: now from running balances, on a day from the postings up to it. They sum to zero in each unit. */
export async function trialBalance(reader: Reader, villageId: string, asOf?: string): Promise<KindTotal[]> {
  const balances =
    asOf === undefined ? await balancesNow(reader, villageId) : await balancesAsOf(reader, villageId, asOf);
  const totals = new Map<
    string,
    { unit: string; kind: AccountKind; positive: number; negative: number; count: number }
  >();
  for (const { accountId, balance } of balances) {
    const account = parseAccountId(accountId);
    if (!account) throw new Error(`the journal names an account that is none: ${accountId}`);
    const key = `${account.unit} ${account.kind}`;
    const total = totals.get(key) ?? {
      unit: account.unit,
      kind: account.kind,
      positive: 0,
      negative: 0,
      count: 0,
    };
    if (balance >= 0) total.positive += balance;
    else total.negative += balance;
    if (balance !== 0) total.count += 1;
    totals.set(key, total);
  }
  return [...totals.values()].sort((a, b) => (`${a.unit} ${a.kind}` < `${b.unit} ${b.kind}` ? -1 : 1));
}

/**
 * Totals of the accounts that hold something (households, holds, shelf, stock): one sum over running balances,
 * for screens that ask often.
 */
export async function holdings(reader: Reader, villageId: string): Promise<KindTotal[]> {
  const rows = await reader.prepared(
    'ledger.holdings',
    ({ db, t: { balances, accounts } }) =>
      db
        .select({
          unit: accounts.unit,
          kind: accounts.kind,
          positive: sql`sum(case when ${balances.balance} > 0 then ${balances.balance} else 0 end)`.mapWith(
            Number,
          ),
          negative: sql`sum(case when ${balances.balance} < 0 then ${balances.balance} else 0 end)`.mapWith(
            Number,
          ),
          count: sql`sum(case when ${balances.balance} <> 0 then 1 else 0 end)`.mapWith(Number),
        })
        .from(balances)
        .innerJoin(
          accounts,
          and(eq(accounts.villageId, balances.villageId), eq(accounts.id, balances.accountId)),
        )
        .where(eq(balances.villageId, sql.placeholder('villageId')))
        .groupBy(accounts.unit, accounts.kind),
    { villageId },
  );
  return rows.map((row) => ({ ...row, kind: row.kind as AccountKind }));
}

async function balancesNow(
  reader: Reader,
  villageId: string,
): Promise<{ accountId: string; balance: number }[]> {
  const { balances, accounts } = reader.t;
  const floored = await reader.db
    .select({ accountId: balances.accountId, balance: balances.balance })
    .from(balances)
    .where(eq(balances.villageId, villageId));
  const others = await reader.db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.villageId, villageId), isNull(accounts.floor)));
  const refs = others.flatMap((row) => parseAccountId(row.id) ?? []);
  const states = await accountStates(reader, villageId, refs);
  return [...floored, ...[...states].map(([accountId, state]) => ({ accountId, balance: state.balance }))];
}

async function balancesAsOf(
  reader: Reader,
  villageId: string,
  asOf: string,
): Promise<{ accountId: string; balance: number }[]> {
  const { postings } = reader.t;
  return reader.db
    .select({ accountId: postings.accountId, balance: sql<number>`sum(${postings.amount})`.mapWith(Number) })
    .from(postings)
    .where(and(eq(postings.villageId, villageId), lte(postings.effectiveOn, asOf)))
    .groupBy(postings.accountId);
}
