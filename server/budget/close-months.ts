import type { Logger } from 'pino';
import type { Reader, Store, Tx } from '../../db/index.ts';
import { BUDGET_CLOCK } from '../../shared/acts/program-words.ts';
import { businessDay } from '../../shared/business-day.ts';
import { readVillage } from '../http/index.ts';
import type { Job } from '../jobs/index.ts';
import { balancesOfKind, type Ledger, monthOf, orRefuse, parseAccountId, readHead } from '../ledger/index.ts';
import { ISSUED } from '../proposals/ledger-kinds.ts';
import { ownerOfBudget } from './ledger-kinds.ts';

export interface ClosingServices {
  readonly ledger: Ledger;
}

interface Closing extends ClosingServices {
  readonly store: Store;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

const MINUTE_MS = 60_000;

/**
 * Gives back to the village what months that are over left of their budgets. Nothing waits for it: no award is taken from
 * another month's account than that of its booking, so it may run late, and on several servers at once.
 */
export function budgetClosing(services: ClosingServices): Job {
  return {
    name: 'return of what months left of their budgets',
    firstAfterMs: MINUTE_MS / 2,
    everyMs: 10 * MINUTE_MS,
    run: (at) => closeMonths({ ...services, ...at }),
  };
}

async function closeMonths(closing: Closing): Promise<void> {
  const { store, signal } = closing;
  const villages = await store.read(({ db, t }) =>
    db.select({ id: t.villages.id }).from(t.villages).orderBy(t.villages.id),
  );
  for (const { id } of villages) {
    if (signal.aborted) return;
    const over = await store.read(async (reader) =>
      monthsOver(reader, id, await todayIn(reader, id, closing.clock())),
    );
    // Others may have closed it meanwhile: under the lock what is left is read again.
    if (over.size > 0) await store.transaction((tx) => closeVillage(closing, tx, id));
  }
}

/** The accounts of months that are over with something left in them, by month. */
async function monthsOver(reader: Reader, villageId: string, today: string) {
  const balances = await balancesOfKind(reader, villageId, 'budget');
  const old = balances.flatMap(({ id, balance }) => {
    const month = ownerOfBudget(id)?.month ?? '';
    return balance > 0 && month < monthOf(today) ? [{ id, balance, month }] : [];
  });
  return Map.groupBy(old, ({ month }) => month);
}

async function closeVillage({ ledger, clock, logger }: Closing, tx: Tx, villageId: string): Promise<void> {
  await tx.lockBook(villageId);
  const today = await todayIn(tx, villageId, clock());
  const isDone = await giveBackMonths(tx, ledger, { villageId, today });
  // Nothing is booked in a village whose book is ahead of the server's clock.
  if (!isDone)
    logger.warn({ village: villageId }, 'the clock is behind the book: a month’s budget waits for it');
}

/** Books back what months before today's left. False: the clock is behind the book, and what is left waits for it. */
export async function giveBackMonths(
  tx: Tx,
  ledger: Ledger,
  { villageId, today }: Record<'villageId' | 'today', string>,
): Promise<boolean> {
  for (const [month, accounts] of await monthsOver(tx, villageId, today)) {
    const head = await readHead(tx, villageId);
    const lines = accounts.flatMap(({ id, balance }) => {
      const account = parseAccountId(ledger.kinds, id);
      return account ? [{ account, amount: -balance }] : [];
    });
    const total = accounts.reduce((sum, { balance }) => sum + balance, 0);
    const outcome = await ledger.post(tx, {
      kind: 'budget',
      ...{ villageId, effectiveOn: today, actorId: BUDGET_CLOCK, source: `budget:${month}` },
      // A reversal that comes later is given back by another such entry.
      idempotencyKey: `budget.over.${String((head?.number ?? 0) + 1)}`,
      lines: [...lines, { account: ISSUED, amount: total }],
    });
    if (!outcome.ok && outcome.code === 'server.clock') return false;
    orRefuse(outcome);
  }
  return true;
}

async function todayIn(reader: Reader, villageId: string, nowMs: number): Promise<string> {
  const village = await readVillage(reader, villageId);
  return businessDay(nowMs, village?.settings.timeZone ?? 'UTC');
}
