import { aliasedTable, and, desc, eq, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { isAccountOf } from './account-number.ts';
import { balancesOf, runningBalance, runningBalances } from './balances.ts';

/** More accounts than any village has. */
const ACCOUNTS_MOST = 1e9;

/** The sum of one kind of account in one unit, and the number of accounts that hold something. */
export interface KindTotal {
  readonly unit: string;
  readonly kind: string;
  /** Positive and negative balances are apart, so that an account in debt does not hide in a sum. */
  readonly positive: number;
  readonly negative: number;
  readonly count: number;
}

/**
 * Sums balances by unit and kind of account: now from running balances, on a day from the postings up to it. The
 * totals are zero in each unit.
 */
export async function trialBalance(reader: Reader, villageId: string, asOf?: string): Promise<KindTotal[]> {
  const balances =
    asOf === undefined ? await balancesNow(reader, villageId) : await balancesAsOf(reader, villageId, asOf);
  return totalsOf(balances);
}

/** Sums the running balances of accounts with a floor, by unit and kind: one query, for screens that ask often. */
export async function holdings(reader: Reader, villageId: string): Promise<KindTotal[]> {
  return reader.prepared(
    'ledger.holdings',
    ({ db, t }) => {
      const { villageId: village, unit, kind } = t.accounts;
      // Without a limit the planner would look each balance up anew wherever it is mentioned.
      const kept = db
        .select({ unit, kind, balance: runningBalance({ db, t }) })
        .from(t.accounts)
        .where(eq(village, sql.placeholder('villageId')))
        .limit(ACCOUNTS_MOST)
        .as('kept');
      const { balance } = kept;
      return db
        .select({
          unit: kept.unit,
          kind: kept.kind,
          positive: sql`sum(case when ${balance} > 0 then ${balance} else 0 end)`.mapWith(Number),
          negative: sql`sum(case when ${balance} < 0 then ${balance} else 0 end)`.mapWith(Number),
          count: sql`sum(case when ${balance} <> 0 then 1 else 0 end)`.mapWith(Number),
        })
        .from(kept)
        .where(isNotNull(balance))
        .groupBy(kept.unit, kept.kind);
    },
    { villageId },
  );
}

function totalsOf(balances: readonly AccountBalance[]): KindTotal[] {
  const totals = new Map<
    string,
    { unit: string; kind: string; positive: number; negative: number; count: number }
  >();
  for (const { unit, kind, balance } of balances) {
    const key = `${unit} ${kind}`;
    const total = totals.get(key) ?? { unit, kind, positive: 0, negative: 0, count: 0 };
    if (balance >= 0) total.positive += balance;
    else total.negative += balance;
    if (balance !== 0) total.count += 1;
    totals.set(key, total);
  }
  return [...totals.values()].sort((a, b) => (`${a.unit} ${a.kind}` < `${b.unit} ${b.kind}` ? -1 : 1));
}

interface AccountBalance {
  readonly unit: string;
  readonly kind: string;
  readonly balance: number;
}

async function balancesNow(reader: Reader, villageId: string): Promise<AccountBalance[]> {
  const { accounts } = reader.t;
  const floored = await runningBalances(reader, villageId);
  const others = await reader.db
    .select()
    .from(accounts)
    .where(and(eq(accounts.villageId, villageId), isNull(accounts.floor)));
  const known = await balancesOf(reader, villageId, others);
  const withoutFloor = others.flatMap(({ id, unit, kind }) => {
    const balance = known.get(id);
    return balance === undefined ? [] : [{ unit, kind, balance }];
  });
  return [...floored, ...withoutFloor];
}

/**
 * Takes each account's balance on a day as `balanceOn` does: the last posting that does not pass it, and those that were
 * back-dated later. So it looks twice for each account, however much was booked.
 */
async function balancesAsOf(reader: Reader, villageId: string, asOf: string): Promise<AccountBalance[]> {
  const { postings, accounts } = reader.t;
  const [last, late] = [aliasedTable(postings, 'last'), aliasedTable(postings, 'late')];
  const ofAccount = (table: typeof postings) => isAccountOf(accounts, table);
  const lastNumber = reader.db
    .select({ number: last.number })
    .from(last)
    .where(and(ofAccount(last), lte(last.effectiveThrough, asOf)))
    .orderBy(desc(last.effectiveThrough), desc(last.number))
    .limit(1);
  const lateSum = reader.db
    .select({ sum: sql`sum(${late.amount})` })
    .from(late)
    .where(
      and(
        ofAccount(late),
        lt(late.effectiveOn, late.effectiveThrough),
        sql`${late.number} > coalesce(${postings.number}, 0)`,
        lte(late.effectiveOn, asOf),
      ),
    );
  const rows = await reader.db
    .select({
      unit: accounts.unit,
      kind: accounts.kind,
      base: postings.balanceAfter,
      late: sql`(${lateSum})`.mapWith((sum): number | null => Number(sum)),
    })
    .from(accounts)
    .leftJoin(postings, and(ofAccount(postings), eq(postings.number, sql`(${lastNumber})`)))
    .where(eq(accounts.villageId, villageId));
  return rows.flatMap(({ unit, kind, base, late: since }) =>
    base === null && since === null ? [] : [{ unit, kind, balance: (base ?? 0) + (since ?? 0) }],
  );
}
