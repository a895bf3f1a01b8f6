import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { heldAccount, householdAccount, parseAccountId, POINT } from './accounts.ts';
import { refusal } from './checks.ts';
import { append, type LedgerDeps } from './post.ts';
import type { EntryText, LedgerRefusal, LineInput, PostOutcome } from './types.ts';

interface HoldCommon {
  readonly villageId: string;
  readonly effectiveOn: string;
  readonly idempotencyKey: string;
  readonly actorId: string;
  readonly source?: string;
  readonly text?: EntryText;
}

export interface HoldInput extends HoldCommon {
  readonly householdId: string;
  /** Hundredths to set aside, positive. */
  readonly points: number;
}

export interface ResolveHoldInput extends HoldCommon {
  readonly holdNumber: number;
  /**
   * What the held points pay for: every line but the household's own, so the POINT lines sum to what is
   * spent. Empty: everything goes back. What is not spent goes back to the household in the same entry.
   */
  readonly spend: readonly LineInput[];
}

/** Sets points aside: from then on they are not part of the available balance. */
export async function hold(deps: LedgerDeps, tx: Tx, input: HoldInput): Promise<PostOutcome> {
  const { householdId, points, ...rest } = input;
  if (!(points > 0)) return refusal('ledger.malformed', { what: 'amount' });
  return append(deps, tx, {
    ...rest,
    kind: 'hold',
    lines: [
      { account: householdAccount(householdId), amount: -points },
      { account: heldAccount(householdId), amount: points },
    ],
  });
}

/** Ends a hold, once, wholly or in part: as a redemption where something is spent, else as a release. */
export async function resolveHold(deps: LedgerDeps, tx: Tx, input: ResolveHoldInput): Promise<PostOutcome> {
  const { holdNumber, spend, ...rest } = input;
  await tx.lockBook(input.villageId);
  const held = await readHold(tx, input.villageId, holdNumber);
  if (!held) return refusal('ledger.hold_not_found', { number: holdNumber });
  const spent = spend
    .filter((line) => line.account.unit === POINT)
    .reduce((sum, line) => sum + line.amount, 0);
  if (spent < 0 || spend.some(takesPoints)) return refusal('ledger.malformed', { what: 'spend' });
  if (spent > held.points) return refusal('ledger.hold_exceeded', { held: held.points, spent });
  const back = held.points - spent;
  const lines: LineInput[] = [{ account: heldAccount(held.householdId), amount: -held.points }, ...spend];
  if (back > 0) lines.push({ account: householdAccount(held.householdId), amount: back });
  return append(
    deps,
    tx,
    { ...rest, kind: spend.length > 0 ? 'redemption' : 'release', resolvesNumber: holdNumber, lines },
    () => alreadyResolved(tx, input.villageId, holdNumber),
  );
}

/** Only the held points are there to be spent, not those of any household. */
function takesPoints({ account, amount }: LineInput): boolean {
  return amount < 0 && (account.kind === 'household' || account.kind === 'held');
}

async function readHold(
  tx: Tx,
  villageId: string,
  number: number,
): Promise<{ householdId: string; points: number } | null> {
  const { journal, postings } = tx.t;
  const lines = await tx.db
    .select({ accountId: postings.accountId, amount: postings.amount })
    .from(postings)
    .innerJoin(journal, and(eq(journal.villageId, postings.villageId), eq(journal.number, postings.number)))
    .where(and(eq(postings.villageId, villageId), eq(postings.number, number), eq(journal.kind, 'hold')));
  for (const line of lines) {
    const account = parseAccountId(line.accountId);
    if (account?.kind === 'held') return { householdId: account.ownerId, points: line.amount };
  }
  return null;
}

async function alreadyResolved(tx: Tx, villageId: string, number: number): Promise<LedgerRefusal | null> {
  const { journal } = tx.t;
  const [by] = await tx.db
    .select({ number: journal.number })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.resolvesNumber, number)));
  return by ? refusal('ledger.hold_resolved', { number, by: by.number }) : null;
}
