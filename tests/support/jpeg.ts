/** A plain grey JPEG of any size that every decoder reads, and the metadata that cameras add. */

interface Drawn {
  readonly width?: number;
  readonly height?: number;
  /** Segments that are inserted after the start, where cameras and editors put theirs. */
  readonly notes?: readonly Buffer[];
}

export function jpeg({ width = 64, height = 48, notes = [] }: Drawn = {}): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1')),
    ...notes,
    segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])),
    segment(0xc0, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])),
    segment(0xc4, onlyCode(0x00)),
    segment(0xc4, onlyCode(0x10)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    // Two zero bits for each block mean the same grey as in the block before.
    Buffer.alloc(Math.ceil((Math.ceil(width / 8) * Math.ceil(height / 8)) / 4)),
    Buffer.from([0xff, 0xd9]),
  ]);
}

export function segment(marker: number, data: Buffer): Buffer {
  const length = data.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 255]), data]);
}

/** The metadata of a phone: place, time and device, and a thumbnail that has the same metadata again. */
export function cameraNotes(): Buffer[] {
  return [
    segment(
      0xe1,
      Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'), gps(), jpeg({ width: 8, height: 8 })]),
    ),
    segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude="34,54.1N"/>')),
    segment(0xed, Buffer.from('Photoshop 3.0\x008BIM\x04\x04王小明家', 'utf8')),
    segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01 made by somebody', 'latin1')),
    segment(0xfe, Buffer.from('taken at 34.9020, 112.7834', 'utf8')),
  ];
}

/** A GPS directory with latitude N 34° 54' and longitude E 112° 47'. */
function gps(): Buffer {
  return Buffer.from(
    '0001882500040000000100000026000000000004000100020000000200004e000002000500000003'.padEnd(240, '22'),
    'hex',
  );
}

/** A Huffman table with one code, 0, for the symbol 0. `head` is its class and number. */
function onlyCode(head: number): Buffer {
  return Buffer.concat([Buffer.from([head, 1]), Buffer.alloc(15), Buffer.from([0])]);
}
