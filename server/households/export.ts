import type { Reader } from '../../db/store.ts';
import type { Download } from '../../shared/operation.ts';
import type { Household } from '../../shared/households/contract.ts';
import { HOUSEHOLD_COLUMNS, HOUSEHOLD_WORDS } from '../../shared/households/column-words.ts';
import { formatHundredths } from '../../shared/points.ts';
import { BYTE_ORDER_MARK, csvCell, csvLine } from '../../shared/csv.ts';
import { type HouseholdsFilter, listHouseholds } from './list.ts';

export interface ExportOrder {
  readonly villageId: string;
  readonly villageName: string;
  readonly filter: HouseholdsFilter;
  readonly format: 'csv' | 'xlsx';
  readonly today: string;
}

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const COLUMNS = Object.keys(HOUSEHOLD_COLUMNS) as (keyof typeof HOUSEHOLD_COLUMNS)[];
const HOUSEHOLDS_A_PAGE = 200;

type Cells = Readonly<Record<keyof typeof HOUSEHOLD_COLUMNS, string | number>>;

/**
 * Exports the filtered households as a table with the columns that an office keeps. It holds nothing that opens an
 * account.
 */
export function exportHouseholds(reader: Reader, order: ExportOrder): Download {
  const { villageName, format, today } = order;
  return {
    filename: `${villageName}-${HOUSEHOLD_WORDS.sheet}-${today}.${format}`,
    mediaType: MEDIA_TYPES[format],
    content: format === 'csv' ? asCsv(reader, order) : asWorkbook(reader, order),
  };
}

async function* asCsv(reader: Reader, order: ExportOrder): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS.map((column) => HOUSEHOLD_COLUMNS[column]));
  for await (const page of pages(reader, order)) {
    // Negative figures are not escaped: only text can be taken for a formula.
    const lines = page.map((cells) =>
      csvLine(
        COLUMNS.map((column) =>
          column === 'balance' ? String(cells[column]) : csvCell(String(cells[column])),
        ),
      ),
    );
    yield lines.join('');
  }
}

/** Text is written as text, so that no cell is a formula and 003 stays 003. */
async function* asWorkbook(reader: Reader, order: ExportOrder): AsyncGenerator<Uint8Array> {
  const rows: (string | number)[][] = [COLUMNS.map((column) => HOUSEHOLD_COLUMNS[column])];
  for await (const page of pages(reader, order)) {
    rows.push(...page.map((cells) => COLUMNS.map((column) => cells[column])));
  }
  const { utils, write } = await import('@e965/xlsx');
  const sheet = utils.aoa_to_sheet(rows);
  sheet['!cols'] = COLUMNS.map((column) => ({ wch: WIDTHS[column] }));
  const book = utils.book_new(sheet, HOUSEHOLD_WORDS.sheet);
  yield write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Uint8Array;
}

const WIDTHS: Readonly<Record<keyof typeof HOUSEHOLD_COLUMNS, number>> = {
  number: 8,
  originalNumber: 14,
  group: 14,
  head: 12,
  size: 6,
  phone: 16,
  balance: 10,
  card: 10,
  state: 8,
  note: 30,
};

async function* pages(reader: Reader, { villageId, filter }: ExportOrder): AsyncGenerator<Cells[]> {
  let after: string | undefined;
  do {
    const page = await listHouseholds(reader, villageId, { ...filter, after, limit: HOUSEHOLDS_A_PAGE });
    yield page.items.map(cellsOf);
    after = page.next ?? undefined;
  } while (after !== undefined);
}

function cellsOf({
  number,
  originalNumber,
  group,
  head,
  size,
  phone,
  note,
  state,
  balance,
  card,
}: Household): Cells {
  const cardState = card === null ? 'noCard' : card.printedAtMs === null ? 'unprinted' : 'printed';
  return {
    number,
    originalNumber: originalNumber ?? '',
    group,
    head,
    size: size ?? '',
    phone: phone ?? '',
    balance: Number(formatHundredths(balance)),
    card: HOUSEHOLD_WORDS[cardState],
    state: HOUSEHOLD_WORDS[state],
    note,
  };
}
