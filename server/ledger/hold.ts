import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import type { AccountRef } from './account-kind.ts';
import { accountOf } from './kind-registry.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { append } from './post.ts';
import { type EntryCommon, type LedgerRefusal, type LineInput, type PostOutcome, refusal } from './types.ts';

export interface HoldInput extends EntryCommon {
  readonly from: AccountRef;
  /** An account of a kind that holds for the first one's kind, of the same owner. */
  readonly into: AccountRef;
  /** How much is set aside, positive. */
  readonly amount: number;
}

export interface ResolveHoldInput<Kind extends string = string> extends EntryCommon {
  readonly holdNumber: number;
  /** The kind of the entry that spends. An empty `spend` makes a release. */
  readonly kind?: Kind | undefined;
  /**
   * The other side of the amount spent: every line but the holder's own, so that the lines in the unit of the hold
   * sum to it. The rest goes back in the same entry; when `spend` is empty, everything does.
   */
  readonly spend: readonly LineInput[];
}

/** Sets an amount aside: from then on it is not part of the available balance. */
export async function hold(deps: LedgerDeps, tx: Tx, input: HoldInput): Promise<PostOutcome> {
  const { from, into, amount, ...rest } = input;
  if (!(amount > 0)) return refusal('ledger.malformed', { what: 'amount' });
  return append(deps, tx, {
    ...rest,
    kind: 'hold',
    lines: [
      { account: from, amount: -amount },
      { account: into, amount },
    ],
  });
}

/**
 * Ends a hold, once, wholly or in part: by an entry of the kind asked for if something is spent, else by a
 * release.
 */
export async function resolveHold(deps: LedgerDeps, tx: Tx, input: ResolveHoldInput): Promise<PostOutcome> {
  const { holdNumber, kind: spendKind, spend, ...rest } = input;
  const kind = spend.length > 0 ? spendKind : 'release';
  if (kind === undefined || (spend.length > 0 && kind === 'release'))
    return refusal('ledger.malformed', { what: 'kind' });
  await tx.lockBook(input.villageId);
  const held = await readHold(deps, tx, input.villageId, holdNumber);
  if (!held) return refusal('ledger.hold_not_found', { number: holdNumber });
  const { from, into, amount } = held;
  const spent = spend
    .filter((line) => line.account.unit === into.unit)
    .reduce((sum, line) => sum + line.amount, 0);
  // Only the held amount may be spent, and nothing that such an account has besides.
  const isTaken = (line: LineInput) =>
    line.amount < 0 && (line.account.kind === from.kind || line.account.kind === into.kind);
  if (spent < 0 || spend.some(isTaken)) return refusal('ledger.malformed', { what: 'spend' });
  if (spent > amount) return refusal('ledger.hold_exceeded', { held: amount, spent });
  const lines: LineInput[] = [{ account: into, amount: -amount }, ...spend];
  if (amount > spent) lines.push({ account: from, amount: amount - spent });
  return append(deps, tx, { ...rest, kind, resolvesNumber: holdNumber, lines }, () =>
    alreadyResolved(tx, input.villageId, holdNumber),
  );
}

interface Held {
  readonly from: AccountRef;
  readonly into: AccountRef;
  readonly amount: number;
}

async function readHold(
  { kinds }: LedgerDeps,
  tx: Tx,
  villageId: string,
  number: number,
): Promise<Held | null> {
  const { journal, postings } = tx.t;
  const lines = await tx.db
    .select({ accountId: postings.accountId, amount: postings.amount })
    .from(postings)
    .innerJoin(journal, and(eq(journal.villageId, postings.villageId), eq(journal.number, postings.number)))
    .where(and(eq(postings.villageId, villageId), eq(postings.number, number), eq(journal.kind, 'hold')));
  const from = lines.find(({ amount }) => amount < 0);
  const into = lines.find(({ amount }) => amount > 0);
  if (!from || !into) return null;
  return {
    from: accountOf(kinds, from.accountId),
    into: accountOf(kinds, into.accountId),
    amount: into.amount,
  };
}

async function alreadyResolved(tx: Tx, villageId: string, number: number): Promise<LedgerRefusal | null> {
  const { journal } = tx.t;
  const [by] = await tx.db
    .select({ number: journal.number })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.resolvesNumber, number)));
  return by ? refusal('ledger.hold_resolved', { number, by: by.number }) : null;
}
