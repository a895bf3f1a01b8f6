import { printableSigns } from './printable-text.ts';
import type { SlipLine } from './slip-line.ts';
import { type Paper, rowsOf, type SlipRow } from './slip-rows.ts';

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const LINE_FEED = 0x0a;

/** Forgets what a slip before this one set, and takes two bytes for a Chinese sign. */
const BEGIN = [ESC, 0x40, FS, 0x26];
/** Feeds the paper to the knife and cuts all but a thread of it. */
const CUT = [GS, 0x56, 0x42, 0x00];
/** Feeds the last row to the edge at which the paper is torn off. */
const TO_EDGE = [ESC, 0x64, 0x05];

const bold = (isOn: boolean) => [ESC, 0x45, Number(isOn)];
const large = (isOn: boolean) => [GS, 0x21, isOn ? 0x11 : 0x00];
const centred = (isOn: boolean) => [ESC, 0x61, Number(isOn)];

export interface PrinterPaper {
  readonly paper: Paper;
  /** It has a knife. */
  readonly cuts: boolean;
}

/** Makes a slip into the bytes of an ESC/POS printer with Chinese fonts. */
export function encodeSlip(lines: readonly SlipLine[], { paper, cuts }: PrinterPaper): Buffer {
  const parts: Uint8Array[] = [Buffer.from(BEGIN)];
  let before: SlipRow = { text: '', weight: null, isCentred: false };
  for (const row of rowsOf(lines, paper)) {
    parts.push(Buffer.from(changes(before, row)), ...signsOf(row), Buffer.from([LINE_FEED]));
    before = row;
  }
  parts.push(Buffer.from(changes(before, { text: '', weight: null, isCentred: false })));
  parts.push(Buffer.from(cuts ? CUT : TO_EDGE));
  return Buffer.concat(parts);
}

/** The commands between two rows, for what differs between them. */
function changes(was: SlipRow, is: SlipRow): number[] {
  return [
    ...(was.isCentred === is.isCentred ? [] : centred(is.isCentred)),
    ...((was.weight === null) === (is.weight === null) ? [] : bold(is.weight !== null)),
    ...((was.weight === 'large') === (is.weight === 'large') ? [] : large(is.weight === 'large')),
  ];
}

function signsOf({ text }: SlipRow): Buffer[] {
  return printableSigns(text).map(({ bytes }) => bytes);
}
