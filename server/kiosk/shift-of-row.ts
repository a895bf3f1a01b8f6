import type { Mark } from '../../shared/outbox/mark-words.ts';
import { SHIFT_LASTS_MS } from '../../shared/kiosk/shift-limits.ts';
import { isLeftAlone, type KnownShift, mustBeConfirmed } from './shifts.ts';
import { Refusal } from '../../shared/errors.ts';

interface At {
  readonly kioskId: string;
  /** When the row was made. */
  readonly nowMs: number;
  readonly openedAtMs: number | null;
}

/** The marks of a shift that was not open when the row was made. It may have ended since. */
export function marksOfShift(shift: KnownShift, { nowMs, openedAtMs }: At): Mark[] {
  const { startedAtMs, endedAtMs, revokedAtMs, disabledAtMs, byDevice } = shift;
  const had = (atMs: number | null) => atMs !== null && atMs < nowMs;
  const marks: Mark[] = [];
  if (had(revokedAtMs)) marks.push('kiosk.revoked');
  const isOver = had(endedAtMs) || had(disabledAtMs) || Math.abs(nowMs - startedAtMs) >= SHIFT_LASTS_MS;
  if (isOver || mustBeConfirmed(shift, openedAtMs)) marks.push('kiosk.shift_over');
  if (openedAtMs === null) marks.push('village.not_open');
  if (byDevice) marks.push('outbox.own_shift');
  return marks;
}

/** A row that asks counts in an open shift of its own kiosk which somebody uses. */
export function requireAskingShift(shift: KnownShift | undefined, { kioskId, nowMs }: At): void {
  if (shift && shift.kioskId !== kioskId) throw new Refusal('outbox.not_ours');
  if (shift && isLeftAlone(shift, nowMs)) throw new Refusal('kiosk.shift_over', { what: 'idle' });
}
