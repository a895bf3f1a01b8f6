/** How cards lie on a sheet of A4, in millimetres: two beside each other, five below, with no gap to cut out. */
export const CARD = { width: 85.6, height: 54 } as const;
export const PAGE = { width: 210, height: 297 } as const;
export const COLUMNS = 2;
const ROWS = 5;
export const CARDS_A_SHEET = COLUMNS * ROWS;

const LEFT = (PAGE.width - COLUMNS * CARD.width) / 2;
const TOP = (PAGE.height - ROWS * CARD.height) / 2;
/** Marks keep this far from the cards, so that no ink is left on them after cutting. */
const MARK_GAP = 1.5;
const MARK_LENGTH = 6;

export interface Place {
  readonly left: number;
  readonly top: number;
}

/**
 * The place of the nth card on a sheet. The back is mirrored: when the printer turns the sheet over its long edge,
 * left comes to lie right.
 */
export function placeOf(index: number, side: 'front' | 'back'): Place {
  const column = index % COLUMNS;
  const shown = side === 'front' ? column : COLUMNS - 1 - column;
  return { left: LEFT + shown * CARD.width, top: TOP + Math.floor(index / COLUMNS) * CARD.height };
}

/** Lines in the margin to lay the ruler on, as one path. */
export const CROP_MARKS: string = [
  ...Array.from({ length: COLUMNS + 1 }, (_, n) => LEFT + n * CARD.width).flatMap((x) => [
    upright(x, TOP - MARK_GAP - MARK_LENGTH),
    upright(x, PAGE.height - TOP + MARK_GAP),
  ]),
  ...Array.from({ length: ROWS + 1 }, (_, n) => TOP + n * CARD.height).flatMap((y) => [
    level(LEFT - MARK_GAP - MARK_LENGTH, y),
    level(PAGE.width - LEFT + MARK_GAP, y),
  ]),
].join('');

export function inSheets<Card>(cards: readonly Card[]): (readonly Card[])[] {
  return Array.from({ length: Math.ceil(cards.length / CARDS_A_SHEET) }, (_, n) =>
    cards.slice(n * CARDS_A_SHEET, (n + 1) * CARDS_A_SHEET),
  );
}

function upright(x: number, y: number): string {
  return `M${x.toFixed(2)} ${y.toFixed(2)}v${String(MARK_LENGTH)}`;
}

function level(x: number, y: number): string {
  return `M${x.toFixed(2)} ${y.toFixed(2)}h${String(MARK_LENGTH)}`;
}
