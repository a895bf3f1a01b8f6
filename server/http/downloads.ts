import { randomUUID } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Download, OpenFile } from '../../shared/contract/define.ts';

const CHUNK_BYTES = 64 * 1024;

/** Content written out, held by nothing but this descriptor: it vanishes when closed, also when the process dies. Or an open file. */
export interface Spooled {
  readonly download: Download | OpenFile;
  readonly descriptor: number;
}

/** Writes the content out, so that how fast the caller reads it is no business of the database. What is a file stays one. */
export async function spool(download: Download | OpenFile, folder: string): Promise<Spooled> {
  if ('descriptor' in download) return { download, descriptor: download.descriptor };
  const path = join(folder, `download-${randomUUID()}`);
  const descriptor = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  try {
    await writeAll(descriptor, download.content);
    return { download, descriptor };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

async function writeAll(descriptor: number, content: Download['content']): Promise<void> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  const flush = () => {
    if (size > 0) writeSync(descriptor, Buffer.concat(waiting));
    waiting = [];
    size = 0;
  };
  for await (const part of content) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    waiting.push(bytes);
    size += bytes.length;
    if (size >= CHUNK_BYTES) flush();
  }
  flush();
}

/** Sends what was spooled under the download's name, and lets go of it. */
export async function sendSpooled(response: Response, { download, descriptor }: Spooled): Promise<void> {
  const { filename, mediaType } = download;
  const plain = filename.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(filename);
  const size = fstatSync(descriptor).size;
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Content-Disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
  response.setHeader('Content-Length', size);
  try {
    await pipeline(createReadStream('', { fd: descriptor, start: 0 }), response);
  } catch (error) {
    if (!isBrokenOff(error)) throw error;
  }
}

/** The caller hung up: theirs to do, and nobody is left to be told. */
function isBrokenOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

export function discard({ descriptor }: Spooled): void {
  closeSync(descriptor);
}
