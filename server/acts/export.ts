import type { Reader } from '../../db/index.ts';
import type { ShownAct } from '../../shared/acts/contract.ts';
import { EXPORT_TITLES, EXPORT_WORDS, type ExportColumn } from '../../shared/acts/export-words.ts';
import { BYTE_ORDER_MARK, csvCell, csvLine } from '../../shared/csv.ts';
import type { Download } from '../../shared/operation.ts';
import { type ActFilter, type ActNames, listActs } from './list.ts';

const COLUMNS = Object.keys(EXPORT_TITLES) as ExportColumn[];
const ACTS_A_PAGE = 200;

export interface ActsExport {
  readonly villageId: string;
  readonly villageName: string;
  readonly filter: ActFilter;
  readonly moment: (atMs: number) => string;
  readonly today: string;
}

/** Exports the acts found as a table. */
export function exportActs(reader: Reader, names: ActNames, order: ActsExport): Download {
  return {
    filename: `${order.villageName}-${EXPORT_WORDS.file}-${order.today}.csv`,
    mediaType: 'text/csv; charset=utf-8',
    content: asCsv(reader, names, order),
  };
}

async function* asCsv(reader: Reader, names: ActNames, order: ActsExport): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS.map((column) => EXPORT_TITLES[column]));
  let { before } = order.filter;
  for (;;) {
    const filter = { ...order.filter, before };
    const { items, next } = await listActs(reader, names, order.villageId, filter, ACTS_A_PAGE);
    yield items
      .map((act) => cellsOf(act, order.moment))
      .map((cells) => csvLine(COLUMNS.map((column) => csvCell(cells[column]))))
      .join('');
    if (next === null) return;
    before = next;
  }
}

function cellsOf(act: ShownAct, moment: ActsExport['moment']): Readonly<Record<ExportColumn, string>> {
  const { number, atMs, by, via, words, thing, changes, hash } = act;
  const changed = changes.map(
    ({ label, unit, was, is }) =>
      `${label.zh}${unit === 'minutes' ? EXPORT_WORDS.minutes : ''}: ${told(was)} → ${told(is)}`,
  );
  return {
    ...{ number: String(number), at: moment(atMs), by, via, act: words.zh, thing: thing.name || thing.id },
    ...{ changes: changed.join(EXPORT_WORDS.changes), hash },
  };
}

function told(value: ShownAct['changes'][number]['was']): string {
  return Array.isArray(value) ? value.join(EXPORT_WORDS.separator) : String(value ?? '');
}
