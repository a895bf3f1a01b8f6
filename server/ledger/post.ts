import { type Tx, writeRows, type WrittenRow } from '../../db/index.ts';
import { askNow } from '../commands/index.ts';
import { accountId } from './account-kind.ts';
import { type Book, bookOf } from './book.ts';
import { type AppendInput, findMalformed } from './check-entry.ts';
import { earlierAnswers } from './earlier-answers.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { entryRows } from './entry-rows.ts';
import { planEntries, type PlannedEntry } from './plan.ts';
import {
  type Entry,
  type LedgerRefusal,
  type ManyOutcome,
  type Posted,
  type PostOutcome,
  refusal,
} from './types.ts';

/**
 * Appends one entry. Refusals come in this order, and the tests walk through it:
 *   ledger.malformed → ledger.unbalanced → ledger.no_book → idempotency.conflict (or the first answer again)
 *   → what `check` finds (reversals, holds) → those of the plan (plan.ts): server.clock, floors, overflow.
 * Nothing is written before all of them have been passed, so a caller may go on after a refusal.
 */
export async function append(
  deps: LedgerDeps,
  tx: Tx,
  input: AppendInput,
  check?: () => Promise<LedgerRefusal | null>,
): Promise<PostOutcome> {
  const outcome = await appendAll(deps, tx, input.villageId, [input], check);
  return outcome.ok ? (outcome.posted[0] ?? refusal('ledger.malformed')) : outcome;
}

/** Entries that are decided and not yet written, with all their rows. */
export type Drafted =
  | { readonly ok: true; readonly entries: readonly Entry[]; readonly rows: readonly WrittenRow[] }
  | (LedgerRefusal & { readonly index: number });

/**
 * Decides entries on a book that was asked for (bookOf), all of them or none. Their keys are not looked up: the command
 * that they belong to has a key of its own. Refuses in the order of `append`.
 */
export function draft(
  deps: LedgerDeps,
  { head, states, asked }: Book,
  inputs: readonly AppendInput[],
): Drafted {
  const malformed = findFirstMalformed(deps, inputs);
  if (malformed) return malformed;
  if (!head) return { ...refusal('ledger.no_book'), index: 0 };
  for (const { account } of inputs.flatMap(({ lines }) => lines))
    if (!asked.has(accountId(account))) throw new Error(`the book was not asked for ${accountId(account)}`);
  const plan = planEntries(deps, head, states, inputs);
  if (!plan.ok) return plan;
  return { ok: true, entries: plan.planned.map(entryOf), rows: entryRows(head, plan.planned, states) };
}

/** Appends many entries of one village, each under its own key and number, with a handful of statements for all. */
export async function appendAll(
  deps: LedgerDeps,
  tx: Tx,
  villageId: string,
  inputs: readonly AppendInput[],
  check?: () => Promise<LedgerRefusal | null>,
): Promise<ManyOutcome> {
  const foreign = inputs.findIndex((input) => input.villageId !== villageId);
  if (foreign >= 0) return { ...refusal('ledger.malformed', { what: 'villageId' }), index: foreign };
  const malformed = findFirstMalformed(deps, inputs);
  if (malformed) return malformed;
  await tx.lockBook(villageId);
  // These are asked for together, so that they are answered together.
  const accounts = inputs.flatMap(({ lines }) => lines).map(({ account }) => account);
  const [book, answered] = await Promise.all([
    askNow(tx, villageId, bookOf(accounts)),
    earlierAnswers(tx, villageId, inputs),
  ]);
  if (!book.head) return { ...refusal('ledger.no_book'), index: 0 };

  for (const [index, answer] of answered.entries()) if (answer && !answer.ok) return { ...answer, index };
  const refused = answered[0] ? null : await check?.();
  if (refused) return { ...refused, index: 0 };

  const fresh = Array.from(inputs.entries()).filter(([index]) => !answered[index]);
  const drafted = draft(
    deps,
    book,
    fresh.map(([, input]) => input),
  );
  if (!drafted.ok) return { ...drafted, index: fresh[drafted.index]?.[0] ?? 0 };
  await writeRows(tx, drafted.rows);
  deps.onWritten?.(tx, drafted.rows);

  const written = drafted.entries.values();
  const posted = answered.map((answer): Posted => {
    if (answer?.ok) return answer;
    const entry = written.next().value;
    if (!entry) throw new Error('fewer entries were written than asked for');
    return { ok: true, replay: false, entry };
  });
  return { ok: true, posted };
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
