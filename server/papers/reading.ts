import type {
  AnyColumn,
  ColumnRef,
  PaperField,
  PaperReading,
  ReadingOptions,
} from '../../shared/imports/papers.ts';
import { addressColumnOf, type AddressColumn, withoutAddresses } from './address-numbers.ts';
import { columnLetter, widthOf, type Tables } from './cells.ts';
import { Findings } from './findings.ts';
import { layOut, type Layout } from './layout.ts';
import { dataLines, type Line } from './lines.ts';
import { otherKindOf } from './other-kind.ts';
import { withoutSerials } from './serial-column.ts';
import { titlesOf } from './titles.ts';
import type { PaperWords } from './header-patterns.ts';

/** A paper laid out and ready to be read line by line. */
export interface Opened {
  readonly findings: Findings;
  readonly shown: Layout | undefined;
  readonly layouts: readonly Layout[];
  readonly lines: Iterable<Line>;
  readonly titles: PaperReading['titles'];
  readonly addressColumn: AddressColumn | null;
  readonly looksLike: PaperReading['looksLike'];
}

const TOP_ROWS = 15;
const TOP_CHARACTERS = 40;
const SAMPLES = 3;

export function openPaper(tables: Tables, words: PaperWords, options: ReadingOptions): Opened {
  const findings = new Findings();
  if (tables.encoding === 'GB18030' || tables.encoding === 'UTF-16') {
    findings.assume('assume_encoding', { encoding: tables.encoding });
  }
  const { shown, layouts: found } = layOut(tables, words, options, findings);
  const layouts = withoutSerials(withoutAddresses(found, options), options.columns?.code !== undefined);
  const titles = titlesOf(layouts);
  const addressColumn = addressColumnOf(found);
  const read = layouts.find(({ table }) => table === shown?.table) ?? shown;
  const lines = dataLines(layouts, words, findings);
  const looksLike = otherKindOf(tables, words, options);
  return { findings, shown: read, layouts, lines, titles, addressColumn, looksLike };
}

/** The parts of a reading besides its rows. Call it when all lines have been read. */
export function readingParts(
  tables: Tables,
  { findings, shown, layouts, titles, addressColumn, looksLike }: Opened,
  rows: number,
  undecided = 0,
) {
  const { problems, duplicates, skipped } = findings;
  const columns: Partial<Record<PaperField, ColumnRef>> = {};
  for (const [field, index] of shown?.columns ?? []) {
    columns[field] = { letter: columnLetter(index), header: shown?.headers[index] ?? '' };
  }
  return {
    sheets: layouts.map(({ table }) => table.name),
    allSheets: tables.sheets.map(({ name, hidden, rows: all }) => ({ name, hidden, rows: all.length })),
    headerRow: shown?.headerRow ?? null,
    columns,
    allColumns: shown ? allColumns(shown) : [],
    top: topRows(tables, shown),
    titles,
    addressColumn,
    looksLike,
    problems,
    duplicates,
    skipped,
    assumptions: findings.assumptions(),
    counts: {
      rows,
      errors: problems.filter(({ severity }) => severity === 'error').length,
      warnings: problems.filter(({ severity }) => severity === 'warning').length,
      duplicates: duplicates.length,
      skipped: skipped.length,
      undecided,
    },
  };
}

function allColumns({ table, headerRow, columns, headers, identityColumns }: Layout): AnyColumn[] {
  const fields = new Map(Array.from(columns, ([field, index]) => [index, field]));
  return Array.from({ length: widthOf(table) }, (_, index) => {
    const identity = identityColumns.has(index);
    const samples: string[] = [];
    for (const row of identity ? [] : table.rows.slice(headerRow ?? 0)) {
      const text = row[index]?.text;
      if (text) samples.push(text.slice(0, TOP_CHARACTERS));
      if (samples.length === SAMPLES) break;
    }
    return {
      letter: columnLetter(index),
      header: headers[index] ?? '',
      field: fields.get(index) ?? null,
      samples,
      identity,
    };
  });
}

function topRows(tables: Tables, layout: Layout | undefined) {
  const table = layout?.table ?? tables.sheets.find(({ hidden, rows }) => !hidden && rows.length > 0);
  return (table?.rows ?? []).slice(0, TOP_ROWS).map((row, index) => ({
    row: index + 1,
    cells: Array.from(row, (cell, column) =>
      layout?.identityColumns.has(column) ? '' : (cell?.text ?? '').slice(0, TOP_CHARACTERS),
    ),
  }));
}

/** The same reading with its long lists cut for the screen; the counts stay those of the whole paper. */
export function previewOf<R extends PaperReading>(reading: R, most = 500): R {
  return {
    ...reading,
    rows: reading.rows.slice(0, most),
    problems: reading.problems.slice(0, most),
    duplicates: reading.duplicates.slice(0, most),
    skipped: reading.skipped.slice(0, most),
  };
}
