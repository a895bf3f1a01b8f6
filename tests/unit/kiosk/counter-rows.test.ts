import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { openDevice } from '../../../client/device/device.ts';
import type { Stage } from '../../../client/kiosk/composables/station.ts';
import { owedRows } from '../../../client/kiosk/ports/kept-owed.ts';
import { owedRedeem, owedUndo } from './counter/hands.ts';
import { answer, lost, redemption } from './counter/shop-of-three.ts';
import { answered, askedServer, memoryOf, rowsOf, rowsSent, subtle } from './fake-counter.ts';

let opened = 0;
const registered = (device: string) => answer({ device, lastNumber: 0 });

/** The rows of a paired counter on duty; its server is the test. */
async function counter({
  name = `rows-${(opened += 1)}`,
  stored = new Map([['jishan.kiosk.device', 'd']]),
  signs = true,
} = {}) {
  const server = askedServer();
  const stage = ref<Stage>('open');
  const check = vi.fn(() => Promise.resolve(true));
  const station = { api: server.plainApi, check, stage, shiftId: () => 'shift-1' };
  const memory = memoryOf(stored);
  const device = openDevice(name);
  const rows = rowsOf(device, station, memory, { subtle: signs ? subtle : undefined });
  const open = () => rows.open();
  if (signs) await open();
  return { ...server, name, stored, memory, stage, check, device, rows, open };
}

const pause = (ms = 60) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the rows of a counter', () => {
  it('are signed by a key of this pairing, under the number and shift of the counter', async () => {
    const { rows, memory, reply, replyToRows, calls } = await counter();
    expect([rows.isSigning(), rows.hasKey()]).toEqual([true, true]);
    expect(await rows.keep(owedRedeem(), null)).toEqual({ isKept: true, rowNumber: 1 });
    const result = rows.resultOf(owedRedeem());
    const { input } = await reply('outbox.register', registered(memory.rowKey ?? ''));
    expect(input.body).toMatchObject({ publicKey: { x: expect.any(String), y: expect.any(String) } });
    const [row] = await replyToRows({ receipt: redemption('r', 'A') });
    expect(row).toMatchObject({ device: memory.rowKey, number: 1, key: 'k', shift: 'shift-1', done: null });
    expect(JSON.parse(row?.body ?? '')).toEqual(owedRedeem().content);
    expect(row?.signature).toHaveLength(86);
    expect(await result).toMatchObject({ is: 'booked', receipt: { id: 'r' } });
    expect([rows.rowKeyOf(7), rows.rowKeyOf(8), calls]).toEqual(['k', null, []]);
  });

  it('of another pairing keep their own key, and the next row begins a chain of its own', async () => {
    const before = await counter();
    await before.rows.keep(owedRedeem(), 'here');
    const first = before.memory.rowKey;
    before.memory.rowKey = null;
    const after = await counter({ name: before.name, stored: before.stored });
    expect([after.memory.rowKey === first, after.memory.rowKey]).toEqual([false, expect.any(String)]);
    expect(await after.rows.keep(owedRedeem({ key: 'k2' }), 'here')).toMatchObject({ rowNumber: 1 });
    const same = await counter({ name: before.name, stored: before.stored });
    expect(same.memory.rowKey).toBe(after.memory.rowKey);
    await same.reply('outbox.register', registered('x'));
    await same.reply('outbox.register', registered('y'));
    const devices = (await same.replyToRows({ answer: 'late' })).map(({ device }) => device);
    expect(devices.toSorted()).toEqual([first, after.memory.rowKey].toSorted());
  });

  it('of a device that cannot sign are named by the server first; nothing is kept before', async () => {
    const { rows, open, reply, replyToRows, memory } = await counter({ signs: false });
    const early = open();
    await reply('outbox.register', lost);
    await early;
    expect(rows.hasKey()).toBe(false);
    const keeping = rows.keep(owedRedeem(), null);
    const { input } = await reply('outbox.register', registered('named'));
    expect([input.body, await keeping]).toEqual([{ publicKey: null }, { isKept: true, rowNumber: 1 }]);
    expect([rows.isSigning(), memory.rowKey]).toEqual([false, 'named']);
    await reply('outbox.register', registered('named'));
    expect(await replyToRows({})).toMatchObject([{ device: 'named', signature: '', hash: '' }]);
  });

  it('name their key again to a server that was restored and does not know it', async () => {
    const { rows, reply, calls, memory } = await counter();
    await rows.keep(owedRedeem(), 'here');
    await reply('outbox.register', registered('x'));
    await vi.waitFor(() => expect(calls.map(({ id }) => id)).toContain('outbox.send'));
    const [row] = rowsSent(calls.find(({ id }) => id === 'outbox.send'));
    if (!row) throw new Error('nothing was sent');
    const unknown = answered(row, { answer: 'waiting', entry: null, code: 'outbox.unknown' });
    await reply('outbox.send', answer({ answers: [unknown], nowMs: 0 }));
    await rows.keep(owedRedeem({ key: 'k2' }), 'here');
    const { input } = await reply('outbox.register', registered(memory.rowKey ?? ''));
    expect(input.body).toMatchObject({ publicKey: { x: expect.any(String) } });
  });

  it('that ask are held back while nobody is on duty, and those behind them; rows before them go', async () => {
    const { rows, stage, reply, replyToRows, calls } = await counter();
    stage.value = 'signing_in';
    await rows.keep(owedRedeem({ key: 'done' }), 'here');
    await reply('outbox.register', registered('x'));
    await rows.keep(owedRedeem({ key: 'asks' }), null);
    await rows.keep(owedUndo({ key: 'behind' }), 'here');
    expect((await replyToRows({ answer: 'late' })).map(({ key }) => key)).toEqual(['done']);
    rows.wake();
    await pause();
    expect(calls).toEqual([]);
    stage.value = 'open';
    rows.wake();
    expect((await replyToRows({})).map(({ key }) => key)).toEqual(['asks', 'behind']);
  });

  it('tell an answer that came before anybody waited for it, also to whoever signs in afterwards', async () => {
    const { rows, reply, replyToRows } = await counter();
    await rows.keep(owedRedeem(), null);
    await reply('outbox.register', registered('x'));
    await replyToRows({ receipt: redemption('r', 'A') });
    await vi.waitFor(() => expect(rows.rows.value[0]?.answer).not.toBeNull());
    expect(await rows.resultOf(owedRedeem())).toMatchObject({ is: 'booked', receipt: { id: 'r' } });
    const again = rows.resultOf(owedRedeem());
    await reply('kiosk.recent', answer({ items: [redemption('r', 'A', { journalNumber: 7 })] }));
    expect(await again).toMatchObject({ is: 'booked', receipt: { id: 'r' } });
  });

  it('tell a refusal to whoever signs in afterwards', async () => {
    const { rows, reply, replyToRows, check } = await counter();
    await rows.keep(owedRedeem(), null);
    const first = rows.resultOf(owedRedeem());
    await reply('outbox.register', registered('x'));
    await replyToRows({ answer: 'declined', entry: null, code: 'kiosk.shift_over' });
    const refusal = { is: 'refused', failure: { problem: { code: 'kiosk.shift_over' } } };
    expect([await first, await rows.resultOf(owedRedeem())]).toMatchObject([refusal, refusal]);
    expect(check).toHaveBeenCalled();
  });

  it('say what the device noted of them, and the first mark is final', async () => {
    const { rows, replyToRows, reply } = await counter();
    await rows.keep(owedRedeem(), null);
    expect(await rows.note('k', 'here')).toEqual({ isKept: true, rowNumber: 1 });
    expect(await rows.resultOf(owedRedeem())).toEqual({ is: 'ended', how: 'here' });
    expect(await rows.note('k', 'given_up')).toEqual({ isKept: false, rowNumber: 1 });
    expect(await rows.note('k', 'here')).toEqual({ isKept: true, rowNumber: 1 });
    expect(await rows.note('nobody', 'given_up')).toEqual({ isKept: false, rowNumber: 0 });
    expect(await rows.resultOf(owedRedeem({ key: 'nobody' }))).toEqual({ is: 'gone' });
    await reply('outbox.register', registered('x'));
    // It went out while it asked; it is sent once more with its mark.
    expect(await replyToRows({})).toMatchObject([{ done: null }]);
    expect(await replyToRows({ answer: 'late' })).toMatchObject([{ done: { how: 'here' } }]);
  });

  it('are not gone while the disk is still writing them', async () => {
    const { rows } = await counter();
    const keeping = rows.keep(owedRedeem(), 'here');
    const result = rows.resultOf(owedRedeem());
    expect([await keeping, await result]).toEqual([
      { isKept: true, rowNumber: 1 },
      { is: 'ended', how: 'here' },
    ]);
  });

  it('that were taken back are not offered again, and not asked about after a reload', async () => {
    const { rows, reply, replyToRows } = await counter();
    await rows.keep(owedRedeem(), 'here');
    await reply('outbox.register', registered('x'));
    await replyToRows({ answer: 'late' });
    await vi.waitFor(() => expect(rows.rowKeyOf(7)).toBe('k'));
    await rows.keep(owedUndo({ content: { ...owedUndo().content, undoes: 'k' } } as never), 'here');
    expect(rows.rowKeyOf(7)).toBeNull();
    await rows.keep(owedRedeem({ key: 'asks' }), null);
    expect(owedRows(rows.rows.value)).toMatchObject([{ key: 'asks', kind: 'kiosk.redeem' }]);
  });

  it('keep nothing where the disk refuses, nothing before there is a pairing, and nothing where it cannot be read', async () => {
    const { rows, stored } = await counter();
    const write = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(await rows.keep(owedRedeem(), 'here')).toEqual({ isKept: false, rowNumber: 0 });
    write.mockRestore();
    expect(await rows.keep(owedRedeem(), 'here')).toEqual({ isKept: true, rowNumber: 1 });
    const unpaired = await counter({ stored: new Map() });
    expect(await unpaired.rows.keep(owedRedeem(), 'here')).toEqual({ isKept: false, rowNumber: 0 });
    const read = vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
      throw new DOMException('broken', 'UnknownError');
    });
    const broken = await counter({ stored });
    expect([broken.rows.damaged(), await broken.rows.keep(owedRedeem(), 'here')]).toEqual([
      'all',
      { isKept: false, rowNumber: 0 },
    ]);
    read.mockRestore();
  });

  it('that cannot be read are named, and stay', async () => {
    const before = await counter();
    await before.rows.keep(owedRedeem(), 'here');
    const place = `${before.memory.rowKey ?? ''} 0000000001`;
    await before.device.write(['outbox'], (work) => work.objectStore('outbox').put('half', place));
    const after = await counter({ name: before.name, stored: before.stored });
    expect([after.rows.damaged(), after.rows.rows.value]).toEqual([[place], []]);
    expect(await after.rows.keep(owedRedeem(), 'here')).toEqual({ isKept: true, rowNumber: 2 });
  });
});
