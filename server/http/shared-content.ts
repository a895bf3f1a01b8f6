import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { sendIfKnown } from './caching.ts';
import { pack, type Packing, packingFor } from './packing.ts';

const PACKED_FROM_BYTES = 1024;

interface Packed {
  readonly bytes: Buffer;
  /** Null if it is not packed. */
  readonly packing: Packing | null;
}

/** Content that is the same for everybody. All answers share one copy of it, however slowly callers take them. */
export interface SharedContent {
  readonly mediaType: string;
  /** Changes with the content. */
  readonly tag: string;
  packed(packing: Packing | null): Promise<Packed>;
}

export function sharedContent(content: Buffer | string, mediaType: string): SharedContent {
  const bytes = Buffer.from(content);
  const made = new Map<Packing, Promise<Packed>>();
  return {
    mediaType,
    tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    packed(packing) {
      if (packing === null || bytes.length < PACKED_FROM_BYTES)
        return Promise.resolve({ bytes, packing: null });
      const found = made.get(packing);
      if (found) return found;
      const now = pack(bytes, packing, 'well').then((packed) => ({ bytes: packed, packing }));
      made.set(packing, now);
      return now;
    },
  };
}

/** Sends the content in a packing that the caller accepts, or 304 if the caller has it. */
export async function sendShared(
  request: Request,
  response: Response,
  content: SharedContent,
  cacheControl: string,
): Promise<void> {
  const { bytes, packing } = await content.packed(packingFor(request));
  response.setHeader('Cache-Control', cacheControl);
  response.vary('Accept-Encoding');
  if (packing !== null) response.setHeader('Content-Encoding', packing);
  if (sendIfKnown(request, response, `W/"${content.tag}"`)) return;
  response.setHeader('Content-Type', content.mediaType);
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}
