import { randomBytes } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import type { OnWritten } from '../commands/index.ts';
import { accountId, type AccountRef } from './account-kind.ts';
import { numbersOf } from './account-number.ts';
import { type Held, holdEndOf, type HoldInput, holdOf, type ResolveHoldInput } from './hold.ts';
import type { EntryKindIn, LedgerKinds } from './kind-registry.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import type { Book } from './book.ts';
import type { OwnDraft } from './check-entry.ts';
import { draft, type Drafted, post } from './post.ts';
import { reversalOf, type ReverseInput } from './reverse.ts';
import type { ReversibleEntry } from './reversible-entry.ts';
import { eraseFactsOf } from './facts.ts';
import { type EntryInput, type LedgerRefusal, type ManyOutcome, type PostOutcome, refusal } from './types.ts';

export {
  accountId,
  accountKind,
  type AccountKind,
  type AccountRef,
  CNY,
  itemOf,
  type Label,
  POINT,
  splitAccountId,
} from './account-kind.ts';
export { type BookedEntry, bookedEntries } from './booked-entries.ts';
export { type ActEntry, actEntries, actFactsOf, actsAfter, type ActSearch, hasMoved } from './act-entries.ts';
export { isAccountOf } from './account-number.ts';
export { balance, balanceOn, balancesOf, balancesOfKind, movedBetween, runningBalances } from './balances.ts';
export { bookedBetween, digitsOf, type EntrySpan, publicHead } from './public-head.ts';
export { balanceIn, type Book, bookAfter, bookOf, type Head, readHead, statesOf } from './book.ts';
export { entries, type EntryWithLines, entry } from './entries.ts';
export { ACT_KIND, entryKind, RETURN_KIND } from './entry-kind.ts';
export { monthOf } from './entry-rows.ts';
export { entryTitles } from './entry-titles.ts';
export { factsOf, factValues } from './facts.ts';
export type { EntryFilter, EntrySearch } from './find-entries.ts';
export { exportBook } from './export.ts';
export type { ExportLabels } from './export-source.ts';
export { accountsOfHold, heldByNumber } from './hold.ts';
export { importJournal, type ImportedJournal, writeJournal } from './import-journal.ts';
export { readJournalFile, type VerifiedJournal } from './journal-file.ts';
export {
  type EntryKindIn,
  entryKindOf,
  ledgerKinds,
  type LedgerKinds,
  parseAccountId,
} from './kind-registry.ts';
export { monthSums, monthSumsSince } from './month-sums.ts';
export { givenBackBy, isReversalOf, notReversed } from './not-reversed.ts';
export { passbookMonths, searchPassbook } from './passbook-months.ts';
export { type AccountLine, linesUpTo, passbook, reversalsOf, withoutReversed } from './passbook.ts';
export { accountsToReverse } from './reverse.ts';
export {
  BESIDE_ENTRY,
  dropTakenBack,
  entryByNumber,
  entryFrom,
  type EntryRow,
  isTakenBack,
  type ReversibleEntry,
  rowsOfEntries,
  takesBack,
} from './reversible-entry.ts';
export { hashOfEntry, type Touched, touchedSince } from './touched-since.ts';
export { holdings, type KindTotal, trialBalance } from './trial-balance.ts';
export { findStray } from './verify-other-tables.ts';
export {
  bookStates,
  dropOldVerifications,
  lastVerification,
  recordVerification,
  worstVerification,
} from './verifications.ts';
export { verify, verifyBook, type VerifyOptions } from './verify.ts';
export type { Drafted } from './post.ts';
export type * from './types.ts';

/**
 * Everything that writes the journal. Expected failures are values; post.ts says in which order they come. `Kind`
 * names the kinds of entry it was given: those of the program when left out.
 */
export interface Ledger<Kind extends string = EntryKind> {
  /** The kinds of account and entry that its books may have. */
  readonly kinds: LedgerKinds;
  /** Starts a village's book, once. */
  openBook(tx: Tx, villageId: string, bookId: string): Promise<void>;
  /**
   * Takes the village's write lock. Everything read of the ledger afterwards stays true until the transaction
   * ends.
   */
  lockBook(tx: Tx, villageId: string): Promise<void>;
  /** Decides entries on a book that a command asked for (bookOf), all or none. Nothing is written yet. */
  draft(book: Book, inputs: readonly EntryDraft<Kind>[]): Drafted;
  /** Drafts the reversal of an entry, once; refuses when it is missing, not reversible, or reversed already. */
  draftReversal(original: ReversibleEntry | undefined, input: ReverseInput): OwnDraft | LedgerRefusal;
  /** Drafts the hold of an amount. */
  draftHold(input: HoldInput): OwnDraft | LedgerRefusal;
  /** Drafts the end of a hold, once; refuses when it is missing, too small, or ended already. */
  draftHoldEnd(held: Held | undefined, input: ResolveHoldInput<Kind>): OwnDraft | LedgerRefusal;
  /** Counts the rows of entries that were drafted here and written by somebody else. */
  readonly onWritten: OnWritten;
  /** Posts an entry of work that is no command. */
  post(tx: Tx, input: EntryInput<Kind>): Promise<PostOutcome>;
  /**
   * Posts many entries at once, each under its own key and number: all of them, or the refusal of the first that
   * cannot be.
   */
  postMany(tx: Tx, villageId: string, inputs: readonly EntryInput<Kind>[]): Promise<ManyOutcome>;
  /** Erases an entry's free text and salt; the chain still verifies. */
  eraseText(tx: Tx, villageId: string, number: number): Promise<void>;
  /** Erases the free text of every entry that touched one of these accounts. */
  eraseTextsOf(tx: Tx, villageId: string, accounts: readonly AccountRef[]): Promise<void>;
  /** Erases the value and salt of every fact of this owner. */
  eraseFactsOf(tx: Tx, villageId: string, ownerId: string): Promise<void>;
}

export function createLedger<Kinds extends LedgerKinds>(
  deps: Partial<LedgerDeps<Kinds>> & Pick<LedgerDeps<Kinds>, 'kinds' | 'clock'>,
): Ledger<EntryKindIn<Kinds>> {
  const full: LedgerDeps = { newSalt: () => randomBytes(16).toString('hex'), ...deps };
  return {
    kinds: deps.kinds,
    async openBook(tx, villageId, bookId) {
      await tx.db
        .insert(tx.t.ledgerHeads)
        .values({ villageId, bookId, number: 0 })
        .returning({ number: tx.t.ledgerHeads.number });
    },
    lockBook: (tx, villageId) => tx.lockBook(villageId),
    draft: (book, inputs) => draft(full, book, inputs),
    onWritten: (tx, rows) => deps.onWritten?.(tx, rows),
    draftReversal: (original, input) => reversalOf(deps.kinds, original, input),
    draftHold: holdOf,
    draftHoldEnd: (held, input) => holdEndOf(deps.kinds, held, input),
    async post(tx, input) {
      const outcome = await post(full, tx, input.villageId, [input]);
      if (!outcome.ok) return outcome;
      const [entry] = outcome.entries;
      return entry ? { ok: true, entry } : refusal('ledger.malformed');
    },
    postMany: (tx, villageId, inputs) => post(full, tx, villageId, inputs),
    async eraseText(tx, villageId, number) {
      const { journalTexts } = tx.t;
      await tx.db
        .update(journalTexts)
        .set({ body: null, salt: null })
        .where(and(eq(journalTexts.villageId, villageId), eq(journalTexts.number, number)))
        .returning({ number: journalTexts.number });
    },
    async eraseTextsOf({ db, t }, villageId, accounts) {
      const { journalTexts, postings } = t;
      const theirs = numbersOf({ db, t }, villageId, accounts.map(accountId));
      const touching = db
        .select({ number: postings.number })
        .from(postings)
        .where(and(eq(postings.villageId, villageId), inArray(postings.accountNumber, theirs)));
      await db
        .update(journalTexts)
        .set({ body: null, salt: null })
        .where(and(eq(journalTexts.villageId, villageId), inArray(journalTexts.number, touching)))
        .returning({ number: journalTexts.number });
    },
    eraseFactsOf,
  };
}

/** An entry that is to be decided. */
export type EntryDraft<Kind extends string = EntryKind> = EntryInput<Kind> | OwnDraft;

/** Turns a refusal into an exception, which undoes everything in the caller's transaction. */
export function orRefuse<Outcome extends object>(outcome: Outcome): Exclude<Outcome, { ok: false }> {
  if (isRefusal(outcome)) throw new Refusal(outcome.code, outcome.params);
  return outcome as Exclude<Outcome, { ok: false }>;
}

function isRefusal(outcome: object): outcome is LedgerRefusal {
  return 'ok' in outcome && outcome.ok === false;
}
