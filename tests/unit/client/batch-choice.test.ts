import { describe, expect, it } from 'vitest';
import {
  type Batch,
  type Choice,
  type Ticks,
  choiceOf,
  ticksOf,
  chosenIn,
  chosenOne,
  countOf,
  decisionOf,
  EVERYTHING,
  isTicked,
  isTooMuch,
  NOTHING,
  pointsOf,
  standingOf,
  toggled,
} from '../../../client/desk/approvals/batch-choice.ts';

const offer = { count: 312, points: 156_000 };
const row = (n: number, points = 500) => ({ id: `p${n}`, mark: `m${n}`, points, kind: 'award' as const });
const household = { id: 'h1', number: '001', head: '王小明', group: '第一组' };
const batch = (id: string, more: Partial<Batch> = {}) =>
  ({
    id,
    mark: `mark of ${id}`,
    count: 312,
    households: 312,
    deeds: [{ kind: 'award' }],
    first: [],
    ...more,
  }) as Batch;
const figures = (choice: Choice) => [countOf(choice, offer), pointsOf(choice, offer)];

describe('what is ticked of a batch', () => {
  it('14b: is the same when it was kept on the disk and read again', () => {
    const choice = toggled(
      toggled(EVERYTHING, { ...row(1), head: '王小明' } as never, offer),
      row(2, 300),
      offer,
    );
    const kept = JSON.stringify(ticksOf(choice));
    expect(kept).not.toContain('王小明');
    const back = choiceOf(JSON.parse(kept) as Ticks);
    expect(figures(back)).toEqual([310, 155_200]);
    expect([1, 2, 3].map((n) => isTicked(back, `p${n}`))).toEqual([false, false, true]);
  });

  it('is nothing, everything, or everything but what was unticked', () => {
    expect(figures(NOTHING)).toEqual([0, 0]);
    expect(figures(EVERYTHING)).toEqual([312, 156_000]);
    const choice = toggled(toggled(EVERYTHING, row(1), offer), row(2, 300), offer);
    expect(figures(choice)).toEqual([310, 155_200]);
    expect([1, 2, 3].map((n) => isTicked(choice, `p${n}`))).toEqual([false, false, true]);
    expect(figures(toggled(choice, row(1), offer))).toEqual([311, 155_700]);
  });

  it('is a few, where a few were ticked', () => {
    const choice = toggled(toggled(NOTHING, row(1), offer), row(2, 300), offer);
    expect(figures(choice)).toEqual([2, 800]);
    expect([1, 3].map((n) => isTicked(choice, `p${n}`))).toEqual([true, false]);
    expect(figures(toggled(choice, row(2, 300), offer))).toEqual([1, 500]);
  });

  it('is the same whichever way it came about', () => {
    const two = { count: 2, points: 1000 };
    expect(toggled(toggled(NOTHING, row(1), two), row(2), two)).toEqual(EVERYTHING);
    expect(toggled(toggled(EVERYTHING, row(1), two), row(2), two)).toEqual(NOTHING);
  });
});

describe('what a decision is about', () => {
  it('names whole batches with what is left out, and single rows with their marks', () => {
    const [a, b, c] = [batch('a'), batch('b'), batch('c')];
    const chosen = chosenIn([
      { batch: a, offer, choice: toggled(EVERYTHING, row(7), offer) },
      { batch: b, offer, choice: toggled(NOTHING, row(9, 300), offer) },
      { batch: c, offer, choice: NOTHING },
    ]);
    expect(chosen).toEqual({
      count: 312,
      points: 155_800,
      households: null,
      who: null,
      erasures: 0,
      named: {
        ids: ['p9'],
        marks: ['m9'],
        batches: [{ batchId: 'a', mark: 'mark of a', except: ['p7'] }],
      },
    });
  });

  it('counts what may be decided, not what is there', () => {
    const part = { batch: batch('a'), offer: { count: 311, points: 155_500 }, choice: EVERYTHING };
    expect(chosenIn([part])).toMatchObject({ count: 311, points: 155_500, households: 311 });
  });

  it('speaks of households only where each is there once', () => {
    const whole = { batch: batch('a'), offer, choice: EVERYTHING };
    expect(chosenIn([whole]).households).toBe(312);
    expect(chosenIn([whole, { ...whole, batch: batch('b') }]).households).toBeNull();
    expect(chosenIn([{ ...whole, batch: batch('a', { households: 300 }) }]).households).toBeNull();
  });

  it('names the only household, but never one that it may not be about', () => {
    const first = [1, 2].map((n) => ({ ...row(n), household: { ...household, number: `00${n}` } }));
    const two = batch('a', { count: 2, households: 2, first: first as unknown as Batch['first'] });
    const whose = (choice: Choice, count: number) =>
      chosenIn([{ batch: two, choice, offer: { count, points: 500 } }]).who;
    expect(whose(toggled(NOTHING, row(2), { count: 2, points: 1000 }), 2)).toBe('002 王小明');
    // All of it that may be decided is one row: which one, only the server knows.
    expect(whose(EVERYTHING, 1)).toBeNull();
    expect(whose(EVERYTHING, 2)).toBeNull();
  });

  it('leaves out of a sum what was withdrawn, unless all of it was', () => {
    const states = [
      { state: 'proposed' as const, count: 29, points: 8700 },
      { state: 'withdrawn' as const, count: 1, points: 300 },
    ];
    expect(standingOf({ count: 30, points: 9000, states })).toEqual({ count: 29, points: 8700 });
    expect(standingOf({ count: 1, points: 300, states: states.slice(1) })).toEqual({ count: 1, points: 300 });
  });

  it('counts the erasures among them', () => {
    const one = { count: 1, points: 0 };
    const erasure = batch('e', {
      count: 1,
      households: 1,
      deeds: [{ kind: 'erasure' } as Batch['deeds'][number]],
    });
    const parts = [
      { batch: erasure, offer: one, choice: EVERYTHING },
      { batch: batch('a'), offer, choice: EVERYTHING },
    ];
    expect(chosenIn(parts)).toMatchObject({ count: 313, erasures: 1 });
    expect(chosenOne({ ...row(1, 0), kind: 'erasure', household })).toMatchObject({ count: 1, erasures: 1 });
    expect(chosenOne({ ...row(1), household })).toEqual({
      count: 1,
      points: 500,
      households: 1,
      who: '001 王小明',
      erasures: 0,
      named: { ids: ['p1'], marks: ['m1'] },
    });
  });
});

describe('the intent of a decision', () => {
  it('is the same for the same choice, and another for any other of the same size', () => {
    const [a, b, c] = [batch('a'), batch('b'), batch('c')];
    const whole = (...batches: Batch[]) =>
      chosenIn(batches.map((one) => ({ batch: one, offer, choice: EVERYTHING })));
    const without = (n: number) =>
      chosenIn([{ batch: a, offer, choice: toggled(EVERYTHING, row(n), offer) }]);
    const few = (...rows: number[]) =>
      chosenIn([
        { batch: a, offer, choice: rows.reduce((choice, n) => toggled(choice, row(n), offer), NOTHING) },
      ]);
    const all = [whole(a, b), whole(a, c), without(7), without(9), few(1, 2), few(1, 3)];
    expect(new Set(all.map((one) => decisionOf('approve', one))).size).toBe(all.length);
    expect(decisionOf('approve', few(2, 1))).toBe(decisionOf('approve', few(1, 2)));
    expect(decisionOf('return', few(1))).not.toBe(decisionOf('approve', few(1)));
  });
});

describe('what is chosen', () => {
  it.each([
    [3, 1200, false],
    [4, 1201, true],
  ])('%i batches of %i rows in all are too much for one go: %s', (batches, rows, expected) => {
    const first = rows - 300 * (batches - 1);
    const parts = Array.from({ length: batches }, (_, n) => ({
      batch: batch(`b${n}`),
      choice: EVERYTHING,
      offer: { count: n === 0 ? first : 300, points: 0 },
    }));
    expect(isTooMuch(chosenIn(parts))).toBe(expected);
  });
});
