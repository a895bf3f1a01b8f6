import { eq } from 'drizzle-orm';
import type { Reader, Store } from '../../db/store.ts';
import type { BadRow, Verification } from '../../shared/ledger/verification.ts';
import { readLinesOf } from './journal-lines.ts';
import { readEntries, readFacts, readLines, readMonths, readTexts } from './journal-pages.ts';
import {
  type EntryRow,
  type FactRow,
  type LineRow,
  type MonthRow,
  readHeadersOf,
  type TextRow,
} from './journal-rows.ts';
import type { LedgerKinds } from './kind-registry.ts';
import { RowPages } from './row-pages.ts';
import { genesisHash, sealHash } from './seal.ts';
import { blame } from './verify-blame.ts';
import { type AccountTrack, advance, bad, type Book, fits, type StoredEntry } from './verify-entry.ts';
import { checkFacts, orphanFact } from './verify-facts.ts';
import {
  checkBalances,
  checkEnd,
  checkMonth,
  checkText,
  findMissingMonth,
  loadAccounts,
} from './verify-other-tables.ts';
import { References } from './verify-references.ts';

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

type ReadPage<Row> = (
  reader: Reader,
  villageId: string,
  after: Row | null,
  limit: number,
) => Promise<readonly Row[]>;

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
  /** The accounts by number. */
  private numbered: ReadonlyMap<number, AccountTrack> = new Map();
  private headNumber = 0;
  private entryCount = 0;
  private lineCount = 0;

  constructor(reader: Reader, kinds: LedgerKinds, villageId: string, options: VerifyOptions) {
    this.book = { kinds, bookId: '', number: 0, hash: '', accounts: new Map(), used: 0, looked: [] };
    this.reader = reader;
    this.villageId = villageId;
    this.options = options;
    this.references = new References(kinds, (numbers) => findEntries(reader, villageId, numbers));
    const paged = <Row extends object>(size: number, read: ReadPage<Row>) =>
      new RowPages<Row>({
        size,
        read: (after, limit) => read(reader, villageId, after, limit),
        giveWay: () => this.giveWay(),
        // SQLite reads a page while everybody waits, so that asking sooner would gain nothing.
        asksAhead: reader.engine === 'postgres',
      });
    this.entries = paged<EntryRow>(ENTRIES_PER_PAGE, readEntries);
    this.lines = paged<LineRow>(LINES_PER_PAGE, (...page) => readLines(...page, this.numbered));
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
    this.numbered = loaded.numbered;
    this.book = {
      kinds,
      bookId: head.bookId,
      number: 0,
      hash: genesisHash(head.bookId),
      accounts: loaded.accounts,
      used: 0,
      looked: [],
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
      const { number } = header;
      const lines: LineRow[] = [];
      while (!this.lines.takeOf(number, this.book.number, lines)) await this.lines.fill();
      const facts: FactRow[] = [];
      while (!this.facts.takeOf(number, this.book.number, facts)) await this.facts.fill();
      const orphan = this.orphanBefore(number);
      if (orphan) return orphan;
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

  /** Finds a line, or else a fact, of an earlier number that no header claimed. */
  private orphanBefore(number: number): BadRow | null {
    const line = this.lines.next;
    if (line && line.number < number) return orphanLine(line);
    const fact = this.facts.next;
    return fact && fact.number < number ? orphanFact(fact, 0) : null;
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
      const wrong = checkMonth(this.numbered.get(row.accountNumber), row);
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
