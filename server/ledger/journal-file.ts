import type { BadRow } from '../../shared/ledger/verification.ts';
import { Refusal } from '../../shared/errors.ts';
import {
  type JournalEntry,
  type JournalHeader,
  parseJournalEntry,
  parseJournalHeader,
} from './journal-format.ts';
import { type LedgerKinds, parseAccountId } from './kind-registry.ts';
import { genesisHash } from './seal.ts';
import { blame } from './verify-blame.ts';
import { advance, type Book, fits, type AccountTrack } from './verify-entry.ts';
import { checkFacts } from './verify-facts.ts';
import { checkText } from './verify-other-tables.ts';
import { References } from './verify-references.ts';

/** A journal file that was verified whole: its header, and its entries, which can be read any number of times. */
export interface VerifiedJournal {
  readonly header: JournalHeader;
  /** The kinds by which it was verified. */
  readonly kinds: LedgerKinds;
  entries(): Generator<JournalEntry>;
}

/**
 * Reads a journal file and verifies it as `verify` does a book, before anything is written. Its lines are kept
 * as bytes, the smallest form in which they can be read again. Throws Refusal, naming the line.
 */
export async function readJournalFile(
  source: AsyncIterable<string>,
  kinds: LedgerKinds,
): Promise<VerifiedJournal> {
  const lines: Buffer[] = [];
  let reading: Reading | null = null;
  for await (const line of linesOf(source)) {
    if (reading) await reading.add(line);
    else reading = new Reading(kinds, parseJournalHeader(line), lines);
  }
  if (!reading) throw new Refusal('journal.unreadable', { line: 1 });
  const { header } = await reading.end();
  return {
    header,
    kinds,
    *entries() {
      for (const line of lines) yield mustParse(line);
    },
  };
}

class Reading {
  readonly header: JournalHeader;
  private readonly lines: Buffer[];
  private readonly book: Book;
  private readonly accounts = new Map<string, AccountTrack>();
  private readonly keys = new Set<string>();
  private readonly references: References;

  constructor(kinds: LedgerKinds, header: JournalHeader, lines: Buffer[]) {
    this.header = header;
    this.lines = lines;
    const { bookId } = header;
    const begun = { number: 0, hash: genesisHash(bookId), used: 0, looked: [] };
    this.book = { kinds, bookId, accounts: this.accounts, ...begun };
    this.references = new References(kinds, (numbers) => Promise.resolve(this.find(numbers)));
    for (const id of header.accounts) this.open(id);
  }

  async add(line: string): Promise<void> {
    const entry = parseJournalEntry(line);
    if (!entry) throw new Refusal('journal.unreadable', { line: this.lines.length + 2 });
    this.lines.push(Buffer.from(line));
    const { header } = entry;
    // A line that was changed together with its seal cannot be told from a changed book id. The file's first line
    // names the book.
    if (!fits(this.book, entry)) {
      const suspect = { book: this.book, headNumber: this.header.head.number, ...entry };
      this.refuse(await blame(suspect, () => Promise.resolve(true)));
    }
    advance(this.book, entry);
    const wrong =
      checkText(header, entry.text) ?? checkFacts(header, entry.facts) ?? this.references.add(entry);
    if (wrong) this.refuse(wrong);
    if (this.keys.has(header.idempotencyKey)) this.refuseLine(header.number, 'key');
    this.keys.add(header.idempotencyKey);
    if (this.references.isFull) await this.settle();
  }

  async end(): Promise<this> {
    await this.settle();
    const { number, hash } = this.header.head;
    // Lines cut off at the end leave a book that fits, but for its head.
    if (this.book.number < number) this.refuseLine(this.book.number + 1, 'missing');
    if (this.book.number > number || this.book.hash !== hash) this.refuseLine(this.book.number, 'head');
    const unused = [...this.accounts.values()].find((track) => track.lastNumber === 0);
    if (unused) throw new Refusal('journal.damaged', { line: 1, check: `account ${unused.id}` });
    return this;
  }

  private open(id: string): void {
    const account = parseAccountId(this.book.kinds, id);
    if (!account) throw new Refusal('journal.damaged', { line: 1, check: `account ${id}` });
    const { unit, floor } = account;
    const unused = { number: null, balance: 0, through: '', lastNumber: 0, months: new Map() };
    this.accounts.set(id, { id, unit, floor, ...unused });
  }

  private async settle(): Promise<void> {
    const wrong = await this.references.settle();
    if (wrong) this.refuse(wrong);
  }

  private find(numbers: readonly number[]): Map<number, JournalEntry> {
    return new Map(
      numbers.flatMap((number) => {
        const line = this.lines[number - 1];
        return line === undefined ? [] : [[number, mustParse(line)] as const];
      }),
    );
  }

  private refuse({ number, check }: BadRow): never {
    this.refuseLine(number ?? this.book.number + 1, check);
  }

  private refuseLine(number: number, check: string): never {
    throw new Refusal('journal.damaged', { line: number + 1, number, check });
  }
}

/** Parses a line that was parsed before. */
function mustParse(line: Buffer): JournalEntry {
  const entry = parseJournalEntry(line.toString());
  if (!entry) throw new Error('a line of a journal file was read once and cannot be read again');
  return entry;
}

async function* linesOf(source: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of source) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest;
}
