import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { RandomBytes } from './ids.ts';

/** Keys for answers that hold a password, PIN or code; earlier ones still open what they sealed. */
export interface AnswerKeys {
  readonly current: KeyObject;
  readonly previous: readonly KeyObject[];
}

const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';

/** `bound` names the row that the text belongs to: sealed text copied to another row does not open. */
export function seal(keys: AnswerKeys, random: RandomBytes, text: string, bound: string): string {
  const nonce = random(12);
  const cipher = createCipheriv(ALGORITHM, keys.current, nonce).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [
    VERSION,
    ...[nonce, cipher.getAuthTag(), sealed].map((part) => Buffer.from(part).toString('base64url')),
  ].join('.');
}

/** Null when no key opens it: the secret was lost or replaced. */
export function unseal(keys: AnswerKeys, sealed: string, bound: string): string | null {
  const [version, nonce = '', tag = '', text = ''] = sealed.split('.');
  if (version !== VERSION) return null;
  for (const key of [keys.current, ...keys.previous]) {
    try {
      const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, 'base64url'))
        .setAAD(Buffer.from(bound))
        .setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString(
        'utf8',
      );
    } catch {
      // This key did not seal it; the next may have.
    }
  }
  return null;
}
