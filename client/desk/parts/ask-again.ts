import type { Outcome } from '../../api/index.ts';

interface Asking {
  readonly attempts?: number;
  readonly pauseMs?: number;
  /** The answer was lost, and the same is asked again. */
  readonly onLost?: () => void;
}

/** Asks the same once more when the answer was lost on the way; the sending carries one key, so it is done once. */
export async function askAgain<T>(
  send: () => Promise<Outcome<T>>,
  { attempts = 3, pauseMs = 1500, onLost }: Asking = {},
): Promise<Outcome<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await send();
    if (outcome.kind !== 'unknown' || attempt >= attempts) return outcome;
    onLost?.();
    await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
  }
}
