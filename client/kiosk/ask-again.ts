import { mayRetry, type Failure, type Outcome } from '../api/index.ts';

/** How a sending ended: answered, refused, or given up by the person while it was certain that nothing moved. */
export type Settled<T> =
  | { readonly kind: 'answer'; readonly data: T }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'left' };

export interface Asking {
  /** Nothing was sent under this key before: only then can it be certain that nothing moved. */
  readonly isFirst: boolean;
  /** Called after each attempt without a clear answer. */
  readonly onUnclear: (attempt: number, mayLeave: boolean) => void;
  /** Waits before the next attempt; false: the person gives up. */
  readonly wait: (ms: number) => Promise<boolean>;
}

/**
 * Sends until it is known what became of it. Every attempt carries the same idempotency key, so however often
 * it is asked, it is booked once. Leaving is offered only while every attempt said that nothing moved, those
 * before a reload included: what became of them nobody knows.
 */
export async function askUntilKnown<T>(send: () => Promise<Outcome<T>>, asking: Asking): Promise<Settled<T>> {
  let mayLeave = asking.isFirst;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await send();
    if (outcome.kind === 'answer') return { kind: 'answer', data: outcome.data };
    if (!mayRetry(outcome)) return { kind: 'refused', failure: outcome };
    mayLeave &&= outcome.kind === 'problem' && outcome.problem.moved === 'no';
    asking.onUnclear(attempt, mayLeave);
    if (!(await asking.wait(pauseMs(attempt))) && mayLeave) return { kind: 'left' };
  }
}

/** 1, 2, 4, then every 5 seconds. */
export function pauseMs(attempt: number): number {
  return Math.min(1000 * 2 ** (attempt - 1), 5000);
}
