import { describe, expect, it } from 'vitest';
import { tooFast } from '../../../server/village/fast-approvals.ts';
import { FAST_LEAST } from '../../../shared/proposals/reading.ts';
import { worthALook } from '../../../server/village/worth-a-look.ts';

const T = 1_000_000;
const SECOND = 1_000;

/** So many approvals, first shown and approved at these seconds. */
function approved(count: number, seen: number | ((n: number) => number), decided = seen) {
  const at = (when: typeof seen, n: number) => T + (typeof when === 'number' ? when : when(n)) * SECOND;
  return Array.from({ length: count }, (_, n) => ({
    ...{ entry: n, seenAtMs: at(seen, n), decidedAtMs: at(decided, n) },
  }));
}
const told = (approvals: ReturnType<typeof approved>) =>
  tooFast(approvals).map(({ entries, readMs }) => [entries.length, readMs / SECOND]);

describe('what is approved faster than it can be read', () => {
  it('is a pile that was open for less than two seconds for each', () => {
    expect(told(approved(6, 0, 11))).toEqual([[6, 11]]);
    expect(told(approved(6, 0, 12))).toEqual([]);
    expect(told(approved(FAST_LEAST - 1, 0, 0))).toEqual([]);
  });

  it('is what nobody had opened', () => {
    expect(told(approved(6, 100))).toEqual([[6, 0]]);
  });

  it('is no less so for being approved one by one, or four at a time', () => {
    expect(told(approved(9, (n) => n * 10))).toEqual([[9, 0]]);
    expect(
      told(
        approved(
          12,
          (n) => Math.floor(n / 4) * 30,
          (n) => Math.floor(n / 4) * 30 + 1,
        ),
      ),
    ).toEqual([[12, 3]]);
  });

  it('is not hidden by one that was open for an hour, nor by others of another day', () => {
    const long = approved(1, -3_600, 1);
    expect(told([...long, ...approved(9, 0, 1)])).toEqual([[9, 1]]);
    expect(told([...approved(20, 90_000, 90_060), ...approved(9, 0, 1)])).toEqual([[9, 1]]);
  });

  it('is not what was read for as long as it takes, and then approved in a few quick parts', () => {
    expect(told(approved(24, 0, (n) => 60 + Math.floor(n / 6)))).toEqual([]);
    expect(
      told(
        approved(
          10,
          (n) => n * 3,
          (n) => n * 3 + 2,
        ),
      ),
    ).toEqual([]);
  });

  it('stands on the list with the time, once, for each person apart', () => {
    const entries = Array.from({ length: 10 }, (_, at) => ({
      ...{
        number: 10 - at,
        kind: 'award' as const,
        bookedAtMs: T + 3_000,
        actorId: at < 4 ? 'one' : 'other',
      },
      ...{ proposalId: `p${String(at)}`, reversesNumber: null, reversedBy: null, title: '扫街', points: 300 },
      ...{ householdId: 'h', goodsId: null, pieces: 0 },
    }));
    const decisions = new Map(
      entries.map(({ proposalId }) => [proposalId, { decidedAtMs: T + 3_000, proposedBy: 'clerk' }]),
    );
    const looked = (seenAtMs: ReadonlyMap<number, number>) =>
      worthALook(entries, decisions, () => '2026-11-30', { seenAtMs }).map((one) => [
        one.kind,
        one.count,
        one.seconds,
        one.number,
      ]);
    expect(looked(new Map(entries.map(({ number }) => [number, T])))).toEqual([['fast', 6, 3, 6]]);
    // Nothing is known of entries from before times were kept.
    expect(looked(new Map())).toEqual([]);
  });
});
