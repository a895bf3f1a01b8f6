import { eq } from 'drizzle-orm';
import { type Store, type Tx, writeRows } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { type AccountState, readHead } from './book.ts';
import { entryRows } from './entry-rows.ts';
import { readJournalFile, type VerifiedJournal } from './journal-file.ts';
import type { JournalEntry } from './journal-format.ts';
import { accountOf, entryKindOf, type LedgerKinds } from './kind-registry.ts';
import type { PlannedEntry } from './plan.ts';

const ENTRIES_PER_WRITE = 500;

export interface ImportedJournal {
  readonly bookId: string;
  readonly number: number;
  readonly hash: string;
  readonly entries: number;
}

/**
 * Writes a journal file into a village whose book is empty. The book takes over the file's book id, numbers,
 * hashes and head, on either engine. The file is read and verified whole first; then one transaction writes all of
 * it or nothing. Throws Refusal (journal.…, ledger.no_book).
 */
export async function importJournal(
  store: Store,
  kinds: LedgerKinds,
  villageId: string,
  source: AsyncIterable<string>,
): Promise<ImportedJournal> {
  const journal = await readJournalFile(source, kinds);
  await store.transaction((tx) => writeJournal(tx, villageId, journal));
  const { bookId, head } = journal.header;
  return { bookId, ...head, entries: head.number };
}

/** Writes a file that the caller has read before, inside the caller's transaction. */
export async function writeJournal(tx: Tx, villageId: string, journal: VerifiedJournal): Promise<void> {
  await adoptBook(tx, villageId, journal.header.bookId);
  const states = new Map<string, AccountState>();
  // Accounts are numbered in the order in which the book first names them.
  const numbers = new Map<string, number>();
  const numberOf = (id: string): number => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return number;
  };
  let written = 0;
  let waiting: PlannedEntry[] = [];
  const flush = async () => {
    await writeRows(tx, entryRows({ bookId: journal.header.bookId, number: written }, waiting, states));
    written += waiting.length;
    for (const { lines } of waiting) {
      for (const { accountId, balanceAfter, effectiveThrough } of lines) {
        states.set(accountId, { number: numberOf(accountId), balance: balanceAfter, effectiveThrough });
      }
    }
    waiting = [];
  };
  for (const entry of journal.entries()) {
    waiting.push(planned(journal.kinds, villageId, entry, numberOf));
    if (waiting.length >= ENTRIES_PER_WRITE) await flush();
  }
  await flush();
  const head = await readHead(tx, villageId);
  const { number, hash } = journal.header.head;
  if (head?.number !== number || head.hash !== hash) throw new Error('the imported book has another head');
}

/** Turns an empty book into the one of the file. */
async function adoptBook(tx: Tx, villageId: string, bookId: string): Promise<void> {
  await tx.lockBook(villageId);
  const head = await readHead(tx, villageId);
  if (!head) throw new Refusal('ledger.no_book');
  if (head.number > 0) throw new Refusal('journal.not_empty');
  const { ledgerHeads } = tx.t;
  await tx.db
    .update(ledgerHeads)
    .set({ bookId })
    .where(eq(ledgerHeads.villageId, villageId))
    .returning({ bookId: ledgerHeads.bookId });
}

function planned(
  kinds: LedgerKinds,
  villageId: string,
  entry: JournalEntry,
  numberOf: (accountId: string) => number,
): PlannedEntry {
  const { header, lines, text, facts } = entry;
  return {
    header: { villageId, ...header },
    lines: lines.map(({ number: _, ...line }) => line),
    accounts: lines.map(({ accountId: id }) => ({ ...accountOf(kinds, id), number: numberOf(id) })),
    text: text && { body: text.body, salt: text.salt },
    facts: facts.map(({ number: _, ...fact }) => fact),
    mayPassFloor: entryKindOf(kinds, header.kind)?.mayPassFloor ?? false,
  };
}
