import type { Reader } from '../../db/store.ts';
import { ERASED_WORD, POSTING_COLUMNS, UNIT_WORDS } from '../../shared/ledger/export-words.ts';
import { formatFen, formatHundredths } from '../../shared/points.ts';
import { BYTE_ORDER_MARK, csvCell, csvLine } from '../../shared/csv.ts';
import { BOOK_ITSELF, CNY, POINT } from './account-kind.ts';
import {
  exportedBook,
  type ExportedBook,
  type ExportedEntry,
  exportedEntries,
  type ExportLabels,
  textOf,
} from './export-source.ts';
import type { LineRow } from './journal-rows.ts';
import { accountKindOf, accountOf, entryKindOf, type LedgerKinds } from './kind-registry.ts';

const COLUMNS = Object.keys(POSTING_COLUMNS) as (keyof typeof POSTING_COLUMNS)[];

/** Exports one line for each posting, for people and spreadsheets. */
export async function* exportCsv(
  reader: Reader,
  kinds: LedgerKinds,
  villageId: string,
  labels: ExportLabels,
): AsyncGenerator<string> {
  const book = await exportedBook(reader, kinds, villageId, labels);
  const writer = new CsvWriter(book, labels);
  yield BYTE_ORDER_MARK + csvLine(COLUMNS.map((column) => POSTING_COLUMNS[column]));
  for await (const page of exportedEntries(reader, villageId, 'number')) {
    yield page.map((entry) => writer.entry(entry)).join('');
  }
}

class CsvWriter {
  private readonly book: ExportedBook;
  private readonly labels: ExportLabels;
  private readonly time: Intl.DateTimeFormat;

  constructor(book: ExportedBook, labels: ExportLabels) {
    this.book = book;
    this.labels = labels;
    this.time = new Intl.DateTimeFormat('sv-SE', {
      timeZone: labels.timeZone ?? 'UTC',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
  }

  entry(entry: ExportedEntry): string {
    const { header, lines } = entry;
    const { title, note, erased } = textOf(entry);
    const entryCells = {
      number: String(header.number),
      effectiveOn: header.effectiveOn,
      bookedAt: this.time.format(header.bookedAtMs),
      kind: entryKindOf(this.book.kinds, header.kind)?.label.zh ?? header.kind,
      title: erased ? ERASED_WORD : csvCell(title),
      note: csvCell(note),
      bookedBy: csvCell(this.labels.actorName?.(header.actorId, header.number) ?? header.actorId),
      reverses: String(header.reversesNumber ?? ''),
      resolves: String(header.resolvesNumber ?? ''),
      source: csvCell(header.source ?? ''),
      hash: header.hash,
    };
    return lines.map((line) => this.line(entryCells, line)).join('');
  }

  private line(
    entryCells: Omit<Record<keyof typeof POSTING_COLUMNS, string>, keyof LineCells>,
    line: LineRow,
  ): string {
    const { unit, accountId } = line;
    const { kinds, ownerNames } = this.book;
    const account = accountOf(kinds, accountId);
    const owner = account.ownerId === BOOK_ITSELF ? '' : account.ownerId;
    const cells: Record<keyof typeof POSTING_COLUMNS, string> = {
      ...entryCells,
      line: String(line.line),
      account: accountKindOf(kinds, account.kind)?.label.zh ?? account.kind,
      owner: csvCell(ownerNames.get(accountId) ?? owner),
      unit: unit === POINT ? UNIT_WORDS.point : unit === CNY ? UNIT_WORDS.money : UNIT_WORDS.piece,
      amount: figure(unit, line.amount),
      balanceAfter: figure(unit, line.balanceAfter),
      accountId: csvCell(accountId),
    };
    return csvLine(COLUMNS.map((column) => cells[column]));
  }
}

type LineCells = Record<
  'line' | 'account' | 'owner' | 'unit' | 'amount' | 'balanceAfter' | 'accountId',
  string
>;

function figure(unit: string, amount: number): string {
  if (unit === POINT) return formatHundredths(amount);
  return unit === CNY ? formatFen(amount) : String(amount);
}
