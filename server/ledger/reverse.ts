import { accountId, type AccountRef } from './account-kind.ts';
import type { OwnDraft } from './check-entry.ts';
import { isReversible } from './entry-kind.ts';
import { accountOf, type LedgerKinds, returnAccount } from './kind-registry.ts';
import type { ReversibleEntry } from './reversible-entry.ts';
import { type EntryCommon, type LedgerRefusal, type LineInput, refusal } from './types.ts';

export interface ReverseInput extends EntryCommon {
  /** The entry to take back. */
  readonly number: number;
  /** Taking back an amount that was spent already may sink an account under its floor, if the village allows it. */
  readonly mayPassFloor?: boolean;
}

/**
 * The entry that takes another one back, once; refuses entries that are missing, may not be reversed, were, or were given back
 * in part. Nothing of the entry itself changes. Reversing an entry that spent a hold gives the amount back to the account it was held from, because
 * the hold is over.
 */
export function reversalOf(
  kinds: LedgerKinds,
  original: ReversibleEntry | undefined,
  { number, ...rest }: ReverseInput,
): OwnDraft | LedgerRefusal {
  if (!original) return refusal('ledger.entry_not_found', { number });
  if (original.reversedBy !== null)
    return refusal('ledger.already_reversed', { number, by: original.reversedBy });
  if (original.givenBackBy !== null)
    return refusal('ledger.partly_returned', { number, by: original.givenBackBy });
  if (!isReversible(original.kind)) return refusal('ledger.not_reversible', { number });
  return { ...rest, kind: 'reversal', reversesNumber: number, lines: opposite(kinds, original.lines) };
}

/** Makes the lines that take these back. */
export function opposite(
  kinds: LedgerKinds,
  lines: readonly { accountId: string; amount: number }[],
): LineInput[] {
  const merged = new Map<string, LineInput>();
  for (const line of lines) {
    const account = returnAccount(kinds, accountOf(kinds, line.accountId));
    const id = accountId(account);
    merged.set(id, { account, amount: (merged.get(id)?.amount ?? 0) - line.amount });
  }
  return [...merged.values()].filter((line) => line.amount !== 0);
}

/** The accounts that taking this entry back would move. */
export function accountsToReverse(
  kinds: LedgerKinds,
  lines: readonly { accountId: string; amount: number }[],
): AccountRef[] {
  return opposite(kinds, lines).map(({ account }) => account);
}
