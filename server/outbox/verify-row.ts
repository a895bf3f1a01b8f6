import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { doneText, type OutboxRow, rowText, thumbprintText } from '../../shared/outbox/row.ts';

export interface PublicKey {
  readonly x: string;
  readonly y: string;
}

/** The id of a device's key (RFC 7638). */
export function thumbprintOf(key: PublicKey): string {
  return createHash('sha256').update(thumbprintText(key)).digest('base64url');
}

/** The key, or null where it is no point of the curve. */
export function readKey({ x, y }: PublicKey): KeyObject | null {
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
  } catch {
    return null;
  }
}

/** Whether the row, and the mark that it was done, are signed by this key over just what they say. */
export function isSignedBy(key: KeyObject, row: OutboxRow): boolean {
  const text = rowText(row);
  if (createHash('sha256').update(text).digest('hex') !== row.hash) return false;
  if (!isSigned(key, text, row.signature)) return false;
  return row.done === null || isSigned(key, doneText(row, row.done), row.done.signature);
}

function isSigned(key: KeyObject, text: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64url');
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, given);
}
