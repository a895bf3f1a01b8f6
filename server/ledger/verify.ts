import { eq } from 'drizzle-orm';
import type { Reader, Store } from '../../db/store.ts';
import type { BadRow, Verification } from '../../shared/ledger/verification.ts';
import { type KnownAccounts, readLines, readLinesOf } from './journal-lines.ts';
import {
  type EntryRow,
  type FactRow,
  type LineRow,
  type MonthRow,
  readEntries,
  readFacts,
  readHeadersOf,
  readMonths,
  readTexts,
  type TextRow,
} from './journal-rows.ts';
import type { LedgerKinds } from './kind-registry.ts';
import { genesisHash, sealHash } from './seal.ts';
import { blame } from './verify-blame.ts';
import { advance, bad, type Book, fits, References, type StoredEntry } from './verify-entry.ts';
import { checkFacts, orphanFact } from './verify-facts.ts';
import {
  checkBalances,
  checkEnd,
  checkMonth,
  checkText,
  findMissingMonth,
  loadAccounts,
} from './verify-other-tables.ts';

export interface VerifyOptions {
  readonly clock?: () => number;
  /** Called now and then with how many entries have been looked at, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the work early by throwing its reason. */
  readonly signal?: AbortSignal;
  /** The rest between pages, for work in the background. Without it a verification only lets others go first. */
  readonly pauseMs?: number;
}

const ENTRIES_PER_PAGE = 1000;
const LINES_PER_PAGE = 2500;

/**
 * Recomputes a village's whole book from its rows, in one snapshot: numbering, seals and chain, sums, running
 * balances, references, free texts, facts, stored balances, sums of months and accounts. Names the first row that does not
 * fit.
 * Gives way to other work between pages.
 */
export function verify(
  store: Store,
  kinds: LedgerKinds,
  villageId: string,
  options: VerifyOptions = {},
): Promise<Verification> {
  return store.read((reader) => verifyBook(reader, kinds, villageId, options));
}

/** Verifies inside a snapshot that is open already. */
export async function verifyBook(
  reader: Reader,
  kinds: LedgerKinds,
  villageId: string,
  options: VerifyOptions = {},
): Promise<Verification> {
  const clock = options.clock ?? Date.now;
  const startedAtMs = clock();
  const walk = new JournalWalk(reader, kinds, villageId, options);
  const found = await walk.run();
  const { number, hash, entries, postings } = walk.reached();
  return {
    ok: found === null,
    startedAtMs,
    finishedAtMs: clock(),
    entries,
    postings,
    headNumber: number,
    headHash: hash,
    bad: found,
  };
}

/** Walks along the journal, with its lines, texts and facts beside it. */
class JournalWalk {
  private readonly reader: Reader;
  private readonly villageId: string;
  private readonly options: VerifyOptions;
  private readonly entries: RowPages<EntryRow>;
  private readonly lines: RowPages<LineRow>;
  private readonly texts: RowPages<TextRow>;
  private readonly facts: RowPages<FactRow>;
  private readonly months: RowPages<MonthRow>;
  private readonly references: References;
  private book: Book;
  private headNumber = 0;
  private entryCount = 0;
  private lineCount = 0;

  constructor(reader: Reader, kinds: LedgerKinds, villageId: string, options: VerifyOptions) {
    this.book = { kinds, bookId: '', number: 0, hash: '', accounts: new Map(), used: 0 };
    this.reader = reader;
    this.villageId = villageId;
    this.options = options;
    this.references = new References(kinds, (numbers) => findEntries(reader, villageId, numbers));
    const paged = <Row>(
      size: number,
      read: (
        reader: Reader,
        villageId: string,
        after: Row | null,
        limit: number,
      ) => PromiseLike<readonly Row[]>,
    ) =>
      new RowPages<Row>(size, async (after, limit) => {
        await this.giveWay();
        return read(reader, villageId, after, limit);
      });
    this.entries = paged<EntryRow>(ENTRIES_PER_PAGE, readEntries);
    const known: KnownAccounts = new Map();
    this.lines = paged<LineRow>(LINES_PER_PAGE, (...page) => readLines(...page, known));
    this.texts = paged<TextRow>(ENTRIES_PER_PAGE, readTexts);
    this.facts = paged<FactRow>(LINES_PER_PAGE, readFacts);
    this.months = paged<MonthRow>(LINES_PER_PAGE, readMonths);
  }

  reached() {
    const { number, hash } = this.book;
    return { number, hash, entries: this.entryCount, postings: this.lineCount };
  }

  async run(): Promise<BadRow | null> {
    const { ledgerHeads } = this.reader.t;
    const [head] = await this.reader.db
      .select()
      .from(ledgerHeads)
      .where(eq(ledgerHeads.villageId, this.villageId));
    if (!head) return bad('ledger_heads', { check: 'missing', expected: this.villageId, found: '' });
    this.headNumber = head.number;
    const { kinds } = this.book;
    const loaded = await loadAccounts(this.reader, kinds, this.villageId);
    if (loaded.bad) return loaded.bad;
    this.book = {
      kinds,
      bookId: head.bookId,
      number: 0,
      hash: genesisHash(head.bookId),
      accounts: loaded.accounts,
      used: 0,
    };
    // References are settled many at once. A wrong one is of an earlier entry than the walk has reached: it comes first.
    const inEntries = await this.walkEntries();
    return (await this.references.settle()) ?? inEntries ?? (await this.atTheEnd());
  }

  private async walkEntries(): Promise<BadRow | null> {
    const { entries, texts, references } = this;
    for (;;) {
      if (!entries.ready) await entries.fill();
      const header = entries.next;
      if (header === null) return null;
      const lines = await this.rowsUpTo(this.lines, header.number, orphanLine);
      if ('check' in lines) return lines;
      const facts = await this.rowsUpTo(this.facts, header.number, (fact) => orphanFact(fact, 0));
      if ('check' in facts) return facts;
      const entry = { header, lines };
      if (!fits(this.book, entry)) return this.blame({ ...entry, facts });
      advance(this.book, entry);
      this.entryCount += 1;
      this.lineCount += lines.length;

      if (!texts.ready) await texts.fill();
      const text = texts.next;
      const wrongText = checkText(header, text);
      if (wrongText) return wrongText;
      if (text?.number === header.number) texts.take();
      const wrongFacts = checkFacts(header, facts);
      if (wrongFacts) return wrongFacts;

      const wrongReference = references.add(entry) ?? (references.isFull ? await references.settle() : null);
      if (wrongReference) return wrongReference;
      entries.take();
    }
  }

  /** Reads the lines or facts of an entry. One of an earlier number that no header claimed is bad itself. */
  private async rowsUpTo<Row extends LineRow | FactRow>(
    feed: RowPages<Row>,
    number: number,
    orphan: (row: Row) => BadRow,
  ): Promise<Row[] | BadRow> {
    const found: Row[] = [];
    for (;;) {
      if (!feed.ready) await feed.fill();
      const row = feed.next;
      if (row === null || row.number > number) return found;
      // A row in a gap of the numbers is left to the check for gaps.
      if (row.number < number && row.number <= this.book.number) return orphan(row);
      if (row.number === number) found.push(row);
      feed.take();
    }
  }

  private async blame(entry: StoredEntry & { readonly facts: readonly FactRow[] }): Promise<BadRow> {
    return blame({ book: this.book, headNumber: this.headNumber, ...entry }, () =>
      this.bookIdFitsLater(entry.header),
    );
  }

  /** True when some later entry was sealed for the book this village has: then the book's id was not changed. */
  private async bookIdFitsLater(header: EntryRow): Promise<boolean> {
    const later = await readEntries(this.reader, this.villageId, header, 20);
    const lines = await readLinesOf(
      this.reader,
      this.villageId,
      later.map((row) => row.number),
    );
    return later.some((row) => sealHash(this.book.bookId, row, lines.get(row.number) ?? []) === row.hash);
  }

  private async atTheEnd(): Promise<BadRow | null> {
    await this.lines.fill();
    await this.texts.fill();
    await this.facts.fill();
    const balances = await checkBalances(this.reader, this.villageId, this.book.accounts);
    return checkEnd({
      last: this.book.number,
      headNumber: this.headNumber,
      line: this.lines.next,
      text: this.texts.next,
      fact: this.facts.next,
      balances: balances ?? (await this.walkMonths()),
    });
  }

  private async walkMonths(): Promise<BadRow | null> {
    const { months, book } = this;
    for (;;) {
      if (!months.ready) await months.fill();
      const row = months.next;
      if (row === null) return findMissingMonth(book.accounts);
      const wrong = checkMonth(book.accounts, row);
      if (wrong) return wrong;
      months.take();
    }
  }

  private async giveWay(): Promise<void> {
    this.options.onProgress?.(this.entryCount, Math.max(this.headNumber, this.entryCount));
    const { pauseMs = 0, signal } = this.options;
    await new Promise((resolve) => (pauseMs > 0 ? setTimeout(resolve, pauseMs) : setImmediate(resolve)));
    signal?.throwIfAborted();
  }
}

async function findEntries(reader: Reader, villageId: string, numbers: readonly number[]) {
  const headers = await readHeadersOf(reader, villageId, numbers);
  const lines = await readLinesOf(reader, villageId, numbers);
  return new Map(
    Array.from(headers, ([number, header]) => [number, { header, lines: lines.get(number) ?? [] }]),
  );
}

function orphanLine(row: LineRow): BadRow {
  return bad('postings', {
    check: 'orphan',
    number: row.number,
    line: row.line,
    accountId: row.accountId,
    expected: '',
    found: String(row.amount),
  });
}

/**
 * Reads rows of one table in key order, a page at a time. Looking at the next row costs nothing. Only `fill`
 * waits, so that a walk over millions of rows does not make a promise for each.
 */
class RowPages<Row> {
  private readonly load: (after: Row | null) => Promise<readonly Row[]>;
  private readonly pageSize: number;
  private page: readonly Row[] = [];
  private at = 0;
  private ended = false;

  constructor(pageSize: number, load: (after: Row | null, limit: number) => Promise<readonly Row[]>) {
    this.pageSize = pageSize;
    this.load = (after) => load(after, pageSize);
  }

  /** True when `next` can be asked without `fill`. */
  get ready(): boolean {
    return this.at < this.page.length || this.ended;
  }

  /** The next row, left in its place; null after the last. */
  get next(): Row | null {
    return this.page[this.at] ?? null;
  }

  take(): void {
    this.at += 1;
  }

  async fill(): Promise<void> {
    if (this.ready) return;
    const rows = await this.load(this.page.at(-1) ?? null);
    this.page = rows;
    this.at = 0;
    this.ended = rows.length < this.pageSize;
  }
}
