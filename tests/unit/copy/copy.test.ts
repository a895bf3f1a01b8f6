/** The village's copy on a device: what is found in it, and what becomes of it when disk, clock or server fail. */
import { webcrypto } from 'node:crypto';
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { argon2Verify } from 'hash-wasm';
import { beforeEach, describe, expect, it } from 'vitest';
import { openVillageCopy, type CopyDeps, type VillageCopy } from '../../../client/copy/copy.ts';
import { type Device, openDevice } from '../../../client/device/device.ts';
import type { CopyChanges, WholeCopy } from '../../../shared/copy/contract.ts';
import { DAY_MS } from '../../../shared/business-day.ts';
import { FakeServer } from './fake-server.ts';
import { changesOf, codeAt, DAY, householdAt, idAt, itemAt, PIN, START_MS, wholeOf } from './village.ts';

const crypto = webcrypto as unknown as Crypto;

let server: FakeServer;
let device: Device;
let nowMs: number;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  device = openDevice();
  server = new FakeServer();
  server.whole_ = await wholeOf(3, 2);
  nowMs = START_MS;
});

const open = (deps: Partial<CopyDeps> = {}): Promise<VillageCopy> =>
  openVillageCopy({
    ...{ device: openDevice(), server, crypto, nowMs: () => nowMs, dayMs: () => nowMs, owner: 'kiosk-1' },
    verify: (hash, password) => argon2Verify({ hash, password }),
    ...deps,
  });
/** The whole that the server gives. */
const given = (): WholeCopy => {
  if (server.whole_ === null) throw new Error('the server gives nothing');
  return server.whole_;
};
const filled = async (): Promise<VillageCopy> => {
  const copy = await open();
  await copy.refresh();
  return copy;
};

describe('the day of a copy', () => {
  it('does not begin anew by a clock that only the copy’s age follows, nor by one that stays behind', async () => {
    let dayMs = START_MS;
    const copy = await open({ dayMs: () => dayMs });
    await copy.refresh();
    nowMs += DAY_MS;
    expect(await copy.byCard(codeAt(1))).toMatchObject({ redeemedToday: 1000, remaining: [{ pieces: 3 }] });
    dayMs -= 31 * DAY_MS;
    expect(await copy.byCard(codeAt(1))).toMatchObject({ redeemedToday: 1000, remaining: [{ pieces: 3 }] });
    dayMs = START_MS + DAY_MS;
    expect(await copy.byCard(codeAt(1))).toMatchObject({ redeemedToday: 0 });
  });
});

describe('a copy', () => {
  it('is none until the server gave one, and is there for the next page', async () => {
    const copy = await open();
    expect(copy.standing()).toBeNull();
    expect(await copy.byCard(codeAt(0))).toBeNull();
    await copy.refresh();
    const again = await open();
    expect(again.standing()).toMatchObject({ asOfMs: START_MS, entry: 100, day: DAY, isTooOld: false });
    expect(await again.byCard(codeAt(1))).toEqual(await copy.byCard(codeAt(1)));
    expect(again.goods().map(({ id }) => id)).toEqual(['g0', 'g1']);
    expect(again.volunteers()).toEqual([{ id: 'v1', name: '李梅', mayVouch: true }]);
    expect([again.isOwn('v1', idAt(1)), again.isOwn('v1', idAt(0)), again.isOwn('v2', idAt(1))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('finds a household by the whole code of its card', async () => {
    const copy = await filled();
    expect(await copy.byCard(codeAt(1))).toEqual({
      ...{ id: idAt(1), number: '002', name: '欧阳*国', group: '第一村民小组', balance: 5001 },
      ...{ redeemedToday: 1000, remaining: [{ goodsId: 'g1', pieces: 3 }], cardIssuedAtMs: START_MS },
      ...{ entry: 100 },
    });
    const code = codeAt(1);
    for (const wrong of [codeAt(9), code.slice(0, -1), `${code}0`, code.slice(8), '', 'x'.repeat(500)])
      expect(await copy.byCard(wrong)).toBeNull();
  });

  it('finds by number as people write it, and by the village’s own', async () => {
    const own = await householdAt(3, { number: '9', originalNumber: 'SQ-0007' });
    const whole = await wholeOf(3, 0);
    server.whole_ = { ...whole, households: [...whole.households, own] };
    const copy = await filled();
    for (const number of ['2', '002', '００2']) expect((await copy.byNumber(number))?.id).toBe(idAt(1));
    for (const number of ['9', 'sq7', 'SQ-0007', '7'])
      expect((await copy.byNumber(number))?.id).toBe(idAt(3));
    for (const number of ['', '77', '0', "' or 1=1"]) expect(await copy.byNumber(number)).toBeNull();
  });

  it('finds a few by name, pinyin or initials, in the order of their numbers', async () => {
    const named = (index: number, head: string, search: string) => householdAt(index, { head, search });
    server.whole_ = await wholeOf(0, 0, {
      households: [
        ...(await Promise.all(Array.from({ length: 12 }, (_, index) => householdAt(20 - index)))),
        await named(30, '何*', ' heai ha ai a'),
        await named(31, '何*华', ' heaihua hah aihua ah'),
        await named(32, '阿**·买**', ' abudu abd'),
      ],
    });
    const copy = await filled();
    const found = async (text: string) => (await copy.find(text))?.items.map(({ number }) => number);
    expect(await found('oy')).toEqual(['010', '011', '012', '013', '014', '015', '016', '017']);
    expect(await found('何爱')).toEqual(['031', '032']);
    expect(await found('爱华')).toEqual(['032']);
    expect(await found('heai')).toEqual(['031', '032']);
    expect(await found('阿卜杜热合曼·买买提江')).toEqual(['033']);
    for (const text of ['', ' ', 'h', '爱', '李', '*', '%', '何爱华人', '*'.repeat(300)])
      expect(await found(text)).toEqual([]);
  });

  it('counts what was redeemed on that day alone, and what was taken in that month', async () => {
    const copy = await filled();
    nowMs += DAY_MS;
    expect(await copy.byCard(codeAt(1))).toMatchObject({ redeemedToday: 0, remaining: [{ pieces: 3 }] });
    server.next = changesOf(given(), { day: '2026-03-16' });
    await copy.refresh();
    expect(await copy.byCard(codeAt(1))).toMatchObject({ redeemedToday: 0, entry: 101 });
    nowMs = Date.UTC(2026, 3, 1, 4);
    server.next = { ...server.next, day: '2026-04-01' };
    await copy.refresh();
    expect(await copy.byCard(codeAt(1))).toMatchObject({ remaining: [{ pieces: 5 }] });
  });

  it('takes changes in, also on the disk, and rewrites only the parts that they touch', async () => {
    const copy = await filled();
    const partsNow = () =>
      device.read(['copy'], async (work) => {
        const store = work.objectStore('copy');
        const [names, parts] = await Promise.all([store.getAllKeys(), store.getAll()]);
        return new Map(names.map((name, index) => [name, (parts[index] as { version: number }).version]));
      });
    const before = await partsNow();
    server.next = changesOf(given(), {
      households: [await householdAt(0, { balance: 1, card: null })],
      gone: [idAt(2)],
      stock: [{ goodsId: 'g0', pieces: 7 }],
    });
    await copy.refresh();
    const after = await partsNow();
    expect([...after].filter(([name, version]) => before.get(name) !== version)).toHaveLength(4);
    for (const one of [copy, await open()]) {
      expect(one.standing()).toMatchObject({ entry: 101 });
      expect(await one.byNumber('1')).toMatchObject({ balance: 1, cardIssuedAtMs: null });
      expect(await one.byCard(codeAt(0))).toBeNull();
      expect(await one.byNumber('3')).toBeNull();
      expect(await one.byCard(codeAt(2))).toBeNull();
      expect(one.goods()).toMatchObject([{ stock: 7 }, { stock: 40 }]);
    }
    server.next = changesOf(given(), { goods: [itemAt(1)] });
    await copy.refresh();
    expect((await open()).goods().map(({ id }) => id)).toEqual(['g1']);
    expect(server.asked).toEqual(['whole', 'since 100', 'since 101']);
  });

  it('takes the whole where the server cannot go on from its entry', async () => {
    const copy = await filled();
    server.next = 'copy.begin_anew';
    server.whole_ = await wholeOf(1, 1, { entry: 40 });
    await copy.refresh();
    expect(copy.standing()).toMatchObject({ entry: 40 });
    expect(await copy.byNumber('2')).toBeNull();
    expect((await open()).standing()).toMatchObject({ entry: 40 });
  });

  it('stays as it was while no answer comes, or one that is none of ours', async () => {
    const copy = await filled();
    for (const next of [null, 'server.busy', {} as CopyChanges, { households: 3 } as never]) {
      server.next = next;
      await copy.refresh();
      expect(copy.standing()).toMatchObject({ entry: 100 });
      expect((await open()).standing()).toMatchObject({ entry: 100 });
    }
  });

  it('is asked for once more where somebody asks while it is asked for', async () => {
    const copy = await filled();
    server.next = changesOf(given());
    let go: (value?: unknown) => void = () => undefined;
    server.delay = new Promise((resolve) => (go = resolve));
    const all = [copy.refresh(), copy.refresh(), copy.refresh()];
    go();
    await Promise.all(all);
    expect(server.asked).toEqual(['whole', 'since 100', 'since 101']);
  });
});

describe('a copy ends', () => {
  const stored = () =>
    device.read(['copy', 'copyState'], async (work) => [
      ...(await work.objectStore('copy').getAllKeys()),
      ...(await work.objectStore('copyState').getAllKeys()),
    ]);

  it.each(['copy.off', 'kiosk.revoked', 'auth.required'])('on the server’s word %s', async (code) => {
    const copy = await filled();
    server.next = code;
    await copy.refresh();
    expect(copy.standing()).toBeNull();
    expect(copy.goods()).toEqual([]);
    expect(await copy.byCard(codeAt(1))).toBeNull();
    expect(await copy.checkVolunteer('v1', PIN)).toBe('wrong');
    expect(await stored()).toEqual([]);
    expect((await open()).standing()).toBeNull();
  });

  it('by hand, also while changes are on their way', async () => {
    const copy = await filled();
    server.next = changesOf(given());
    let go: (value?: unknown) => void = () => undefined;
    server.delay = new Promise((resolve) => (go = resolve));
    const asking = copy.refresh();
    await copy.wipe();
    go();
    await asking;
    expect(copy.standing()).toBeNull();
    expect(await stored()).toEqual([]);
    const writing = copy.refresh();
    await Promise.resolve();
    await copy.wipe();
    await writing;
    expect((await open()).standing()?.entry ?? null).toBe(copy.standing()?.entry ?? null);
  });

  it('for another kiosk, which does not open it', async () => {
    await filled();
    expect((await open({ owner: 'kiosk-2' })).standing()).toBeNull();
  });

  it('after the days that the village allows, and is used no more', async () => {
    const copy = await filled();
    nowMs += 14 * DAY_MS;
    expect(copy.standing()).toMatchObject({ isTooOld: false });
    nowMs += 1;
    expect(copy.standing()).toMatchObject({ isTooOld: true });
    expect(await copy.byCard(codeAt(1))).toBeNull();
    expect(await copy.byNumber('1')).toBeNull();
    expect(await copy.find('oy')).toBeNull();
    server.next = changesOf(given());
    await copy.refresh();
    expect(copy.standing()).toMatchObject({ isTooOld: false });
    expect(await copy.byCard(codeAt(1))).not.toBeNull();
  });

  it('also where the clock is set back, now or over a reload', async () => {
    const copy = await filled();
    nowMs += 15 * DAY_MS;
    await copy.refresh();
    nowMs = START_MS;
    expect(copy.standing()).toMatchObject({ isTooOld: true });
    expect((await open()).standing()).toMatchObject({ isTooOld: true });
    // The server's answer puts it right.
    server.next = changesOf(given());
    const later = await open();
    await later.refresh();
    expect(later.standing()).toMatchObject({ isTooOld: false });
    expect((await open()).standing()).toMatchObject({ isTooOld: false });
  });

  it('keeps nothing on plain http', async () => {
    const copy = await open({ crypto: { getRandomValues: (into) => crypto.getRandomValues(into) } });
    await copy.refresh();
    expect(copy.standing()).toBeNull();
    expect(server.asked).toEqual([]);
    await copy.wipe();
  });
});

describe('a damaged store', () => {
  const change = (name: string, to: (part: { bytes: ArrayBuffer; version: number }) => unknown) =>
    device.write(['copy'], async (work) => {
      const store = work.objectStore('copy');
      const part = (await store.get(name)) as { bytes: ArrayBuffer; version: number };
      await store.put(to(part), name);
    });
  const flipped = (bytes: ArrayBuffer) => {
    const copy = new Uint8Array(bytes.slice(0));
    copy[0] = (copy[0] ?? 0) ^ 1;
    return copy.buffer;
  };

  it.each(['head', 'households/3', 'goods/5'])('is none, and is replaced: %s', async (name) => {
    for (const damage of [
      (part: { bytes: ArrayBuffer }) => ({ ...part, bytes: flipped(part.bytes) }),
      (part: { bytes: ArrayBuffer }) => ({ ...part, bytes: part.bytes.slice(5) }),
      () => 'rubbish',
      () => null,
      () => ({ iv: 1, bytes: 2 }),
    ]) {
      await filled();
      await change(name, damage);
      const copy = await open();
      expect(copy.standing()).toBeNull();
      await copy.refresh();
      expect((await open()).standing()).toMatchObject({ entry: 100 });
      expect(await copy.byCard(codeAt(1))).not.toBeNull();
    }
  });

  it('is none where a part is missing, of another version, or in another’s place', async () => {
    const copy = await filled();
    let old: unknown;
    await change('households/0', (part) => (old = part));
    server.next = changesOf(given(), {
      households: await Promise.all([0, 1, 2].map((index) => householdAt(index, { balance: 1 }))),
    });
    // Each household stands in a part of its own: their older parts are put back.
    const parts = await device.read(['copy'], async (work) => {
      const store = work.objectStore('copy');
      const [names, all] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return new Map(names.map((name, index) => [name, all[index]]));
    });
    await copy.refresh();
    expect((await open()).standing()).toMatchObject({ entry: 101 });
    const put = (entries: Iterable<readonly [string, unknown]>) =>
      device.write(['copy'], (work) =>
        Promise.all(Array.from(entries, ([name, part]) => work.objectStore('copy').put(part, name))),
      );
    await put([...parts].filter(([name]) => name.startsWith('households/')));
    expect((await open()).standing()).toBeNull();
    await filled();
    await change('households/1', () => old);
    expect((await open()).standing()).toBeNull();
    await filled();
    await device.write(['copy'], (work) => work.objectStore('copy').delete('goods/0'));
    expect((await open()).standing()).toBeNull();
  });

  it('is none without its key, or under another one', async () => {
    await filled();
    await device.write(['copyState'], (work) => work.objectStore('copyState').delete('key'));
    const copy = await open();
    expect(copy.standing()).toBeNull();
    await copy.refresh();
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['decrypt']);
    await device.write(['copyState'], (work) => work.objectStore('copyState').put(key, 'key'));
    expect((await open()).standing()).toBeNull();
  });

  it('has a key that cannot be taken out', async () => {
    await filled();
    const key: unknown = await device.read(['copyState'], (work) => work.objectStore('copyState').get('key'));
    expect(key).toMatchObject({ extractable: false });
    await expect(crypto.subtle.exportKey('raw', key as CryptoKey)).rejects.toThrow();
  });

  it('never shows half of the changes, whatever the disk does', async () => {
    const copy = await filled();
    const next = changesOf(given(), {
      households: await Promise.all([0, 1, 2].map((index) => householdAt(index, { balance: 1 }))),
    });
    for (let fails = 0; fails < 5; fails += 1) {
      const failing: Device = {
        read: (kinds, work) => device.read(kinds, work),
        write: (kinds, work) =>
          device.write(kinds, async (transaction) => {
            await work(transaction);
            throw new Error('the power went');
          }),
      };
      server.next = next;
      const broken = await open({ device: failing });
      await broken.refresh();
      // This page knows the changes, the disk none of them.
      expect(await broken.byNumber('1')).toMatchObject({ balance: 1 });
      expect(await (await open()).byNumber('1')).toMatchObject({ balance: 5000 });
    }
    await copy.refresh();
    const again = await open();
    for (const number of ['1', '2', '3']) expect(await again.byNumber(number)).toMatchObject({ balance: 1 });
  });

  it('of a page beside is not written over by half', async () => {
    const [one, other] = [await filled(), await open()];
    server.next = changesOf(given(), {
      households: [await householdAt(0, { balance: 1 })],
    });
    await one.refresh();
    server.next = changesOf(given(), {
      households: [await householdAt(1, { balance: 2 })],
    });
    await other.refresh();
    // The second page found another version: the first one's copy stands, whole.
    expect(await (await open()).byNumber('1')).toMatchObject({ balance: 1 });
    expect(await (await open()).byNumber('2')).toMatchObject({ balance: 5001 });
    await other.refresh();
    expect(await (await open()).byNumber('2')).toMatchObject({ balance: 2 });
  });

  it('does not keep the page from starting where the disk is not there at all', async () => {
    const none: Device = {
      read: () => Promise.reject(new Error('no disk')),
      write: () => Promise.reject(new Error('no disk')),
    };
    const copy = await open({ device: none });
    await copy.refresh();
    expect(await copy.byCard(codeAt(1))).not.toBeNull();
    // Nothing is tried that is not counted, and nobody is told that they typed too many wrong ones.
    expect(await copy.checkVolunteer('v1', PIN)).toBe('notKept');
  });
});

describe('the PIN of a volunteer', () => {
  it('is checked by the verifier that the server made', async () => {
    const copy = await filled();
    expect(await copy.checkVolunteer('v1', PIN)).toBe('right');
    expect(await copy.checkVolunteer('v1', '407286')).toBe('wrong');
    expect(await copy.checkVolunteer('nobody', PIN)).toBe('wrong');
  });

  it('waits after five wrong ones in a quarter of an hour, through reloads and beside each other', async () => {
    const verify = (_: string, pin: string) => Promise.resolve(pin === PIN);
    await filled();
    const wrong = async (copy: VillageCopy) => copy.checkVolunteer('v1', '111111');
    const copy = await open({ verify });
    expect(await Promise.all([wrong(copy), wrong(copy), wrong(copy)])).toEqual(['wrong', 'wrong', 'wrong']);
    const again = await open({ verify });
    expect(await Promise.all(Array.from({ length: 4 }, () => wrong(again)))).toEqual([
      ...['wrong', 'wrong', 'wait', 'wait'],
    ]);
    expect(await again.checkVolunteer('v1', PIN)).toBe('wait');
    // A clock that is set back gives nobody more tries.
    nowMs -= DAY_MS;
    expect(await again.checkVolunteer('v1', PIN)).toBe('wait');
    nowMs += DAY_MS + 15 * 60_000;
    expect(await again.checkVolunteer('v1', PIN)).toBe('right');
    expect(await wrong(again)).toBe('wrong');
  });

  it('is counted before it is checked, so that a page closed in between counts', async () => {
    await filled();
    const hanging = await open({ verify: () => new Promise(() => undefined) });
    for (let times = 0; times < 5; times += 1) {
      const page = await open({ verify: () => new Promise(() => undefined) });
      void page.checkVolunteer('v1', PIN);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    void hanging;
    expect(await (await open()).checkVolunteer('v1', PIN)).toBe('wait');
  });

  it('waits after thirty however slowly, until the server is heard of', async () => {
    const verify = (_: string, pin: string) => Promise.resolve(pin === PIN);
    await filled();
    const copy = await open({ verify });
    for (let times = 0; times < 30; times += 1) {
      nowMs += 16 * 60_000;
      expect(await copy.checkVolunteer('v1', '111111')).toBe('wrong');
    }
    nowMs += 16 * 60_000;
    expect(await copy.checkVolunteer('v1', PIN)).toBe('wait');
    server.next = changesOf(given());
    await copy.refresh();
    expect(await copy.checkVolunteer('v1', PIN)).toBe('right');
  });

  it('rejects where it cannot be checked', async () => {
    await filled();
    const copy = await open({ verify: () => Promise.reject(new Error('no worker')) });
    await expect(copy.checkVolunteer('v1', PIN)).rejects.toThrow('no worker');
  });
});

describe('the size of a copy', () => {
  it('is far under 10 MB for 2,000 households and 2,000 goods', async () => {
    server.whole_ = await wholeOf(2000, 2000);
    const copy = await filled();
    const bytes = await device.read(['copy'], async (work) => {
      const parts = (await work.objectStore('copy').getAll()) as { bytes: ArrayBuffer }[];
      return parts.reduce((sum, part) => sum + part.bytes.byteLength, 0);
    });
    console.info(`2,000 households and 2,000 goods: ${(bytes / 1e6).toFixed(2)} MB sealed`);
    expect(bytes).toBeLessThan(4_000_000);
    expect(bytes).toBeGreaterThan(500_000);
    expect(await copy.byCard(codeAt(1999))).toMatchObject({ id: idAt(1999) });
    expect(await (await open()).byCard(codeAt(1999))).toMatchObject({ id: idAt(1999) });
  });
});
