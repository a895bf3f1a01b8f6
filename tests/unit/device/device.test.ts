import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { openDevice } from '../../../client/device/device.ts';
import { tableOf } from '../../../client/device/device-table.ts';
import { createDeviceIntents, type KeptIntent } from '../../../client/intent/intent-store.ts';

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
