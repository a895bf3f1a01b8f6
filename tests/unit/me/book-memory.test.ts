import { describe, expect, it } from 'vitest';
import { beginHearing, settleBook } from '../../../client/me/book-memory.ts';
import { createDisk, createMemory } from '../../../client/me/memory.ts';

/** A phone that keeps what it is given, also over a reload. */
function phone() {
  const items = new Map<string, string>();
  const memory = () =>
    createMemory(
      createDisk(() => ({
        getItem: (name) => items.get(name) ?? null,
        setItem: (name, value) => void items.set(name, value),
        removeItem: (name) => void items.delete(name),
      })),
    );
  const heard = (number: number, digits = `digits ${String(number)}`, restoredAtMs: number | null = null) => {
    return { villageId: 'v', book: number === 0 ? null : { number, digits }, restoredAtMs };
  };
  return {
    heard,
    begin: () => beginHearing(memory()),
    hear: (...one: Parameters<typeof heard>) => beginHearing(memory())(heard(...one)),
    settle: () => settleBook(memory(), 'v'),
    items,
  };
}

describe('what a phone remembers of the village’s book', () => {
  it('says nothing of a book that goes on, and of another village’s', () => {
    const { hear, begin } = phone();
    expect([hear(10), hear(10), hear(12)]).toEqual([null, null, null]);
    expect(begin()({ villageId: 'other', book: null, restoredAtMs: null })).toBeNull();
    expect(begin()({ villageId: 'other', book: { number: 3, digits: 'x' }, restoredAtMs: null })).toBeNull();
  });

  it.each([
    ['fewer entries', 9, 'digits 9'],
    ['another entry in the place of the last', 10, 'changed'],
    ['no entry at all', 0, ''],
  ])('sounds an alarm over %s, and keeps it until somebody has read it', (_, number, digits) => {
    const { hear, settle } = phone();
    hear(10);
    const alarm = { from: { number: 10, digits: 'digits 10' }, to: { number, digits }, restoredAtMs: null };
    expect(hear(number, digits)).toMatchObject(alarm);
    // The book goes on beyond what was seen, and the alarm stays.
    expect(hear(20)).toMatchObject(alarm);
    settle();
    expect(hear(21)).toBeNull();
  });

  it('is told by a restore that it did not know of when the book was ahead', () => {
    const { hear, settle } = phone();
    hear(10, 'digits 10', 500);
    expect(hear(8, 'digits 8', 900)).toMatchObject({ from: { number: 10 }, restoredAtMs: 900 });
    settle();
    // The same restore does not explain another step back.
    expect(hear(7, 'digits 7', 900)).toMatchObject({ from: { number: 8 }, restoredAtMs: null });
  });

  it('takes no answer that was overtaken by a newer one for a book that went back', () => {
    const { hear, begin, heard } = phone();
    hear(10);
    const late = begin();
    expect(hear(12)).toBeNull();
    expect(late(heard(11))).toBeNull();
    // The phone remembers the newer one.
    expect(hear(11)).toMatchObject({ from: { number: 12 } });
  });

  it('begins anew where what was kept cannot be read', () => {
    const { hear, items } = phone();
    hear(10);
    items.set('jishan.me.books', '{');
    expect([hear(9), hear(9)]).toEqual([null, null]);
  });
});
