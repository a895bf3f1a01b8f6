import 'fake-indexeddb/auto';
import { effectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPhotoShelf, type PhotoShelf } from '../../../client/desk/pictures/photo-store.ts';
import { usePhotos } from '../../../client/desk/pictures/usePhotos.ts';
import { tableOf } from '../../../client/device/device-table.ts';
import { newDevice } from '../../support/desk-scope.ts';
import { handApi, settled, type HandApi } from '../../support/hand-api.ts';

// No browser draws here: a file is as small as it comes, and one called "broken" cannot be drawn.
vi.mock('../../../client/desk/pictures/shrink-photo.ts', () => ({
  shrinkPhoto: (file: File) => Promise.resolve(file.name === 'broken' ? null : file),
}));

const file = (name: string) => new File([name], name);
const newShelf = () => openPhotoShelf(tableOf(newDevice(), 'photos'));

describe('photos beside what is being written', () => {
  beforeEach(() => vi.stubGlobal('window', new EventTarget()));
  afterEach(() => vi.unstubAllGlobals());

  function picker(hand: HandApi, shelf: PhotoShelf = newShelf(), most = 3) {
    const scope = effectScope();
    const photos = scope.run(() => usePhotos({ api: hand.api, purpose: 'evidence', most, shelf }));
    if (!photos) throw new Error('no screen');
    return Object.assign(photos, { states: () => photos.list.map(({ state }) => state) });
  }

  it('are sent one after the other, each under a key of its own', async () => {
    const hand = handApi();
    const photos = picker(hand);
    void photos.add([file('a'), file('b')]);
    const first = await hand.latest('pictures.add');
    await settled();
    expect([hand.calls.length, photos.isSending]).toEqual([1, true]);
    await first.answer({ id: 'p1' });
    const second = hand.calls[1];
    await second?.answer({ id: 'p2' });
    expect([photos.states(), photos.ids()]).toEqual([
      ['sent', 'sent'],
      ['p1', 'p2'],
    ]);
    expect(new TextDecoder().decode(second?.input.body as Uint8Array)).toBe('b');
    expect(second?.key).not.toBe(first.key);
  });

  it('are sent again under the same key when no answer came, and when the network is back', async () => {
    const hand = handApi();
    const photos = picker(hand);
    void photos.add([file('a')]);
    await (await hand.latest('pictures.add')).lose();
    expect(photos.states()).toEqual(['failed']);
    const all = photos.sendAll();
    await settled();
    await hand.calls[1]?.refuse('server.busy', 'retry');
    expect(await all).toBe(false);
    window.dispatchEvent(new Event('online'));
    await settled();
    await hand.calls[2]?.answer({ id: 'p1' });
    expect(new Set(hand.calls.map(({ key }) => key)).size).toBe(1);
    expect([photos.states(), photos.kept]).toEqual([['sent'], [{ key: hand.calls[0]?.key, id: 'p1' }]]);
  });

  it('come back with the draft under the key they had, and are sent where they were not', async () => {
    const shelf = newShelf();
    const hand = handApi();
    const before = picker(hand, shelf);
    void before.add([file('a'), file('b')]);
    await (await hand.latest('pictures.add')).answer({ id: 'p1' });
    await hand.calls[1]?.lose();

    const later = handApi();
    const after = picker(later, shelf);
    void after.restore(before.kept);
    const again = await later.latest('pictures.add');
    expect(later.calls.map(({ id }) => id)).toEqual(['pictures.add']);
    expect([again.key, new TextDecoder().decode(again.input.body as Uint8Array)]).toEqual([
      hand.calls[1]?.key,
      'b',
    ]);
    await again.answer({ id: 'p2' });
    expect(after.ids()).toEqual(['p1', 'p2']);
  });

  it('are taken out where neither this device nor the server has them', async () => {
    const photos = picker(handApi());
    await photos.restore([{ key: 'gone', id: null }]);
    expect(photos.list).toEqual([]);
  });

  it('that are at the server already are fetched to be seen, and not sent', async () => {
    const hand = handApi();
    const photos = picker(hand);
    void photos.addSent(['p9']);
    await (await hand.latest('pictures.get')).answer(new Blob(['x']));
    expect([photos.ids(), photos.list[0]?.url?.startsWith('blob:')]).toEqual([['p9'], true]);
    expect(await photos.sendAll()).toBe(true);
    expect(hand.callsOf('pictures.add')).toEqual([]);
  });

  it('are as many as there is room for, and say how many could not be drawn', async () => {
    const hand = handApi();
    const photos = picker(hand, newShelf(), 1);
    await photos.add([file('broken'), file('a'), file('b')]);
    expect([photos.unreadable, photos.list.length, photos.preparing]).toEqual([1, 1, false]);
  });

  it('are forgotten on this device when they are taken out', async () => {
    const shelf = newShelf();
    const hand = handApi();
    const photos = picker(hand, shelf);
    void photos.add([file('a')]);
    const { key } = await hand.latest('pictures.add');
    expect(await shelf.get(key)).not.toBeNull();
    photos.clear();
    await settled();
    expect([photos.list, await shelf.get(key)]).toEqual([[], null]);
  });
});
