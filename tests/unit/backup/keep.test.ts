import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDue, type Keepable, outlived } from '../../../server/backup/keep.ts';
import type { BackupKind } from '../../../shared/contract/backups.ts';

const DAY_MS = 86_400_000;
const NOON = new Date(2026, 4, 20, 12).getTime();

function made(daysAgo: number, kind: BackupKind = 'daily'): Keepable {
  return { name: `${kind} ${String(daysAgo)}`, kind, madeAtMs: NOON - daysAgo * DAY_MS };
}

function kept(backups: readonly Keepable[]): string[] {
  const gone = new Set(outlived(backups));
  return backups.filter((one) => !gone.has(one)).map(({ name }) => name);
}

describe('which backups are kept', () => {
  it('keeps seven days, five weeks and twelve months of a year of daily ones', () => {
    const year = Array.from({ length: 500 }, (_, index) => made(index));
    const names = kept(year);
    expect(names.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6].map((days) => `daily ${String(days)}`));
    // The last of each week before, then the last of each month before.
    const later = year.filter(({ name }) => names.includes(name)).slice(7);
    const days = later.map(({ madeAtMs }) => new Date(madeAtMs));
    expect(days.filter((day) => day.getDay() === 0).length).toBeGreaterThanOrEqual(3);
    expect(days.slice(-10).every((day) => new Date(day.getTime() + DAY_MS).getDate() === 1)).toBe(true);
    expect(names.length).toBeLessThanOrEqual(7 + 5 + 12);
  });

  it('counts periods that have a backup: nothing ages while the server is off', () => {
    const old = [made(0), ...Array.from({ length: 6 }, (_, index) => made(300 + index))];
    expect(kept(old)).toHaveLength(7);
  });

  it('keeps the last three before a migration, before a restore and asked for, besides the daily ones', () => {
    const special = (['migration', 'restore', 'asked'] as const).flatMap((kind) =>
      Array.from({ length: 5 }, (_, index) => made(900 + index, kind)),
    );
    const daily = Array.from({ length: 400 }, (_, index) => made(index));
    const names = kept([...daily, ...special]);
    for (const kind of ['migration', 'restore', 'asked']) {
      expect(names.filter((name) => name.startsWith(kind))).toEqual(
        [900, 901, 902].map((days) => `${kind} ${String(days)}`),
      );
    }
  });

  it('keeps the two files from elsewhere that came last, whenever they were made, and counts them for nothing else', () => {
    const cameLater = [9, 400, 3, 0.5].map((daysAgo, index) => ({
      ...made(daysAgo, 'upload'),
      name: `upload ${String(index)}`,
    }));
    const daily = [made(1), made(1.01), made(2)];
    expect(kept([...cameLater, ...daily])).toEqual(['upload 2', 'upload 3', 'daily 1', 'daily 2']);
  });

  it('keeps the last of a day', () => {
    const day = [0.1, 0.2, 0.3].map((daysAgo) => made(daysAgo));
    expect(kept(day)).toEqual(['daily 0.1']);
  });

  it('always keeps the latest, is bounded, and removes nothing it would keep if asked again', () => {
    const one = fc.record({
      kind: fc.constantFrom<BackupKind>('daily', 'asked', 'migration', 'restore', 'upload'),
      daysAgo: fc.double({ min: 0, max: 2000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 120 }), (list) => {
        const backups = list.map(({ kind, daysAgo }, index) => ({
          ...made(daysAgo, kind),
          name: String(index),
        }));
        const gone = new Set(outlived(backups));
        const left = backups.filter((backup) => !gone.has(backup));
        const own = backups.filter(({ kind }) => kind !== 'upload');
        const latest = Math.max(...own.map(({ madeAtMs }) => madeAtMs));
        expect(own.length === 0 || left.some(({ madeAtMs }) => madeAtMs === latest)).toBe(true);
        expect(left.length).toBeLessThanOrEqual(1 + 7 + 5 + 12 + 9 + 2);
        expect(outlived(left)).toEqual([]);
      }),
    );
  });
});

describe('when the daily backup is due', () => {
  const at = (hour: number) => new Date(2026, 4, 20, hour, 10).getTime();
  it.each([
    ['never made', at(9), null, true],
    ['made an hour ago', at(9), at(8), false],
    ['its hour, made yesterday', at(3), at(3) - DAY_MS + 600_000, true],
    ['its hour, made in it', at(3) + 600_000, at(3), false],
    ['its hour missed, not a day old', at(9), at(10) - DAY_MS, false],
    ['its hour missed, a day old', at(9), at(8) - DAY_MS, true],
    ['made in a future the clock came back from', at(9), at(12), true],
  ])('%s', (_, nowMs, lastMs, due) => {
    expect(isDue(nowMs, lastMs, 3)).toBe(due);
  });
});
