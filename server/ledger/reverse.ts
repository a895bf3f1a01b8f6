import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { accountId } from './account-kind.ts';
import { isReversible } from './entry-kind.ts';
import { accountOf, type LedgerKinds, returnAccount } from './kind-registry.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { append } from './post.ts';
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
  const { number, ...rest } = input;
  await tx.lockBook(input.villageId);
  const original = await readEntry(tx, input.villageId, number);
  if (!original) return refusal('ledger.entry_not_found', { number });
  if (!isReversible(original.kind)) return refusal('ledger.not_reversible', { number });
  return append(
    deps,
    tx,
    { ...rest, kind: 'reversal', reversesNumber: number, lines: opposite(deps.kinds, original.lines) },
    () => alreadyReversed(tx, input.villageId, number),
  );
}

async function readEntry(tx: Tx, villageId: string, number: number) {
  const { journal, postings } = tx.t;
  const [header] = await tx.db
    .select({ kind: journal.kind })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.number, number)));
  if (!header) return null;
  const lines = await tx.db
    .select({ accountId: postings.accountId, amount: postings.amount })
    .from(postings)
    .where(and(eq(postings.villageId, villageId), eq(postings.number, number)))
    .orderBy(postings.line);
  return { kind: header.kind, lines };
}

async function alreadyReversed(tx: Tx, villageId: string, number: number): Promise<LedgerRefusal | null> {
  const { journal } = tx.t;
  const [by] = await tx.db
    .select({ number: journal.number })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.reversesNumber, number)));
  return by ? refusal('ledger.already_reversed', { number, by: by.number }) : null;
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
