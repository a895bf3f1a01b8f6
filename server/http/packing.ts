import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request } from 'express';

export type Packing = 'br' | 'gzip';

const brotliOf = promisify(brotliCompress);
const gzipOf = promisify(gzip);

/** Content for everybody is packed once, and well. An answer to one caller is packed fast. */
const LEVELS = { well: { br: 9, gzip: 9 }, fast: { br: 4, gzip: 6 } } as const;

/** How the caller can unpack an answer; null where it cannot. */
export function packingFor(request: Request): Packing | null {
  if (request.acceptsEncodings('br')) return 'br';
  return request.acceptsEncodings('gzip') ? 'gzip' : null;
}

/** Packs everything at once. A caller who does not take the answer then holds the packed bytes, but no packer. */
export function pack(bytes: Buffer, packing: Packing, how: keyof typeof LEVELS): Promise<Buffer> {
  const level = LEVELS[how][packing];
  if (packing === 'gzip') return gzipOf(bytes, { level });
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: level,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliOf(bytes, { params });
}
