import { SHIFT_IDLE_MS, SHIFT_LASTS_MS } from '../../shared/kiosk/shift-limits.ts';
import { parsed } from './parsed-json.ts';

/** Measures on this device how long a shift has lasted, and for how long nobody has used it. */
export interface ShiftMeter {
  /** Time has passed; another shift is measured from its beginning. Answers why the shift is over; null: it goes on. */
  readonly look: (shift: MeteredShift) => OverBy | null;
  /** Somebody uses the counter. A shift that is over stays so. */
  readonly use: (shift: MeteredShift) => void;
}

export interface MeteredShift {
  readonly id: string;
  /** How long it has lasted already when this device first hears of it. */
  readonly hasLastedMs: number;
}

export type OverBy = 'long' | 'idle';

interface MeterParts {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** The device's clock, which people set. */
  readonly now: () => number;
  /** A clock of this page that nobody sets (performance.now). */
  readonly steady: () => number;
}

interface Measured {
  readonly id: string;
  readonly lastedMs: number;
  readonly idleMs: number;
  /** The device's clock at that moment: a page that opens later adds what it has gone on since. */
  readonly atMs: number;
}

const NAME = 'jishan.kiosk.shift-meter';
const NOTED_EVERY_MS = 15_000;

/**
 * Adds up what passed, by whichever of the two clocks went on further: setting the device's clock back prolongs nothing, and a
 * device that slept has slept.
 */
export function createShiftMeter({ storage, now, steady }: MeterParts): ShiftMeter {
  let measured = readMeasured(storage.getItem(NAME));
  let noted = measured;
  let steadyMs = steady();

  function begin({ id, hasLastedMs }: MeteredShift): Measured {
    return { id, lastedMs: Math.max(0, hasLastedMs), idleMs: 0, atMs: now() };
  }

  function goOn(shift: MeteredShift, isUsed: boolean): OverBy | null {
    const before = measured?.id === shift.id ? measured : begin(shift);
    const passedMs = before === measured ? Math.max(steady() - steadyMs, now() - before.atMs) : 0;
    const lastedMs = before.lastedMs + passedMs;
    const idleMs = before.idleMs + passedMs;
    const over = overBy(lastedMs, idleMs);
    measured = { id: shift.id, lastedMs, idleMs: isUsed && over === null ? 0 : idleMs, atMs: now() };
    steadyMs = steady();
    note(measured);
    return over;
  }

  function note(next: Measured): void {
    const before = noted?.id === next.id ? noted : null;
    const movedMs =
      before === null ? Infinity : Math.max(next.lastedMs - before.lastedMs, before.idleMs - next.idleMs);
    if (movedMs < NOTED_EVERY_MS) return;
    noted = next;
    storage.setItem(NAME, JSON.stringify(next));
  }

  return {
    look: (shift) => goOn(shift, false),
    use: (shift) => void goOn(shift, true),
  };
}

function overBy(lastedMs: number, idleMs: number): OverBy | null {
  if (lastedMs >= SHIFT_LASTS_MS) return 'long';
  return idleMs >= SHIFT_IDLE_MS ? 'idle' : null;
}

function readMeasured(text: string | null): Measured | null {
  const read = parsed(text) as Partial<Measured> | null;
  const isRead =
    typeof read?.id === 'string' &&
    [read.lastedMs, read.idleMs, read.atMs].every((ms) => typeof ms === 'number' && Number.isFinite(ms));
  return isRead ? (read as Measured) : null;
}
