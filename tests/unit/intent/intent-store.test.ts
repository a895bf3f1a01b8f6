import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { Device } from '../../../client/device/device.ts';
import { createDeviceIntents, type KeptIntent } from '../../../client/intent/intent-store.ts';
import { newDevice } from '../../support/desk-scope.ts';

const intentOf = (key: string): KeptIntent => ({
  key,
  kind: 'goods.stockIn',
  about: 'rice',
  owner: 'me',
  content: { pieces: 10 },
  sentAtMs: 1,
});

/** Intents on a disk that refuses the next writes, and the page that comes after. */
function refusingDisk() {
  const device = newDevice();
  const later: (() => void)[] = [];
  let refusals = 0;
  const refusing: Device = {
    ...device,
    write(kinds, work) {
      if (refusals === 0) return device.write(kinds, work);
      refusals -= 1;
      return Promise.reject(new DOMException('full', 'QuotaExceededError'));
    },
  };
  return {
    store: createDeviceIntents(refusing, (run) => void later.push(run)),
    refuse: (count: number) => void (refusals = count),
    later,
    afterAWhile: () => later.splice(0).forEach((run) => run()),
    found: async () => (await createDeviceIntents(device).openOnes('me')).map(({ key }) => key),
  };
}

describe('what is settled on a disk that refuses', () => {
  it('11: is gone for this page at once, and removed with the next write', async () => {
    const { store, refuse, found } = refusingDisk();
    await store.keep(intentOf('a'));
    refuse(1);
    await store.settle('a');
    expect([await store.openOnes('me'), await found()]).toEqual([[], ['a']]);
    expect(await store.keep(intentOf('b'))).toBe(true);
    expect(await found()).toEqual(['b']);
  });

  it('11: is removed after a while, however often the disk refuses', async () => {
    const { store, refuse, later, afterAWhile, found } = refusingDisk();
    await store.keep(intentOf('a'));
    refuse(2);
    await store.settle('a');
    for (const round of [1, 2]) {
      await vi.waitFor(() => expect(later, `round ${round}`).toHaveLength(1));
      expect(await found()).toEqual(['a']);
      afterAWhile();
    }
    await vi.waitFor(async () => expect(await found()).toEqual([]));
    expect(later).toEqual([]);
  });

  it('11: takes nothing away that is kept under the same key since', async () => {
    const { store, refuse, afterAWhile, found } = refusingDisk();
    await store.keep(intentOf('a'));
    refuse(1);
    await store.settle('a');
    expect(await store.keep(intentOf('a'))).toBe(true);
    afterAWhile();
    await store.settle('another');
    expect(await found()).toEqual(['a']);
  });
});
