import type { RowBodies } from '../../../shared/kiosk/rows.ts';
import { finalAnswer, type KeptRow } from '../../outbox/outbox-disk.ts';
import type { Owed, OwedReturn } from '../counter/state.ts';
import { isTakenBack } from './taken-back.ts';

/** The rows that asked when the page began, and have no answer. */
export function owedRows(rows: readonly KeptRow[]): Owed[] {
  return rows.flatMap((kept): Owed[] => {
    const { row } = kept;
    const isAsking = row.done === null && finalAnswer(kept) === null;
    // It was handed out and taken back before the page began: the server hears both in their order.
    if (!isAsking || isTakenBack(row.key, rows)) return [];
    const { key, kind, atMs: sentAtMs } = row;
    const content: unknown = JSON.parse(row.body);
    if (kind === 'kiosk.redeem')
      return [{ key, kind, sentAtMs, content: content as RowBodies['kiosk.redeem'] }];
    if (kind === 'kiosk.undo') return [{ key, kind, sentAtMs, content: content as RowBodies['kiosk.undo'] }];
    return [];
  });
}

/** The returns among the rows that asked when the page began, and have no answer. */
export function owedReturns(rows: readonly KeptRow[]): OwedReturn[] {
  return rows.flatMap((kept): OwedReturn[] => {
    const { key, kind, atMs: sentAtMs, body, done } = kept.row;
    if (kind !== 'kiosk.return' || done !== null || finalAnswer(kept) !== null) return [];
    return [{ key, kind, sentAtMs, content: JSON.parse(body) as RowBodies['kiosk.return'] }];
  });
}
