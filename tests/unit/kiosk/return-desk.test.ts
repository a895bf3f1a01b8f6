import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import type { Outcome } from '../../../client/api/outcome.ts';
import { openDevice } from '../../../client/device/device.ts';
import { createReturnDesk } from '../../../client/kiosk/composables/createReturnDesk.ts';
import { createVoice } from '../../../client/kiosk/composables/createVoice.ts';
import type { Stage } from '../../../client/kiosk/composables/station.ts';
import type { GoodsReturn } from '../../../client/kiosk/counter/state.ts';
import { owedReturns, owedRows } from '../../../client/kiosk/ports/kept-owed.ts';
import type { RowBodies } from '../../../shared/kiosk/rows.ts';
import { owedRedeem } from './counter/hands.ts';
import { answer, household, lost, namesIn, redemption } from './counter/shop-of-three.ts';
import { askedServer, memoryOf, rowsOf } from './fake-counter.ts';

let opened = 0;
const SAID = {
  zh: { title: '退得比拿的多', detail: '没有退' },
  en: { title: 'More than was taken', detail: 'Nothing was returned' },
};
const SLIP = redemption('r', 'A', { journalNumber: 7 });
const receipt: GoodsReturn = {
  ...{ id: 'ret', redemption: { id: 'r', journalNumber: 7 }, points: 300, balanceAfter: 5 },
  household: { id: 'A', number: '001', head: '王*明' },
  lines: [{ goodsId: 'salt', name: '名-salt', unit: '件', quantity: 1, price: 300 }],
  ...{ bookedAtMs: 1, journalNumber: 8, digits: 'd', volunteer: '张志愿' },
};

/** The return desk of a page; its server is the test, its rows are on a disk. */
async function openDesk({
  name = `returns-${(opened += 1)}`,
  stored = new Map([['jishan.kiosk.device', 'd']]),
} = {}) {
  vi.stubGlobal('document', { documentElement: { lang: 'zh-CN' } });
  const server = askedServer();
  const stage = ref<Stage>('open');
  const isThere = { now: true };
  const station = {
    ...{ api: server.plainApi, check: () => Promise.resolve(true), stage, shiftId: () => 'shift-1' },
    canReachServer: () => Promise.resolve(isThere.now),
  };
  const device = openDevice(name);
  const rows = rowsOf(device, station, memoryOf(stored));
  await rows.open();
  await server.reply('outbox.register', answer({ device: 'd', lastNumber: 0 }));
  let keys = 0;
  const timers: (() => void)[] = [];
  const changed = vi.fn();
  const play = vi.fn();
  const desk = createReturnDesk({
    ...{ station, rows, changed, voice: createVoice(play), mayOpen: () => true, now: () => 1_000_000 },
    ...{ kept: owedReturns(rows.rows.value), newKey: () => `${name}-${String((keys += 1))}` },
    later: (_, run) => void timers.push(run),
  });
  /** One piece of salt is chosen, and the card of its household was shown. */
  async function ready(): Promise<void> {
    desk.openSlip(SLIP);
    desk.choose('salt', 1);
    void desk.showCard('card');
    await server.reply('kiosk.lookup', answer(household('A')));
  }
  const overdue = () => {
    for (const run of timers.splice(0)) run();
  };
  return { ...server, desk, rows, device, name, stored, stage, isThere, changed, play, ready, overdue };
}

const bodyOf = (text = '') => JSON.parse(text) as RowBodies['kiosk.return'];
const pause = () => new Promise((resolve) => setTimeout(resolve, 40));
const booked = { entry: 8, receipt: { ...receipt } };
const declined = { answer: 'declined', entry: null, code: 'redemption.returned', said: SAID } as const;

describe('the return desk', () => {
  it('writes the return before it is sent, and says done when the server has answered', async () => {
    const { desk, rows, ready, replyToRows, changed, calls } = await openDesk();
    await ready();
    expect([desk.points.value, desk.household.value?.id]).toEqual([300, 'A']);
    const confirming = desk.confirm();
    await vi.waitFor(() => expect(calls.map(({ id }) => id)).toEqual(['outbox.send']));
    expect(rows.rows.value).toMatchObject([{ row: { kind: 'kiosk.return', done: null }, answer: null }]);
    expect([desk.view.value, desk.isBusy.value]).toEqual(['choosing', true]);
    await desk.confirm();
    desk.close();
    desk.choose('salt', 2);
    const [row] = await replyToRows(booked);
    await confirming;
    expect(bodyOf(row?.body)).toEqual({
      ...{ redemptionId: 'r', follows: null, slip: 7, householdId: 'A', householdNumber: '001', points: 300 },
      ...{ lines: receipt.lines, presence: { token: household('A').presence.token } },
    });
    expect([desk.view.value, desk.booked.value, desk.owed.value]).toEqual(['done', receipt, null]);
    expect(changed).toHaveBeenCalledTimes(1);
    expect(rows.rows.value).toMatchObject([{ row: { done: { how: 'server', entry: 8 } } }]);
    expect(rows.rows.value).toHaveLength(1);
    desk.close();
    expect(desk.view.value).toBe('closed');
  });

  it('names the row of this device that handed out', async () => {
    const { desk, rows, ready, replyToRows } = await openDesk();
    await rows.keep(owedRedeem({ key: 'handed-out' }), null);
    await replyToRows({ entry: 7 });
    await ready();
    void desk.confirm();
    const [row] = await replyToRows(booked);
    expect(bodyOf(row?.body).follows).toBe('handed-out');
  });

  it('asks on where no answer comes, without a name, and lets no other return begin', async () => {
    const { desk, ready, replyToRows, overdue, calls, play } = await openDesk();
    await ready();
    const confirming = desk.confirm();
    const [first] = await replyToRows(lost);
    overdue();
    expect([desk.view.value, desk.booked.value]).toEqual(['unanswered', null]);
    const { slip, household: known, owed, chosen } = desk;
    expect(namesIn([slip.value, known.value, owed.value, [...chosen.value]])).toEqual([]);
    desk.close();
    desk.open();
    desk.openSlip(SLIP);
    await desk.confirm();
    await desk.showCard('card');
    expect([desk.view.value, calls.filter(({ id }) => id === 'kiosk.lookup')]).toEqual(['unanswered', []]);
    desk.askNow();
    const [second] = await replyToRows(booked);
    await confirming;
    expect(second).toEqual(first);
    expect([desk.view.value, desk.booked.value?.journalNumber]).toEqual(['done', 8]);
    expect(play).toHaveBeenLastCalledWith('done');
  });

  it('asks about it in the next page under the same key, and says done by what the row says', async () => {
    const before = await openDesk();
    await before.ready();
    void before.desk.confirm();
    const [sent] = await before.replyToRows(lost);
    const { desk, rows, replyToRows, changed } = await openDesk(before);
    expect(owedRows(rows.rows.value)).toEqual([]);
    desk.resume();
    desk.resume();
    expect([desk.view.value, desk.owed.value?.key]).toEqual(['unanswered', sent?.key]);
    // The server had booked it, and tells a receipt once.
    const [again] = await replyToRows({ entry: 8 });
    await vi.waitFor(() => expect(desk.view.value).toBe('done'));
    expect(again).toEqual(sent);
    expect(desk.booked.value).toMatchObject({
      ...{ journalNumber: 8, points: 300, balanceAfter: null, volunteer: '', digits: '' },
      ...{ household: { number: '001', head: '' }, redemption: { journalNumber: 7 }, lines: receipt.lines },
    });
    expect(changed).toHaveBeenCalledTimes(1);
    desk.close();
    desk.resume();
    expect(desk.view.value).toBe('closed');
    expect(owedReturns(rows.rows.value)).toEqual([]);
  });

  it('asks for the card again where the server says no, and the next return has another key', async () => {
    const { desk, ready, reply, replyToRows } = await openDesk();
    await ready();
    const confirming = desk.confirm();
    const [first] = await replyToRows(declined);
    await confirming;
    expect([desk.view.value, desk.household.value, desk.owed.value]).toEqual(['choosing', null, null]);
    expect(desk.failure.value).toMatchObject({ problem: { code: 'redemption.returned' } });
    desk.choose('salt', 2);
    void desk.showCard('card');
    await reply('kiosk.lookup', answer(household('A')));
    void desk.confirm();
    const [second] = await replyToRows(booked);
    expect([second?.key === first?.key, second?.number]).toEqual([false, 2]);
  });

  it.each([
    ['what is left of the slip', answer(SLIP), 'choosing'],
    ['that it cannot be had', lost, 'asking'],
  ] as const)('a refusal after a reload shows %s', async (_, found: Outcome<unknown>, view) => {
    const before = await openDesk();
    await before.ready();
    void before.desk.confirm();
    await before.replyToRows(lost);
    const { desk, reply, replyToRows } = await openDesk(before);
    desk.resume();
    await replyToRows(declined);
    const { input } = await reply('kiosk.slip', found);
    expect(input.body).toEqual({ number: 7 });
    await vi.waitFor(() => expect(desk.owed.value).toBe(null));
    expect([desk.view.value, desk.isBusy.value]).toEqual([view, false]);
    expect(desk.failure.value).toMatchObject({ problem: { code: 'redemption.returned' } });
  });

  it('gives up what nobody has answered, and hears no answer of it any more', async () => {
    const { desk, rows, ready, replyToRows, overdue, changed } = await openDesk();
    await ready();
    void desk.confirm();
    await replyToRows(lost);
    await desk.giveUp();
    expect(desk.view.value).toBe('choosing');
    overdue();
    await desk.giveUp();
    expect([desk.view.value, desk.owed.value]).toEqual(['closed', null]);
    expect(rows.rows.value).toMatchObject([{ row: { done: { how: 'given_up' } } }]);
    // It had been asked about once more meanwhile.
    await replyToRows(lost);
    const [told] = await replyToRows({ ...declined, code: 'outbox.given_up' });
    expect(told?.done?.how).toBe('given_up');
    await pause();
    expect([desk.view.value, desk.failure.value, changed.mock.calls]).toEqual(['closed', null, []]);
    expect(owedReturns(rows.rows.value)).toEqual([]);
  });

  it('sends nothing that the disk has not taken, and tries again under another key', async () => {
    const { desk, rows, device, ready, calls, replyToRows } = await openDesk();
    await ready();
    const write = vi.spyOn(device, 'write').mockRejectedValue(new Error('full'));
    await desk.confirm();
    expect([desk.view.value, desk.unwritten.value, desk.owed.value]).toEqual(['choosing', 'notKept', null]);
    expect([desk.isBusy.value, calls, rows.rows.value]).toEqual([false, [], []]);
    write.mockRestore();
    const confirming = desk.confirm();
    expect(desk.unwritten.value).toBe(null);
    const [row] = await replyToRows(booked);
    await confirming;
    expect([row?.number, row?.key.endsWith('-2'), desk.view.value]).toEqual([1, true, 'done']);
  });

  it('goes on asking where the disk does not note that it was given up', async () => {
    const { desk, device, ready, replyToRows, overdue } = await openDesk();
    await ready();
    void desk.confirm();
    await replyToRows(lost);
    overdue();
    const write = vi.spyOn(device, 'write').mockRejectedValue(new Error('full'));
    await desk.giveUp();
    expect([desk.view.value, desk.unwritten.value, desk.isBusy.value]).toEqual([
      'unanswered',
      'notNoted',
      false,
    ]);
    write.mockRestore();
    desk.askNow();
    await replyToRows(booked);
    await vi.waitFor(() => expect(desk.view.value).toBe('done'));
    expect(desk.unwritten.value).toBe(null);
  });

  it('begins nothing without network', async () => {
    const { desk, rows, ready, isThere, calls } = await openDesk();
    await ready();
    isThere.now = false;
    await desk.confirm();
    expect([desk.failure.value?.kind, desk.view.value, desk.isBusy.value]).toEqual([
      'unknown',
      'choosing',
      false,
    ]);
    expect([rows.rows.value, calls]).toEqual([[], []]);
  });
});
