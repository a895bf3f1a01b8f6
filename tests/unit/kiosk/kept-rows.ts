/** Rows as the disk of a counter has them, for tests. */
import type { KeptRow } from '../../../client/outbox/outbox-disk.ts';
import type { OutboxAnswer } from '../../../shared/outbox/answers.ts';
import type { DoneMark } from '../../../shared/outbox/row.ts';
import { owedRedeem, owedUndo } from './counter/hands.ts';

interface How {
  readonly done?: DoneMark['how'];
  readonly answer?: OutboxAnswer;
  readonly entry?: number;
  readonly shift?: string;
  readonly atMs?: number;
  /** The server's clock minus the device's, as the row says. */
  readonly offsetMs?: number;
  readonly content?: object;
}

function kept(key: string, kind: string, body: object, how: How): KeptRow {
  const { done, answer, entry = null, shift = 's', atMs = 1_000_000, offsetMs = null } = how;
  return {
    row: {
      ...{ device: 'd', number: 1, key, kind, body: JSON.stringify(body), shift, atMs },
      ...{ offsetMs, copy: null, before: '', hash: '', signature: '' },
      done: done === undefined ? null : { how: done, atMs, entry: null, signature: '' },
    },
    answer: answer === undefined ? null : { answer, entry, marks: [], code: null },
  };
}

/** Two pieces of salt for household A: 600. */
export function keptRedeem(key: string, how: How): KeptRow {
  return kept(key, 'kiosk.redeem', { ...owedRedeem().content, ...how.content }, how);
}

export function keptUndo(key: string, undoes: string, how: How): KeptRow {
  return kept(key, 'kiosk.undo', { ...owedUndo().content, undoes }, how);
}
