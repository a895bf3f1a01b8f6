import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Operation, Picture } from '../../shared/contract/define.ts';
import { sendJson } from './call.ts';

/** How long anybody may show the public board without asking. */
const PUBLIC_S = 5;

/**
 * Answers a read that callers ask again and again. Its tag is of the answer itself, weak because what travels may be
 * packed. What was asked with a token is kept by nobody but the caller, and never shown without asking.
 */
export function sendCached(
  request: Request,
  response: Response,
  cache: NonNullable<Operation['cache']>,
  body: unknown,
): void {
  const tag = `W/"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`;
  response.setHeader('ETag', tag);
  response.setHeader(
    'Cache-Control',
    cache === 'public' ? `public, max-age=${PUBLIC_S}` : 'private, no-cache',
  );
  if (cache === 'private') response.vary('Authorization').vary('X-Shift');
  if (!isKnown(request.headers['if-none-match'], tag)) {
    sendJson(response, 200, body);
    return;
  }
  response.statusCode = 304;
  response.end();
}

/** A photo everybody may see is kept by whoever has it: nothing else will ever be behind its address. */
export function sendPicture(request: Request, response: Response, picture: Picture): void {
  const { mediaType, bytes, isPublic } = picture;
  if (isPublic) {
    const tag = `"${picture.etag}"`;
    response.setHeader('ETag', tag);
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    if (isKnown(request.headers['if-none-match'], tag)) {
      response.statusCode = 304;
      response.end();
      return;
    }
  }
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}

/** `If-None-Match: "a", W/"b"` or `*`; compared weakly, as reads are. */
function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const opaque = (text: string) => text.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',', 50).some((one) => opaque(one) === opaque(tag));
}
