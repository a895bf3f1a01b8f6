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
    const over = await store.read((reader) => monthsOver(closing, reader, id));
    // Others may have closed it meanwhile: under the lock what is left is read again.
    if (over.size > 0) await store.transaction((tx) => closeVillage(closing, tx, id));
  }
}

/** The accounts of months that are over with something left in them, by month. */
async function monthsOver({ clock }: Closing, reader: Reader, villageId: string) {
  const balances = await balancesOfKind(reader, villageId, 'budget');
  const today = await todayIn(reader, villageId, clock());
  const old = balances.flatMap(({ id, balance }) => {
    const month = ownerOfBudget(id)?.month ?? '';
    return balance > 0 && month < monthOf(today) ? [{ id, balance, month }] : [];
  });
  return Map.groupBy(old, ({ month }) => month);
}

async function closeVillage(closing: Closing, tx: Tx, villageId: string): Promise<void> {
  const { ledger, clock, logger } = closing;
  await tx.lockBook(villageId);
  const over = await monthsOver(closing, tx, villageId);
  const effectiveOn = await todayIn(tx, villageId, clock());
  for (const [month, accounts] of over) {
    const head = await readHead(tx, villageId);
    const lines = accounts.flatMap(({ id, balance }) => {
      const account = parseAccountId(ledger.kinds, id);
      return account ? [{ account, amount: -balance }] : [];
    });
    const total = accounts.reduce((sum, { balance }) => sum + balance, 0);
    const outcome = await ledger.post(tx, {
      kind: 'budget',
      ...{ villageId, effectiveOn, actorId: BUDGET_CLOCK, source: `budget:${month}` },
      // A reversal that comes later is given back by another such entry.
      idempotencyKey: `budget.over.${String((head?.number ?? 0) + 1)}`,
      lines: [...lines, { account: ISSUED, amount: total }],
    });
    // Nothing is booked in a village whose book is ahead of the server's clock.
    if (!outcome.ok && outcome.code === 'server.clock') {
      logger.warn({ village: villageId }, 'the clock is behind the book: a month’s budget waits for it');
      return;
    }
    orRefuse(outcome);
  }
}

async function todayIn(reader: Reader, villageId: string, nowMs: number): Promise<string> {
  const village = await readVillage(reader, villageId);
  return businessDay(nowMs, village?.settings.timeZone ?? 'UTC');
}
