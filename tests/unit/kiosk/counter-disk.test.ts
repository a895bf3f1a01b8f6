import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { type Device, openDevice } from '../../../client/device/device.ts';
import type { Alarm } from '../../../client/device/time-limit.ts';
import type { Basket, Owed } from '../../../client/kiosk/counter/state.ts';
import { createCounterDisk } from '../../../client/kiosk/ports/counter-disk.ts';
import { basket, owedRedeem, owedUndo } from './counter/hands.ts';

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
const nothing = { basket: null, owed: [], damaged: null };

describe('what the counter keeps on the disk', () => {
  it('M20: brings a basket back as it was, and moves it to what is owed in one write', async () => {
    const { disk, found } = newDisk();
    await disk.keepAside(basket());
    expect(await found()).toEqual({ ...nothing, basket: basket() });
    expect(await disk.keepOwed(owedRedeem())).toBe(true);
    expect(await found()).toEqual({ ...nothing, owed: [owedRedeem()] });
    await disk.takeBack('k', basket());
    expect(await found()).toEqual({ ...nothing, basket: basket() });
    await disk.keepAside(null);
    expect(await found()).toEqual(nothing);
  });

  it('M20: quick hands: the last basket is on the disk after two writes, and what is sent stays behind it', async () => {
    const { disk, found, writes } = newDisk();
    const withPieces = (quantity: number) => basket({ lines: [{ goodsId: 'salt', quantity }] });
    const first = disk.keepAside(withPieces(1));
    await first;
    const before = writes();
    const all = [2, 3, 4, 5, 6].map((pieces) => disk.keepAside(withPieces(pieces)));
    await all[0];
    await all.at(-1);
    expect(writes() - before).toBeLessThanOrEqual(2);
    expect((await found()).basket).toEqual(withPieces(6));

    void disk.keepAside(withPieces(7));
    const isKept = disk.keepOwed(owedRedeem());
    await disk.keepAside(withPieces(1));
    expect(await isKept).toBe(true);
    expect(await found()).toEqual({ basket: withPieces(1), owed: [owedRedeem()], damaged: null });
  });

  it('leaves the basket of whoever is served alone while an undo is on its way', async () => {
    const { disk, found } = newDisk();
    await disk.keepAside(basket());
    await disk.keepOwed(owedUndo());
    expect(await found()).toEqual({ basket: basket(), owed: [owedUndo()], damaged: null });
    await disk.settle('u');
    expect(await found()).toEqual({ ...nothing, basket: basket() });
  });

  it('holds no name, no balance and no PIN, whatever the screen knows when it is written', async () => {
    const { disk, device } = newDisk();
    const known = { head: '王小明', group: '第一组', balance: 98_700, pin: '482915', card: '135792468013' };
    const spoilt = (lines: Basket['lines']) => lines.map((line) => ({ ...line, name: '食盐', ...known }));
    const redeem = owedRedeem() as Owed & { kind: 'kiosk.redeem' };
    await disk.keepOwed({
      ...redeem,
      ...known,
      content: { ...redeem.content, ...known, lines: spoilt(basket().lines) },
    });
    const undo = owedUndo() as Owed & { kind: 'kiosk.undo' };
    await disk.keepOwed({ ...undo, ...known, content: { ...undo.content, ...known } });
    await disk.keepAside({ ...basket(), ...known, lines: spoilt(basket().lines) });
    const rows: unknown[] = await device.read(['intents', 'baskets'], async (work) => [
      ...(await work.objectStore('intents').getAll()),
      ...(await work.objectStore('baskets').getAll()),
    ]);
    expect(rows).toEqual([owedRedeem(), owedUndo(), basket()]);
  });
});

describe('a disk that refuses', () => {
  it('says no when it is full, and has kept nothing of it', async () => {
    const { disk, fail, found } = newDisk();
    await disk.keepAside(basket());
    fail(refuse, refuse);
    expect(await disk.keepOwed(owedRedeem())).toBe(false);
    expect(await found()).toEqual({ ...nothing, basket: basket() });
  });

  it('says yes where a second attempt over a new connection is on the disk', async () => {
    const { disk, fail, found } = newDisk();
    fail(refuse);
    expect(await disk.keepOwed(owedRedeem())).toBe(true);
    expect((await found()).owed).toEqual([owedRedeem()]);
  });

  it('takes out again what it was said to have aborted and has kept all the same', async () => {
    const { disk, fail, found } = newDisk();
    fail(thereAllTheSame, thereAllTheSame);
    expect(await disk.keepOwed(owedRedeem())).toBe(false);
    await disk.takeBack('k', basket());
    expect(await found()).toEqual({ ...nothing, basket: basket() });
  });

  it('says yes to what is there and cannot be taken out: the next page would send it', async () => {
    const { disk, fail, found } = newDisk();
    fail(thereAllTheSame, refuse, refuse, refuse);
    expect(await disk.keepOwed(owedRedeem())).toBe(true);
    expect((await found()).owed).toEqual([owedRedeem()]);
  });

  it('catches up with what it could not write, before anything else and after a while', async () => {
    const { disk, fail, found, later } = newDisk();
    await disk.keepOwed(owedRedeem());
    fail(refuse, refuse);
    await disk.settle('k');
    expect((await found()).owed).toHaveLength(1);
    await disk.keepAside(basket());
    expect(await found()).toEqual({ ...nothing, basket: basket() });
    fail(refuse, refuse);
    await disk.keepAside(null);
    expect(later).toHaveLength(1);
    later.forEach((run) => run());
    await disk.settle('another');
    expect(await found()).toEqual(nothing);
  });

  it('loses no taking back that is asked for while the write before it is still under way', async () => {
    const { disk, found } = newDisk();
    await Promise.all([disk.keepOwed(owedRedeem()), disk.takeBack('k', basket())]);
    expect(await found()).toEqual({ ...nothing, basket: basket() });
  });

  it('opens a connection anew that has died without telling', async () => {
    const { disk, device, found } = newDisk();
    await disk.keepAside(basket());
    await device.read(['baskets'], (work) => {
      work.db.close();
      return Promise.resolve();
    });
    expect(await disk.keepOwed(owedRedeem())).toBe(true);
    expect((await found()).owed).toEqual([owedRedeem()]);
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
    expect(await disk.read()).toEqual({ ...nothing, damaged: 'all' });
    expect(await disk.keepOwed(owedRedeem())).toBe(false);
    await disk.takeBack('k', basket());
    await disk.settle('k');
    vi.unstubAllGlobals();
    const waitedMs = limits.slice(0, 2).reduce((sum, ms) => sum + ms);
    expect([waitedMs <= 12_000, Math.max(...limits.slice(1))]).toEqual([true, 2000]);
  });
});

describe('rows that cannot be read', () => {
  it('N3: what was sent is never taken for none without a word; other faces’ rows are none of ours', async () => {
    const { disk, device } = newDisk();
    const rows: readonly [key: string, row: unknown][] = [
      ['whole', owedRedeem({ key: 'whole' })],
      ['half', { ...owedRedeem({ key: 'half' }), content: { householdId: 'A' } }],
      ['odd', { ...owedUndo({ key: 'odd' }), content: null }],
      ['text', 'nothing of ours'],
      ['desk', { ...owedRedeem({ key: 'desk' }), kind: 'goods.stockIn', content: null }],
    ];
    await device.write(['intents'], (work) =>
      Promise.all(rows.map(([key, row]) => work.objectStore('intents').put(row, key))),
    );
    const { owed, damaged } = await disk.read();
    expect([owed.map(({ key }) => key), damaged]).toEqual([['whole'], ['half', 'odd', 'text']]);
  });

  it('N3: nor is a disk that cannot be read at all; one that can at the second attempt is', async () => {
    const { disk, failReads } = newDisk();
    await disk.keepOwed(owedRedeem());
    failReads(1);
    expect((await disk.read()).owed).toHaveLength(1);
    failReads(2);
    expect(await disk.read()).toEqual({ ...nothing, damaged: 'all' });
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
