import { aliasedTable, and, asc, eq } from 'drizzle-orm';
import { read } from '../commands/index.ts';
import type { AccountRef } from './account-kind.ts';
import { isAccountOf } from './account-number.ts';
import type { OwnDraft } from './check-entry.ts';
import { accountOf, type LedgerKinds } from './kind-registry.ts';
import { type EntryCommon, type LedgerRefusal, type LineInput, refusal } from './types.ts';

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

/** A hold as somebody who may end it must know it. */
export interface Held {
  readonly fromId: string;
  readonly intoId: string;
  readonly amount: number;
  /** The entry that ended it, if any. */
  readonly resolvedBy: number | null;
}

/** The hold with this number. */
export const heldByNumber = read<readonly [number: number], Held | undefined>()({
  name: 'ledger.heldByNumber',
  over: {
    journal(answers, { now: { number, resolvesNumber } }) {
      answers.drop([number]);
      if (resolvesNumber !== null) answers.drop([resolvesNumber]);
    },
    // Lines and their accounts come together with their entry.
    postings: 'apart',
    accounts: 'apart',
  },
  rows: ({ db, t: { journal, postings, accounts }, keys }) => {
    const by = aliasedTable(journal, 'resolved_by');
    return db
      .select({
        at: keys.at,
        resolvedBy: by.number,
        accountId: accounts.id,
        amount: postings.amount,
      })
      .from(keys.table)
      .crossJoin(journal)
      .innerJoin(
        postings,
        and(eq(postings.villageId, journal.villageId), eq(postings.number, journal.number)),
      )
      .innerJoin(accounts, isAccountOf(accounts, postings))
      .leftJoin(by, and(eq(by.villageId, journal.villageId), eq(by.resolvesNumber, journal.number)))
      .where(
        and(
          eq(journal.villageId, keys.villageId),
          eq(journal.number, keys.part(0, journal.number)),
          eq(journal.kind, 'hold'),
        ),
      )
      .orderBy(asc(keys.at), asc(postings.line));
  },
  answer: ([from, into]) => heldFrom(from, into),
});

interface HoldLine {
  readonly accountId: string;
  readonly amount: number;
  readonly resolvedBy: number | null;
}

function heldFrom(from: HoldLine | undefined, into: HoldLine | undefined): Held | undefined {
  if (!from || !into) return undefined;
  const { accountId: intoId, amount, resolvedBy } = into;
  return { fromId: from.accountId, intoId, amount, resolvedBy };
}

/** The two accounts that a hold moves, and its end moves back. */
export function accountsOfHold(kinds: LedgerKinds, held: Held | undefined): AccountRef[] {
  return held ? [accountOf(kinds, held.fromId), accountOf(kinds, held.intoId)] : [];
}

/** The entry that sets an amount aside: from then on it is not part of the available balance. */
export function holdOf({ from, into, amount, ...rest }: HoldInput): OwnDraft | LedgerRefusal {
  if (!(amount > 0)) return refusal('ledger.malformed', { what: 'amount' });
  const lines = [
    { account: from, amount: -amount },
    { account: into, amount },
  ];
  return { ...rest, kind: 'hold', lines };
}

/**
 * The entry that ends a hold, once, wholly or in part: of the kind asked for if something is spent, else a release.
 */
export function holdEndOf(
  kinds: LedgerKinds,
  held: Held | undefined,
  { holdNumber, kind: spendKind, spend, ...rest }: ResolveHoldInput,
): OwnDraft | LedgerRefusal {
  const kind = spend.length > 0 ? spendKind : 'release';
  if (kind === undefined || (spend.length > 0 && kind === 'release'))
    return refusal('ledger.malformed', { what: 'kind' });
  if (!held) return refusal('ledger.hold_not_found', { number: holdNumber });
  const { amount, resolvedBy } = held;
  const [from, into] = [accountOf(kinds, held.fromId), accountOf(kinds, held.intoId)];
  const spent = spend
    .filter((line) => line.account.unit === into.unit)
    .reduce((sum, line) => sum + line.amount, 0);
  // Only the held amount may be spent, and nothing that such an account has besides.
  const isTaken = (line: LineInput) =>
    line.amount < 0 && (line.account.kind === from.kind || line.account.kind === into.kind);
  if (spent < 0 || spend.some(isTaken)) return refusal('ledger.malformed', { what: 'spend' });
  if (spent > amount) return refusal('ledger.hold_exceeded', { held: amount, spent });
  if (resolvedBy !== null) return refusal('ledger.hold_resolved', { number: holdNumber, by: resolvedBy });
  const lines: LineInput[] = [{ account: into, amount: -amount }, ...spend];
  if (amount > spent) lines.push({ account: from, amount: amount - spent });
  return { ...rest, kind, resolvesNumber: holdNumber, lines };
}
