import { describe, expect, it } from 'vitest';
import { lastHandOver } from '../../../client/kiosk/ports/last-here.ts';
import type { KeptRow } from '../../../client/outbox/outbox-disk.ts';
import type { DoneMark } from '../../../shared/outbox/row.ts';
import { owedRedeem, owedUndo } from './counter/hands.ts';

const NOW_MS = 10_000_000;
const MINUTE_MS = 60_000;

interface Made {
  readonly minutesAgo?: number;
  readonly device?: string;
  readonly how?: DoneMark['how'] | null;
  readonly entry?: number;
}

function kept(
  { key, kind, content }: ReturnType<typeof owedRedeem>,
  { minutesAgo = 2, device = 'd', how = 'here', entry }: Made = {},
): KeptRow {
  const atMs = NOW_MS - minutesAgo * MINUTE_MS;
  const signed = { before: '', hash: '', signature: '' };
  const done = how === null ? null : { how, atMs, entry: entry ?? null, signature: '' };
  const row = { device, number: 1, key, kind, body: JSON.stringify(content), shift: 's', atMs, offsetMs: 0 };
  const answer = entry === undefined ? null : { answer: 'booked' as const, entry, marks: [], code: null };
  return { row: { ...row, copy: null, ...signed, done }, answer };
}

const redeemed = (made?: Made, key = 'k') => kept(owedRedeem({ key }), made);
const last = (...rows: KeptRow[]) => lastHandOver(rows, 'd', NOW_MS)?.rowKey ?? null;

describe('the last hand-over by the rows of this device', () => {
  it('is offered to be taken back by its row, with its points and pieces and no name', () => {
    expect(lastHandOver([redeemed()], 'd', NOW_MS)).toMatchObject({
      ...{ id: 'k', rowKey: 'k', mayUndo: true, points: 600, household: { number: '001', head: '' } },
      lines: [{ quantity: 2 }],
    });
  });

  it('may have been booked, and is the last one alone', () => {
    expect(last(redeemed({ minutesAgo: 5 }), redeemed({ how: 'server', entry: 7 }, 'l'))).toBe('l');
  });

  it('is none after ten minutes, or where its clock was set', () => {
    expect([last(redeemed({ minutesAgo: 10 })), last(redeemed({ minutesAgo: -11 }))]).toEqual([null, null]);
  });

  it('is none once it was taken back, though an earlier one stands', () => {
    const undo = kept(owedUndo({ key: 'u', content: { ...owedUndo().content, undoes: 'l' } as never }));
    expect(last(redeemed({ minutesAgo: 5 }), redeemed({}, 'l'), undo)).toBeNull();
  });

  it('is none that was given up, that still asks, or that another key signed', () => {
    const rows = [redeemed({ how: 'given_up' }), redeemed({ how: null }), redeemed({ device: 'other' })];
    expect(rows.map((row) => last(row))).toEqual([null, null, null]);
  });
});
