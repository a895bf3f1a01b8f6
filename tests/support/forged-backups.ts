import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { macOf } from '../../server/backups/backup-mac.ts';
import { backupKeysOf } from '../../server/config.ts';

/** Altered backups: damaged by accident, changed by guess, or forged with all knowledge but the secret. */

export function changed(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  const middle = Math.floor(copy.length / 2);
  copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}

/** Replaces text in the backup without correcting its checksum. */
export function repacked(file: Buffer, what: RegExp, by: string): Buffer {
  const text = gunzipSync(file).toString();
  const other = text.replace(what, by);
  expect(other).not.toBe(text);
  return gzipSync(other);
}

/** Replaces text in the backup and corrects its checksum. */
export function resealed(file: Buffer, what = /$/, by = '', macOf?: (sha256: string) => string): Buffer {
  const changed = by === '' ? file : repacked(file, what, by);
  const [content = ''] = gunzipSync(changed).toString().split('{"end":');
  const sha256 = createHash('sha256').update(content).digest('hex');
  return gzipSync(`${content}${JSON.stringify({ end: 'jishan.backup', sha256, mac: macOf?.(sha256) })}\n`);
}

/** Adds an account with a known password. The book and its head stay the same. */
export function withOwnPassword(file: Buffer, macOf?: (sha256: string) => string): Buffer {
  return resealed(
    file,
    /\$argon2id\$v=19\$[^"]*/,
    '$argon2id$v=19$m=12288,t=3,p=1$c2FsdHNhbHQ$aGFzaA',
    macOf,
  );
}

export function macIn(file: Buffer): () => string {
  const { mac } = JSON.parse(gunzipSync(file).toString().trimEnd().split('\n').at(-1) ?? '') as {
    mac: string;
  };
  return () => mac;
}

export function macWith(current: string): (sha256: string) => string {
  return (sha256) => macOf(backupKeysOf({ current, previous: [] }), sha256);
}

/** Adds a backup lease that never expires, so that no backup could be made again. */
export function withLeases(file: Buffer): Buffer {
  const columns = ['id:text', 'holder:text', 'held_until_ms:int'].map((one) => {
    const [name, kind] = one.split(':');
    return { name, kind };
  });
  const table = JSON.stringify({ name: 'leases', columns, key: ['id'], rows: 1 });
  const rows = `{"table":"leases"}\n["backup","nobody",9000000000000000]\n`;
  const named = repacked(file, /"tables":\[/, `"tables":[${table},`);
  return resealed(named, /\n/, `\n${rows}`);
}

/** Names the first migration of a trial version of 0.1.0. */
export function ofTrial(file: Buffer): Buffer {
  return repacked(
    file,
    /"sqlite":\["\w+/,
    '"sqlite":["7eb09293f53f94ced0e8358e18f8550c2d1c0a510c58202e631082f377d8be14',
  );
}

export function otherSchema(file: Buffer): Buffer {
  return repacked(file, /"sqlite":\["./, '"sqlite":["~');
}
