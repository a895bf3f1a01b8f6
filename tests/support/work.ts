import { verifying } from '../../server/identity/index.ts';

/** What one check of a password or PIN costs, as the hash says. */
export const PASSWORD_COST = 'argon2id v=19 m=12288,t=3,p=1';

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
