import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latestMadeAtMs } from '../../../server/backups/index.ts';
import { isDue, type Keepable, outlived } from '../../../server/backups/retention.ts';
import type { BackupKind } from '../../../shared/backups/contract.ts';

const DAY_MS = 86_400_000;
const NOON = new Date(2026, 4, 20, 12).getTime();

/** A backup whose book grows with the days, unless `book` sets its number. */
function made(daysAgo: number, kind: BackupKind = 'daily', book: Partial<Book> = {}): Keepable {
  const books = [{ villageId: 'v1', number: Math.round(9000 - 3 * daysAgo), ...book }];
  return { name: `${kind} ${String(daysAgo)}`, kind, madeAtMs: NOON - daysAgo * DAY_MS, books };
}

type Book = Keepable['books'][number];

/** The names of the backups that stay when the newest of these has been made. */
function kept(backups: readonly Keepable[]): string[] {
  const gone = new Set(outlived(backups, lastOf(backups)));
  return backups.filter((one) => !gone.has(one)).map(({ name }) => name);
}

/** The highest book number on the last day that has a daily or asked backup. */
function furthestOfLastDay(backups: readonly Keepable[]): number | null {
  const regular = backups.filter(({ kind }) => kind === 'daily' || kind === 'asked');
  if (regular.length === 0) return null;
  const dayOf = ({ madeAtMs }: Keepable) => new Date(madeAtMs).toDateString();
  const ofDay = regular.filter((one) => dayOf(one) === dayOf(lastOf(regular)));
  return Math.max(...ofDay.map(({ books }) => books[0]?.number ?? 0));
}

function lastOf(backups: readonly Keepable[]): Keepable {
  const latest = backups.toSorted((a, b) => b.madeAtMs - a.madeAtMs)[0];
  if (!latest) throw new Error('nothing came');
  return latest;
}

describe('which backups are kept', () => {
  it('keeps seven days, five weeks and twelve months of a year of daily ones', () => {
    const year = Array.from({ length: 500 }, (_, index) => made(index));
    const names = kept(year);
    expect(names.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6].map((days) => `daily ${String(days)}`));
    // Older than that, the last of each week stays, and then the last of each month.
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
    const uploads = [9, 400, 3, 0.5].map((daysAgo, index) => ({
      ...made(daysAgo, 'upload'),
      name: `upload ${String(index)}`,
    }));
    const daily = [made(1), made(1.01), made(2)];
    const both = [...uploads, ...daily];
    expect(outlived(both, made(1)).map(({ name }) => name)).toEqual(['daily 1.01']);
    const gone = (justCame: string) =>
      outlived(both, { ...made(0, 'upload'), name: justCame }).map(({ name }) => name);
    expect(gone('upload 3')).toEqual(['upload 1', 'upload 0']);
    // The upload's name comes from a clock that was behind.
    expect(gone('upload 0')).toEqual(['upload 2', 'upload 1']);
  });

  it('keeps the last of a day', () => {
    const day = [0.1, 0.2, 0.3].map((daysAgo) => made(daysAgo));
    expect(kept(day)).toEqual(['daily 0.1']);
  });

  it('does not give up the day’s own for one made by hand', () => {
    const byHand = [0.1, 0.15, 0.2, 0.25].map((daysAgo) => made(daysAgo, 'asked'));
    expect(kept([...byHand, made(0.3), made(0.4)])).toEqual([
      ...['asked 0.1', 'asked 0.15', 'asked 0.2'],
      'daily 0.3',
    ]);
  });

  it('removes nothing of other villages: neither a new one’s first backup does, nor another server’s', () => {
    const before = [made(0.1), made(0.2), made(1), made(300, 'asked')];
    const empty = made(0, 'daily', { villageId: 'v2', number: 0 });
    expect(outlived([...before, empty], empty)).toEqual([]);
    // A backup with two villages does not count as a backup of one of them alone.
    const both = { ...made(0.15), name: 'both', books: [...made(0).books, ...empty.books] };
    expect(outlived([made(0), both, ...before], made(0)).map(({ name }) => name)).toEqual([
      'daily 0.1',
      'daily 0.2',
    ]);
    // When a village was added, the backups from before go on ageing.
    expect(outlived([both, made(0.2)], both).map(({ name }) => name)).toEqual(['daily 0.2']);
  });

  it('never gives up one in which a book had come further for the last of its day, week or month', () => {
    const further = made(0.3, 'daily', { number: 12_000 });
    expect(kept([made(0.1), made(0.2), further])).toEqual(['daily 0.1', 'daily 0.3']);
    const later = Array.from({ length: 7 }, (_, index) => made(index - 20));
    expect(kept([...later, made(0.1), made(0.2), further])).toContain('daily 0.3');
  });

  it.each(['migration', 'restore', 'asked', 'daily'] as const)(
    'keeps what just came where the clock is behind: %s',
    (kind) => {
      const later = Array.from({ length: 40 }, (_, index) => made(-index - 1, kind));
      const came = made(0, kind);
      expect(outlived([...later, came], came)).not.toContain(came);
    },
  );

  it('always keeps the latest, is bounded, and removes nothing it would keep if asked again', () => {
    const one = fc.record({
      kind: fc.constantFrom<BackupKind>('daily', 'asked', 'migration', 'restore', 'upload'),
      daysAgo: fc.oneof(
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 2000, noNaN: true }),
      ),
      villageId: fc.constantFrom('v1', 'v1', 'v1', 'v2'),
      number: fc.nat({ max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 120 }), (list) => {
        const backups = list.map(({ kind, daysAgo, ...book }, index) => ({
          ...made(daysAgo, kind, book),
          name: String(index),
        }));
        const came = backups.at(-1) ?? made(0);
        const gone = new Set(outlived(backups, came));
        const left = backups.filter((backup) => !gone.has(backup));
        const isOf = (one: Keepable) =>
          (one.kind === 'upload') === (came.kind === 'upload') &&
          (one.kind === 'upload' || one.books[0]?.villageId === came.books[0]?.villageId);
        const own = left.filter(isOf);
        expect(left.filter((one) => !isOf(one))).toEqual(backups.filter((one) => !isOf(one)));
        expect(backups.length === 0 || left.includes(came)).toBe(true);
        if (came.kind !== 'upload' && backups.length > 0) {
          const before = backups.filter(isOf);
          expect(lastOf(own).madeAtMs).toBe(lastOf(before).madeAtMs);
          const [had, has] = [before, own].map((some) => furthestOfLastDay(some));
          expect(has).toBe(had);
        }
        expect(own.length).toBeLessThanOrEqual(2 + 2 * (7 + 5 + 12) + 9);
        expect(outlived(left, came)).toEqual([]);
      }),
    );
  });
});

describe('when the latest was made', () => {
  const shelved = (one: Keepable) => ({ ...one, bytes: 1, isCopied: null, books: [] });
  const note = (madeAtMs: number | null) => ({ madeAtMs, failure: null });

  it('is told by the shelf or the note, and not by files from elsewhere', () => {
    const backups = [made(0.5, 'upload'), made(2), made(3)].map(shelved);
    expect(latestMadeAtMs({ backups, note: note(null) }, NOON)).toBe(made(2).madeAtMs);
    expect(latestMadeAtMs({ backups, note: note(made(1).madeAtMs) }, NOON)).toBe(made(1).madeAtMs);
    expect(latestMadeAtMs({ backups: [], note: note(null) }, NOON)).toBeNull();
  });

  it('is not told by what a clock dated that was ahead', () => {
    const backups = [made(-1300), made(2)].map(shelved);
    const ahead = note(made(-1300).madeAtMs);
    expect(latestMadeAtMs({ backups, note: ahead }, NOON)).toBe(made(2).madeAtMs);
    expect(latestMadeAtMs({ backups: backups.slice(0, 1), note: ahead }, NOON)).toBeNull();
    // The clock of another process may be a little ahead.
    const little = note(NOON + 60_000);
    expect(latestMadeAtMs({ backups, note: little }, NOON)).toBe(NOON + 60_000);
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
