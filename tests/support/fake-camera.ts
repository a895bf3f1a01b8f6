import { writeFileSync } from 'node:fs';
import bwipjs from 'bwip-js/node';
import { encode } from 'uqr';

/** A printed code as rows of modules. True is black. */
export type Print = readonly (readonly boolean[])[];

/** The prints before the camera, each with its number of pictures. The film repeats. */
export type Film = readonly { readonly print: Print | null; readonly pictures: number }[];

const WIDTH = 640;
const HEIGHT = 480;
const PICTURES_A_SECOND = 10;
const [BLACK, PAPER, DESK] = [24, 224, 150];

export function qrPrint(text: string): Print {
  return encode(text, { border: 4, ecc: 'M' }).data;
}

/** A barcode as tall as wide, with a quiet zone on both sides. */
export function barsPrint(kind: 'ean13' | 'code128' | 'interleaved2of5', text: string): Print {
  const [bars] = bwipjs.raw({ bcid: kind, text }) as { sbs: number[] }[];
  const quiet = Array.from({ length: 12 }, () => false);
  const row = (bars?.sbs ?? []).flatMap((width, index) =>
    Array.from({ length: width }, () => index % 2 === 0),
  );
  const line = [...quiet, ...row, ...quiet];
  const blank = line.map(() => false);
  return Array.from({ length: 60 }, (_, index) => (index < 6 || index >= 54 ? blank : line));
}

/** Writes the file for Chromium's fake camera (--use-file-for-fake-video-capture) in grey YUV 4:2:0. */
export function writeFilm(path: string, film: Film): void {
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${PICTURES_A_SECOND}:1 Ip A1:1 C420jpeg\n`);
  const pictures = film.flatMap(({ print, pictures: times }) => {
    const picture = draw(print);
    return Array.from({ length: times }, () => picture);
  });
  writeFileSync(path, Buffer.concat([header, ...pictures]));
}

function draw(print: Print | null): Buffer {
  const brightness = Buffer.alloc(WIDTH * HEIGHT, DESK);
  if (print) {
    const [columns, rows] = [print[0]?.length ?? 1, print.length];
    const scale = Math.floor(Math.min((WIDTH * 0.9) / columns, (HEIGHT * 0.9) / rows));
    const [left, top] = [(WIDTH - columns * scale) >> 1, (HEIGHT - rows * scale) >> 1];
    for (let y = 0; y < rows * scale; y += 1) {
      for (let x = 0; x < columns * scale; x += 1) {
        const isBlack = print[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true;
        brightness[(top + y) * WIDTH + left + x] = isBlack ? BLACK : PAPER;
      }
    }
  }
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  return Buffer.concat([Buffer.from('FRAME\n'), brightness, colour]);
}
