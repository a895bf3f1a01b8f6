import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { accountId, householdAccount, parseAccountId } from './accounts.ts';
import { refusal } from './checks.ts';
import { append, type LedgerDeps } from './post.ts';
import type { EntryText, LedgerRefusal, LineInput, PostOutcome } from './types.ts';

export interface ReverseInput {
  readonly villageId: string;
  /** The entry to take back. */
  readonly number: number;
  readonly effectiveOn: string;
  readonly idempotencyKey: string;
  readonly actorId: string;
  readonly source?: string;
  readonly text?: EntryText;
  /** Taking back points a household has spent already may take it below zero, where the village says so. */
  readonly mayPassFloor?: boolean;
}

/** A hold is released, not reversed; a reversal stands. */
export const NOT_REVERSIBLE = new Set(['hold', 'release', 'reversal']);

/**
 * Books the opposite of an entry, once. Nothing of the entry itself changes. Reversing a redemption that came
 * out of a hold gives the points back to the household, since the hold is spent.
 */
export async function reverse(deps: LedgerDeps, tx: Tx, input: ReverseInput): Promise<PostOutcome> {
  const { number, ...rest } = input;
  await tx.lockBook(input.villageId);
  const original = await readEntry(tx, input.villageId, number);
  if (!original) return refusal('ledger.entry_not_found', { number });
  if (NOT_REVERSIBLE.has(original.kind)) return refusal('ledger.not_reversible', { number });
  return append(
    deps,
    tx,
    { ...rest, kind: 'reversal', reversesNumber: number, lines: opposite(original.lines) },
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

/** What takes these lines back. Points that were held go to the household: the hold is spent. */
export function opposite(lines: readonly { accountId: string; amount: number }[]): LineInput[] {
  const merged = new Map<string, LineInput>();
  for (const line of lines) {
    const named = parseAccountId(line.accountId);
    if (!named) throw new Error(`the journal names an account that is none: ${line.accountId}`);
    const account = named.kind === 'held' ? householdAccount(named.ownerId) : named;
    const id = accountId(account);
    merged.set(id, { account, amount: (merged.get(id)?.amount ?? 0) - line.amount });
  }
  return [...merged.values()].filter((line) => line.amount !== 0);
}
