import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { Api } from '../../../client/api/index.ts';
import type { Outcome } from '../../../client/api/outcome.ts';
import { openDevice } from '../../../client/device/device.ts';
import { createGoods } from '../../../client/kiosk/composables/useGoods.ts';
import { createStation } from '../../../client/kiosk/composables/useStation.ts';
import { createKiosk } from '../../../client/kiosk/create-kiosk.ts';
import { createMemory } from '../../../client/kiosk/memory.ts';
import { createParkedDisk } from '../../../client/kiosk/ports/parked-disk.ts';
import { createCounterDisk } from '../../../client/kiosk/ports/counter-disk.ts';
import { cardCheckDigit } from '../../../shared/cards/code.ts';
import {
  answer,
  busy,
  household,
  lost,
  pointsShort,
  redemption,
  shelf,
  shiftOver,
} from './counter/shop-of-three.ts';

const CARD = `10000000000${cardCheckDigit('10000000000')}`;
const VOLUNTEERS = [{ id: 'v', name: '张志愿' }];
const STATE = { village: { id: 'x', name: '村' }, kiosk: {}, volunteers: VOLUNTEERS };
const onDuty = answer({ ...STATE, shift: { volunteer: '张志愿' } });
const nobody = answer({ ...STATE, shift: null });

interface Call {
  readonly id: string;
  readonly input: { readonly key?: string; readonly body?: unknown };
  readonly answer: (outcome: Outcome<unknown>) => void;
}

let opened = 0;

/** The whole of the kiosk behind its screens; its server is the test. */
async function openKiosk({ isSignedIn = true, name = `kiosk-${(opened += 1)}` } = {}) {
  const calls: Call[] = [];
  const plainApi = {
    call: (id: string, input: Call['input'] = {}) =>
      new Promise((resolve) => void calls.push({ id, input, answer: resolve })),
  } as unknown as Api;
  const stored = new Map<string, string>([['jishan.kiosk.device', 'd']]);
  if (isSignedIn) stored.set('jishan.kiosk.shift', 's');
  const memory = createMemory({
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => void stored.set(key, value),
    removeItem: (key) => void stored.delete(key),
  });
  const now = () => 1_000_000;
  const station = createStation({ plainApi, memory, now });
  const goods = createGoods(station.api);
  const device = openDevice(name);
  const disk = createCounterDisk({ device, later: () => undefined });
  const parked = createParkedDisk({ device, later: () => undefined });
  const kept = { ...(await disk.read()), parked: await parked.read() };
  const play = vi.fn();
  const kiosk = createKiosk({
    station,
    goods,
    memory,
    disk,
    parked,
    kept,
    now,
    play,
    print: () => undefined,
  });

  /** Answers the oldest call of this kind, once it has been made. */
  async function reply(id: string, outcome: Outcome<unknown>): Promise<Call> {
    await vi.waitFor(() => expect(calls.map((call) => call.id)).toContain(id));
    const [call] = calls.splice(
      calls.findIndex((one) => one.id === id),
      1,
    );
    if (!call) throw new Error(`nobody asked for ${id}`);
    call.answer(outcome);
    await new Promise((resolve) => setTimeout(resolve));
    return call;
  }

  async function start(state: Outcome<unknown>): Promise<void> {
    void station.check();
    await reply('kiosk.state', state);
  }

  return { kiosk, station, goods, calls, reply, start, name, device, disk, play };
}

/** On duty, with household A at the counter and one piece of salt in its basket. */
async function serving() {
  const all = await openKiosk();
  await all.start(onDuty);
  await all.reply('kiosk.goods', answer({ items: [...shelf().values()] }));
  all.kiosk.scan(CARD);
  await all.reply('kiosk.lookup', answer(household('A')));
  all.kiosk.counter.feed({ is: 'goods', goodsId: 'salt' });
  return all;
}

describe('the kiosk behind its screens', () => {
  it('hands a basket out under one key, from the disk', async () => {
    const { kiosk, reply, disk } = await serving();
    expect(kiosk.basket.total).toBe(300);
    kiosk.counter.feed({ is: 'confirm' });
    const first = await reply('kiosk.redeem', lost);
    expect((await disk.read()).owed.map(({ key }) => key)).toEqual([first.input.key]);
    expect([kiosk.counter.screen, kiosk.counter.visit]).toEqual(['checking', null]);
    kiosk.counter.feed({ is: 'askNow' });
    const second = await reply('kiosk.redeem', answer(redemption('r', 'A')));
    expect(second.input).toEqual(first.input);
    expect(kiosk.counter.receipt?.id).toBe('r');
    expect(await disk.read()).toEqual({ basket: null, owed: [], damaged: null });
  });

  it('M1, M20: asks about it in the next page, under the same key', async () => {
    const before = await serving();
    before.kiosk.counter.feed({ is: 'confirm' });
    const { input } = await before.reply('kiosk.redeem', lost);
    const after = await openKiosk({ name: before.name });
    after.kiosk.leaveIdle();
    await after.start(onDuty);
    expect((await after.reply('kiosk.redeem', answer(redemption('r', 'A')))).input).toEqual(input);
    expect(after.kiosk.counter.screen).toBe('done');
  });

  it('hears an answer before the shift that it ends: a basket that was surely not booked is not owed', async () => {
    const { kiosk, reply, station } = await serving();
    kiosk.counter.feed({ is: 'confirm' });
    await reply('kiosk.redeem', shiftOver);
    expect(station.stage.value).toBe('signing_in');
    expect(kiosk.counter.state).toMatchObject({
      place: { at: 'shut' },
      owed: [],
      aside: { householdId: 'A' },
    });
  });

  it('M4: a disk that refuses locks nothing', async () => {
    const { kiosk, calls, device } = await serving();
    const write = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    kiosk.counter.feed({ is: 'confirm' });
    await vi.waitFor(() => expect(kiosk.counter.notice).toMatchObject({ name: 'notKept' }));
    expect([kiosk.counter.screen, kiosk.counter.isBusy]).toEqual(['serving', false]);
    expect(calls.map(({ id }) => id)).not.toContain('kiosk.redeem');
    write.mockRestore();
    expect(await device.read(['intents'], (work) => work.objectStore('intents').count())).toBe(0);
    kiosk.counter.feed({ is: 'confirm' });
    await vi.waitFor(() => expect(calls.map(({ id }) => id)).toContain('kiosk.redeem'));
  });

  it('F22: opens no statement for a card that is scanned while a volunteer’s PIN is checked', async () => {
    const { kiosk, station, start, reply } = await openKiosk({ isSignedIn: false });
    await start(nobody);
    const signingIn = station.signIn('v', '482915');
    kiosk.scan(CARD);
    kiosk.statements.open();
    expect([kiosk.statements.view.value, kiosk.counter.notice]).toMatchObject([
      'closed',
      { name: 'signInFirst' },
    ]);
    await reply('kiosk.signIn', answer({ shiftToken: 's', shiftId: 'i', volunteer: '张志愿' }));
    await reply('kiosk.state', onDuty);
    expect(await signingIn).toBeNull();
    expect([station.stage.value, kiosk.statements.view.value]).toEqual(['open', 'closed']);
  });

  it('brings a card to the statement desk where nobody is on duty, and to the counter where somebody is', async () => {
    const { kiosk, start } = await openKiosk({ isSignedIn: false });
    await start(nobody);
    kiosk.scan(CARD);
    expect(kiosk.statements.view.value).toBe('asking');
    kiosk.leaveIdle();
    expect(kiosk.statements.view.value).toBe('closed');
    const duty = await openKiosk();
    await duty.start(onDuty);
    duty.kiosk.scan(CARD);
    expect([duty.kiosk.statements.view.value, duty.kiosk.counter.place.at]).toEqual(['closed', 'looking']);
  });

  it('says what does not count, and is heard', async () => {
    const { kiosk, play } = await serving();
    kiosk.scan('no code of ours');
    expect(kiosk.counter.notice).toMatchObject({ kind: 'bad', name: 'foreign' });
    expect(play).toHaveBeenLastCalledWith('error');
  });

  it('says that the shelf is not known yet where goods are scanned before it came, and counts them after', async () => {
    const { kiosk, start, reply, calls } = await openKiosk();
    await start(onDuty);
    const barcode = '6907001000371';
    kiosk.scan(CARD);
    await reply('kiosk.lookup', answer(household('A')));
    kiosk.scan(barcode);
    expect(kiosk.counter.notice).toMatchObject({ name: 'shelfNotRead', params: { code: barcode } });
    // For the shift, for the card, and for the scan.
    expect(calls.filter(({ id }) => id === 'kiosk.goods')).toHaveLength(3);
    const items = [...shelf().values()].map((item) => (item.id === 'salt' ? { ...item, barcode } : item));
    await reply('kiosk.goods', answer({ items }));
    kiosk.scan(barcode);
    expect([kiosk.counter.notice, kiosk.basket.total]).toEqual([null, 300]);
    kiosk.scan('4006381333931');
    expect(kiosk.counter.notice).toMatchObject({ name: 'unknownGoods' });
  });

  it('asks again by itself after a pause, and is woken by the network', async () => {
    const { kiosk, reply } = await serving();
    kiosk.counter.feed({ is: 'confirm' });
    await reply('kiosk.redeem', busy);
    expect(kiosk.counter.sending).toMatchObject({ step: 'pause', sending: { isUnclear: false } });
    kiosk.counter.feed({ is: 'networkCame' });
    await reply('kiosk.redeem', pointsShort);
    await reply('kiosk.lookup', answer(household('A')));
    expect([kiosk.counter.screen, kiosk.counter.notice?.kind]).toEqual(['serving', 'failure']);
  });

  it('F5: takes no older state for a newer one', async () => {
    const { station, calls } = await openKiosk();
    void station.check();
    void station.check();
    const [older, newer] = calls;
    newer?.answer(answer({ ...STATE, shift: { volunteer: '新' } }));
    await new Promise((resolve) => setTimeout(resolve));
    older?.answer(answer({ ...STATE, shift: { volunteer: '旧' } }));
    await new Promise((resolve) => setTimeout(resolve));
    expect(station.state.value?.shift?.volunteer).toBe('新');
  });

  it('F5: a state and a refusal from before a shift began do not end it', async () => {
    const { station, start, reply, calls } = await openKiosk({ isSignedIn: false });
    await start(nobody);
    void station.check();
    void station.api.call('kiosk.recent');
    const signingIn = station.signIn('v', '482915');
    const [state, recent] = calls.splice(0, 2);
    await reply('kiosk.signIn', answer({ shiftToken: 's', shiftId: 'i', volunteer: '张志愿' }));
    state?.answer(nobody);
    recent?.answer(shiftOver);
    await new Promise((resolve) => setTimeout(resolve));
    expect(station.stage.value).toBe('open');
    await reply('kiosk.state', onDuty);
    await signingIn;
    expect([station.stage.value, station.ended.value]).toEqual(['open', null]);
  });

  it('F5: a call that was given up does not take the network away that a later one found', async () => {
    const { station, calls } = await openKiosk();
    void station.check();
    void station.check();
    const [older, newer] = calls;
    newer?.answer(onDuty);
    await new Promise((resolve) => setTimeout(resolve));
    older?.answer(lost);
    await new Promise((resolve) => setTimeout(resolve));
    expect(station.isConnected.value).toBe(true);
  });

  it('takes no older shelf for a newer one', async () => {
    const { goods, reply, calls } = await openKiosk();
    void goods.refresh();
    void goods.refresh();
    const [older, newer] = calls;
    newer?.answer(answer({ items: [...shelf('salt').values()] }));
    await new Promise((resolve) => setTimeout(resolve));
    older?.answer(answer({ items: [...shelf().values()] }));
    await new Promise((resolve) => setTimeout(resolve));
    expect(goods.items.value.map(({ id }) => id)).toEqual(['salt']);
    void goods.refresh();
    await reply('kiosk.goods', lost);
    expect(goods.items.value).toHaveLength(1);
  });
});
