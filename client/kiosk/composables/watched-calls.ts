import { ref, type Ref } from 'vue';
import type { Failure, Outcome } from '../../api/index.ts';

/** Calls by which the station knows whether the network is there and whether device and shift still count. */
export interface WatchedCalls {
  readonly isConnected: Ref<boolean>;
  /** When the server was last heard of. */
  readonly heardAtMs: () => number;
  /** The number of the next call. */
  readonly next: () => number;
  /** Device or shift have changed: answers to calls before speak of the one before. */
  readonly changed: () => void;
  /** The call with this number speaks of the device and the shift of now. */
  readonly isOfNow: (number: number) => boolean;
  /** Makes a call and hears its answer; `hear` comes before the stage changes by it. */
  readonly watched: <T>(
    call: () => Promise<Outcome<T>>,
    hear?: (outcome: Outcome<T>) => void,
  ) => Promise<Outcome<T>>;
}

export function createWatchedCalls(
  now: () => number,
  refused: (outcome: Failure & { kind: 'problem' }) => void,
): WatchedCalls {
  const isConnected = ref(true);
  let heardAtMs = Number.NEGATIVE_INFINITY;
  /** Calls are numbered as they are made. An answer to an earlier call than the newest one answered comes late. */
  let called = 0;
  let answered = 0;
  let changedAt = 0;
  const isOfNow = (number: number) => number > changedAt;

  return {
    isConnected,
    isOfNow,
    heardAtMs: () => heardAtMs,
    next: () => called + 1,
    changed: () => void (changedAt = called),
    async watched(call, hear = () => undefined) {
      called += 1;
      const mine = called;
      const outcome = await call();
      hear(outcome);
      if (outcome.kind !== 'unknown') {
        answered = Math.max(answered, mine);
        isConnected.value = true;
        heardAtMs = now();
      } else if (mine > answered) isConnected.value = false;
      if (outcome.kind === 'problem' && isOfNow(mine)) refused(outcome);
      return outcome;
    },
  };
}
