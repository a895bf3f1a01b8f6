import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../../../client/api/outcome.ts';
import { openDevice } from '../../../client/device/device.ts';
import { createGoods } from '../../../client/kiosk/composables/useGoods.ts';
import { createStation } from '../../../client/kiosk/composables/useStation.ts';
import { createKiosk } from '../../../client/kiosk/create-kiosk.ts';
import { createParkedDisk } from '../../../client/kiosk/ports/parked-disk.ts';
import { createCounterDisk } from '../../../client/kiosk/ports/counter-disk.ts';
import { owedRows } from '../../../client/kiosk/ports/kept-owed.ts';
import { cardCheckDigit } from '../../../shared/cards/code.ts';
import { answer, household, lost, redemption, shelf, shiftOver } from './counter/shop-of-three.ts';
import { askedServer, memoryOf, rowsOf } from './fake-counter.ts';

const CARD = `10000000000${cardCheckDigit('10000000000')}`;
const VOLUNTEERS = [{ id: 'v', name: '张志愿' }];
const STATE = { village: { id: 'x', name: '村' }, kiosk: {}, volunteers: VOLUNTEERS };
const onDuty = answer({ ...STATE, shift: { volunteer: '张志愿' } });
const nobody = answer({ ...STATE, shift: null });

let opened = 0;

/** The whole of the kiosk behind its screens; its server is the test. */
async function openKiosk({
  isSignedIn = true,
  name = `kiosk-${(opened += 1)}`,
  stored = new Map([['jishan.kiosk.device', 'd']]),
} = {}) {
  const { calls, plainApi, reply, replyToRows } = askedServer();
  if (isSignedIn) stored.set('jishan.kiosk.shift', 's');
  const memory = memoryOf(stored);
  const now = () => 1_000_000;
  const station = createStation({ plainApi, memory, now });
  const goods = createGoods(station.api);
  const device = openDevice(name);
  const disk = createCounterDisk({ device, later: () => undefined });
  const parked = createParkedDisk({ device, later: () => undefined });
  const rows = rowsOf(device, station, memory);
  await rows.open();
  const owed = owedRows(rows.rows.value);
  const kept = { basket: (await disk.read()).basket, parked: await parked.read(), owed, damaged: null };
  const play = vi.fn();
  const print = () => undefined;
  const kiosk = createKiosk({
    ...{
      station,
      goods,
      memory,
      disk,
      parked,
      rows,
      alone: null,
      metered: null,
      kept,
      now,
      play,
      print,
    },
  });

  async function start(state: Outcome<unknown>): Promise<void> {
    void station.check();
    await reply('kiosk.state', state);
  }

  return { kiosk, station, goods, calls, reply, replyToRows, start, name, stored, device, disk, rows, play };
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
    const { kiosk, reply, replyToRows, disk, rows } = await serving();
    expect(kiosk.basket.total).toBe(300);
    kiosk.counter.feed({ is: 'confirm' });
    await reply('outbox.register', answer({ device: 'd', lastNumber: 0 }));
    const [first] = await replyToRows(lost);
    expect(rows.rows.value).toMatchObject([{ row: { key: first?.key, done: null }, answer: null }]);
    expect(await disk.read()).toEqual({ basket: null, isReadable: true });
    kiosk.counter.feed({ is: 'overdue', turn: kiosk.counter.state.turn });
    expect([kiosk.counter.screen, kiosk.counter.visit]).toEqual(['checking', null]);
    kiosk.counter.feed({ is: 'askNow' });
    const [second] = await replyToRows({ receipt: redemption('r', 'A') });
    expect(second).toEqual(first);
    await vi.waitFor(() => expect(kiosk.counter.receipt?.id).toBe('r'));
    expect(rows.rows.value).toMatchObject([
      { row: { done: { how: 'server', entry: 7 } }, answer: { entry: 7 } },
    ]);
  });

  it('M1, M20: asks about it in the next page, under the same key', async () => {
    const before = await serving();
    before.kiosk.counter.feed({ is: 'confirm' });
    await before.reply('outbox.register', answer({ device: 'd', lastNumber: 0 }));
    const rows = await before.replyToRows(lost);
    const after = await openKiosk({ name: before.name, stored: before.stored });
    after.kiosk.leaveIdle();
    await after.start(onDuty);
    expect(after.kiosk.counter.screen).toBe('checking');
    after.kiosk.counter.feed({ is: 'askNow' });
    await after.reply('outbox.register', answer({ device: 'd', lastNumber: 1 }));
    expect(await after.replyToRows({ entry: 1 })).toEqual(rows);
    // The receipt is told once: the list has it.
    await after.reply('kiosk.recent', answer({ items: [redemption('r', 'A')] }));
    await vi.waitFor(() => expect(after.kiosk.counter.receipt?.id).toBe('r'));
  });

  it('brings back the basket of a row that the shift’s end refused, and asks what the shift is', async () => {
    const { kiosk, reply, replyToRows, station, rows } = await serving();
    kiosk.counter.feed({ is: 'confirm' });
    await reply('outbox.register', answer({ device: 'd', lastNumber: 0 }));
    await replyToRows({ answer: 'declined', entry: null, code: 'kiosk.shift_over' });
    await reply('kiosk.state', nobody);
    expect(station.stage.value).toBe('signing_in');
    expect(kiosk.counter.state).toMatchObject({
      place: { at: 'shut' },
      owed: [],
      aside: { householdId: 'A' },
    });
    expect(rows.rows.value.map(({ row }) => row.key)).not.toContain(kiosk.counter.state.aside?.key);
  });

  it('M4: a disk that refuses locks nothing', async () => {
    const { kiosk, calls, rows } = await serving();
    const write = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    kiosk.counter.feed({ is: 'confirm' });
    await vi.waitFor(() => expect(kiosk.counter.notice).toMatchObject({ name: 'notKept' }));
    expect([kiosk.counter.screen, kiosk.counter.isBusy]).toEqual(['serving', false]);
    expect([rows.rows.value, calls.filter(({ id }) => id === 'outbox.send')]).toEqual([[], []]);
    write.mockRestore();
    kiosk.counter.feed({ is: 'confirm' });
    await vi.waitFor(() => expect(rows.rows.value).toMatchObject([{ row: { number: 1 } }]));
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

  it('says that the shift goes on where the disk refuses its end', async () => {
    const { kiosk, station, start, play } = await openKiosk();
    await start(onDuty);
    const signOut = vi.spyOn(station, 'signOut').mockResolvedValue(false);
    kiosk.counter.feed({ is: 'signOut' });
    await vi.waitFor(() => expect(kiosk.counter.notice).toMatchObject({ kind: 'bad', name: 'shiftNotKept' }));
    expect([kiosk.counter.screen, station.stage.value]).toEqual(['waiting', 'open']);
    expect(play).toHaveBeenLastCalledWith('error');
    signOut.mockResolvedValue(true);
    kiosk.counter.feed({ is: 'signOut' });
    await new Promise((resolve) => setTimeout(resolve));
    expect(kiosk.counter.notice).toBeNull();
  });

  it('says so too where the network is back and the shift of this device cannot end', async () => {
    const local = JSON.stringify({ id: 'l', volunteerId: 'v', volunteer: '张志愿', startedAtMs: 1 });
    const stored = new Map([
      ['jishan.kiosk.device', 'd'],
      ['jishan.kiosk.local-shift', local],
    ]);
    const { kiosk, station, start } = await openKiosk({ isSignedIn: false, stored });
    await start(nobody);
    await vi.waitFor(() => expect(kiosk.counter.notice).toMatchObject({ name: 'shiftNotKept' }));
    expect([station.stage.value, station.isLocalShift.value]).toEqual(['open', true]);
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

  it('asks again by itself after a pause, and shows why it was declined', async () => {
    const { kiosk, reply, replyToRows } = await serving();
    kiosk.counter.feed({ is: 'confirm' });
    await reply('outbox.register', answer({ device: 'd', lastNumber: 0 }));
    await replyToRows(lost);
    expect(kiosk.counter.sending).toMatchObject({ step: 'ask', isOverdue: false });
    const title = '积分不够';
    vi.stubGlobal('document', { documentElement: { lang: 'zh-CN' } });
    const said = { zh: { title, detail: '' }, en: { title, detail: '' } };
    await replyToRows({ answer: 'declined', entry: null, code: 'ledger.points_short', said });
    await reply('kiosk.lookup', answer(household('A')));
    expect([kiosk.counter.screen, kiosk.counter.notice]).toMatchObject([
      'serving',
      { kind: 'failure', failure: { problem: { title } }, writes: true },
    ]);
    vi.unstubAllGlobals();
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
