import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { type Device, openDevice } from '../../../client/device/device.ts';
import type { Alarm } from '../../../client/device/time-limit.ts';
import type { Basket } from '../../../client/kiosk/counter/state.ts';
import { createCounterDisk } from '../../../client/kiosk/ports/counter-disk.ts';
import { basket } from './counter/hands.ts';

let opened = 0;

/** A disk of its own, with a device that can be told to fail, and what it was to write later. */
function newDisk() {
  opened += 1;
  const name = `counter-${opened}`;
  const device = openDevice(name);
  const failing: ((write: () => Promise<void>) => Promise<void>)[] = [];
  const later: (() => void)[] = [];
  let reads = 0;
  let writes = 0;
  const flaky: Device = {
    read: (kinds, work) =>
      reads > 0 ? ((reads -= 1), Promise.reject(new Error('dead'))) : device.read(kinds, work),
    write(kinds, work) {
      writes += 1;
      const fail = failing.shift();
      return fail ? fail(() => device.write(kinds, work)) : device.write(kinds, work);
    },
  };
  return {
    device,
    disk: createCounterDisk({ device: flaky, later: (run) => void later.push(run) }),
    later,
    writes: () => writes,
    failReads: (count: number) => void (reads = count),
    /** The next writes end like this, one after the other. */
    fail: (...how: typeof failing) => void failing.push(...how),
    /** The rows that another page would find. */
    found: () => createCounterDisk({ device: openDevice(name), later: () => undefined }).read(),
  };
}

const refuse = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
/** The browser says that it was aborted, and it is there all the same. */
const thereAllTheSame = async (write: () => Promise<void>) => {
  await write();
  throw new DOMException('aborted', 'UnknownError');
};
const nothing = { basket: null, isReadable: true };
const kept = { basket: basket(), isReadable: true };

describe('the basket that the counter keeps on the disk', () => {
  it('M20: comes back as it was, and goes when it is told', async () => {
    const { disk, found } = newDisk();
    await disk.keepAside(basket());
    expect(await found()).toEqual(kept);
    await disk.keepAside(null);
    expect(await found()).toEqual(nothing);
  });

  it('comes back with the card of the copy that was shown for it', async () => {
    const { disk, found } = newDisk();
    const presence = { token: '', how: 'card', expiresAtMs: 9, cardIssuedAtMs: 5 } as const;
    await disk.keepAside(basket({ presence }));
    expect((await found()).basket?.presence).toEqual(presence);
  });

  it('M20: quick hands: the last one is on the disk after two writes', async () => {
    const { disk, found, writes } = newDisk();
    const withPieces = (quantity: number) => basket({ lines: [{ goodsId: 'salt', quantity }] });
    await disk.keepAside(withPieces(1));
    const before = writes();
    const all = [2, 3, 4, 5, 6].map((pieces) => disk.keepAside(withPieces(pieces)));
    await all[0];
    await all.at(-1);
    expect(writes() - before).toBeLessThanOrEqual(2);
    expect((await found()).basket).toEqual(withPieces(6));
  });

  it('holds no name, no balance and no PIN, whatever the screen knows when it is written', async () => {
    const { disk, device } = newDisk();
    const known = { head: '王小明', group: '第一组', balance: 98_700, pin: '482915', card: '135792468013' };
    const spoilt = (lines: Basket['lines']) => lines.map((line) => ({ ...line, name: '食盐', ...known }));
    await disk.keepAside({ ...basket(), ...known, lines: spoilt(basket().lines) });
    const rows: unknown[] = await device.read(['baskets'], (work) => work.objectStore('baskets').getAll());
    expect(rows).toEqual([basket()]);
  });
});

describe('a disk that refuses', () => {
  it('is tried a second time over a new connection', async () => {
    const { disk, fail, found, later } = newDisk();
    fail(refuse);
    await disk.keepAside(basket());
    expect([await found(), later.length]).toEqual([kept, 0]);
  });

  it('is caught up with after a while, and by the next basket before that', async () => {
    const { disk, fail, found, later } = newDisk();
    await disk.keepAside(basket());
    fail(refuse, refuse);
    await disk.keepAside(null);
    expect([await found(), later.length]).toEqual([kept, 1]);
    later.forEach((run) => run());
    await vi.waitFor(async () => expect(await found()).toEqual(nothing));
    fail(refuse, refuse);
    await disk.keepAside(basket());
    await disk.keepAside(basket({ key: 'second' }));
    expect((await found()).basket?.key).toBe('second');
  });

  it('and has it all the same keeps nothing older than the last', async () => {
    const { disk, fail, found } = newDisk();
    fail(thereAllTheSame, refuse);
    await disk.keepAside(basket());
    await disk.keepAside(null);
    expect(await found()).toEqual(nothing);
  });

  it('opens a connection anew that has died without telling', async () => {
    const { disk, device, found } = newDisk();
    await disk.keepAside(basket({ key: 'first' }));
    await device.read(['baskets'], (work) => {
      work.db.close();
      return Promise.resolve();
    });
    await disk.keepAside(basket());
    expect(await found()).toEqual(kept);
  });
});

describe('a disk that does not answer', () => {
  it('10: holds up neither the page nor a basket for ever', async () => {
    const limits: number[] = [];
    const alarm: Alarm = (run, ms) => {
      limits.push(ms);
      const timer = setTimeout(run, 1);
      return () => clearTimeout(timer);
    };
    vi.stubGlobal('indexedDB', { open: () => new IDBOpenDBRequest() });
    const disk = createCounterDisk({ device: openDevice('deaf', alarm), later: () => undefined });
    expect(await disk.read()).toEqual({ basket: null, isReadable: false });
    await disk.keepAside(basket());
    vi.unstubAllGlobals();
    const waitedMs = limits.slice(0, 2).reduce((sum, ms) => sum + ms);
    expect([waitedMs <= 12_000, Math.max(...limits.slice(1))]).toEqual([true, 2000]);
  });
});

describe('a disk that cannot be read', () => {
  it('N3: is not taken for an empty one; one that can at the second attempt is read', async () => {
    const { disk, failReads } = newDisk();
    await disk.keepAside(basket());
    failReads(1);
    expect(await disk.read()).toEqual(kept);
    failReads(2);
    expect(await disk.read()).toEqual({ basket: null, isReadable: false });
  });

  it('an unsent basket that is broken, or left by another version, is none', async () => {
    const broken: unknown[] = [
      '{',
      null,
      [],
      { key: 1 },
      { ...basket(), lines: [{ goodsId: 'salt' }] },
      { ...basket(), lines: [] },
    ];
    for (const row of broken) {
      const { disk, device } = newDisk();
      await device.write(['baskets'], (work) => work.objectStore('baskets').put(row, 'counter'));
      expect(await disk.read()).toEqual(nothing);
    }
  });
});
