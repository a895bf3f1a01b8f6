import { describe, expect, it } from 'vitest';
import { createMemory } from '../../../client/kiosk/memory.ts';

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

describe('what the kiosk remembers', () => {
  it('is its tokens, each for itself, and forgets them when told', () => {
    const disk = storage();
    const memory = createMemory(disk);
    memory.device = 'd';
    memory.shift = 's';
    memory.shift = null;
    expect([createMemory(disk).device, createMemory(disk).shift]).toEqual(['d', null]);
    expect([...disk.kept.keys()]).toEqual(['jishan.kiosk.device']);
  });

  it('is the shift, the last state and the key of its rows, each for itself', () => {
    const disk = storage();
    const memory = createMemory(disk);
    Object.assign(memory, { shiftId: 'i', localShift: '{"id":"l"}', lastState: '{}', rowKey: 'k' });
    const { shiftId, localShift, lastState, rowKey } = createMemory(disk);
    expect({ shiftId, localShift, lastState, rowKey }).toEqual({
      ...{ shiftId: 'i', localShift: '{"id":"l"}', lastState: '{}', rowKey: 'k' },
    });
    Object.assign(memory, { shiftId: null, localShift: null, lastState: null, rowKey: null });
    expect(disk.kept.size).toBe(0);
  });

  it('is paper and volume, and takes what it does not know for the usual', () => {
    const disk = storage();
    expect([createMemory(disk).paper, createMemory(disk).volume]).toEqual([58, 'middle']);
    createMemory(disk).paper = 80;
    createMemory(disk).volume = 'loud';
    expect([createMemory(disk).paper, createMemory(disk).volume]).toEqual([80, 'loud']);
    disk.setItem('jishan.kiosk.paper', '100');
    disk.setItem('jishan.kiosk.volume', 'deafening');
    expect([createMemory(disk).paper, createMemory(disk).volume]).toEqual([58, 'middle']);
  });
});
