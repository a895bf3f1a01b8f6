import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { type Device, openDevice } from '../../../client/device/device.ts';
import { createReturnDesk } from '../../../client/kiosk/composables/createReturnDesk.ts';
import { createVoice } from '../../../client/kiosk/composables/createVoice.ts';
import type { Station } from '../../../client/kiosk/composables/useStation.ts';
import { createKeptReturns } from '../../../client/kiosk/ports/kept-return.ts';
import { answer, household, lost, problem, redemption } from './counter/shop-of-three.ts';
import { askedServer } from './fake-counter.ts';

let opened = 0;
const newName = () => `returns-${(opened += 1)}`;
const SLIP = redemption('r', 'A', { journalNumber: 7 });
const BACK = answer({ id: 'b', points: 300 });

/** The returns of a counter's page; its server is the test. */
function desk(device: Device) {
  const server = askedServer();
  const kept = createKeptReturns(device, () => 1_000_000);
  let keys = 0;
  const returns = createReturnDesk({
    station: { api: server.plainApi } as unknown as Station,
    voice: createVoice(() => undefined),
    ...{ kept, newKey: () => `key-${(keys += 1)}`, mayOpen: () => true, changed: () => undefined },
  });
  return { ...server, kept, returns };
}

/** One of two pieces comes back, and its card was shown. */
async function chosen(device: Device) {
  const page = desk(device);
  page.returns.openSlip(SLIP);
  page.returns.choose('salt', 1);
  void page.returns.showCard('card');
  await page.reply('kiosk.lookup', answer(household('A')));
  return page;
}

const keyOf = ({ input }: { readonly input: { readonly key?: string } }) => input.key;

describe('a return at the counter', () => {
  it('is on the disk before it is sent, and leaves it with the answer', async () => {
    const page = await chosen(openDevice(newName()));
    const confirming = page.returns.confirm();
    await vi.waitFor(() => expect(page.calls.map(({ id }) => id)).toEqual(['kiosk.return']));
    expect(await page.kept.left()).toMatchObject({ key: 'key-1', content: { number: 7, redemptionId: 'r' } });
    await page.reply('kiosk.return', BACK);
    await confirming;
    expect(page.returns.view.value).toBe('done');
    await vi.waitFor(async () => expect(await page.kept.left()).toBeNull());
  });

  it('whose answer was lost with the power is asked about under its key, and by nobody anew', async () => {
    const name = newName();
    const before = await chosen(openDevice(name));
    void before.returns.confirm();
    const sent = await before.reply('kiosk.return', lost);
    const after = desk(openDevice(name));
    void after.returns.resume();
    await after.reply(
      'kiosk.slip',
      answer({ ...SLIP, lines: SLIP.lines.map((one) => ({ ...one, returned: 1 })) }),
    );
    const { view, isUnclear, chosen: back, points } = after.returns;
    expect([view.value, isUnclear.value, [...back.value], points.value]).toEqual([
      ...['choosing', true],
      ...[[['salt', 1]], 300],
    ]);
    after.returns.close();
    expect(view.value).toBe('choosing');
    void after.returns.confirm();
    expect(keyOf(await after.reply('kiosk.return', BACK))).toBe(keyOf(sent));
    await vi.waitFor(async () => expect(await after.kept.left()).toBeNull());
  });

  it('is looked for again while the server cannot tell its slip', async () => {
    const name = newName();
    const before = await chosen(openDevice(name));
    void before.returns.confirm();
    await before.reply('kiosk.return', lost);
    const after = desk(openDevice(name));
    for (const outcome of [lost, answer(SLIP)]) {
      void after.returns.resume();
      await after.reply('kiosk.slip', outcome);
    }
    expect([after.returns.view.value, after.returns.isUnclear.value]).toEqual(['choosing', true]);
  });

  it('that is refused leaves the disk, and another one has another key', async () => {
    const page = await chosen(openDevice(newName()));
    void page.returns.confirm();
    const first = await page.reply('kiosk.return', problem('card.revoked'));
    await vi.waitFor(async () => expect(await page.kept.left()).toBeNull());
    void page.returns.showCard('card');
    await page.reply('kiosk.lookup', answer(household('A')));
    void page.returns.confirm();
    expect(keyOf(await page.reply('kiosk.return', BACK))).not.toBe(keyOf(first));
  });

  it('is not sent where the disk refuses it', async () => {
    const device = openDevice(newName());
    const page = await chosen({ ...device, write: () => Promise.reject(new Error('full')) });
    await page.returns.confirm();
    const { isUnkept, isUnclear, isBusy } = page.returns;
    expect([isUnkept.value, isUnclear.value, isBusy.value, page.calls]).toEqual([true, false, false, []]);
  });
});
