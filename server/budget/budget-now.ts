import { and, eq } from 'drizzle-orm';
import { BUDGET_CLOCK } from '../../shared/acts/program-words.ts';
import type { VillageSettings } from '../../shared/village/settings.ts';
import { type Ask, given, read, together } from '../commands/index.ts';
import {
  type AccountRef,
  balanceIn,
  type EntryInput,
  type LedgerRefusal,
  monthOf,
  statesOf,
} from '../ledger/index.ts';
import { ISSUED } from '../proposals/ledger-kinds.ts';
import { type BudgetPart, partsOf, partUnder } from './parts.ts';

/** A part of the month's budget with what is left of it. */
export interface PartNow extends BudgetPart {
  readonly left: number;
}

/** The budget of a month as the book has it, under the village's lock. */
export interface BudgetNow {
  /** None where the village has no budget. */
  readonly parts: readonly PartNow[];
  /** The month was filled. Until then all of it is left. */
  readonly isFilled: boolean;
}

interface BudgetAt {
  readonly settings: VillageSettings;
  readonly today: string;
}

/** The accounts of the month's budget. */
export function budgetAccounts({ settings, today }: BudgetAt): AccountRef[] {
  return partsOf(settings, today).map(({ account }) => account);
}

/** The key of the nth entry about the budget of a month. The first of them fills it, and the book lets no key in twice. */
export function budgetKey(month: string, nth: number): string {
  return `budget.${month}.${String(nth)}`;
}

/** Whether the book has an entry under this key. */
const isBooked = read<readonly [key: string], boolean>()({
  name: 'budget.isBooked',
  over: { journal: (answers, { now }) => answers.change([now.idempotencyKey], () => true) },
  rows: ({ db, t: { journal }, keys }) =>
    db
      .select({ at: keys.at, number: journal.number })
      .from(keys.table)
      .crossJoin(journal)
      .where(and(eq(journal.villageId, keys.villageId), eq(journal.idempotencyKey, keys.part(0)))),
  answer: ([found]) => found !== undefined,
});

/** Asks for the budget of the month of today; for nothing in a village that has none. */
export function budgetNow({ settings, today }: BudgetAt): Ask<BudgetNow> {
  const parts = partsOf(settings, today);
  if (parts.length === 0) return given({ parts: [], isFilled: true });
  const asked = together({
    states: statesOf(parts.map(({ account }) => account)),
    isFilled: isBooked.one([budgetKey(monthOf(today), 1)]),
  });
  return {
    wanted: asked.wanted,
    pick(set) {
      const { states, isFilled } = asked.pick(set);
      const leftOf = ({ account, hundredths }: BudgetPart) =>
        isFilled ? balanceIn(states, account) : hundredths;
      return { parts: parts.map((part) => ({ ...part, left: leftOf(part) })), isFilled };
    },
  };
}

/** An award that is about to be booked. */
export interface AwardToTake {
  readonly head: string;
  /** Hundredths. */
  readonly points: number;
}

/**
 * Finds for each award the account that its points are taken from, or refuses those under a part of which too little is left
 * for all of them.
 */
export function takenFrom(
  { parts }: BudgetNow,
  awards: readonly AwardToTake[],
): readonly (AccountRef | LedgerRefusal)[] {
  const needed = new Map<PartNow | undefined, number>();
  for (const { head, points } of awards) {
    const part = partUnder(parts, head);
    needed.set(part, (needed.get(part) ?? 0) + points);
  }
  return awards.map(({ head }) => {
    const part = partUnder(parts, head);
    if (!part) return ISSUED;
    const all = needed.get(part) ?? 0;
    return all > part.left ? usedUp(part, all) : part.account;
  });
}

function usedUp({ head, left: balance }: PartNow, needed: number): LedgerRefusal {
  return {
    ok: false,
    code: 'budget.used_up',
    params: { balance, needed, ...(head === null ? {} : { head }) },
  };
}

/** The entry that fills the month's budget before the first award is taken from it; none where it was filled, or there is none. */
export function fillOf(
  { villageId, today }: { readonly villageId: string; readonly today: string },
  { parts, isFilled }: BudgetNow,
): EntryInput[] {
  if (isFilled) return [];
  const month = monthOf(today);
  const lines = parts.flatMap(({ account, hundredths: amount }) => (amount > 0 ? [{ account, amount }] : []));
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  return [
    {
      kind: 'budget',
      ...{ villageId, effectiveOn: today, idempotencyKey: budgetKey(month, 1) },
      ...{ actorId: BUDGET_CLOCK, source: `budget:${month}` },
      lines: [{ account: ISSUED, amount: -total }, ...lines],
    },
  ];
}
