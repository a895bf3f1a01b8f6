import { eq } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import { accountOf, type LedgerKinds } from './kind-registry.ts';
import { type AccountRef, itemOf } from './account-kind.ts';
import { type KnownAccounts, readLinesOf } from './journal-lines.ts';
import { readEntries } from './journal-pages.ts';
import {
  type EntryRow,
  type FactRow,
  type LineRow,
  readEntriesByDay,
  readFactsOf,
  readTextsOf,
  type TextRow,
} from './journal-rows.ts';
import { storedText } from './passbook.ts';
import { readHead } from './book.ts';

/** Names that the ledger does not know itself; ids stand in for what is left out. */
export interface ExportLabels {
  readonly village?: { readonly name: string; readonly town: string };
  /** The zone of the instants of booking; UTC when left out. */
  readonly timeZone?: string;
  /** The names of the accounts' owners, by account id. */
  readonly ownerNames?: (accountIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The names of items, by id. */
  readonly itemNames?: (itemIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The name that whoever booked an entry had then, by id and number of the entry. */
  readonly actorName?: (actorId: string, number: number) => string | undefined;
}

export interface ExportedEntry {
  readonly header: EntryRow;
  readonly lines: readonly LineRow[];
  readonly text: TextRow | null;
  readonly facts: readonly FactRow[];
}

const ENTRIES_PER_PAGE = 500;

/** Reads all entries with their lines, texts and facts, a page at a time: in the order of booking, or by effective day. */
export async function* exportedEntries(
  reader: Reader,
  villageId: string,
  order: 'number' | 'day',
): AsyncGenerator<ExportedEntry[]> {
  const read = order === 'number' ? readEntries : readEntriesByDay;
  const known: KnownAccounts = new Map();
  for (let last: EntryRow | null = null; ;) {
    const headers: EntryRow[] = await read(reader, villageId, last, ENTRIES_PER_PAGE);
    const numbers = headers.map((header) => header.number);
    const lines = await readLinesOf(reader, villageId, numbers, known);
    const texts = await readTextsOf(reader, villageId, numbers);
    const facts = await readFactsOf(reader, villageId, numbers);
    if (headers.length > 0) {
      yield headers.map((header) => ({
        header,
        lines: lines.get(header.number) ?? [],
        text: texts.get(header.number) ?? null,
        facts: facts.get(header.number) ?? [],
      }));
    }
    last = headers.at(-1) ?? null;
    if (last === null || headers.length < ENTRIES_PER_PAGE) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export interface ExportedBook {
  readonly kinds: LedgerKinds;
  readonly bookId: string;
  readonly number: number;
  readonly hash: string;
  readonly accounts: readonly (AccountRef & { readonly id: string })[];
  readonly ownerNames: ReadonlyMap<string, string>;
  readonly itemNames: ReadonlyMap<string, string>;
}

/** Reads the book itself and its accounts, by id. */
export async function exportedBook(
  reader: Reader,
  kinds: LedgerKinds,
  villageId: string,
  labels: ExportLabels,
): Promise<ExportedBook> {
  const head = await readHead(reader, villageId);
  if (!head) throw new Refusal('ledger.no_book');
  const { accounts: table } = reader.t;
  const rows = await reader.db
    .select({ id: table.id })
    .from(table)
    .where(eq(table.villageId, villageId))
    .orderBy(table.id);
  const accounts = rows.map(({ id }) => ({ id, ...accountOf(kinds, id) }));
  const items = new Set(accounts.flatMap(({ unit }) => itemOf(unit) ?? []));
  return {
    ...head,
    kinds,
    accounts,
    ownerNames: (await labels.ownerNames?.(accounts.map(({ id }) => id))) ?? new Map(),
    itemNames: (await labels.itemNames?.(Array.from(items))) ?? new Map(),
  };
}

/** Reads an entry's free text; it is empty when the entry has none. */
export function textOf({ header, text }: ExportedEntry) {
  return storedText(text?.body ?? null, header.textCommitment !== null);
}

/**
 * Keeps the balances of all accounts after the entries seen, in whatever order they come: each account's last line
 * has it.
 */
export class LastBalances {
  private readonly byAccount = new Map<string, { number: number; balance: number }>();

  see({ header, lines }: ExportedEntry): void {
    for (const { accountId, balanceAfter } of lines) {
      const known = this.byAccount.get(accountId);
      if (known && known.number > header.number) continue;
      this.byAccount.set(accountId, { number: header.number, balance: balanceAfter });
    }
  }

  of(accountId: string): number {
    return this.byAccount.get(accountId)?.balance ?? 0;
  }
}
