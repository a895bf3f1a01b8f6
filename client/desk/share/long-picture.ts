import { SEAL } from '../../../shared/product-name.ts';
import type { Week } from './week-words.ts';

const WIDTH = 1080;
const MARGIN = 72;
const PADDING = 40;
/** The drawing of the first deed stands on a tile of this size at the head. */
const TILE = 300;

/** Colours and fonts of the page's own tokens, so that the picture looks like the village's other pages. */
export interface Look {
  readonly page: string;
  readonly surface: string;
  readonly ink: string;
  readonly soft: string;
  readonly seal: string;
  readonly onSeal: string;
  readonly deep: string;
  readonly onDeep: string;
  readonly line: string;
  readonly tile: string;
  readonly serif: string;
  readonly sans: string;
}

export function lookOf(element: Element): Look {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    page: token('--color-page'),
    surface: token('--color-surface'),
    ink: token('--color-ink'),
    soft: token('--color-ink-soft'),
    seal: token('--color-seal'),
    onSeal: token('--color-on-seal'),
    deep: token('--color-deep'),
    onDeep: token('--color-on-deep'),
    line: token('--color-line'),
    tile: token('--color-tile'),
    serif: token('--font-seal'),
    sans: token('--font-text'),
  };
}

/** Loads a drawing to be painted; null if it does not come, because the picture says all in words. */
export async function loadDrawing(url: string): Promise<HTMLImageElement | null> {
  const image = new Image(TILE, TILE);
  image.src = url;
  try {
    await image.decode();
    return image;
  } catch {
    return null;
  }
}

/** Draws the week as one long picture, as high as its words need. */
export function drawWeek(
  canvas: HTMLCanvasElement,
  { week, look, drawing }: { week: Week; look: Look; drawing: HTMLImageElement | null },
): void {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no pictures');
  canvas.width = WIDTH;
  // The first pass only measures. Setting a canvas's height empties it.
  const sheet = { context, week, look, drawing };
  const height = paint(sheet, false);
  canvas.height = height;
  context.fillStyle = look.page;
  context.fillRect(0, 0, WIDTH, height);
  paint(sheet, true);
}

export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture was not made'))),
      'image/png',
    ),
  );
}

interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly week: Week;
  readonly look: Look;
  readonly drawing: HTMLImageElement | null;
}

function paint(sheet: Sheet, draws: boolean): number {
  const { context, week, look } = sheet;
  const inner = WIDTH - 2 * MARGIN - 2 * PADDING;
  let y = paintHead(sheet, draws) + 56;
  const rowFont = `600 40px ${look.sans}`;
  const rows = week.deeds.map((deed) => linesOf(context, rowFont, deed, inner));
  const cardHeight = 2 * PADDING + rows.reduce((sum, lines) => sum + lines.length * 58 + 28, 0);
  if (rows.length > 0) {
    if (draws) {
      context.fillStyle = look.surface;
      context.beginPath();
      context.roundRect(MARGIN, y, WIDTH - 2 * MARGIN, cardHeight, 28);
      context.fill();
    }
    let rowY = y + PADDING;
    for (const lines of rows) {
      if (draws) {
        write(context, { lines, font: rowFont, colour: look.ink, x: MARGIN + PADDING, y: rowY, step: 58 });
        context.fillStyle = look.line;
        context.fillRect(MARGIN + PADDING, rowY + lines.length * 58 + 12, inner, 2);
      }
      rowY += lines.length * 58 + 28;
    }
    y += cardHeight + 56;
  }
  const restFont = `400 38px ${look.sans}`;
  for (const said of week.rest) {
    const lines = linesOf(context, restFont, said, WIDTH - 2 * MARGIN);
    if (draws) write(context, { lines, font: restFont, colour: look.soft, x: MARGIN, y, step: 58 });
    y += lines.length * 58 + 20;
  }
  const closing = linesOf(context, `700 46px ${look.serif}`, week.closing, WIDTH - 2 * MARGIN);
  y += 24;
  if (draws)
    write(context, {
      lines: closing,
      font: `700 46px ${look.serif}`,
      colour: look.seal,
      x: MARGIN,
      y,
      step: 64,
    });
  return y + closing.length * 64 + MARGIN;
}

/** The deep field at the top: the seal, whose week it is, and the drawing of the deed that most households did. */
function paintHead({ context, week, look, drawing }: Sheet, draws: boolean): number {
  const font = `700 62px ${look.serif}`;
  const room = WIDTH - 2 * MARGIN - (drawing ? TILE + PADDING : 0);
  const lines = linesOf(context, font, week.heading, room);
  const height = Math.max(210 + lines.length * 80, drawing ? TILE + 120 : 0);
  if (!draws) return height;
  context.fillStyle = look.deep;
  context.fillRect(0, 0, WIDTH, height);
  drawSeal(context, look);
  write(context, { lines, font, colour: look.onDeep, x: MARGIN, y: 180, step: 80 });
  if (!drawing) return height;
  const x = WIDTH - MARGIN - TILE;
  context.fillStyle = look.tile;
  context.beginPath();
  context.roundRect(x, 60, TILE, TILE, 28);
  context.fill();
  context.drawImage(drawing, x + 32, 92, TILE - 64, TILE - 64);
  return height;
}

function drawSeal(context: CanvasRenderingContext2D, look: Look): void {
  context.fillStyle = look.seal;
  context.beginPath();
  context.roundRect(MARGIN, 60, 96, 96, 20);
  context.fill();
  context.fillStyle = look.onSeal;
  context.font = `700 62px ${look.serif}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(SEAL, MARGIN + 48, 110);
  context.textAlign = 'start';
}

interface Written {
  readonly lines: readonly string[];
  readonly font: string;
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  /** From line to line, in px. */
  readonly step: number;
}

function write(context: CanvasRenderingContext2D, { lines, font, colour, x, y, step }: Written): void {
  context.font = font;
  context.fillStyle = colour;
  context.textBaseline = 'top';
  for (const [index, line] of lines.entries()) context.fillText(line, x, y + index * step);
}

/** Signs that must not begin a line. */
const STICKS = /^[，。、：；！？）》”%.,:;!?)]$/;

/** These stay together: a bracket with what follows it, a figure with its unit, a word. */
const PIECES = /[（《“(]*(?:[+−]?[\d.,:–-]+(?: ?\p{Script=Han})?|\p{Script=Latin}+|\s+|.)/gu;

/** Breaks a sentence into lines of this width, between any two Chinese signs that may part. */
export function linesOf(
  context: Pick<CanvasRenderingContext2D, 'font' | 'measureText'>,
  font: string,
  sentence: string,
  width: number,
): string[] {
  context.font = font;
  const lines: string[] = [];
  let line = '';
  for (const piece of sentence.match(PIECES) ?? []) {
    if (line !== '' && !STICKS.test(piece) && context.measureText(line + piece).width > width) {
      lines.push(line);
      line = piece.trim();
    } else line += piece;
  }
  return line === '' ? lines : [...lines, line];
}
