import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../../client/desk/features.ts';
import { habitsOf, type HabitStorage, oftenUsed } from '../../../client/desk/home/place-visits.ts';
import { placesOf } from '../../../client/desk/shell/places.ts';

function memory(start: Record<string, string> = {}): HabitStorage & { kept: Map<string, string> } {
  const kept = new Map(Object.entries(start));
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
  };
}

const PLACES = placesOf(FEATURES);
const namesFor = (...input: Parameters<typeof oftenUsed>) => oftenUsed(...input).map(({ name }) => name);

describe('what a person does most', () => {
  it('begins with what the role does', () => {
    expect(namesFor(PLACES, ['shopkeeper'], {}).slice(0, 3)).toEqual(['goods', 'kiosk', 'households']);
    expect(namesFor(PLACES, ['supervisor'], {}).slice(0, 2)).toEqual(['books', 'dashboard']);
  });

  it('follows the own use, and offers no place twice or out of bounds', () => {
    const mine = PLACES.filter(({ name }) => name !== 'staff');
    const names = namesFor(mine, ['committee'], { rules: 3, staff: 9, home: 50 });
    expect(names[0]).toBe('rules');
    expect(names).not.toContain('staff');
    expect(names).not.toContain('home');
    expect(new Set(names).size).toBe(names.length);
  });

  it('is kept for each person apart, and old habits fade', () => {
    const storage = memory();
    const wang = habitsOf('wang', () => storage);
    for (let visit = 0; visit < 199; visit += 1) wang.came('goods');
    wang.came('books');
    expect(wang.visits()).toEqual({ goods: 99 });
    expect(habitsOf('li', () => storage).visits()).toEqual({});
  });

  it('does without, where the browser keeps nothing or something else', () => {
    const closed = habitsOf('wang', () => {
      throw new Error('SecurityError');
    });
    closed.came('goods');
    expect(closed.visits()).toEqual({});
    const strange = habitsOf('wang', () => memory({ 'jishan.habits.wang': '["x"' }));
    expect(strange.visits()).toEqual({});
  });
});
