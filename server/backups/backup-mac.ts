import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Trailer } from './format.ts';

/**
 * Keys derived from the server's secret (server/config.ts). `current` marks new backups; `previous` still recognise
 * older ones.
 */
export interface BackupKeys {
  readonly current: KeyObject;
  readonly previous: readonly KeyObject[];
}

/**
 * The mark that proves that this server made a backup. Anybody can compute a checksum; this MAC needs the server's
 * secret.
 */
export function macOf({ current }: BackupKeys, sha256: string): string {
  return compute(current, sha256).toString('hex');
}

/** Whether a backup was made with this server's secret, the present one or one it had before. */
export function isMadeHere(keys: BackupKeys | null, { sha256, mac = '' }: Trailer): boolean {
  if (keys === null) return false;
  const found = Buffer.from(mac, 'hex');
  return [keys.current, ...keys.previous].some((key) => {
    const wanted = compute(key, sha256);
    return found.length === wanted.length && timingSafeEqual(found, wanted);
  });
}

/** The keys as hexadecimal text, for the message to the backup process. */
export interface SentKeys {
  readonly current: string;
  readonly previous: readonly string[];
}

export function keysToSend({ current, previous }: BackupKeys): SentKeys {
  const text = (key: KeyObject) => key.export().toString('hex');
  return { current: text(current), previous: previous.map(text) };
}

export function keysSent({ current, previous }: SentKeys): BackupKeys {
  const key = (text: string) => createSecretKey(Buffer.from(text, 'hex'));
  return { current: key(current), previous: previous.map(key) };
}

function compute(key: KeyObject, sha256: string): Buffer {
  return createHmac('sha256', key).update(sha256).digest();
}
