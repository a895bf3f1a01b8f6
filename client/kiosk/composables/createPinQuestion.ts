import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Failure } from '../../api/index.ts';
import type { Visit } from './createVisit.ts';
import type { Station } from './useStation.ts';

/** Asks the household for its PIN before a basket above the village's amount goes out. */
export interface PinQuestion {
  readonly isOpen: Ref<boolean>;
  readonly isChecking: Readonly<Ref<boolean>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** After too many wrong ones: not before this moment. */
  readonly waitUntilMs: Readonly<Ref<number>>;
  readonly ask: () => void;
  readonly close: () => void;
  readonly enter: (pin: string) => Promise<void>;
}

interface PinQuestionParts {
  readonly station: Station;
  readonly visit: Visit;
  readonly now: () => number;
  /** The PIN was right: the basket goes out. */
  readonly proven: () => void;
}

export function createPinQuestion({ station, visit, now, proven }: PinQuestionParts): PinQuestion {
  const isOpen = ref(false);
  const isChecking = ref(false);
  const failure = shallowRef<Failure | null>(null);

  async function enter(pin: string): Promise<void> {
    const household = visit.household.value;
    if (!household || isChecking.value) return;
    isChecking.value = true;
    const { id: householdId } = household;
    const isWanted = () => isOpen.value && visit.household.value?.id === householdId;
    const outcome = await station.api.call('kiosk.checkPin', { body: { householdId, pin } });
    isChecking.value = false;
    // Another household stands here by now, or nobody wants to know any more.
    if (!isWanted()) return;
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind === 'answer') {
      visit.prove(outcome.data);
      isOpen.value = false;
      proven();
    } else if (outcome.kind === 'problem' && outcome.problem.code === 'auth.locked') {
      visit.pinWaitUntilMs.value = now() + Number(outcome.problem.params.seconds ?? 60) * 1000;
    }
  }

  return {
    isOpen,
    isChecking,
    failure,
    waitUntilMs: visit.pinWaitUntilMs,
    ask() {
      failure.value = null;
      isOpen.value = true;
    },
    close: () => void (isOpen.value = false),
    enter,
  };
}
