import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Operation } from '../../shared/operation.ts';

/** How long anybody may show the public board without asking. */
const PUBLIC_S = 5;

/**
 * How callers may keep a read that they ask for again and again. A read with a token is kept by the caller alone, and
 * never shown without asking.
 */
export function setCaching(response: Response, cache: NonNullable<Operation['cache']>): void {
  response.setHeader(
    'Cache-Control',
    cache === 'public' ? `public, max-age=${PUBLIC_S}` : 'private, no-cache',
  );
  if (cache === 'private') response.vary('Authorization').vary('X-Shift');
}

/** An ETag that changes with the answer. It is weak, because the bytes that are sent may be packed. */
export function weakTagOf(bytes: Buffer): string {
  return `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
}

/** Sends 304 if the caller has the content already; returns whether it did. */
export function sendIfKnown(request: Request, response: Response, tag: string): boolean {
  response.setHeader('ETag', tag);
  if (!isKnown(request, tag)) return false;
  response.statusCode = 304;
  response.removeHeader('Content-Encoding');
  response.end();
  return true;
}

/** Whether the caller has it: `If-None-Match: "a", W/"b"` or `*`; compared weakly, as reads are. */
export function isKnown({ headers }: Request, tag: string): boolean {
  const header = headers['if-none-match'];
  if (header === undefined) return false;
  const opaque = (text: string) => text.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',', 50).some((one) => opaque(one) === opaque(tag));
}
