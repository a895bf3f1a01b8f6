import type { Reader } from '../../db/store.ts';
import { UNIT_WORDS } from '../../shared/ledger/export-words.ts';
import { type AccountRef, BOOK_ITSELF, CNY, itemOf, POINT } from './account-kind.ts';
import { accountName } from './export-names.ts';
import {
  exportedBook,
  type ExportedBook,
  type ExportedEntry,
  exportedEntries,
  type ExportLabels,
  LastBalances,
  wordsOf,
} from './export-source.ts';
import { readSpan } from './journal-rows.ts';
import { accountKindOf, accountOf, type LedgerKinds } from './kinds.ts';

/** A transaction as another program is told of it. */
export interface Transaction {
  readonly header: ExportedEntry['header'];
  /** Title and note, those that are not empty. */
  readonly words: readonly string[];
  readonly lines: readonly { readonly account: string; readonly unit: string; readonly amount: number }[];
}

/** The lines by which an accounting program is told of a book. */
export interface Dialect {
  title(village: string | null, book: Pick<ExportedBook, 'bookId' | 'number' | 'hash'>): string[];
  /** Declares a unit. `since` is the first day of the book, here and below. */
  commodity(unit: string, name: string, since: string): string[];
  account(account: string, unit: string, label: string, since: string): string[];
  transaction(transaction: Transaction): string[];
  /** Asserts balances at the end of the last day, exactly. */
  balances(
    lastDay: string,
    balances: readonly { readonly account: string; readonly unit: string; readonly balance: number }[],
  ): string[];
}

/**
 * The book for an accounting program, by effective day. Every commodity and account is declared, so that a strict
 * check has something to hold it to, and each of our balances is asserted at the end.
 */
export async function* exportAccounting(
  dialect: Dialect,
  reader: Reader,
  kinds: LedgerKinds,
  villageId: string,
  labels: ExportLabels,
): AsyncGenerator<string> {
  const book = await exportedBook(reader, kinds, villageId, labels);
  const { village } = labels;
  yield block(dialect.title(village ? `${village.town} ${village.name}` : null, book));
  const { first, last } = await readSpan(reader, villageId);
  if (first === null || last === null) return;
  yield block(namedUnits(book).flatMap(([unit, name]) => dialect.commodity(unit, name, first)));
  yield block(
    book.accounts.flatMap((account) =>
      dialect.account(accountName(kinds, account), account.unit, labelOf(book, account), first),
    ),
  );
  const balances = new LastBalances();
  for await (const page of exportedEntries(reader, villageId, 'day')) {
    for (const entry of page) balances.see(entry);
    yield page.map((entry) => block(dialect.transaction(transactionOf(kinds, entry)))).join('');
  }
  const asserted = book.accounts.map((account) => ({
    account: accountName(kinds, account),
    unit: account.unit,
    balance: balances.of(account.id),
  }));
  yield `${dialect.balances(last, asserted).join('\n')}\n`;
}

/** Lines with an empty one after them. */
function block(lines: readonly string[]): string {
  return `${lines.join('\n')}\n\n`;
}

function transactionOf(kinds: LedgerKinds, entry: ExportedEntry): Transaction {
  const { title, note } = wordsOf(entry);
  const lines = entry.lines.map(({ accountId, unit, amount }) => ({
    account: accountName(kinds, accountOf(kinds, accountId)),
    unit,
    amount,
  }));
  return { header: entry.header, words: [title, note].filter((part) => part !== ''), lines };
}

/** The units of a book and what people call them: points and money, then the items by the ids of their accounts. */
function namedUnits({ accounts, itemNames }: ExportedBook): [string, string][] {
  const units = new Map<string, string>([
    [POINT, UNIT_WORDS.point],
    [CNY, UNIT_WORDS.money],
  ]);
  for (const { unit } of accounts) {
    const item = itemOf(unit);
    if (item !== null) units.set(unit, itemNames.get(item) ?? unit);
  }
  return Array.from(units);
}

/** The name of an account's kind, and of its owner. */
function labelOf({ kinds, ownerNames }: ExportedBook, { id, kind, ownerId }: AccountRef & { id: string }) {
  const owner = ownerNames.get(id) ?? (ownerId === BOOK_ITSELF ? '' : ownerId);
  return `${accountKindOf(kinds, kind)?.label.zh ?? kind} ${owner}`.trim();
}
