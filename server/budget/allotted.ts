import { and, eq, inArray } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { bookedEntries } from '../ledger/index.ts';
import { budgetKey } from './budget-now.ts';
import { accountKinds } from './ledger-kinds.ts';

/** More entries about a month's budget than nearly every month has. */
const KEYS_AT_ONCE = 20;

interface Allotted {
  /** How many entries there are about the month's budget. */
  readonly entries: number;
  /** The points that they put into each account of the month, less those they took back; hundredths, by account id. */
  readonly byAccount: ReadonlyMap<string, number>;
}

/** Reads what was put into the budget of a month ("2026-05"). */
export async function allottedIn(reader: Reader, villageId: string, month: string): Promise<Allotted> {
  const numbers = await entriesOf(reader, villageId, month);
  const byAccount = new Map<string, number>();
  for (const { lines } of (await bookedEntries(reader, villageId, numbers)).values())
    for (const { accountId, amount } of lines)
      if (accountKinds.budget.ownerOf(accountId) !== null)
        byAccount.set(accountId, (byAccount.get(accountId) ?? 0) + amount);
  return { entries: numbers.length, byAccount };
}

/** Their keys are numbered without a gap, so that the first that is missing ends the search. */
async function entriesOf(
  { db, t: { journal } }: Reader,
  villageId: string,
  month: string,
): Promise<number[]> {
  const numbers: number[] = [];
  for (;;) {
    const keys = Array.from({ length: KEYS_AT_ONCE }, (_, index) =>
      budgetKey(month, numbers.length + index + 1),
    );
    const found = await db
      .select({ number: journal.number })
      .from(journal)
      .where(and(eq(journal.villageId, villageId), inArray(journal.idempotencyKey, keys)));
    numbers.push(...found.map(({ number }) => number));
    if (found.length < KEYS_AT_ONCE) return numbers;
  }
}
