import type { PaperField } from '../../shared/imports/papers.ts';
import type { PaperParams } from '../../shared/imports/paper-sentences.ts';
import { cellAddress, LIMITS, type Cell, type Row } from './cells.ts';
import type { Findings, ProblemCode, Severity } from './findings.ts';
import type { Layout } from './layout.ts';
import { headerWord, isGroupName, isHostile, orEmpty } from './text.ts';
import type { PaperWords } from './header-patterns.ts';

const CATEGORY_MOST = 30;
const UNSORTED = '其他';
const TOTAL = /^\S{0,8}?(?:合计|总计|小计|共计|总户数|总人数|户数合计)(?=$|[:：\d（(户人共为])/;
const SIGNATURE =
  /^(?:填表|制表|填报|审核|复核|负责人|经办|审批|盖章|公章|单位负责|村(?:委会)?负责|联系人|日期|年月日|注[:：]|备注[:：]|说明[:：]|填写说明)|^.{0,12}[（(](?:盖章|公章|签字|签名)/;

/** One row of data, read by field. */
export class Line {
  readonly sheet: string;
  /** The row number that the spreadsheet shows. */
  readonly row: number;
  /** The heading between rows that this row stands under. */
  readonly heading: string;
  private readonly layout: Layout;
  private readonly findings: Findings;
  private readonly cells: Row;

  constructor(layout: Layout, findings: Findings, index: number, heading: string) {
    this.layout = layout;
    this.findings = findings;
    this.cells = layout.table.rows[index] ?? [];
    this.sheet = layout.table.name;
    this.row = index + 1;
    this.heading = heading;
  }

  has(field: PaperField): boolean {
    return this.layout.columns.has(field);
  }

  cell(field: PaperField): Cell | undefined {
    const index = this.layout.columns.get(field);
    return index === undefined ? undefined : this.cells[index];
  }

  text(field: PaperField): string {
    return this.cell(field)?.text ?? '';
  }

  address(field: PaperField): string {
    return cellAddress(this.row - 1, this.layout.columns.get(field) ?? 0);
  }

  /** An entry for the list of duplicates: this line repeats `first`. */
  repeats(field: PaperField, first: { readonly sheet: string; readonly sourceRow: number }) {
    const { sheet, row } = this;
    return {
      sheet,
      row,
      cell: this.address(field),
      value: this.text(field),
      keptSheet: first.sheet,
      keptRow: first.sourceRow,
    };
  }

  problem(severity: Severity, code: ProblemCode, field: PaperField, params?: PaperParams): void {
    const column = this.layout.headers[this.layout.columns.get(field) ?? -1] ?? null;
    const where = {
      sheet: this.sheet,
      row: this.row,
      cell: this.address(field),
      column,
      value: this.text(field).slice(0, 80),
    };
    this.findings.problem(severity, code, where, params);
  }

  /** The cell of a column that is no field of the paper's. */
  cellAt(index: number): Cell | undefined {
    return this.cells[index];
  }

  addressAt(index: number): string {
    return cellAddress(this.row - 1, index);
  }

  /** Whether the cell is merged with one beside it, above or below. */
  isMergedAt(index: number): boolean {
    const cell = this.cells[index];
    const { rows } = this.layout.table;
    const around = [
      this.cells[index - 1],
      this.cells[index + 1],
      rows[this.row - 2]?.[index],
      rows[this.row]?.[index],
    ];
    return cell !== undefined && around.includes(cell);
  }

  problemAt(severity: Severity, code: ProblemCode, index: number, column: string): void {
    const value = (this.cells[index]?.text ?? '').slice(0, 80);
    const where = { sheet: this.sheet, row: this.row, cell: this.addressAt(index), column, value };
    this.findings.problem(severity, code, where);
  }
}

/**
 * Yields the rows that hold data. Blank rows, totals, signatures, repeated headers and titles are passed over, each
 * noted. Rows with an unreadable cell are named and left out.
 */
export function* dataLines(
  layouts: readonly Layout[],
  words: PaperWords,
  findings: Findings,
): Generator<Line> {
  for (const layout of layouts) {
    let heading = '';
    const { rows, name } = layout.table;
    for (let index = layout.headerRow ?? 0; index < rows.length; index += 1) {
      const row = rows[index] ?? [];
      const passed = passOver(layout, words, row, rows[index - 1]);
      if (passed === 'skip_heading') heading = firstText(row).replace(/[(（].*/, '');
      if (passed !== null) findings.skip(passed, name, index + 1, firstText(row).slice(0, 80));
      else {
        const line = new Line(layout, findings, index, heading);
        if (isReadable(line, layout, words, findings)) yield line;
      }
    }
  }
}

/** Why a row is no data; null for data. */
function passOver(layout: Layout, words: PaperWords, row: Row, above: Row | undefined) {
  const filled = new Set(row.filter((cell, index) => cell?.text && !layout.identityColumns.has(index)));
  const silent = row.some((cell) => cell?.formula || cell?.kind === 'broken');
  if (filled.size === 0 && !silent) return 'skip_blank';

  const cellOf = (field: PaperField) => row[layout.columns.get(field) ?? -1];
  const anchors = words.anchor.flatMap((field) => cellOf(field) ?? []);
  const first = dense(firstText(row));
  if (TOTAL.test(first) || anchors.some(({ text }) => TOTAL.test(dense(text)))) return 'skip_total';
  if (SIGNATURE.test(first)) return 'skip_signature';
  if (repeatsHeader(layout, row)) return 'skip_header';

  if (filled.size === 1) {
    const wide = row.filter((cell) => cell?.text).length > 1; // one cell merged over several columns
    const group = isGroupName(first) && (wide || anchors.length === 0 || first.endsWith('组'));
    if (words.headings === 'any' ? wide : group) return 'skip_heading';
    if (wide) return 'skip_title';
  }
  if (anchors.length > 0 && anchors.every((cell) => above?.includes(cell))) return 'skip_continued';
  const essential = words.essential.some((field) => cellOf(field)?.text || cellOf(field)?.formula);
  return essential ? null : 'skip_number_only';
}

function repeatsHeader({ table, headerRow, columns }: Layout, row: Row): boolean {
  if (!headerRow) return false;
  return [headerRow - 1, headerRow - 2].some((header) => {
    const same = Array.from(columns.values()).filter((index) => {
      const text = row[index]?.text;
      return text && headerWord(text) === headerWord(table.rows[header]?.[index]?.text ?? '');
    });
    return same.length >= Math.min(2, columns.size);
  });
}

function firstText(row: Row): string {
  return row.find((cell) => cell?.text)?.text ?? '';
}

function dense(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Checks every cell we use; false when the row has to be left out. */
function isReadable(line: Line, layout: Layout, words: PaperWords, findings: Findings): boolean {
  let readable = true;
  for (const field of layout.columns.keys()) {
    const cell = line.cell(field);
    if (!cell) continue;
    if (cell.identity) line.problem('warning', 'identity_removed', field);
    if (cell.kind === 'broken') line.problem('warning', 'cell_broken', field);
    else if (cell.formula && cell.text === '') line.problem('warning', 'cell_no_value', field);
    else if (cell.formula) findings.assume('assume_formulas', {}, line.address(field));
    if (cell.tooLong) {
      line.problem('error', 'cell_too_long', field, { limit: LIMITS.cellCharacters });
      readable = false;
    } else if (words.keyText.includes(field) && isHostile(cell.text)) {
      line.problem('error', 'cell_hostile', field);
      readable = false;
    } else if (words.freeText.includes(field) && isHostile(cell.text)) {
      line.problem('warning', 'cell_kept_as_text', field);
    }
  }
  return readable;
}

/** Cuts a text to the length that the program stores, and notes it. */
export function shortened(line: Line, field: PaperField, text: string, limit: number): string {
  const characters = Array.from(text);
  if (characters.length <= limit) return characters.join('');
  line.problem('warning', 'text_shortened', field, { limit });
  return characters.slice(0, limit).join('');
}

/** The category of a line: its own, else the heading or the line above. */
export function readCategory(line: Line, above: string, findings: Findings): string {
  if (!line.has('category')) return line.heading || UNSORTED;
  const written = orEmpty(line.text('category'));
  if (written !== '') return shortened(line, 'category', written, CATEGORY_MOST);
  if (above !== '') findings.assume('assume_category_from_above', {}, line.address('category'));
  return above || UNSORTED;
}
