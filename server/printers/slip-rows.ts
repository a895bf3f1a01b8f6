import { columnsOf, printableSigns } from './printable-text.ts';
import type { SlipLine, Weight } from './slip-line.ts';

/** A row on paper. */
export interface SlipRow {
  readonly text: string;
  readonly weight: Weight | null;
  readonly isCentred: boolean;
}

export type Paper = 58 | 80;

/** How many signs of one byte stand in a row: the printed width is 48 and 72 mm, and a sign 1.5 mm wide. */
const COLUMNS: Readonly<Record<Paper, number>> = { 58: 32, 80: 48 };

/** Breaks the lines of a slip into rows of the paper. */
export function rowsOf(lines: readonly SlipLine[], paper: Paper): SlipRow[] {
  return lines.flatMap((line) => rowsOfLine(line, COLUMNS[paper]));
}

function rowsOfLine(line: SlipLine, paperColumns: number): SlipRow[] {
  if (line.is === 'rule') return [rowOf('-'.repeat(paperColumns), null)];
  const { weight = null } = line;
  const columns = weight === 'large' ? paperColumns / 2 : paperColumns;
  if (line.is === 'text')
    return broken(line.text, columns).map((text) => rowOf(text, weight, line.isCentred ?? false));
  return paired(line, columns).map((text) => rowOf(text, weight));
}

function rowOf(text: string, weight: Weight | null, isCentred = false): SlipRow {
  return { text, weight, isCentred };
}

/** Puts the figure at the right edge of the last row; where the words leave no room for it, in a row of its own. */
function paired({ left, right }: { left: string; right: string }, columns: number): string[] {
  const words = broken(left, columns);
  const last = words.at(-1) ?? '';
  const room = columns - columnsOf(last) - columnsOf(right);
  if (room >= 1) return [...words.slice(0, -1), last + ' '.repeat(room) + right];
  const figures = broken(right, columns);
  return [...words, ...figures.map((row) => ' '.repeat(columns - columnsOf(row)) + row)];
}

/** Breaks a text into rows: between any two Chinese signs, and between words and figures of the others at their spaces. */
function broken(text: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const part of partsOf(text, columns)) {
    if (columnsOf(row + part) <= columns) {
      row += part;
      continue;
    }
    rows.push(row.trimEnd());
    row = part.trimStart();
  }
  return [...rows, row.trimEnd()].filter((one, index) => one !== '' || index === 0);
}

/** The parts that stay together: a word with the space before it, a Chinese sign. A part longer than a row is cut. */
function partsOf(text: string, columns: number): string[] {
  const signs = printableSigns(text).map(({ sign }) => sign);
  const parts = signs.join('').match(/ *[!-~]+| +|[^ -~][，。、；：！？）》”]?/gu) ?? [];
  return parts.flatMap((part) => (columnsOf(part) <= columns ? [part] : pieces(part.trim(), columns)));
}

/** Only a word of one-byte signs can be longer than a row. */
function pieces(word: string, size: number): string[] {
  return Array.from({ length: Math.ceil(word.length / size) }, (_, index) =>
    word.slice(index * size, (index + 1) * size),
  );
}
