import type { Tx } from '../../db/store.ts';
import { accountId, type AccountRef } from './account-kind.ts';
import { type AppendInput, findMalformed } from './check-entry.ts';
import { earlierAnswers } from './earlier-answers.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { lockedHead, lockedStates, noteBook } from './locked-book.ts';
import { planEntries } from './plan.ts';
import {
  type Entry,
  type LedgerRefusal,
  type ManyOutcome,
  type Posted,
  type PostOutcome,
  refusal,
} from './types.ts';
import { writeEntries } from './write.ts';

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

/** Appends many entries of one village, each under its own key and number, with a handful of statements for all. */
export async function appendAll(
  deps: LedgerDeps,
  tx: Tx,
  villageId: string,
  inputs: readonly AppendInput[],
  check?: () => Promise<LedgerRefusal | null>,
): Promise<ManyOutcome> {
  for (const [index, input] of inputs.entries()) {
    const malformed =
      input.villageId === villageId
        ? findMalformed(deps.kinds, input)
        : refusal('ledger.malformed', { what: 'villageId' });
    if (malformed) return { ...malformed, index };
  }
  await tx.lockBook(villageId);
  // These are asked for together, so that they are answered together.
  const [head, answered, before] = await Promise.all([
    lockedHead(tx, villageId),
    earlierAnswers(tx, villageId, inputs),
    lockedStates(tx, villageId, distinctAccounts(inputs)),
  ]);
  if (!head) return { ...refusal('ledger.no_book'), index: 0 };

  for (const [index, answer] of answered.entries()) if (answer && !answer.ok) return { ...answer, index };
  const refused = answered[0] ? null : await check?.();
  if (refused) return { ...refused, index: 0 };

  const isFresh = (index: number) => !answered[index];
  const plan = planEntries(
    deps,
    head,
    before,
    inputs.filter((_, index) => isFresh(index)),
  );
  if (!plan.ok) {
    const places = Array.from(inputs.keys()).filter(isFresh);
    return { ...plan, index: places[plan.index] ?? 0 };
  }
  await writeEntries(tx, villageId, head.number, plan.planned, before);
  noteBook(tx, villageId, plan.head, plan.states);
  deps.onWritten?.(
    tx,
    plan.planned.map(({ header, lines }) => ({ kind: header.kind, lines })),
  );

  const written = plan.planned.map(({ header, lines }): Entry => ({ ...header, postings: lines })).values();
  const posted = answered.map((answer): Posted => {
    if (answer?.ok) return answer;
    const entry = written.next().value;
    if (!entry) throw new Error('fewer entries were written than asked for');
    return { ok: true, replay: false, entry };
  });
  return { ok: true, posted };
}

function distinctAccounts(inputs: readonly AppendInput[]): AccountRef[] {
  return [
    ...new Map(
      inputs.flatMap((input) => input.lines).map((line) => [accountId(line.account), line.account]),
    ).values(),
  ];
}
