import type { ListedCard, PrintedCard } from './printed-card.ts';

/** The choice of papers that go to the printer. */
export interface RunChoice {
  readonly cards: readonly ListedCard[];
  /** Households that have a PIN get another one. */
  readonly replace: boolean;
  readonly address: boolean;
  readonly prices: boolean;
}

/** One household's row: its card, and its PIN if this person made it within a day. */
export interface RunRow {
  readonly card: PrintedCard;
  readonly pin: string | null;
}

export interface RunSheet {
  readonly group: string;
  readonly rows: readonly RunRow[];
  /** Counted from 1. */
  readonly page: number;
}

export const ROWS_A_SHEET = 5;

/** How many sheets the cards of these households take. */
export function sheetsFor(cards: readonly Pick<ListedCard, 'household'>[]): number {
  const groups = Map.groupBy(cards, ({ household }) => household.group);
  return [...groups.values()].reduce((sum, own) => sum + Math.ceil(own.length / ROWS_A_SHEET), 0);
}

/** Puts the rows on sheets by group: each group begins a sheet of its own, so that a pile goes to its leader uncut. */
export function inRunSheets(rows: readonly RunRow[]): readonly RunSheet[] {
  const groups = Map.groupBy(rows, ({ card }) => card.household.group);
  const sheets = [...groups].flatMap(([group, own]) =>
    Array.from({ length: Math.ceil(own.length / ROWS_A_SHEET) }, (_, n) => ({
      group,
      rows: own.slice(n * ROWS_A_SHEET, (n + 1) * ROWS_A_SHEET),
    })),
  );
  return sheets.map((sheet, index) => ({ ...sheet, page: index + 1 }));
}

/** The measures of a sheet, in millimetres: the same lines to cut as on a sheet of cards alone. */
export const RUN = { left: 17, top: 11, row: 54, card: 85.6, slip: 90, panel: 30 } as const;

const MARK = { gap: 4, length: 7 } as const;
const RIGHT = RUN.left + RUN.card + RUN.slip;

/** Lines in the margin to lay the ruler on, as one path. */
export function cropMarks(): string {
  const levels = Array.from({ length: ROWS_A_SHEET + 1 }, (_, n) => RUN.top + n * RUN.row);
  const uprights = [RUN.left, RUN.left + RUN.card, RIGHT];
  return [
    ...levels.flatMap((y) => [
      `M${RUN.left - MARK.gap - MARK.length} ${y}h${MARK.length}`,
      `M${mm(RIGHT + MARK.gap)} ${y}h${MARK.length}`,
    ]),
    ...uprights.map((x) => `M${mm(x)} ${RUN.top - MARK.gap - 4}v4`),
  ].join('');
}

/** Crossed lines over a field, as one path: what lies behind it cannot be read against the light. */
export function hatch(width: number, height: number, gap: number): string {
  const parts: string[] = [];
  for (let x = gap - height; x < width; x += gap) {
    const [from, to] = [Math.max(0, x), Math.min(width, x + height)];
    const [top, bottom] = [mm(from - x), mm(to - x)];
    parts.push(`M${mm(from)} ${top}L${mm(to)} ${bottom}`);
    parts.push(`M${mm(width - from)} ${top}L${mm(width - to)} ${bottom}`);
  }
  return parts.join('');
}

/** Hundredths of a millimetre are finer than any printer. */
function mm(length: number): number {
  return Math.round(length * 100) / 100;
}
