import { pipeline } from 'node:stream/promises';
import compression from 'compression';
import type { Request, Response } from 'express';
import type { Operation, Picture } from '../../shared/operation.ts';
import { Refusal } from '../../shared/errors.ts';
import { addressKey } from './address-key.ts';
import type { Outcome } from './request-steps.ts';
import { isKnown, sendIfKnown, setCaching, weakTagOf } from './caching.ts';
import { JSON_TYPE } from './request-note.ts';
import { discard, isBrokenOff, sendSpooled, type Spooled } from './downloads.ts';
import type { Kernel } from './kernel-options.ts';
import { pack, packingFor } from './packing.ts';
import { whenClosed } from './when-closed.ts';

/** Lists are worth packing on a slow phone; answers to writes are small and come in numbers. */
const PACKED_FROM_BYTES = 2048;
/** The system buffers this much at once, however slowly the caller reads. */
const SMALL_BYTES = 16 * 1024;
/** A large answer is handed to the connection in pieces of this size. */
const PIECE_BYTES = 16 * 1024;
/** A download holds the bytes read ahead of the caller, and the packer. */
const DOWNLOAD_BYTES = 320 * 1024;
const packDownload = compression({ threshold: PACKED_FROM_BYTES });

/** Sends the outcome. It is refused if too many answers wait to be taken and no room can be made. */
export async function sendOutcome(
  kernel: Kernel,
  operation: Operation,
  request: Request,
  response: Response,
  outcome: Outcome,
): Promise<void> {
  // A pipeline listens for the end in nine places, besides those who look after the answer.
  response.setMaxListeners(20);
  switch (outcome.kind) {
    case 'file':
      return sendDownload(kernel, request, response, outcome.file);
    case 'picture':
      return sendPicture(kernel, request, response, outcome.picture);
    case 'json':
      if (outcome.replayed) response.setHeader('Idempotency-Replayed', 'true');
      return sendAnswer(kernel, operation, request, response, Buffer.from(JSON.stringify(outcome.body)));
  }
}

async function sendDownload(
  kernel: Kernel,
  request: Request,
  response: Response,
  file: Spooled,
): Promise<void> {
  let onTaken: () => void;
  try {
    onTaken = holdAnswer(kernel, request, response, DOWNLOAD_BYTES);
  } catch (error) {
    discard(file);
    throw error;
  }
  if (request.method === 'GET') packDownload(request, response, () => undefined);
  return sendSpooled(response, file, kernel.limits.stalledMs, onTaken);
}

async function sendAnswer(
  kernel: Kernel,
  { cache }: Operation,
  request: Request,
  response: Response,
  whole: Buffer,
): Promise<void> {
  const tag = cache === undefined ? null : weakTagOf(whole);
  const mayPack = request.method === 'GET' && whole.length >= PACKED_FROM_BYTES;
  const packing = mayPack && !(tag !== null && isKnown(request, tag)) ? packingFor(request) : null;
  const bytes = packing === null ? whole : await pack(whole, packing, 'fast');
  const onTaken = holdAnswer(kernel, request, response, bytes.length);
  if (mayPack) response.vary('Accept-Encoding');
  if (packing !== null) response.setHeader('Content-Encoding', packing);
  if (cache !== undefined) setCaching(response, cache);
  if (tag !== null && sendIfKnown(request, response, tag)) return;
  return sendBytes(response, JSON_TYPE, bytes, onTaken);
}

/** Sends a photo. Callers may keep a public one for ever, because its address never shows another. */
async function sendPicture(
  kernel: Kernel,
  request: Request,
  response: Response,
  { mediaType, bytes, etag, isPublic }: Picture,
): Promise<void> {
  const onTaken = holdAnswer(kernel, request, response, bytes.length);
  if (isPublic) {
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    if (sendIfKnown(request, response, `"${etag}"`)) return;
  }
  return sendBytes(response, mediaType, bytes, onTaken);
}

/** Sends a large answer in pieces, so that it is known when the caller took some of it. */
async function sendBytes(
  response: Response,
  mediaType: string,
  bytes: Uint8Array,
  onTaken: () => void,
): Promise<void> {
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Content-Length', bytes.length);
  if (bytes.length <= SMALL_BYTES) {
    response.end(bytes);
    return;
  }
  await pipeline(piecesOf(bytes, onTaken), response).catch((error: unknown) => {
    if (!isBrokenOff(error)) throw error;
  });
}

function* piecesOf(bytes: Uint8Array, onTaken: () => void): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    onTaken();
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
}

/**
 * Counts an answer against the limits of the caller's address and of all callers until it was taken. Returns the
 * function that notes that some of it was. A write is done by now. If it is refused here, the caller learns its
 * outcome by asking again with the same key.
 */
function holdAnswer({ answers }: Kernel, request: Request, response: Response, bytes: number): () => void {
  if (bytes <= SMALL_BYTES) return () => undefined;
  const held = answers.hold({ address: addressKey(request.ip), socket: request.socket, bytes });
  if (!held)
    throw new Refusal(/^(?:GET|HEAD)$/.test(request.method) ? 'server.busy' : 'server.unknown_outcome');
  whenClosed(response, held.release);
  return held.noteTaken;
}
