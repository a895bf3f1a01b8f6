import { formatHundredths, parseHundredths } from '../../../shared/points.ts';
import { MARK_STEP, type Marks, type RoundItem } from '../../../shared/rounds/states.ts';

/** The cells of one household as they are typed, and whether the judge left it out. */
export interface Cells {
  marks: string[];
  /** Not marked: nobody opened, or the house stands empty. */
  isSkipped: boolean;
}

export function emptyCells(items: number): Cells {
  return { marks: Array.from({ length: items }, () => ''), isSkipped: false };
}

export function cellsOf(marks: Marks, items: number): Cells {
  if (marks === null) return { ...emptyCells(items), isSkipped: true };
  return { marks: marks.map((mark) => formatHundredths(mark)), isSkipped: false };
}

/** The mark that is typed, in hundredths; null where it is none: not whole or half, or above the highest. */
export function markIn(text: string, { most }: Pick<RoundItem, 'most'>): number | null {
  const mark = parseHundredths(text);
  return mark === null || mark < 0 || mark > most || mark % MARK_STEP !== 0 ? null : mark;
}

/** Something is typed that is no mark. */
export function isWrong(text: string, item: Pick<RoundItem, 'most'>): boolean {
  return text.trim() !== '' && markIn(text, item) === null;
}

/** The marks of a household as they are sent; undefined while some are missing or wrong. */
export function marksIn({ marks, isSkipped }: Cells, items: readonly RoundItem[]): Marks | undefined {
  if (isSkipped) return null;
  const all = items.map((item, index) => markIn(marks[index] ?? '', item));
  return all.every((mark) => mark !== null) ? all : undefined;
}

/** The sum of what is right so far. */
export function totalIn({ marks }: Cells, items: readonly RoundItem[]): number {
  return items.reduce((sum, item, index) => sum + (markIn(marks[index] ?? '', item) ?? 0), 0);
}

/**
 * Whether a cell is whole by what was just typed, so that the next one may have the keyboard: no further digit could make it
 * a mark, or its half point is there. A wrong mark keeps the keyboard.
 */
export function isWhole(text: string, item: Pick<RoundItem, 'most'>): boolean {
  if (markIn(text, item) === null) return false;
  return text.includes('.') || text === '0' || markIn(`${text}0`, item) === null;
}

/** A point typed behind a whole mark is its half: "17." means 17.5. */
export function withHalf(text: string, item: Pick<RoundItem, 'most'>): string | null {
  const half = `${text}.5`;
  return /^\d+$/.test(text) && markIn(half, item) !== null ? half : null;
}
