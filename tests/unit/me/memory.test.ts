import { describe, expect, it } from 'vitest';
import { createMemory, createShortMemory } from '../../../client/me/memory.ts';
import { byCategory } from '../../../client/me/goods.ts';

describe('what a phone keeps', () => {
  it('keeps the household opened last, with the card it was opened by', () => {
    const disk = createShortMemory();
    createMemory(disk).keepAccount('token-1', '123456789012');
    expect(createMemory(disk).account).toEqual({ token: 'token-1', card: '123456789012' });
    createMemory(disk).keepAccount('token-2', null);
    expect(createMemory(disk).account).toEqual({ token: 'token-2', card: null });
  });

  it('forgets the household and keeps the text size', () => {
    const disk = createShortMemory();
    const memory = createMemory(disk);
    memory.keepAccount('token', '123456789012');
    memory.keepTextSize('huge');
    memory.forgetAccount();
    expect(createMemory(disk).account).toBeNull();
    expect(createMemory(disk).textSize).toBe('huge');
  });

  it('falls back to the normal size for anything it does not know', () => {
    const disk = createShortMemory();
    expect(createMemory(disk).textSize).toBe('normal');
    disk.setItem('jishan.me.textSize', 'enormous');
    expect(createMemory(disk).textSize).toBe('normal');
  });
});

describe('the shop on a phone', () => {
  it('puts what can be had first within each category, in the shop’s order otherwise', () => {
    const item = (name: string, category: string, affordable: boolean, available = true) => ({
      name,
      category,
      affordable,
      available,
    });
    const sections = byCategory([
      item('rice', 'food', false),
      item('pen', 'school', true),
      item('salt', 'food', true),
      item('oil', 'food', true, false),
      item('noodles', 'food', true),
    ]);
    expect(sections.map(({ category, items }) => [category, items.map(({ name }) => name)])).toEqual([
      ['food', ['salt', 'noodles', 'rice', 'oil']],
      ['school', ['pen']],
    ]);
  });
});
