import type { Tx } from '../../db/store.ts';
import { askNow } from '../commands/index.ts';
import { accountId, type AccountRef } from './account-kind.ts';
import type { AppendInput } from './check-entry.ts';
import { isReversible } from './entry-kind.ts';
import { accountOf, type LedgerKinds, returnAccount } from './kind-registry.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { append } from './post.ts';
import { entryByNumber, type ReversibleEntry } from './reversible-entry.ts';
import { type EntryCommon, type LedgerRefusal, type LineInput, type PostOutcome, refusal } from './types.ts';

export interface ReverseInput extends EntryCommon {
  /** The entry to take back. */
  readonly number: number;
  /** Taking back an amount that was spent already may sink an account under its floor, if the village allows it. */
  readonly mayPassFloor?: boolean;
}

/**
 * Books the opposite of an entry, once. Nothing of the entry itself changes. Reversing an entry that spent a hold
 * gives the amount back to the account it was held from, because the hold is over.
 */
export async function reverse(deps: LedgerDeps, tx: Tx, input: ReverseInput): Promise<PostOutcome> {
  await tx.lockBook(input.villageId);
  const original = await askNow(tx, input.villageId, entryByNumber.one([input.number]));
  const reversal = reversalOf(deps.kinds, original, input);
  // Asked again under its own key, a reversal is answered as it was the first time.
  const stands = original ? alreadyReversed(original) : null;
  return 'code' in reversal ? reversal : append(deps, tx, reversal, () => Promise.resolve(stands));
}

/** The entry that takes another one back; refuses entries that are missing or may not be reversed. */
export function reversalOf(
  kinds: LedgerKinds,
  original: ReversibleEntry | undefined,
  { number, ...rest }: ReverseInput,
): AppendInput | LedgerRefusal {
  if (!original) return refusal('ledger.entry_not_found', { number });
  if (!isReversible(original.kind)) return refusal('ledger.not_reversible', { number });
  return { ...rest, kind: 'reversal', reversesNumber: number, lines: opposite(kinds, original.lines) };
}

export function alreadyReversed({ number, reversedBy }: ReversibleEntry): LedgerRefusal | null {
  return reversedBy === null ? null : refusal('ledger.already_reversed', { number, by: reversedBy });
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
