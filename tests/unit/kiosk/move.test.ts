/** A device goes to the server's new address: with its pairing and its rows, and to nobody else. */
import { webcrypto } from 'node:crypto';
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Api } from '../../../client/api/index.ts';
import { openDevice } from '../../../client/device/device.ts';
import { type Belongings, moveMessage, wentAlong } from '../../../client/kiosk/move/belongings.ts';
import { giveAlong } from '../../../client/kiosk/move/give-along.ts';
import {
  heardAddresses,
  newAddress,
  noteAddresses,
  type OpensAt,
  stayHere,
} from '../../../client/kiosk/move/new-address.ts';
import {
  checkArrived,
  isKnownAddress,
  keepArrived,
  waitForThings,
} from '../../../client/kiosk/move/take-along.ts';
import { makeRow, NO_ROWS } from '../../../client/outbox/make-row.ts';
import { createOutboxDisk, type KeptRow } from '../../../client/outbox/outbox-disk.ts';
import { createRowSigner, newDeviceKey } from '../../../client/outbox/row-signer.ts';

const OLD = 'http://192.168.1.10:8080';
const NEW = 'http://192.168.1.20:8080';
const SECURE = 'https://192.168.1.20:8443';
const at = (origin: string) => ({ origin, protocol: new URL(origin).protocol });
const opens = (plain: string | null, secure: string | null): OpensAt => ({ plain, secure });

function storageOf() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
}

async function rowsOf(count: number): Promise<KeptRow[]> {
  const subtle = webcrypto.subtle as SubtleCrypto;
  const key = await newDeviceKey(subtle, 1);
  if (!key) throw new Error('no signatures here');
  const rows: KeptRow[] = [];
  let end = NO_ROWS;
  for (let n = 1; n <= count; n += 1) {
    const row = { key: `row-key-${n}`, kind: 'kiosk.redeem', body: {}, shift: 's', copy: null };
    const made = await makeRow(createRowSigner(subtle), key, end, row, { atMs: 1, offsetMs: 0 });
    end = { number: made.number, hash: made.hash };
    rows.push({ row: made, answer: null });
  }
  return rows;
}

describe('the new address', () => {
  it.each([
    ['none while nothing has changed', OLD, opens(OLD, null), opens(OLD, null), null],
    ['the new one once the village has changed it', OLD, opens(OLD, null), opens(NEW, null), NEW],
    [
      'by https for a page that came by https',
      'https://192.168.1.10:8443',
      opens(OLD, 'https://192.168.1.10:8443'),
      opens(NEW, SECURE),
      SECURE,
    ],
    [
      'none by https where https is not served there',
      'https://192.168.1.10:8443',
      opens(OLD, 'https://192.168.1.10:8443'),
      opens(NEW, null),
      null,
    ],
    ['none for a page that is there already', NEW, opens(OLD, null), opens(NEW, null), null],
    [
      'none for another name of the same server',
      'https://shop.local:8443',
      opens(OLD, SECURE),
      opens(OLD, SECURE),
      null,
    ],
    [
      'none for the server’s own computer',
      'http://localhost:8080',
      opens(OLD, null),
      opens(NEW, SECURE),
      null,
    ],
    ['https where a plain page could have it', OLD, opens(OLD, null), opens(OLD, SECURE), SECURE],
    ['none where the village has none any more', OLD, opens(OLD, null), opens(null, null), null],
  ] as const)('is %s', (_, origin, first, last, to) => {
    expect(newAddress(at(origin), { first, last })?.origin ?? null).toBe(to);
  });

  it('is remembered until somebody stays', () => {
    const storage = storageOf();
    expect(heardAddresses(storage)).toBeNull();
    noteAddresses(storage, opens(OLD, null));
    const heard = noteAddresses(storage, opens(NEW, null));
    expect(heardAddresses(storage)).toEqual({ first: opens(OLD, null), last: opens(NEW, null) });
    expect(newAddress(at(OLD), stayHere(storage, heard))).toBeNull();
    storage.setItem('jishan.kiosk.opens-at', '{"first":5}');
    expect(heardAddresses(storage)).toBeNull();
  });
});

describe('an address is the server’s', () => {
  const names = ['192.168.1.10', 'shop.local', '*.village.example', '::1'];
  it.each([
    [OLD, true],
    ['https://shop.local:9', true],
    ['https://a.village.example', true],
    ['http://[::1]:8080', true],
    ['http://evil.example', false],
    ['http://192.168.1.10.evil.example', false],
    ['https://a.b.village.example', false],
    ['null', false],
  ])('%s: %s', (from, is) => {
    expect(isKnownAddress(from, { source: 'own', names })).toBe(is);
  });

  it('cannot be told without a certificate: the pairing has to', () => {
    expect(isKnownAddress(OLD, { source: 'none', names: [] })).toBe(true);
  });
});

/** Two windows that speak to each other as browsers let them. */
function twoWindows() {
  type Listener = (event: MessageEvent<unknown>) => void;
  const made = (origin: string) => {
    const listeners = new Set<Listener>();
    const window = {
      origin,
      closed: false,
      addEventListener: (_: string, listener: Listener) => void listeners.add(listener),
      removeEventListener: (_: string, listener: Listener) => void listeners.delete(listener),
      setTimeout: globalThis.setTimeout,
      clearTimeout: globalThis.clearTimeout,
      setInterval: globalThis.setInterval,
      clearInterval: globalThis.clearInterval,
    };
    const hear = (data: unknown, source: unknown, from: string) =>
      listeners.forEach((listener) => listener({ data, source, origin: from } as MessageEvent<unknown>));
    return { window, hear };
  };
  const [old, next] = [made(OLD), made(NEW)];
  const opened: string[] = [];
  const heardByNew: unknown[] = [];
  Object.assign(next.window, {
    postMessage(data: unknown, { targetOrigin }: { targetOrigin: string }) {
      if (targetOrigin !== NEW) return;
      heardByNew.push(data);
      next.hear(data, old.window, OLD);
    },
  });
  Object.assign(old.window, {
    open: (url: string) => {
      opened.push(url);
      return next.window;
    },
    postMessage(data: unknown, { targetOrigin }: { targetOrigin: string }) {
      if (targetOrigin === '*' || targetOrigin === OLD) old.hear(data, next.window, NEW);
    },
  });
  const asWindow = (one: unknown) => one as Window;
  return {
    ...{ old, next, opened, heardByNew },
    oldPage: asWindow(old.window),
    newPage: asWindow(next.window),
  };
}

describe('the two pages', () => {
  const things: Belongings = { token: 'secret', rows: [] };

  it('hand over once the new one says that it is there, and end when it has written everything down', async () => {
    const { oldPage, newPage, opened, heardByNew } = twoWindows();
    const given = giveAlong(oldPage, NEW, () => things);
    expect(opened).toEqual([`${NEW}/kiosk/#move`]);
    expect(heardByNew).toEqual([]);
    const arrived = await waitForThings(newPage, oldPage);
    expect(arrived).toMatchObject({ from: OLD, things });
    arrived.answer(3);
    expect(await given).toEqual({ is: 'taken', rows: 3 });
  });

  it('hear nobody else: neither another window nor another origin', async () => {
    const { oldPage, old, next, heardByNew } = twoWindows();
    void giveAlong(oldPage, NEW, () => things);
    old.hear({ jishanMove: 'ready' }, {}, NEW);
    old.hear({ jishanMove: 'ready' }, next.window, 'http://evil.example');
    old.hear({ jishanMove: 'taken', rows: 1 }, next.window, 'http://evil.example');
    old.hear('ready', next.window, NEW);
    expect(heardByNew).toEqual([]);
    next.window.closed = true;
    await Promise.resolve();
  });

  it('fail where the browser opens nothing, or the window is closed', async () => {
    vi.useFakeTimers();
    try {
      const { oldPage, next } = twoWindows();
      const given = giveAlong(oldPage, NEW, () => things);
      next.window.closed = true;
      await vi.advanceTimersByTimeAsync(1000);
      expect(await given).toEqual({ is: 'failed' });
      const none = { open: () => null } as unknown as Window;
      expect(await giveAlong(none, NEW, () => things)).toEqual({ is: 'failed' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('read nothing from what is no message of theirs', () => {
    for (const data of [
      null,
      'ready',
      {},
      { jishanMove: 'things' },
      { jishanMove: 'things', things: { token: 1 } },
    ])
      expect(moveMessage(data)).toBeNull();
    const half = { token: 't', rows: [{ row: { device: 'd' }, answer: null }] };
    expect(moveMessage({ jishanMove: 'things', things: half })).toEqual({
      ...{ jishanMove: 'things', things: { token: 't', rows: [] } },
    });
  });
});

describe('what arrives', () => {
  const answers =
    (kioskByToken: Readonly<Record<string, string>>, names = ['192.168.1.10']) =>
    (token: string) =>
      ({
        call(id: string) {
          if (id === 'https.get') return Promise.resolve({ kind: 'answer', data: { source: 'own', names } });
          const kiosk = kioskByToken[token];
          return Promise.resolve(
            kiosk === undefined
              ? { kind: 'problem', problem: { code: 'kiosk.revoked' } }
              : { kind: 'answer', data: { kiosk: { id: kiosk, name: kiosk }, village: { name: '村' } } },
          );
        },
      }) as unknown as Api;
  const arrived = (from = OLD) => ({ from, things: { token: 'good', rows: [] } });

  it('is looked at: the sender’s address, its pairing, and what this device is already', async () => {
    const apiOf = answers({ good: 'k1', other: 'k2', same: 'k1' });
    const check = (device: string | null, from?: string) =>
      checkArrived(arrived(from), { apiOf, memory: { device } });
    expect(await check(null)).toEqual({ kiosk: 'k1', village: '村', rows: 0 });
    expect(await check(null, 'http://evil.example')).toBe('stranger');
    expect(await check('same')).toMatchObject({ kiosk: 'k1' });
    expect(await check('other')).toBe('other');
    expect(await check('ended')).toMatchObject({ kiosk: 'k1' });
    expect(await checkArrived(arrived(), { apiOf: answers({}), memory: { device: null } })).toBe('unpaired');
    const silent = () =>
      ({ call: () => Promise.resolve({ kind: 'unknown', reason: 'timeout' }) }) as unknown as Api;
    expect(await checkArrived(arrived(), { apiOf: silent, memory: { device: null } })).toBe('unreachable');
  });

  describe('on the disk', () => {
    beforeEach(() => {
      globalThis.indexedDB = new IDBFactory();
    });

    it('is all there before the pairing is, twice as well as once', async () => {
      const disk = createOutboxDisk(openDevice());
      const memory = anotherPairing();
      const rows = await rowsOf(5);
      for (let time = 0; time < 2; time += 1) {
        expect(await keepArrived({ token: 'good', rows }, { memory, disk })).toBe(5);
        expect((await disk.read()).rows).toEqual(rows);
      }
      // Key and shift of the pairing before are none of this one's.
      expect(memory).toEqual({ ...NOTHING_KEPT, device: 'good' });
      // An answer that came here meanwhile is not undone.
      const answer = { answer: 'late', entry: 4, marks: [], code: null } as const;
      const [first] = rows;
      if (first) await disk.change([{ ...first, answer }]);
      await keepArrived({ token: 'good', rows }, { memory, disk });
      expect((await disk.read()).rows[0]?.answer).toEqual(answer);
    });

    it('leaves everything as it was where the disk refuses', async () => {
      const memory = anotherPairing();
      const rows = await rowsOf(2);
      const full = { read: () => createOutboxDisk(openDevice()).read(), add: () => Promise.resolve(false) };
      const disk = { ...full, change: () => Promise.resolve(false) };
      expect(await keepArrived({ token: 'good', rows }, { memory, disk })).toBe('unkept');
      const broken = { ...disk, read: () => Promise.reject(new Error('unreadable')) };
      expect(await keepArrived({ token: 'good', rows }, { memory, disk: broken })).toBe('unkept');
      expect(memory).toEqual(anotherPairing());
    });
  });
});

const NOTHING_KEPT = { shift: null, shiftId: null, rowKey: null, localShift: null, lastState: null };

/** A device that was another kiosk before. */
function anotherPairing(): Parameters<typeof keepArrived>[1]['memory'] {
  return { device: 'ended', shift: 's', shiftId: 'i', rowKey: 'k', localShift: '{}', lastState: '{}' };
}

describe('rows that went along', () => {
  const done = { how: 'here', atMs: 1, entry: null, signature: 'B'.repeat(86) } as const;
  const booked = { answer: 'late', entry: 9, marks: [], code: null } as const;

  it('are all there, though the server answered some of them while somebody read', async () => {
    const given = await rowsOf(3);
    const now = given.map(({ row }, index) => ({ row, answer: index === 0 ? booked : null }));
    expect(wentAlong(given, now)).toBe(true);
    expect(wentAlong(given, now.slice(1))).toBe(true);
    expect(wentAlong([], [])).toBe(true);
  });

  it('are not all there, where somebody was served or handed out meanwhile', async () => {
    const now = await rowsOf(3);
    expect(wentAlong(now.slice(0, 2), now)).toBe(false);
    const handedOut = now.map(({ row, answer }) => ({ row: { ...row, done }, answer }));
    expect(wentAlong(now, handedOut)).toBe(false);
    const others = await rowsOf(3);
    expect(wentAlong(others, now)).toBe(false);
  });
});
