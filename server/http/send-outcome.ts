import compression from 'compression';
import type { Request, Response } from 'express';
import type { Operation, Picture } from '../../shared/contract/define.ts';
import { Refusal } from '../../shared/errors.ts';
import { addressKey } from './address-key.ts';
import type { Outcome } from './answer.ts';
import { isKnown, sendBytes, sendIfChanged, setCaching, weakTagOf } from './caching.ts';
import { JSON_TYPE } from './call.ts';
import { discard, sendSpooled } from './downloads.ts';
import type { Kernel } from './kernel.ts';
import { pack, packingFor } from './packing.ts';
import { whenClosed } from './receive.ts';

/** Lists are worth packing on a slow phone; answers to writes are small and come in numbers. */
const PACKED_FROM_BYTES = 2048;
/** The system takes so much at once, however slowly the caller reads. */
const SMALL_BYTES = 16 * 1024;
/** A download holds what is read ahead of the caller, and the packer. */
const DOWNLOAD_BYTES = 320 * 1024;
const packDownload = compression({ threshold: PACKED_FROM_BYTES });

/** Sends what was answered. Where too many answers wait to be taken already, it is refused instead. */
export async function sendOutcome(
  kernel: Kernel,
  operation: Operation,
  request: Request,
  response: Response,
  outcome: Outcome,
): Promise<void> {
  switch (outcome.kind) {
    case 'file':
      try {
        holdAnswer(kernel, request, response, DOWNLOAD_BYTES);
      } catch (error) {
        discard(outcome.file);
        throw error;
      }
      // A pipeline listens for the end in nine places, besides those who look after the answer.
      response.setMaxListeners(20);
      if (request.method === 'GET') packDownload(request, response, () => undefined);
      return sendSpooled(response, outcome.file, kernel.limits.stalledMs);
    case 'picture':
      sendPicture(kernel, request, response, outcome.picture);
      return;
    case 'json':
      if (outcome.replayed) response.setHeader('Idempotency-Replayed', 'true');
      return sendAnswer(kernel, operation, request, response, Buffer.from(JSON.stringify(outcome.body)));
  }
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
  holdAnswer(kernel, request, response, bytes.length);
  if (mayPack) response.vary('Accept-Encoding');
  if (packing !== null) response.setHeader('Content-Encoding', packing);
  if (cache !== undefined) setCaching(response, cache);
  if (tag === null) sendBytes(response, JSON_TYPE, bytes);
  else sendIfChanged(request, response, tag, JSON_TYPE, bytes);
}

/** A photo everybody may see is kept by whoever has it: nothing else will ever be behind its address. */
function sendPicture(kernel: Kernel, request: Request, response: Response, picture: Picture): void {
  const { mediaType, bytes, etag, isPublic } = picture;
  holdAnswer(kernel, request, response, bytes.length);
  if (isPublic) {
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    sendIfChanged(request, response, `"${etag}"`, mediaType, bytes);
  } else sendBytes(response, mediaType, bytes);
}

/** Counts an answer for the caller's address and for all until it was taken. */
function holdAnswer(
  { answers, allAnswers }: Kernel,
  request: Request,
  response: Response,
  bytes: number,
): void {
  if (bytes <= SMALL_BYTES) return;
  const ofAddress = answers.hold(addressKey(request.ip), bytes);
  const ofAll = allAnswers.hold('', bytes);
  whenClosed(response, () => {
    ofAddress?.();
    ofAll?.();
  });
  if (ofAddress && ofAll) return;
  // A write is done by now: its key tells.
  throw new Refusal(/^(?:GET|HEAD)$/.test(request.method) ? 'server.busy' : 'server.unknown_outcome');
}
