import { hash } from '@node-rs/argon2';
import { verifying } from '../../server/identity/index.ts';

/** The parameters in a hash that say how much work its check is. */
export const PASSWORD_COST = 'argon2id v=19 m=12288,t=3,p=1';

const ARGON2ID = 2; // Algorithm.Argon2id, a const enum
const CHEAP = { algorithm: ARGON2ID, memoryCost: 64, timeCost: 1, parallelism: 1 };

/**
 * A valid hash that is checked at a fraction of the cost, because a hash names its own parameters. Tests of the cost
 * let the server make the hash.
 */
export function cheapHash(secret: string): Promise<string> {
  return hash(secret, CHEAP);
}

/** Runs `act` and returns the cost of each password or PIN that was checked meanwhile. It counts work, not time. */
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
