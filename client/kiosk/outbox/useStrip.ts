import { computed, type ComputedRef } from 'vue';
import { useClock } from '../composables/useClock.ts';
import { type MayHandOut, useMayHandOut } from '../composables/useMayHandOut.ts';
import { useOutboxView } from '../composables/useOutboxView.ts';
import { useServerClock } from '../composables/useServerClock.ts';
import { useStation } from '../composables/useStation.ts';
import type { KeptRow } from '../../outbox/outbox-disk.ts';
import { useMove } from '../move/useMove.ts';
import { type StripState, stripState, type Waiting, waitingOf } from './strip-state.ts';
import { createToldAnswers, tallyOf } from './told-answers.ts';

export interface Strip {
  readonly state: ComputedRef<StripState>;
  readonly waiting: ComputedRef<Waiting>;
  /** Answers that nobody has seen yet. */
  readonly told: ComputedRef<readonly KeptRow[]>;
  readonly mayHandOut: ComputedRef<MayHandOut>;
  readonly see: () => void;
}

/** The facts behind the strip, anew each second. */
export function useStrip(): Strip {
  const station = useStation();
  const outbox = useOutboxView();
  const clock = useServerClock();
  const nowMs = useClock();
  const { to, goneTo } = useMove();
  const answers = createToldAnswers(localStorage);
  const rows = computed(() => outbox?.rows.value ?? []);
  const waiting = computed(() =>
    waitingOf(rows.value, { isConnected: station.isConnected.value, nowMs: nowMs.value }),
  );
  const told = computed(() => answers.among(rows.value));
  const mayHandOut = useMayHandOut();
  return {
    waiting,
    told,
    mayHandOut,
    state: computed(() =>
      stripState({
        isConnected: station.isConnected.value,
        // Read anew each second: it tells of no change.
        blockedBy: nowMs.value > 0 ? (outbox?.blockedBy() ?? null) : null,
        mayHandOut: mayHandOut.value,
        waiting: waiting.value,
        tally: tallyOf(told.value),
        offsetMs: clock.seen.value,
        goneTo: goneTo.value,
        hasMoved: to.value?.why === 'changed' && station.stage.value !== 'pairing',
      }),
    ),
    see: () => answers.see(told.value, rows.value),
  };
}
