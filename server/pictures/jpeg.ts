/**
 * Removes from JPEG files what cameras and editors write into them: where, when and with what a photo was taken,
 * names, comments, thumbnails. The segments that draw the picture are kept unchanged; whether they draw a picture is
 * not checked.
 */

export interface Jpeg {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

export type JpegFault = 'not_jpeg' | 'broken';

const SOI = Buffer.from([0xff, 0xd8]);
/** A file of ours, and the first byte of any segment. */
const BEGIN = Buffer.from([0xff, 0xd8, 0xff]);
const EOI = Buffer.from([0xff, 0xd9]);
/** Version 1.2, no unit, no thumbnail. */
const JFIF = Buffer.from([0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 0, 0, 1, 0, 1, 0, 0]);

const MARKER = { DHT: 0xc4, EOI: 0xd9, SOS: 0xda, DQT: 0xdb, DRI: 0xdd, APP0: 0xe0, APP14: 0xee } as const;
/** Baseline, extended and progressive, all with Huffman codes: what browsers draw. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
const TABLES: ReadonlySet<number> = new Set([MARKER.DHT, MARKER.DQT, MARKER.DRI]);
/** Application segments and comments. */
const isNote = (marker: number) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
/** A progressive photo has about ten scans. Each costs a pass over the whole picture when it is drawn. */
const SCANS_MOST = 64;

/** The same picture without its notes, or the reason why it is no JPEG. Bytes behind its end are left out too. */
export function cleanJpeg(file: Uint8Array): Jpeg | JpegFault {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 4 || !bytes.subarray(0, 3).equals(BEGIN)) return 'not_jpeg';
  const kept: Buffer[] = [];
  let colours = Buffer.alloc(0);
  let size: { width: number; height: number } | null = null;
  let scans = 0;
  for (let at = 2; ;) {
    const segment = segmentAt(bytes, at);
    if (segment === null) return 'broken';
    const { marker, data, end } = segment;
    if (marker === MARKER.EOI) break;
    at = end;
    if (isNote(marker)) {
      // The Adobe segment is the more exact of the two.
      if (marker === MARKER.APP14 || colours.length === 0) colours = coloursOf(marker, data) ?? colours;
      continue;
    }
    kept.push(segmentOf(marker, data));
    if (FRAMES.has(marker)) {
      if (size) return 'broken';
      size = sizeOf(data);
      if (!size) return 'broken';
    } else if (marker === MARKER.SOS) {
      const scanEnd = endOfScan(bytes, end);
      if (!size || scanEnd === null) return 'broken';
      kept.push(bytes.subarray(end, scanEnd));
      scans += 1;
      at = scanEnd;
    } else if (!TABLES.has(marker)) return 'broken';
  }
  if (!size || scans === 0 || scans > SCANS_MOST) return 'broken';
  return { bytes: Buffer.concat([SOI, colours, ...kept, EOI]), ...size };
}

interface Segment {
  readonly marker: number;
  readonly data: Buffer;
  readonly end: number;
}

/** Null where no whole segment begins. A marker may be preceded by any number of fill bytes. */
function segmentAt(bytes: Buffer, from: number): Segment | null {
  let at = from;
  if (bytes[at] !== 0xff) return null;
  while (bytes[at] === 0xff) at += 1;
  const marker = bytes[at] ?? 0;
  if (marker === 0) return null;
  const start = at + 1;
  if (marker === MARKER.EOI) return { marker, data: Buffer.alloc(0), end: start };
  const length = start + 2 <= bytes.length ? bytes.readUInt16BE(start) : 0;
  if (length < 2 || start + length > bytes.length) return null;
  return { marker, data: bytes.subarray(start + 2, start + length), end: start + length };
}

function segmentOf(marker: number, data: Buffer): Buffer {
  const length = data.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 0xff]), data]);
}

/** Two segments say how colours are meant. They are written anew, with that information only. */
function coloursOf(marker: number, data: Buffer): Buffer<ArrayBuffer> | null {
  if (marker === MARKER.APP14 && data.length >= 12 && data.toString('latin1', 0, 5) === 'Adobe') {
    const own = Buffer.from([0, 100, 0, 0, 0, 0, data[11] ?? 0]);
    return Buffer.concat([Buffer.from([0xff, MARKER.APP14, 0, 14]), Buffer.from('Adobe'), own]);
  }
  return marker === MARKER.APP0 && data.subarray(0, 5).equals(JFIF.subarray(4, 9)) ? JFIF : null;
}

function sizeOf(data: Buffer): { width: number; height: number } | null {
  const components = data[5] ?? 0;
  if (data[0] !== 8 || ![1, 3, 4].includes(components) || data.length !== 6 + 3 * components) return null;
  const [height, width] = [data.readUInt16BE(1), data.readUInt16BE(3)];
  return height === 0 || width === 0 ? null : { width, height };
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
