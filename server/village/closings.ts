import type { Reader } from '../../db/store.ts';
import { addDays } from '../../shared/business-day.ts';
import { monthOf, monthSumsSince, runningBalances, splitAccountId } from '../ledger/index.ts';

/** The points that households could spend, and the cost of the shelf, at the end of a month. */
export interface Closing {
  readonly month: string;
  readonly pointsOwed: number;
  readonly stockCostFen: number;
}

/**
 * The closings of these months, oldest first; the last is the month under way. They are computed backwards from the
 * balances of now and what the accounts moved in each month since.
 */
export async function closings(
  reader: Reader,
  villageId: string,
  months: readonly string[],
): Promise<Closing[]> {
  const [first = ''] = months;
  const balances = new Map(
    (await runningBalances(reader, villageId)).flatMap(({ id, balance }) =>
      side(id) ? [[id, balance]] : [],
    ),
  );
  const since = monthOf(addDays(lastDayOf(first), 1));
  const moved = Map.groupBy(await monthSumsSince(reader, villageId, since), (row) => row.month);
  const standing = { points: 0, stock: 0 };
  for (const [id, balance] of balances) add(standing, id, balance, 1);
  const found: Closing[] = [];
  for (const month of [...months].reverse()) {
    found.push({ month, pointsOwed: standing.points, stockCostFen: standing.stock });
    for (const { accountId, amount } of moved.get(month) ?? []) {
      const balance = balances.get(accountId) ?? 0;
      add(standing, accountId, balance, -1);
      balances.set(accountId, balance - amount);
      add(standing, accountId, balance - amount, 1);
    }
  }
  return found.reverse();
}

type Side = 'points' | 'stock';

function side(id: string): Side | null {
  const kind = splitAccountId(id)?.kind;
  if (kind === 'household' || kind === 'held') return 'points';
  return kind === 'stock' ? 'stock' : null;
}

/** A household in debt does not make the shop owe the others less. */
function add(standing: Record<Side, number>, id: string, balance: number, sign: 1 | -1): void {
  const of = side(id);
  if (of === null) return;
  standing[of] += sign * (of === 'points' ? Math.max(0, balance) : balance);
}

export function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
