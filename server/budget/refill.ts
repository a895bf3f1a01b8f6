import type { Tx } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { agreedFacts } from '../acts/index.ts';
import type { Agreement } from '../at.ts';
import {
  accountId,
  type AccountRef,
  balancesOf,
  type Ledger,
  monthOf,
  orRefuse,
  parseAccountId,
} from '../ledger/index.ts';
import { ISSUED } from '../proposals/ledger-kinds.ts';
import { allottedIn } from './allotted.ts';
import { budgetKey } from './budget-now.ts';
import { type BudgetSettings, ownParts, partsOf } from './parts.ts';

interface RefillAt {
  readonly villageId: string;
  readonly actorId: string;
  readonly today: string;
  readonly agreed?: Agreement | undefined;
}

/** Refuses parts of categories that are more than the whole. */
export function refuseUnevenBudget({ budgetHundredths: total, budgetHeads }: BudgetSettings): void {
  const parts = ownParts(budgetHeads);
  if (total !== null && parts > total) throw new Refusal('budget.heads_over', { parts, total });
}

/**
 * Brings the accounts of this month to the budget as it is set now. Given points stay given: a part gives back no more than
 * it still holds, and all that was ever put in is never more than the whole. Call under the village's lock.
 */
export async function refillMonth(
  tx: Tx,
  ledger: Ledger,
  { villageId, actorId, today, agreed }: RefillAt,
  settings: BudgetSettings,
): Promise<void> {
  const month = monthOf(today);
  const { entries, byAccount } = await allottedIn(tx, villageId, month);
  const wanted = new Map(
    partsOf(settings, today).map(({ account, hundredths }) => [accountId(account), hundredths] as const),
  );
  const accounts = accountsOf(ledger, new Set([...wanted.keys(), ...byAccount.keys()]));
  const left = await balancesOf(tx, villageId, Array.from(accounts.values()));
  const lines = Array.from(movesTo(wanted, byAccount, left), ([id, amount]) => ({
    account: accounts.get(id) ?? ISSUED,
    amount,
  }));
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  if (lines.length === 0) return;
  orRefuse(
    await ledger.post(tx, {
      kind: 'budget',
      ...{ villageId, effectiveOn: today, idempotencyKey: budgetKey(month, entries + 1) },
      ...{ actorId, source: `budget:${month}`, facts: agreed ? agreedFacts(agreed.by) : [] },
      lines: [...(total === 0 ? [] : [{ account: ISSUED, amount: -total }]), ...lines],
    }),
  );
}

function accountsOf({ kinds }: Ledger, ids: ReadonlySet<string>): ReadonlyMap<string, AccountRef> {
  const accounts = new Map<string, AccountRef>();
  for (const id of ids) {
    const account = parseAccountId(kinds, id);
    if (account) accounts.set(id, account);
  }
  return accounts;
}

type Amounts = ReadonlyMap<string, number>;

/**
 * Says what each account gets or gives back, by its id, so that it was given what is wanted. First gives back who has too much, as
 * far as it is left, and everybody where all that was put in is still more than the whole; then the others get as much as that
 * leaves of it.
 */
export function movesTo(wanted: Amounts, allotted: Amounts, left: Amounts): ReadonlyMap<string, number> {
  const moves = new Map<string, number>();
  let room = Array.from(wanted.values()).reduce((sum, amount) => sum + amount, 0);
  for (const [id, was] of allotted) {
    const back = Math.min(Math.max(0, was - (wanted.get(id) ?? 0)), left.get(id) ?? 0);
    if (back > 0) moves.set(id, -back);
    room -= was - back;
  }
  for (const [id, holds] of left) {
    const back = Math.min(holds + (moves.get(id) ?? 0), Math.max(0, -room));
    if (back <= 0) continue;
    moves.set(id, (moves.get(id) ?? 0) - back);
    room += back;
  }
  for (const [id, amount] of wanted) {
    const more = Math.min(amount - (allotted.get(id) ?? 0), room);
    if (more <= 0) continue;
    moves.set(id, more);
    room -= more;
  }
  return moves;
}
