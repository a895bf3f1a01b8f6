import { describe, expect, it } from 'vitest';
import { happenings } from '../../../server/village/activity.ts';
import type { RecentEntry } from '../../../server/village/recent-entries.ts';
import { worthALook } from '../../../server/village/worth-a-look.ts';

const dayOf = () => '2026-11-30';

/** Entries of one decision, newest first; the ledger books them one after another, so that the clock goes on meanwhile. */
function booked(decision: string, count: number, more: Partial<RecentEntry> = {}): RecentEntry[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ number: count - at, kind: 'award', bookedAtMs: 1000 + count - at, actorId: 'approver' },
    ...{ proposalId: `${decision} ${at}`, reversesNumber: null, reversedBy: null, title: '清理河道' },
    ...{ points: 300, householdId: `h${at}`, goodsId: null, pieces: 0 },
    ...more,
  }));
}

const decided = (entries: readonly RecentEntry[]) =>
  new Map(
    entries.map(({ proposalId }) => {
      const decision = proposalId?.split(' ')[0] ?? '';
      return [
        proposalId ?? '',
        { batchId: 'batch', proposedBy: 'clerk', decidedAtMs: decision === 'first' ? 900 : 950 },
      ];
    }),
  );

describe('what one person decided in one go', () => {
  it('is one thing that happened, however long its entries took', () => {
    const entries = [...booked('second', 3), ...booked('first', 25)];
    const told = happenings(entries, decided(entries), { today: dayOf(), dayOf });
    expect(told.map(({ count, points }) => [count, points])).toEqual([
      [3, 900],
      [25, 7500],
    ]);
  });

  it('is one thing to look at: many approved at once, or a batch that was taken back', () => {
    const entries = booked('first', 25);
    const counts = (recent: RecentEntry[]) =>
      worthALook(recent, decided(recent), dayOf).map(({ kind, count }) => [kind, count]);
    expect(counts(entries)).toEqual([['together', 25]]);
    expect(counts(booked('first', 25, { kind: 'reversal', points: -300, reversesNumber: 7 }))).toEqual([
      ['reversal', 25],
    ]);
  });
});
