import { hash as digest } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { hash, verify } from '@node-rs/argon2';
import { drawPin } from '../../shared/pin.ts';
import type { RandomBytes } from '../http/index.ts';

/** Argon2id: 12 MiB and three passes, so that four log-ins at once stay far under the server's memory. */
const ARGON2ID = 2; // Algorithm.Argon2id; const enums are not for erasable syntax
const COST = { algorithm: ARGON2ID, memoryCost: 12 * 1024, timeCost: 3, parallelism: 1 };

/**
 * A hash of the same cost that no password has. It is checked if there is no account, so that an unknown name takes
 * as long as a wrong password.
 */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=12288,t=3,p=1$aNFErP3W1oXz91MCuHzdyQ$8c7b8EVpMPbPcHtqmR54CGSrHNN4+Ty1g+jJYPVvRd4';

/** Hashes a password or PIN. Full-width letters and digits of Chinese input methods count as plain ones. */
export function hashSecret(secret: string): Promise<string> {
  return hash(secret.normalize('NFKC'), COST);
}

/**
 * Announces each verification and its cost. A test counts these, to see that unknown names cost as much as known
 * ones.
 */
export const verifying = channel('jishan:verify');

export function verifySecret(hashed: string, secret: string): Promise<boolean> {
  if (verifying.hasSubscribers) verifying.publish({ cost: hashed.split('$').slice(1, 4).join(' ') });
  return verify(hashed, secret.normalize('NFKC'));
}

/** An unguessable token; only its hash is stored. */
export function newToken(random: RandomBytes): string {
  return Buffer.from(random(32)).toString('base64url');
}

/** Tokens are long and random: one plain hash hides them, and they are found by it. */
export function hashToken(token: string): string {
  return digest('sha256', token, 'hex');
}

/** Six digits, none that a neighbour would try first. */
export function newPin(random: RandomBytes): string {
  return drawPin((below) => randomBelow(random, below));
}

/** Neither 0/o nor 1/i/l, so that it survives being read out or copied from paper. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A one-time password in groups of four, 59 bits: k7mf-2xqp-9hwt. */
export function newPassword(random: RandomBytes): string {
  const group = () =>
    Array.from({ length: 4 }, () => READABLE[randomBelow(random, READABLE.length)]).join('');
  return [group(), group(), group()].join('-');
}

/** A uniform number in 0…below−1. Draws that would favour small numbers are thrown away. */
export function randomBelow(random: RandomBytes, below: number): number {
  const range = 2 ** 32;
  const fair = range - (range % below);
  for (;;) {
    const draw = Buffer.from(random(4)).readUInt32BE();
    if (draw < fair) return draw % below;
  }
}
