import { ref, type Ref, watch } from 'vue';
import type { Memory } from '../memory.ts';
import type { NotLetIn, Station } from './station.ts';

/**
 * Longer than a household takes to choose at the shelf, and shorter than somebody who walks in needs to look around. The
 * household leaves the screen after a minute anyway; the server ends the shift after half an hour.
 */
export const LOCKS_AFTER_MS = 5 * 60_000;

/** Locks the screen of the volunteer on duty: the shift goes on, and the PIN opens it. */
export interface ScreenLock {
  readonly isLocked: Readonly<Ref<boolean>>;
  readonly lock: () => void;
  /** The PIN of the volunteer on duty. Null: the screen is open. */
  readonly unlock: (pin: string) => Promise<NotLetIn | null>;
  /** Another volunteer takes over by signing in: the shift before ends without its volunteer. */
  readonly takeOver: (volunteerId: string, pin: string) => Promise<NotLetIn | null>;
  /** How often somebody took over on this page. */
  readonly takeovers: Readonly<Ref<number>>;
}

interface LockParts {
  readonly station: Station;
  readonly memory: Memory;
  /** Takes households off the screen. */
  readonly hide: () => void;
}

export function createScreenLock({ station, memory, hide }: LockParts): ScreenLock {
  const isLocked = ref(memory.isLocked);
  const takeovers = ref(0);

  function keep(next: boolean): void {
    isLocked.value = next;
    memory.isLocked = next;
  }

  watch(
    station.stage,
    (stage) => {
      // Signing in takes a PIN of its own. Before the state is known, a reload stays locked.
      if (stage === 'signing_in' || stage === 'pairing') keep(false);
    },
    { immediate: true, flush: 'sync' },
  );

  return {
    ...{ isLocked, takeovers },
    lock() {
      if (station.stage.value !== 'open') return;
      keep(true);
      hide();
    },
    async unlock(pin) {
      const failure = await station.unlock(pin);
      if (failure === null) keep(false);
      return failure;
    },
    async takeOver(volunteerId, pin) {
      const failure = await station.signIn(volunteerId, pin);
      if (failure !== null) return failure;
      keep(false);
      takeovers.value += 1;
      return null;
    },
  };
}
