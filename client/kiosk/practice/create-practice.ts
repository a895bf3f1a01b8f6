import { computed, type InjectionKey, inject, type Ref, shallowRef, type ShallowRef } from 'vue';
import type { PracticeParts, PracticeTill } from './practice-parts.ts';

/** The way into the practice and out of it. */
export interface Practice {
  readonly till: Readonly<ShallowRef<PracticeTill | null>>;
  readonly isOn: Readonly<Ref<boolean>>;
  /** Not while something of the shop's is unsent: then it says why not, and nothing begins. */
  readonly begin: () => Promise<void>;
  readonly end: () => void;
}

export const practiceKey: InjectionKey<Practice> = Symbol('practice');

export function usePractice(): Practice {
  const practice = inject(practiceKey);
  if (!practice) throw new Error('no practice was provided');
  return practice;
}

export function createPractice(parts: PracticeParts): Practice {
  const { station, goods, kiosk } = parts.real;
  const till = shallowRef<PracticeTill | null>(null);

  function end(): void {
    till.value?.stop();
    till.value = null;
  }

  function isFree(): boolean {
    const { place, aside, owed, damaged } = kiosk.counter.state;
    if (station.isSigningIn.value || aside !== null || owed.length > 0 || damaged !== null) return false;
    if (kiosk.returns.owed.value !== null) return false;
    if (place.at === 'serving') return place.visit.lines.length === 0;
    return place.at === 'waiting' || place.at === 'shut' || place.at === 'done';
  }

  function refuse(): void {
    kiosk.counter.feed({ is: 'dialog', dialog: null });
    kiosk.counter.feed({ is: 'told', notice: { kind: 'warn', name: 'practiceNotNow' } });
  }

  return {
    till,
    isOn: computed(() => till.value !== null),
    async begin() {
      if (till.value !== null) return;
      const { createTill } = await import('./practice-till.ts');
      if (!isFree()) {
        refuse();
        return;
      }
      // Before the practice begins: during it nothing is asked for.
      if (!goods.isKnown.value && station.isConnected.value) await goods.refresh();
      if (!isFree()) {
        refuse();
        return;
      }
      kiosk.leaveIdle();
      kiosk.counter.feed({ is: 'left' });
      till.value = createTill(parts, end);
    },
    end,
  };
}
