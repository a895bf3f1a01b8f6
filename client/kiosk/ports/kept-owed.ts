import type { RowBodies } from '../../../shared/kiosk/rows.ts';
import type { KeptRow } from '../../outbox/outbox-disk.ts';
import type { Owed } from '../counter/state.ts';

/** The rows that asked when the page began, and have no answer. */
export function owedRows(rows: readonly KeptRow[]): Owed[] {
  return rows.flatMap(({ row, answer }): Owed[] => {
    const isAsking = row.done === null && (answer === null || answer.answer === 'waiting');
    if (!isAsking) return [];
    const { key, kind, atMs: sentAtMs } = row;
    const content: unknown = JSON.parse(row.body);
    if (kind === 'kiosk.redeem')
      return [{ key, kind, sentAtMs, content: content as RowBodies['kiosk.redeem'] }];
    if (kind === 'kiosk.undo') return [{ key, kind, sentAtMs, content: content as RowBodies['kiosk.undo'] }];
    return [];
  });
}
