/** The rows and keys of an outbox in the browser's database. */
import { webcrypto } from 'node:crypto';
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { openDevice } from '../../../client/device/device.ts';
import { makeRow, NO_ROWS } from '../../../client/outbox/make-row.ts';
import { createOutboxDisk, type KeptRow } from '../../../client/outbox/outbox-disk.ts';
import { createRowSigner, type DeviceKey, newDeviceKey } from '../../../client/outbox/row-signer.ts';

const subtle = webcrypto.subtle as SubtleCrypto;
const signer = createRowSigner(subtle);
const NAME = 'jishan';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

async function keyOf(): Promise<DeviceKey> {
  const key = await newDeviceKey(subtle, 1);
  if (!key) throw new Error('no signatures here');
  return key;
}

async function rowOf(key: DeviceKey, name: string, end = NO_ROWS): Promise<KeptRow> {
  const row = { key: name, kind: 'kiosk.redeem', body: { points: 1 }, shift: 's', copy: null };
  return { row: await makeRow(signer, key, end, row, { atMs: 1, offsetMs: 0 }), answer: null };
}

test('keeps rows in their order, and keys', async () => {
  const disk = createOutboxDisk(openDevice());
  const key = await keyOf();
  expect(await disk.addKey({ ...key, pair: null })).toBe(true);
  const first = await rowOf(key, 'first-row');
  const second = await rowOf(key, 'second-row', { number: 1, hash: first.row.hash });
  expect(await disk.add(second)).toBe(true);
  expect(await disk.add(first)).toBe(true);
  const kept = await createOutboxDisk(openDevice()).read();
  expect(kept.rows.map(({ row }) => row.key)).toEqual(['first-row', 'second-row']);
  expect(kept.keys.map(({ device }) => device)).toEqual([key.device]);
  expect(kept.damaged).toEqual([]);
});

test('writes no row over another', async () => {
  const disk = createOutboxDisk(openDevice());
  const key = await keyOf();
  const [one, other] = [await rowOf(key, 'one-row-1'), await rowOf(key, 'other-row')];
  expect(await disk.add(one)).toBe(true);
  expect(await disk.add(other)).toBe(false);
  // The same row again is there already.
  expect(await disk.add(one)).toBe(true);
  expect((await disk.read()).rows).toHaveLength(1);
});

test('sets aside what it cannot read, and goes on', async () => {
  const device = openDevice();
  const disk = createOutboxDisk(device);
  const key = await keyOf();
  await disk.add(await rowOf(key, 'good-row-1'));
  await device.write(['outbox'], (work) => work.objectStore('outbox').put('half a row', 'broken'));
  const kept = await disk.read();
  expect(kept.rows).toHaveLength(1);
  expect(kept.damaged).toEqual(['broken']);
});

test('changes and drops rows', async () => {
  const disk = createOutboxDisk(openDevice());
  const kept = await rowOf(await keyOf(), 'only-row-1');
  await disk.add(kept);
  const answer = { answer: 'booked', entry: 7, marks: [], code: null } as const;
  expect(await disk.change([{ ...kept, answer }])).toBe(true);
  expect((await disk.read()).rows[0]?.answer).toEqual(answer);
  expect(await disk.drop([kept])).toBe(true);
  expect((await disk.read()).rows).toEqual([]);
});

test('opens what a page of before left, and what a later one will leave', async () => {
  const before = await openDB(NAME, 1, {
    upgrade(database) {
      for (const kind of ['photos', 'drafts', 'intents', 'baskets']) database.createObjectStore(kind);
    },
  });
  await before.put('baskets', { key: 'kept' }, 'counter');
  before.close();
  const disk = createOutboxDisk(openDevice());
  expect(await disk.add(await rowOf(await keyOf(), 'first-row'))).toBe(true);
  const later = await openDB(NAME, 7, {
    upgrade(database) {
      database.createObjectStore('not yet thought of');
    },
  });
  expect(await later.get('baskets', 'counter')).toEqual({ key: 'kept' });
  later.close();
  expect((await createOutboxDisk(openDevice()).read()).rows).toHaveLength(1);
});
