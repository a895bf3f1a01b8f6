import { type Ref, shallowRef, watch } from 'vue';
import type { Counter } from '../counter/create-counter.ts';
import type { OverBy, ShiftMeter } from '../shift-meter.ts';
import type { Station } from './station.ts';

/** Ends a shift without the server when it is over. */
export interface ShiftEnd {
  /** Nothing new begins in the shift on duty. The server ends its own shifts where it can be reached. */
  readonly isOver: () => boolean;
  /** Why this device ended the last shift; null: it did not, or somebody is on duty again. */
  readonly endedBy: Readonly<Ref<OverBy | null>>;
  /** Somebody uses the counter. Keys that are pressed at a locked screen are no use of it. */
  readonly use: () => void;
  /** Time has passed: ends the shift once nothing of it is under way any more. */
  readonly look: () => void;
}

interface ShiftEndParts {
  readonly station: Pick<
    Station,
    'stage' | 'state' | 'isConnected' | 'isLocalShift' | 'shiftId' | 'endShiftHere' | 'isSigningIn'
  >;
  readonly meter: ShiftMeter;
  readonly isLocked: Readonly<Ref<boolean>>;
  readonly counter: () => Counter;
  readonly now: () => number;
  /** The server's time as this device knows it. */
  readonly serverMs: () => number;
}

export function createShiftEnd(parts: ShiftEndParts): ShiftEnd {
  const { station, meter, isLocked, counter, now, serverMs } = parts;
  const endedBy = shallowRef<OverBy | null>(null);
  let isEnding = false;

  function onDuty(): { id: string; hasLastedMs: number } | null {
    const id = station.shiftId();
    if (station.stage.value !== 'open' || id === '') return null;
    const shift = station.state.value?.shift;
    // A shift of this device began by its own clock.
    const nowMs = station.isLocalShift.value ? now() : serverMs();
    return { id, hasLastedMs: shift?.id === id ? nowMs - shift.startedAtMs : 0 };
  }

  function over(): OverBy | null {
    const shift = onDuty();
    return shift === null ? null : meter.look(shift);
  }

  const isAlone = () => !station.isConnected.value || station.isLocalShift.value;

  async function end(by: OverBy): Promise<void> {
    isEnding = true;
    if (await station.endShiftHere()) endedBy.value = by;
    isEnding = false;
  }

  watch(station.stage, (stage) => {
    if (stage === 'open') endedBy.value = null;
  });
  watch(isLocked, (locked) => {
    const shift = onDuty();
    if (!locked && shift !== null) meter.use(shift);
  });

  return {
    endedBy,
    isOver: () => isAlone() && over() !== null,
    use() {
      const shift = onDuty();
      if (shift !== null && !isLocked.value) meter.use(shift);
    },
    look() {
      const by = over();
      if (by === null || !isAlone() || isEnding || station.isSigningIn.value) return;
      // A volunteer who counts the shelf ends the shift with the counts, unless nobody is there any more.
      const isCounting = counter().state.overlay.dialog === 'shiftEnd' && by === 'long';
      if (counter().place.at === 'waiting' && !isCounting) void end(by);
    },
  };
}
