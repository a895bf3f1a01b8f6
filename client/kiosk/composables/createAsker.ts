import { ref, type Ref } from 'vue';
import type { Outcome } from '../../api/index.ts';
import { askUntilKnown, type Asking, type Settled } from '../ask-again.ts';

/** A sending under way. From the second attempt on, the screen says that it is asking again. */
export interface Progress {
  readonly kind: 'redeem' | 'undo';
  readonly unclearAttempts: number;
  /** Every attempt so far said that nothing moved. */
  readonly mayLeave: boolean;
}

export interface Sending {
  readonly kind: Progress['kind'];
  /** False: it may have been sent before a reload or by whoever was on duty before. */
  readonly isFirst: boolean;
}

export interface Asker {
  readonly progress: Ref<Progress | null>;
  /** Marks a sending as begun; false when another is still under way. */
  readonly begin: (kind: Progress['kind']) => boolean;
  /** Sends, and asks again until it is known what became of it. */
  readonly ask: <T>(sending: Sending, send: () => Promise<Outcome<T>>) => Promise<Asked<T>>;
  /** Asks at once instead of after the pause. */
  readonly askNow: () => void;
  /** Gives up; heeded only while it is certain that nothing moved. */
  readonly giveUp: () => void;
}

export type Asked<T> = Settled<T> & {
  /** At least one attempt, before a reload perhaps, was left without a clear answer. */
  readonly wasUnclear: boolean;
};

export function createAsker(): Asker {
  const progress = ref<Progress | null>(null);
  let wake: ((goOn: boolean) => void) | null = null;

  function begin(kind: Progress['kind']): boolean {
    if (progress.value) return false;
    progress.value = { kind, unclearAttempts: 0, mayLeave: true };
    return true;
  }

  async function ask<T>({ kind, isFirst }: Sending, send: () => Promise<Outcome<T>>): Promise<Asked<T>> {
    let wasUnclear = !isFirst;
    const asking: Asking = {
      isFirst,
      onUnclear(unclearAttempts, mayLeave) {
        wasUnclear = true;
        progress.value = { kind, unclearAttempts, mayLeave };
      },
      wait: (ms) =>
        new Promise((resolve) => {
          const timer = setTimeout(() => resolve(true), ms);
          wake = (goOn) => {
            clearTimeout(timer);
            resolve(goOn);
          };
        }),
    };
    progress.value = { kind, unclearAttempts: 0, mayLeave: isFirst };
    try {
      return { ...(await askUntilKnown(send, asking)), wasUnclear };
    } finally {
      wake = null;
      progress.value = null;
    }
  }

  return { progress, begin, ask, askNow: () => wake?.(true), giveUp: () => wake?.(false) };
}
