import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSwitch, openStore, type Reader, type Store, StoreBusy, StoreShut } from '../../../db/index.ts';

describe('a store whose database is replaced', () => {
  let dataDir: string;
  let first: Store;
  const open = () => openStore({ dataDir });
  const villages = ({ db, t }: Reader) => db.select({ id: t.villages.id }).from(t.villages);
  const nothing = () => Promise.resolve();
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'jishan-switch-'));
    first = await open();
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('opens it again however often that takes, and asks everybody to come again meanwhile', async () => {
    const meanwhile: unknown[] = [];
    const store = createSwitch(first, async () => {
      if (meanwhile.length === 3) return open();
      meanwhile.push(await store.read(villages).catch((error: unknown) => error));
      throw new StoreBusy('starting up');
    });
    const breaking = () => Promise.reject(new Error('broken off'));
    await expect(store.exchange(nothing, breaking)).rejects.toThrow('broken off');
    expect(meanwhile.map((error) => error instanceof StoreShut)).toEqual([true, true, true]);
    expect(await store.read(villages)).toEqual([]);
    await store.close();
  });

  it('says so when it cannot be opened in all that time, and stays shut', async () => {
    const lost: unknown[] = [];
    const gone = new Error('gone for good');
    const options = { onLost: (error: unknown) => void lost.push(error), reopenMsMax: 250 };
    const store = createSwitch(first, () => Promise.reject(gone), options);
    await expect(store.exchange(nothing, nothing)).rejects.toBe(gone);
    expect(lost).toEqual([gone]);
    await expect(store.read(villages)).rejects.toThrow(StoreShut);
  });

  it('goes on with the old one where what comes first fails', async () => {
    const store = createSwitch(first, open);
    const failing = () => Promise.reject(new Error('no backup'));
    await expect(store.exchange(failing, nothing)).rejects.toThrow('no backup');
    expect(await store.read(villages)).toEqual([]);
    await store.close();
  });

  it('has those who read for long called off, and nobody else let in by then', async () => {
    const store = createSwitch(first, open);
    const ending = new AbortController();
    const reading = store.read(async () => {
      await once(ending.signal, 'abort');
      throw ending.signal.reason;
    });
    let late: Promise<unknown> = Promise.resolve();
    const exchanged = store.exchange(nothing, nothing, (reason) => {
      late = store.read(villages).catch((error: unknown) => error);
      ending.abort(reason);
    });
    await expect(reading).rejects.toThrow(StoreShut);
    await exchanged;
    expect(await late).toBeInstanceOf(StoreShut);
    await store.close();
  });
});
