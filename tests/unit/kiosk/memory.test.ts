import { describe, expect, it } from 'vitest';
import { createMemory, type KeptBasket } from '../../../client/kiosk/memory.ts';

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const basket: KeptBasket = {
  key: 'k1',
  householdId: 'h1',
  householdNumber: '003',
  lines: [{ goodsId: 'salt', quantity: 2 }],
  changedAtMs: 5,
  sentPoints: 600,
  pinProof: null,
};

describe('what the kiosk keeps', () => {
  it('brings a basket back after a reload with its key, and forgets it when told', () => {
    const disk = storage();
    createMemory(disk).basket = basket;
    const afterReload = createMemory(disk);
    expect(afterReload.basket).toEqual(basket);
    afterReload.basket = null;
    expect(createMemory(disk).basket).toBeNull();
    expect(disk.kept.size).toBe(0);
  });

  it('keeps tokens apart', () => {
    const disk = storage();
    const memory = createMemory(disk);
    memory.device = 'd';
    memory.shift = 's';
    memory.shift = null;
    expect([createMemory(disk).device, createMemory(disk).shift]).toEqual(['d', null]);
  });

  it('holds no name, no balance and no PIN, whatever the screen knows when it is written', () => {
    const disk = storage();
    const memory = createMemory(disk);
    const known = { head: '王小明', group: '第一组', balance: 98_700, pin: '482915', card: '135792468013' };
    memory.device = 'device-token';
    memory.shift = 'shift-token';
    const lines = [{ goodsId: 'salt', quantity: 2, name: '食盐', ...known }];
    memory.basket = { ...basket, ...known, lines };
    const undo = { key: 'k2', redemptionId: 'r1', ...known };
    memory.undo = undo;
    expect(memory.basket).toEqual(basket);
    expect(memory.undo).toEqual({ key: 'k2', redemptionId: 'r1' });
    const kept = Array.from(disk.kept, ([name, text]) => `${name} ${text}`).join('\n');
    for (const one of Object.values(known)) expect(kept).not.toContain(String(one));
    expect(Array.from(disk.kept.keys()).sort()).toEqual(
      ['basket', 'device', 'shift', 'undo'].map((name) => `jishan.kiosk.${name}`),
    );
  });

  it('takes broken or foreign content for nothing', () => {
    for (const text of [
      '{',
      'null',
      '[]',
      '{"key":1}',
      JSON.stringify({ ...basket, lines: [{ goodsId: 'salt' }] }),
    ]) {
      const disk = storage();
      disk.setItem('jishan.kiosk.basket', text);
      disk.setItem('jishan.kiosk.undo', text);
      const memory = createMemory(disk);
      expect([memory.basket, memory.undo]).toEqual([null, null]);
    }
  });
});
