/** Reads QR codes and barcodes from the PDF that goes to a printer. Needs pdftoppm and zbarimg. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../../client/desk/cards/card-sheets.ts';
import { runProgram } from './programs.ts';

const DOTS_PER_INCH = 300;

/** A rendered page in grey, one byte a dot. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly dots: Buffer;
}

/** Draws one page of a PDF as a printer would. */
export function renderPage(pdf: string, folder: string, page: number): Picture {
  const image = join(folder, 'page');
  const one = ['-f', String(page), '-l', String(page), '-singlefile', '-gray'];
  runProgram('pdftoppm', ['-r', String(DOTS_PER_INCH), ...one, pdf, image]);
  const file = readFileSync(`${image}.pgm`);
  const [head = '', width, height] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 64).toString('latin1')) ?? [];
  if (head === '') throw new Error(`pdftoppm drew no page ${page}`);
  return { width: Number(width), height: Number(height), dots: file.subarray(head.length) };
}

/** Cuts one place out of a page and returns the codes that zbarimg reads there. */
export function scanPlace(
  page: Picture,
  folder: string,
  { left, top, width, height }: Place & { readonly width: number; readonly height: number },
): { qr: string[]; bars: string[] } {
  const dots = (millimetres: number) => Math.round((millimetres / 25.4) * DOTS_PER_INCH);
  const [x, y] = [dots(left), dots(top)];
  const wide = Math.min(dots(width), page.width - x);
  const high = Math.min(dots(height), page.height - y);
  const rows = Array.from({ length: high }, (_, row) =>
    page.dots.subarray((y + row) * page.width + x, (y + row) * page.width + x + wide),
  );
  const image = join(folder, 'card.pgm');
  writeFileSync(image, Buffer.concat([Buffer.from(`P5\n${wide} ${high}\n255\n`), ...rows]));
  const enabled = ['-Sdisable', '-Sqrcode.enable', '-Scode128.enable'];
  const lines = runProgram('zbarimg', ['-q', ...enabled, image]).output.split('\n');
  const of = (kind: string) =>
    lines.flatMap((line) => (line.startsWith(`${kind}:`) ? [line.slice(kind.length + 1)] : []));
  return { qr: of('QR-Code'), bars: of('CODE-128') };
}
