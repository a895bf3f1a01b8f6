import { type Tx, writeRows, type WrittenRow } from '../../db/index.ts';
import { askNow } from '../commands/index.ts';
import { accountId } from './account-kind.ts';
import { type Book, bookOf } from './book.ts';
import { type AppendInput, findMalformed } from './check-entry.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { entryRows } from './entry-rows.ts';
import { planEntries, type PlannedEntry } from './plan.ts';
import { type Entry, type LedgerRefusal, type ManyOutcome, refusal } from './types.ts';

/** Entries that are decided and not yet written, with all their rows. */
export type Drafted =
  | { readonly ok: true; readonly entries: readonly Entry[]; readonly rows: readonly WrittenRow[] }
  | (LedgerRefusal & { readonly index: number });

/**
 * Decides entries on a book that was asked for (bookOf), all of them or none. Refusals come in this order, and the tests
 * walk through it: ledger.malformed → ledger.unbalanced → ledger.no_book → those of the plan (plan.ts): server.clock, floors,
 * overflow. Keys are not looked up: whoever asks twice is answered by the command that the entries belong to
 * (http/idempotency.ts), and the journal lets no key in twice.
 */
export function draft(
  deps: LedgerDeps,
  { head, states, asked }: Book,
  inputs: readonly AppendInput[],
): Drafted {
  const malformed = findFirstMalformed(deps, inputs);
  if (malformed) return malformed;
  if (!head) return { ...refusal('ledger.no_book'), index: 0 };
  for (const { lines } of inputs)
    for (const { account } of lines)
      if (!asked.has(accountId(account))) throw new Error(`the book was not asked for ${accountId(account)}`);
  const plan = planEntries(deps, head, states, inputs);
  if (!plan.ok) return plan;
  return { ok: true, entries: plan.planned.map(entryOf), rows: entryRows(head, plan.planned, states) };
}

/** Drafts entries and writes them at once, for work that is no command. Nothing is written if one of them is refused. */
export async function post(
  deps: LedgerDeps,
  tx: Tx,
  villageId: string,
  inputs: readonly AppendInput[],
): Promise<ManyOutcome> {
  const foreign = inputs.findIndex((input) => input.villageId !== villageId);
  if (foreign >= 0) return { ...refusal('ledger.malformed', { what: 'villageId' }), index: foreign };
  await tx.lockBook(villageId);
  const accounts = inputs.flatMap(({ lines }) => lines).map(({ account }) => account);
  const drafted = draft(deps, await askNow(tx, villageId, bookOf(accounts)), inputs);
  if (!drafted.ok) return drafted;
  await writeRows(tx, drafted.rows);
  deps.onWritten?.(tx, drafted.rows);
  return { ok: true, entries: drafted.entries };
}

function findFirstMalformed(
  { kinds }: LedgerDeps,
  inputs: readonly AppendInput[],
): (LedgerRefusal & { readonly index: number }) | null {
  for (const [index, input] of inputs.entries()) {
    const malformed = findMalformed(kinds, input);
    if (malformed) return { ...malformed, index };
  }
  return null;
}

function entryOf({ header, lines }: PlannedEntry): Entry {
  return { ...header, postings: lines };
}
