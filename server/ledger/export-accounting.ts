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
  textOf,
} from './export-source.ts';
import { readSpan } from './journal-rows.ts';
import { accountKindOf, accountOf, type LedgerKinds } from './kind-registry.ts';

/** A transaction in the form that dialects take. */
export interface Transaction {
  readonly header: ExportedEntry['header'];
  /** Title and note, those that are not empty. */
  readonly words: readonly string[];
  readonly lines: readonly { readonly account: string; readonly unit: string; readonly amount: number }[];
}

/** Writes the parts of a book as lines that one accounting program reads. */
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
 * Exports the book for an accounting program, by effective day. It declares every commodity and account, so that a
 * strict check has something to hold it to, and asserts each of our balances at the end.
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
    // An act moves nothing: there is nothing in it for an accounting program.
    const moving = page.filter(({ lines }) => lines.length > 0);
    yield moving.map((entry) => block(dialect.transaction(transactionOf(kinds, entry)))).join('');
  }
  const asserted = book.accounts.map((account) => ({
    account: accountName(kinds, account),
    unit: account.unit,
    balance: balances.of(account.id),
  }));
  yield `${dialect.balances(last, asserted).join('\n')}\n`;
}

/** Joins lines and adds an empty one. */
function block(lines: readonly string[]): string {
  return `${lines.join('\n')}\n\n`;
}

function transactionOf(kinds: LedgerKinds, entry: ExportedEntry): Transaction {
  const { title, note } = textOf(entry);
  const lines = entry.lines.map(({ accountId, unit, amount }) => ({
    account: accountName(kinds, accountOf(kinds, accountId)),
    unit,
    amount,
  }));
  return { header: entry.header, words: [title, note].filter((part) => part !== ''), lines };
}

/**
 * Lists the units of a book with their names: points and money first, then items in the order of their accounts'
 * ids.
 */
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

/** Names an account by its kind and its owner. */
function labelOf({ kinds, ownerNames }: ExportedBook, { id, kind, ownerId }: AccountRef & { id: string }) {
  const owner = ownerNames.get(id) ?? (ownerId === BOOK_ITSELF ? '' : ownerId);
  return `${accountKindOf(kinds, kind)?.label.zh ?? kind} ${owner}`.trim();
}
