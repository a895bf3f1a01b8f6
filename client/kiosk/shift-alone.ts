import type { ShiftCounts } from './counter/effects.ts';
import type { LocalShift, ShiftFigures } from './shift-figures.ts';

/** Why nobody comes on duty without the server. `unchecked`: this device cannot check a PIN. */
export type AloneRefusal = 'wrong' | 'wait' | 'notKept' | 'unchecked';

/** Shifts without the server, as far as this device may begin them. */
export interface ShiftAlone {
  /** Checks the PIN on this device and writes the row. */
  readonly begin: (volunteerId: string, pin: string) => Promise<LocalShift | AloneRefusal>;
  /** Whether it is the volunteer's PIN; null: it is. */
  readonly check: (volunteerId: string, pin: string) => Promise<AloneRefusal | null>;
  /** Writes the row of a shift that the server began: one that was restored from before it hears of it by this row. */
  readonly note: (shift: { readonly shiftId: string; readonly volunteerId: string }) => Promise<void>;
  /** False: the disk refuses, and the shift goes on. */
  readonly end: (shiftId: string, counts?: ShiftCounts) => Promise<boolean>;
  /** Adds what was handed out and is not booked yet. */
  readonly figures: (shift: ShiftFigures) => ShiftFigures;
}
