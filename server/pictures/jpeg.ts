/**
 * JPEG files taken apart and put together again: what is needed to draw the picture is kept, everything else is
 * left out. Cameras write where and when a photo was taken and what with; editors write names and comments.
 */

export interface Jpeg {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

export type JpegFault = 'not_jpeg' | 'broken';

const SOI = Buffer.from([0xff, 0xd8]);
const EOI = Buffer.from([0xff, 0xd9]);
/** Version 1.2, no unit, no thumbnail. */
const JFIF = Buffer.from([0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 0, 0, 1, 0, 1, 0, 0]);

const MARKER = { DHT: 0xc4, EOI: 0xd9, SOS: 0xda, DQT: 0xdb, DRI: 0xdd, APP0: 0xe0, APP14: 0xee } as const;
/** Progressive photos come in ten or so; each costs who draws it a pass over the whole picture. */
const SCANS_MOST = 64;
/** Baseline, extended and progressive, all with Huffman codes: what browsers draw. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
/** Application segments and comments: cameras and editors write them. */
const isNote = (marker: number) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;

interface Frame {
  readonly width: number;
  readonly height: number;
  /** Quantization table by component. */
  readonly components: ReadonlyMap<number, number>;
}

/** The parts that were met so far. */
interface Reading {
  readonly kept: Buffer[];
  readonly quantization: Set<number>;
  /** Tables by class and number, as DHT writes them. */
  readonly huffman: Set<number>;
  frame: Frame | null;
  scans: number;
  isJfif: boolean;
  /** Colours as the Adobe segment says; null without one. */
  adobeTransform: number | null;
}

/** The same picture without a word about it; or why it is none. What follows its end is left out too. */
export function cleanJpeg(file: Uint8Array): Jpeg | JpegFault {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return 'not_jpeg';
  const reading: Reading = {
    kept: [],
    quantization: new Set(),
    huffman: new Set(),
    frame: null,
    scans: 0,
    isJfif: false,
    adobeTransform: null,
  };
  let at = 2;
  for (;;) {
    const marker = markerAt(bytes, at);
    if (marker === null) return 'broken';
    at = marker.next;
    if (marker.code === MARKER.EOI) break;
    const length = at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0;
    if (length < 2 || at + length > bytes.length) return 'broken';
    const end = readSegment(reading, marker.code, bytes, at + 2, at + length);
    if (end === null) return 'broken';
    at = end;
  }
  const { frame, scans } = reading;
  return frame && scans > 0 && scans <= SCANS_MOST ? whole(reading, frame) : 'broken';
}

/** A marker may be preceded by any number of fill bytes. */
function markerAt(bytes: Buffer, from: number): { code: number; next: number } | null {
  let at = from;
  if (bytes[at] !== 0xff) return null;
  while (bytes[at] === 0xff) at += 1;
  const code = bytes[at];
  return code === undefined || code === 0 ? null : { code, next: at + 1 };
}

/** Notes one segment (and of a scan what follows it); answers where the next begins, null where it makes no sense. */
function readSegment(
  reading: Reading,
  marker: number,
  bytes: Buffer,
  start: number,
  end: number,
): number | null {
  const data = bytes.subarray(start, end);
  if (isNote(marker)) {
    noteColours(reading, marker, data);
    return end;
  }
  if (FRAMES.has(marker)) {
    if (reading.frame) return null;
    reading.frame = readFrame(data);
    if (!reading.frame) return null;
  } else if (marker === MARKER.DQT) {
    if (!readQuantization(data, reading.quantization)) return null;
  } else if (marker === MARKER.DHT) {
    if (!readHuffman(data, reading.huffman)) return null;
  } else if (marker === MARKER.SOS) {
    const scanEnd = endOfScan(bytes, end);
    if (!scanFits(reading, data) || scanEnd === null) return null;
    reading.scans += 1;
    keep(reading, marker, bytes.subarray(start, end));
    reading.kept.push(bytes.subarray(end, scanEnd));
    return scanEnd;
  } else if (marker !== MARKER.DRI || data.length !== 2) {
    return null;
  }
  keep(reading, marker, data);
  return end;
}

function keep({ kept }: Reading, marker: number, data: Buffer): void {
  const length = data.length + 2;
  kept.push(Buffer.from([0xff, marker, length >> 8, length & 0xff]), data);
}

/** Two segments say how colours are meant; of them that is kept and no more. */
function noteColours(reading: Reading, marker: number, data: Buffer): void {
  if (marker === MARKER.APP0 && data.subarray(0, 5).equals(JFIF.subarray(4, 9))) reading.isJfif = true;
  if (marker === MARKER.APP14 && data.length >= 12 && data.toString('latin1', 0, 5) === 'Adobe')
    reading.adobeTransform = data[11] ?? 0;
}

function readFrame(data: Buffer): Frame | null {
  const count = data[5] ?? 0;
  if (data[0] !== 8 || ![1, 3, 4].includes(count) || data.length !== 6 + 3 * count) return null;
  const height = data.readUInt16BE(1);
  const width = data.readUInt16BE(3);
  if (height === 0 || width === 0) return null;
  const components = new Map<number, number>();
  for (let at = 6; at < data.length; at += 3) {
    const [id = 0, sampling = 0, table = 0] = data.subarray(at, at + 3);
    const isSampled = [sampling >> 4, sampling & 15].every((factor) => factor >= 1 && factor <= 4);
    if (!isSampled || table > 3 || components.has(id)) return null;
    components.set(id, table);
  }
  return { width, height, components };
}

function readQuantization(data: Buffer, tables: Set<number>): boolean {
  let at = 0;
  while (at < data.length) {
    const [head = 0] = data.subarray(at, at + 1);
    if (head >> 4 > 1 || (head & 15) > 3) return false;
    tables.add(head & 15);
    at += 1 + 64 * ((head >> 4) + 1);
  }
  return at === data.length && at > 0;
}

function readHuffman(data: Buffer, tables: Set<number>): boolean {
  let at = 0;
  while (at < data.length) {
    const [head = 0] = data.subarray(at, at + 1);
    const counts = data.subarray(at + 1, at + 17);
    if (head >> 4 > 1 || (head & 15) > 3 || counts.length !== 16) return false;
    const codes = counts.reduce((sum, count) => sum + count, 0);
    if (codes === 0 || codes > 256 || !hasRoom(counts)) return false;
    tables.add(head);
    at += 17 + codes;
  }
  return at === data.length && at > 0;
}

/** Codes of each length must find room beside those that begin a longer one. */
function hasRoom(counts: Buffer): boolean {
  let room = 1;
  for (const count of counts) {
    room = room * 2 - count;
    if (room < 0) return false;
  }
  return true;
}

/** A scan speaks of components there are, through tables there are. */
function scanFits({ frame, quantization, huffman }: Reading, data: Buffer): boolean {
  const count = data[0] ?? 0;
  if (!frame || count < 1 || count > frame.components.size || data.length !== 4 + 2 * count) return false;
  const [from = 0, to = 0] = data.subarray(1 + 2 * count, 3 + 2 * count);
  if (from > 63 || to > 63 || from > to) return false;
  for (let at = 1; at < 1 + 2 * count; at += 2) {
    const [id = 0, codes = 0] = data.subarray(at, at + 2);
    const table = frame.components.get(id);
    if (table === undefined || !quantization.has(table)) return false;
    // Refinements of a progressive picture need no table for what they do not speak of.
    const isDcThere = huffman.has(codes >> 4);
    const isAcThere = huffman.has(0x10 | (codes & 15));
    if (from === 0 ? !isDcThere && (data[3 + 2 * count] ?? 0) >> 4 === 0 : !isAcThere) return false;
  }
  return true;
}

/** Finds the end of the picture's own data, at a marker other than a restart; null if the file ends before. */
function endOfScan(bytes: Buffer, from: number): number | null {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    const next = bytes[at + 1];
    if (at < 0 || next === undefined) return null;
    const isData = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!isData) return at > from ? at : null;
    at += 2;
  }
}

function whole({ kept, isJfif, adobeTransform }: Reading, { width, height }: Frame): Jpeg {
  const colours = adobeTransform !== null ? adobeSegment(adobeTransform) : isJfif ? JFIF : Buffer.alloc(0);
  return { bytes: Buffer.concat([SOI, colours, ...kept, EOI]), width, height };
}

function adobeSegment(transform: number): Buffer {
  const name = Buffer.from('Adobe');
  return Buffer.concat([
    Buffer.from([0xff, MARKER.APP14, 0, 14]),
    name,
    Buffer.from([0, 100, 0, 0, 0, 0, transform]),
  ]);
}
