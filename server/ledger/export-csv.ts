import type { Reader } from '../../db/store.ts';
import {
  ACCOUNT_KIND_WORDS,
  ENTRY_KIND_WORDS,
  ERASED_WORD,
  POSTING_COLUMNS,
  UNIT_WORDS,
} from '../../shared/books/column-words.ts';
import { formatFen, formatHundredths } from '../../shared/points.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { BYTE_ORDER_MARK, csvCell, csvLine } from '../../shared/csv.ts';
import { CNY, POINT } from './accounts.ts';
import {
  accountOf,
  exportedBook,
  type ExportedBook,
  type ExportedEntry,
  exportedEntries,
  type ExportLabels,
  wordsOf,
} from './export-source.ts';
import type { LineRow } from './journal-rows.ts';

const COLUMNS = Object.keys(POSTING_COLUMNS) as (keyof typeof POSTING_COLUMNS)[];

/** One line a posting, for people and spreadsheets. */
export async function* exportCsv(
  reader: Reader,
  villageId: string,
  labels: ExportLabels,
): AsyncGenerator<string> {
  const book = await exportedBook(reader, villageId, labels);
  const writer = new Writer(book, labels);
  yield BYTE_ORDER_MARK + csvLine(COLUMNS.map((column) => POSTING_COLUMNS[column]));
  for await (const page of exportedEntries(reader, villageId, 'number')) {
    yield page.map((entry) => writer.entry(entry)).join('');
  }
}

class Writer {
  private readonly book: ExportedBook;
  private readonly labels: ExportLabels;
  private readonly time: Intl.DateTimeFormat;

  constructor(book: ExportedBook, labels: ExportLabels) {
    this.book = book;
    this.labels = labels;
    this.time = new Intl.DateTimeFormat('sv-SE', {
      timeZone: labels.timeZone ?? DEFAULT_SETTINGS.timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
  }

  entry(entry: ExportedEntry): string {
    const { header, lines } = entry;
    const { title, note, erased } = wordsOf(entry);
    const ofEntry = {
      number: String(header.number),
      effectiveOn: header.effectiveOn,
      bookedAt: this.time.format(header.bookedAtMs),
      kind: word(ENTRY_KIND_WORDS, header.kind),
      title: erased ? ERASED_WORD : csvCell(title),
      note: csvCell(note),
      bookedBy: csvCell(this.labels.actorNames?.get(header.actorId) ?? header.actorId),
      reverses: String(header.reversesNumber ?? ''),
      resolves: String(header.resolvesNumber ?? ''),
      source: csvCell(header.source ?? ''),
      hash: header.hash,
    };
    return lines.map((line) => this.line(ofEntry, line)).join('');
  }

  private line(
    ofEntry: Omit<Record<keyof typeof POSTING_COLUMNS, string>, keyof OfLine>,
    line: LineRow,
  ): string {
    const { unit, accountId } = line;
    const account = accountOf(accountId);
    const owner = account.ownerId === 'village' ? '' : account.ownerId;
    const cells: Record<keyof typeof POSTING_COLUMNS, string> = {
      ...ofEntry,
      line: String(line.line),
      account: word(ACCOUNT_KIND_WORDS, account.kind),
      owner: csvCell(this.book.ownerNames.get(accountId) ?? owner),
      unit: unit === POINT ? UNIT_WORDS.point : unit === CNY ? UNIT_WORDS.money : UNIT_WORDS.piece,
      amount: figure(unit, line.amount),
      balanceAfter: figure(unit, line.balanceAfter),
      accountId: csvCell(accountId),
    };
    return csvLine(COLUMNS.map((column) => cells[column]));
  }
}

type OfLine = Record<'line' | 'account' | 'owner' | 'unit' | 'amount' | 'balanceAfter' | 'accountId', string>;

function word(words: Readonly<Record<string, string>>, name: string): string {
  return words[name] ?? name;
}

function figure(unit: string, amount: number): string {
  if (unit === POINT) return formatHundredths(amount);
  return unit === CNY ? formatFen(amount) : String(amount);
}
