import { hash } from '@node-rs/argon2';
import { verifying } from '../../server/identity/index.ts';

/** What one check of a password or PIN costs, as the hash says. */
export const PASSWORD_COST = 'argon2id v=19 m=12288,t=3,p=1';

const ARGON2ID = 2; // Algorithm.Argon2id, a const enum
const CHEAP = { algorithm: ARGON2ID, memoryCost: 64, timeCost: 1, parallelism: 1 };

/**
 * A hash of a secret that is right, at a fraction of the cost: the hash itself says what checking it takes. Where the cost is
 * what a test is about, the server makes the hash.
 */
export function cheapHash(secret: string): Promise<string> {
  return hash(secret, CHEAP);
}

/** Runs `act` and tells which passwords or PINs were checked meanwhile, by their cost: work is counted, not timed. */
export async function workOf<T>(act: () => Promise<T>): Promise<{ result: T; verified: string[] }> {
  const verified: string[] = [];
  const note = (message: unknown) => void verified.push((message as { cost: string }).cost);
  verifying.subscribe(note);
  try {
    return { result: await act(), verified };
  } finally {
    verifying.unsubscribe(note);
  }
}
