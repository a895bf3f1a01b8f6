import { describe, expect, it } from 'vitest';
import type { View } from '../../../client/me/composables/useAccount.ts';
import { createDisk, createMemory } from '../../../client/me/memory.ts';
import { byReach, percentOf } from '../../../client/me/goods-by-reach.ts';

/** A browser's storage, as one that works. */
function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const always =
  <T>(value: T) =>
  () =>
    value;

function refuse(): never {
  throw new DOMException('refused', 'QuotaExceededError');
}

describe('what a phone keeps', () => {
  const seen = {
    villageId: 'v1',
    village: '前洼村',
    group: '一组',
    number: '041',
    head: '王小明',
    balance: 8900,
    atMs: 1_700_000_000_000,
  };
  const whole = { shape: 'b1', view: { household: { head: '王小明' } } as unknown as View };
  const account = (token: string, card: string | null = null) => ({ token, card, helper: null, seen: null });

  it('keeps every household opened on it, and looks at the one opened last', () => {
    const disk = createDisk(always(storage()));
    createMemory(disk).keep(account('token-1', '123456789012'));
    createMemory(disk).keep({ ...account('token-2'), helper: '李大嫂' });
    const memory = createMemory(disk);
    expect(memory.accounts.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
    expect(memory.current).toMatchObject({ token: 'token-2', helper: '李大嫂' });
    memory.choose('token-1');
    expect(createMemory(disk).current).toEqual(account('token-1', '123456789012'));
  });

  it('keeps what was seen last of each, with the time, and of none that is gone', () => {
    const disk = createDisk(always(storage()));
    const memory = createMemory(disk);
    memory.keep(account('token-1'));
    memory.keep(account('token-2'));
    memory.note('token-1', seen, whole);
    memory.note('token-3', seen, whole);
    expect(createMemory(disk).accounts.map((kept) => kept.seen)).toEqual([seen, null]);
    expect(createMemory(disk).accounts.map((kept) => kept.whole)).toEqual([whole, undefined]);
  });

  it('forgets one household and looks at the next; the text size stays', () => {
    const disk = createDisk(always(storage()));
    const memory = createMemory(disk);
    memory.keep(account('token-1'));
    memory.note('token-1', seen, whole);
    memory.keep(account('token-2'));
    memory.keepTextSize('huge');
    memory.forget('token-2');
    expect(createMemory(disk).current?.token).toBe('token-1');
    memory.forget('token-1');
    expect(createMemory(disk).current).toBeNull();
    expect(disk.getItem('jishan.me.accounts')).not.toContain('王小明');
    expect(createMemory(disk).textSize).toBe('huge');
  });

  it('takes over the one household an earlier version kept', () => {
    const disk = createDisk(always(storage()));
    disk.setItem('jishan.me.token', 'token-0');
    disk.setItem('jishan.me.card', '123456789012');
    expect(createMemory(disk).current).toEqual(account('token-0', '123456789012'));
    expect(disk.getItem('jishan.me.token')).toBeNull();
    expect(createMemory(disk).accounts).toHaveLength(1);
  });

  it('starts anew when what it kept cannot be read', () => {
    for (const broken of ['{', '7', '[null, 3, {}]']) {
      const disk = createDisk(always(storage()));
      disk.setItem('jishan.me.accounts', broken);
      expect(createMemory(disk).accounts).toEqual([]);
    }
  });

  it('falls back to the normal size for anything it does not know', () => {
    const disk = createDisk(always(storage()));
    expect(createMemory(disk).textSize).toBe('normal');
    disk.setItem('jishan.me.textSize', 'enormous');
    expect(createMemory(disk).textSize).toBe('normal');
  });
});

describe('a browser that does not keep what it is given', () => {
  const account = { token: 'token-1', card: null, helper: null, seen: null };

  it.each([
    ['has no storage', refuse],
    ['refuses to write', always({ ...storage(), setItem: refuse })],
    ['refuses all', always({ getItem: refuse, setItem: refuse, removeItem: refuse })],
  ])('that %s keeps it as long as the page is open', (_, find) => {
    const memory = createMemory(createDisk(find));
    memory.keep(account);
    memory.keepTextSize('huge');
    expect(memory.current).toEqual(account);
    expect(memory.textSize).toBe('huge');
    memory.forget('token-1');
    expect(memory.current).toBeNull();
    expect(memory.accounts).toEqual([]);
  });

  it('that is full keeps what was there, says the newest, and writes again when there is room', () => {
    const real = storage();
    let isFull = false;
    const disk = createDisk(
      always({
        ...real,
        setItem: (name: string, value: string) => (isFull ? refuse() : real.setItem(name, value)),
      }),
    );
    disk.setItem('a', 'old');
    isFull = true;
    disk.setItem('a', 'new');
    expect([disk.getItem('a'), real.getItem('a')]).toEqual(['new', 'old']);
    isFull = false;
    disk.setItem('a', 'newest');
    expect([disk.getItem('a'), real.getItem('a')]).toEqual(['newest', 'newest']);
  });

  it('that will not throw something away does not show it again', () => {
    const real = storage();
    const disk = createDisk(always({ ...real, removeItem: refuse }));
    disk.setItem('a', 'secret');
    disk.removeItem('a');
    expect(disk.getItem('a')).toBeNull();
  });
});

describe('the shop on a phone', () => {
  const item = (name: string, price: number, affordable: boolean, available = true) => ({
    name,
    price,
    affordable,
    available,
  });

  it('puts what can be had first, then what is nearest, then what is sold out', () => {
    const sections = byReach([
      item('pot', 9000, false),
      item('rice', 3000, false),
      item('salt', 200, true),
      item('oil', 100, true, false),
      item('pen', 100, true),
    ]);
    expect(sections.map(({ reach, items }) => [reach, items.map(({ name }) => name)])).toEqual([
      ['now', ['salt', 'pen']],
      ['later', ['rice', 'pot']],
      ['out', ['oil']],
    ]);
  });

  it('leaves out what has nothing in it', () => {
    expect(byReach([])).toEqual([]);
    expect(byReach([item('salt', 200, true)]).map(({ reach }) => reach)).toEqual(['now']);
  });

  it.each([
    [0, 5800, 0],
    [2000, 5800, 34],
    [5799, 5800, 99],
    [5800, 5800, 100],
    [9000, 5800, 100],
    [-300, 5800, 0],
    [0, 0, 100],
  ])('%i of %i is %i percent', (balance, price, percent) => {
    expect(percentOf(balance, price)).toBe(percent);
  });
});
