import type { RowBodies } from '../../../shared/kiosk/rows.ts';
import type { KeptRow } from '../../outbox/outbox-disk.ts';

/** Whether a row of this device has taken back what this row handed out, also if the server has not heard of it. */
export function isTakenBack(rowKey: string, rows: readonly KeptRow[]): boolean {
  return rows.some(({ row, answer }) => {
    const isStanding = row.done?.how === 'here' || answer?.answer === 'booked' || answer?.answer === 'late';
    if (row.kind !== 'kiosk.undo' || row.done?.how === 'given_up' || !isStanding) return false;
    return (JSON.parse(row.body) as RowBodies['kiosk.undo']).undoes === rowKey;
  });
}
