import { crc32, inflateRawSync } from 'node:zlib';
import { LIMITS } from './cells.ts';
import { unreadable } from './unreadable.ts';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly offset: number;
}

/**
 * The XML parts of a zip archive. The declared sizes are added up before anything is unpacked, and no part may
 * turn out larger than it declared, so an archive cannot swell beyond the limit.
 */
export function unzipXml(bytes: Buffer): Map<string, Buffer> {
  try {
    const parts = new Map<string, Buffer>();
    for (const entry of xmlEntries(bytes)) {
      const content = unpack(bytes, entry);
      if (crc32(content) !== entry.checksum) throw unreadable('file_damaged');
      parts.set(entry.name, content);
    }
    return parts;
  } catch (error) {
    // A read past the end of the buffer means that the file is cut short.
    if (error instanceof RangeError) throw unreadable('file_damaged');
    throw error;
  }
}

function xmlEntries(bytes: Buffer): Entry[] {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw unreadable('file_damaged');

  const entries: Entry[] = [];
  let unpackedBytes = 0;
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw unreadable('file_damaged');
    if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw unreadable('file_password');
    const nameBytes = bytes.readUInt16LE(at + 28);
    const entry = {
      name: bytes.toString('utf8', at + 46, at + 46 + nameBytes),
      method: bytes.readUInt16LE(at + 10),
      checksum: bytes.readUInt32LE(at + 16),
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (!/\.(?:xml|rels)$/i.test(entry.name)) continue;
    unpackedBytes += entry.unpackedBytes;
    if (unpackedBytes > LIMITS.unpackedBytes) throw tooLarge();
    entries.push(entry);
    if (entries.length > LIMITS.parts) throw unreadable('file_too_many_sheets');
  }
  return entries;
}

function unpack(bytes: Buffer, entry: Entry): Buffer {
  if (bytes.readUInt32LE(entry.offset) !== LOCAL) throw unreadable('file_damaged');
  const start =
    entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  const packed = bytes.subarray(start, start + entry.packedBytes);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw unreadable('file_damaged');
  try {
    return inflateRawSync(packed, { maxOutputLength: entry.unpackedBytes + 1 });
  } catch (error) {
    const swells = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw swells ? tooLarge() : unreadable('file_damaged');
  }
}

function tooLarge(): Error {
  return unreadable('file_unpacks_too_large', { limit: LIMITS.unpackedBytes / 1024 / 1024 });
}
