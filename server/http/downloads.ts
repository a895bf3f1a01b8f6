import { randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  write as writeFile,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Response } from 'express';
import type { Download, OpenFile } from '../../shared/operation.ts';
import { Refusal } from '../../shared/errors.ts';
import { freeBytes } from '../disk-space.ts';

const PIECE_BYTES = 64 * 1024;
const MEGABYTE = 1024 * 1024;
/** Callers are told to try again after this time. Until then somebody may have freed space. */
const NO_ROOM_SECONDS = 30;

const write = promisify(writeFile);

/** The folder in which downloads wait while they are sent. */
export interface SpoolPlace {
  /** It holds nothing but downloads: clearSpool empties it. */
  readonly folder: string;
  /** How much of its disk stays free, whatever is downloaded. */
  readonly leaveBytes: () => number;
}

/** A download that is written out and needs no snapshot. */
export interface Spooled {
  readonly download: Download | OpenFile;
  /**
   * The whole content if it is small; otherwise a file without a name, which vanishes when it is closed, also when
   * the process dies.
   */
  readonly content: Buffer | number;
}

/**
 * Writes a download out before any of it is sent. So a slow caller holds no snapshot, which would make SQLite's log
 * grow and occupy a connection of PostgreSQL. An error becomes a problem document, not a file that is cut short. A
 * download that is a file already is not copied. `signal` is aborted when nobody waits for it.
 */
export async function spool(
  download: Download | OpenFile,
  place: SpoolPlace,
  signal: AbortSignal,
): Promise<Spooled> {
  if ('descriptor' in download) return { download, content: download.descriptor };
  let file: number | null = null;
  try {
    for await (const piece of inPieces(download.content)) {
      if (signal.aborted) throw new Refusal('server.busy');
      // The last piece is shorter. If it is the first as well, no disk is needed.
      if (file === null && piece.length < PIECE_BYTES) return { download, content: piece };
      file ??= toFile(() => openNameless(place.folder));
      requireRoom(place);
      await writeWhole(file, piece);
    }
    return { download, content: file ?? Buffer.alloc(0) };
  } catch (error) {
    if (file !== null) closeSync(file);
    throw error;
  }
}

/**
 * Sends a download under its name, and closes its file. A caller who takes none of it for `stalledMs` is cut off. An
 * error on the way cuts the connection too, so a file that ends early never looks whole. `onTaken` is called for each
 * piece that was taken.
 */
export async function sendSpooled(
  response: Response,
  { download, content }: Spooled,
  stalledMs: number,
  onTaken: () => void,
): Promise<void> {
  const { filename, mediaType } = download;
  const plain = filename.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(filename);
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Content-Disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
  response.setHeader(
    'Content-Length',
    typeof content === 'number' ? fstatSync(content).size : content.length,
  );
  if (typeof content !== 'number') {
    response.end(content);
    return;
  }
  const stalled = setTimeout(() => response.destroy(), stalledMs);
  try {
    await pipeline(
      createReadStream('', { fd: content, start: 0, highWaterMark: PIECE_BYTES }),
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          stalled.refresh();
          onTaken();
          yield piece;
        }
      },
      response,
    );
  } catch (error) {
    if (!isBrokenOff(error)) throw error;
  } finally {
    clearTimeout(stalled);
  }
}

/** Closes the file of a download that nobody wants any more. */
export function discard({ content }: Spooled): void {
  if (typeof content === 'number') closeSync(content);
}

/** Removes files that still had a name when a process was killed. Nobody needs one that has a name. */
export function clearSpool(folder: string): void {
  try {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
  } catch {
    // There is no folder yet, or it cannot be written: then a download is refused in words.
  }
}

/** Pieces of one size, but for the last, which is shorter. */
async function* inPieces(content: Download['content']): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const part of content) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    waiting.push(bytes);
    size += bytes.length;
    if (size < PIECE_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  yield Buffer.concat(waiting);
}

function openNameless(folder: string): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const file = openSync(path, 'wx+', 0o600);
  rmSync(path, { force: true });
  return file;
}

function requireRoom({ folder, leaveBytes }: SpoolPlace): void {
  const [free, needed] = [freeBytes(folder), leaveBytes()];
  if (free >= needed) return;
  const [freeMb, needMb] = [Math.floor(free / MEGABYTE), Math.ceil(needed / MEGABYTE)];
  throw new Refusal('server.disk_full', { what: 'download', freeMb, needMb, seconds: NO_ROOM_SECONDS });
}

async function writeWhole(file: number, piece: Buffer): Promise<void> {
  for (let done = 0; done < piece.length;) {
    const { bytesWritten } = await write(file, piece, done).catch(tellDisk);
    done += bytesWritten;
  }
}

function toFile<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    return tellDisk(error);
  }
}

/** Refuses in words if the disk is full or cannot be written; throws any other error as it is. */
function tellDisk(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(?:ENOSPC|EDQUOT|EFBIG|EIO)$/.test(code))
    throw new Refusal('server.disk_full', { what: 'download', seconds: NO_ROOM_SECONDS });
  if (/^(?:EROFS|EACCES|EPERM|ENOTDIR)$/.test(code))
    throw new Refusal('server.read_only', { seconds: NO_ROOM_SECONDS });
  throw error;
}

/** True if the caller hung up or was cut off, so that nobody can be told. */
export function isBrokenOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
