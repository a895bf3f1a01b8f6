import { UNDO_WITHIN_MS } from '../../../shared/kiosk/undo-limit.ts';
import type { KeptRow } from '../../outbox/outbox-disk.ts';
import { rowSlip } from '../counter/row-slip.ts';
import type { Recent } from '../counter/state.ts';
import { handOversAfter } from '../shift-figures.ts';

/**
 * The last hand-over by this key, as far as it may still be taken back. Asked for where the server cannot be reached: after a
 * reload the page knows of it by its rows alone. Another key's rows are not taken back by this one.
 */
export function lastHandOver(rows: readonly KeptRow[], device: string, nowMs: number): Recent | null {
  const last = handOversAfter(
    rows.filter(({ row }) => row.device === device),
    0,
  ).at(-1);
  if (last === undefined || last.isUndone) return null;
  const { key, atMs, body: content } = last;
  // A clock that was set back makes a hand-over of the future: it was not just now.
  if (Math.abs(nowMs - atMs) >= UNDO_WITHIN_MS) return null;
  return { ...rowSlip({ key, atMs, content }, { mayUndo: true }), rowKey: key };
}
