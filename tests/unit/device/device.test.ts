import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDevice } from '../../../client/device/device.ts';
import { tableOf } from '../../../client/device/device-table.ts';
import { type Alarm, TimeLimitPassed } from '../../../client/device/time-limit.ts';
import { createDeviceIntents, type KeptIntent } from '../../../client/intent/intent-store.ts';
import { settled } from '../../support/hand-api.ts';

const intent: KeptIntent = {
  key: 'k',
  kind: 'goods.stockIn',
  about: 'rice',
  owner: 'me',
  content: { pieces: 10 },
  sentAtMs: 1,
};

describe('what this device keeps', () => {
  it('is there for the next page, each kind for itself', async () => {
    const device = openDevice('reload');
    expect(await tableOf(device, 'drafts').put('a', { note: 'x' })).toBe(true);
    await createDeviceIntents(device).keep(intent);
    const again = openDevice('reload');
    expect(await tableOf(again, 'drafts').get('a')).toEqual({ note: 'x' });
    expect(await tableOf(again, 'photos').get('a')).toBeNull();
    expect(await createDeviceIntents(again).openOnes('me')).toEqual([intent]);
    expect(await createDeviceIntents(again).openOnes('another')).toEqual([]);
    await createDeviceIntents(again).settle('k');
    expect(await createDeviceIntents(device).openOnes('me')).toEqual([]);
  });

  it('keeps all of a write or nothing, and works on after one that failed', async () => {
    const device = openDevice('half');
    const half = device.write(['drafts', 'baskets'], async (work) => {
      await work.objectStore('baskets').put(1, 'a');
      throw new Error('stop');
    });
    await expect(half).rejects.toThrow('stop');
    expect(await device.read(['baskets'], (work) => work.objectStore('baskets').get('a'))).toBeUndefined();
    await device.write(['baskets'], (work) => work.objectStore('baskets').put(2, 'a'));
    expect(await device.read(['baskets'], (work) => work.objectStore('baskets').get('a'))).toBe(2);
  });

  it('says no where a value cannot be kept', async () => {
    const table = tableOf(openDevice('refusing'), 'drafts');
    const wrong = { ...intent, content: () => undefined };
    expect(await createDeviceIntents(openDevice('refusing')).keep(wrong)).toBe(false);
    expect(await table.put('a', () => undefined)).toBe(false);
    expect(await table.get('a')).toBeNull();
  });

  it('makes way for a page of a later version, which would wait for this one for ever', async () => {
    await tableOf(openDevice('old and new'), 'drafts').put('a', 1);
    const later = await openDB('old and new', 2);
    expect(later.version).toBe(2);
    later.close();
  });
});

describe('a disk that does not answer', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** A clock that rings when it is told to. */
  function handClock() {
    const limits: number[] = [];
    const running = new Set<() => void>();
    const alarm: Alarm = (run, ms) => {
      limits.push(ms);
      running.add(run);
      return () => running.delete(run);
    };
    return { alarm, limits, ring: () => running.forEach((run) => run()) };
  }

  /** The browser never says what became of the opening, until it is told to. */
  function hangingOpen() {
    const real = indexedDB;
    const held: (() => void)[] = [];
    vi.stubGlobal('indexedDB', {
      open(...what: Parameters<IDBFactory['open']>) {
        const request = real.open(...what);
        const hear = request.addEventListener.bind(request) as (
          type: string,
          listener: EventListener,
        ) => void;
        request.addEventListener = (type: string, listener: EventListener) =>
          hear(type, (event) => {
            if (type === 'success') held.push(() => listener(event));
            else listener(event);
          });
        return request;
      },
    });
    return { letGo: () => held.splice(0).forEach((go) => go()) };
  }

  it('10: is a disk that fails once the time is over, and is given less time until it answers again', async () => {
    const { alarm, limits, ring } = handClock();
    hangingOpen();
    const device = openDevice('hanging', alarm);
    const reading = device.read(['drafts'], (work) => work.objectStore('drafts').get('a'));
    ring();
    await expect(reading).rejects.toThrow(TimeLimitPassed);
    const table = tableOf(device, 'drafts');
    for (const act of [() => table.put('a', 1), () => table.get('a'), () => table.drop('a')]) {
      const acting = act();
      await Promise.resolve();
      ring();
      expect([false, null, undefined]).toContain(await acting);
    }
    vi.unstubAllGlobals();
    expect(await table.put('a', 1)).toBe(true);
    expect(await table.get('a')).toBe(1);
    expect(limits).toEqual([10_000, 2000, 2000, 2000, 2000, 10_000]);
  });

  it('10: does nothing any more of what it was given up for', async () => {
    const { alarm, ring } = handClock();
    const { letGo } = hangingOpen();
    const writing = tableOf(openDevice('late', alarm), 'drafts').put('a', 1);
    ring();
    expect(await writing).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 20));
    letGo();
    await settled();
    vi.unstubAllGlobals();
    expect(await tableOf(openDevice('late'), 'drafts').get('a')).toBeNull();
  });

  it('10: ends a transaction that never ends', async () => {
    const { alarm, ring } = handClock();
    const device = openDevice('endless', alarm);
    const begun = Promise.withResolvers<null>();
    const writing = device.write(['drafts'], async (work) => {
      await work.objectStore('drafts').put(1, 'a');
      begun.resolve(null);
      // Keeps it busy for ever.
      for (;;) await work.objectStore('drafts').get('a');
    });
    await begun.promise;
    ring();
    await expect(writing).rejects.toThrow(TimeLimitPassed);
    expect(await tableOf(device, 'drafts').get('a')).toBeNull();
  });
});
