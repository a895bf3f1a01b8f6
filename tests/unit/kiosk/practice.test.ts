import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { createGoods } from '../../../client/kiosk/composables/useGoods.ts';
import { createStation } from '../../../client/kiosk/composables/useStation.ts';
import { createKiosk } from '../../../client/kiosk/create-kiosk.ts';
import { openDevice } from '../../../client/device/device.ts';
import { createParkedDisk } from '../../../client/kiosk/ports/parked-disk.ts';
import { createCounterDisk } from '../../../client/kiosk/ports/counter-disk.ts';
import { createPractice } from '../../../client/kiosk/practice/create-practice.ts';
import type { PracticeTill } from '../../../client/kiosk/practice/practice-parts.ts';
import {
  PRACTICE_PIN,
  practiceGoods,
  practiceHouseholds,
  practicePinAbove,
} from '../../../client/kiosk/practice/practice-shop.ts';
import { isCardCode } from '../../../shared/cards/code.ts';
import { answer, household, shelf } from './counter/shop-of-three.ts';
import { memoryOf, rowsOf } from './fake-counter.ts';

const NAMES = {
  heads: ['张三', '李四', '王五'],
  initials: ['ZS', 'LS', 'WW'],
  goods: ['大米', '毛巾'],
  categories: ['米面粮油', '日用品'],
  unit: '件',
};
const words = () => ({
  group: '练习组',
  volunteer: '练习',
  ...NAMES,
  unknown: { title: '没有这一户', detail: '' },
  wrongPin: { title: '密码不对', detail: '' },
  refused: { title: '办不成', detail: '' },
});
const settled = () => new Promise((resolve) => setTimeout(resolve));
let opened = 0;

/** A shop's own kiosk on duty, with everything that its page gives to the practice; its server is counted. */
async function openShop() {
  const asked: string[] = [];
  const answers: Record<string, unknown> = {
    'kiosk.state': {
      village: { id: 'x', name: '村', shopPhone: '', shopPlace: '' },
      kiosk: { name: '柜台' },
      volunteers: [],
      shift: { volunteer: '张志愿' },
    },
    'kiosk.goods': { items: [...shelf().values()] },
    'kiosk.recent': { items: [] },
    'kiosk.lookup': household('A'),
  };
  const call = (id: string) => {
    asked.push(id);
    return Promise.resolve(answer(answers[id]));
  };
  const stored = new Map([
    ['jishan.kiosk.device', 'd'],
    ['jishan.kiosk.shift', 's'],
    ['jishan.kiosk.volume', 'low'],
  ]);
  const memory = memoryOf(stored);
  const now = () => 1_000_000;
  const station = createStation({ plainApi: { call: call as never }, memory, now });
  const goods = createGoods(station.api);
  const device = openDevice(`practice-${String((opened += 1))}`);
  const disk = createCounterDisk({ device, later: () => undefined });
  const parked = createParkedDisk({ device, later: () => undefined });
  const kept = { basket: null, owed: [], damaged: null };
  const silent = () => undefined;
  const rows = rowsOf(device, station, memory);
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
      play: silent,
      print: silent,
    },
  });
  const practice = createPractice({
    real: { station, goods, kiosk },
    memory,
    now,
    play: () => silent,
    print: silent,
    words,
  });
  await station.check();
  await settled();
  return { practice, kiosk, station, stored, device, asked };
}

/** The practice has begun, and the first household's card was scanned. */
async function practising() {
  const shop = await openShop();
  await shop.practice.begin();
  const till = shop.practice.till.value;
  if (!till) throw new Error('the practice did not begin');
  await till.station.check();
  await settled();
  const [zhang] = till.households;
  till.kiosk.scan(zhang?.card ?? '');
  await settled();
  shop.asked.splice(0);
  return { ...shop, till, zhang };
}

async function handOut(till: PracticeTill, goodsId: string): Promise<void> {
  till.kiosk.counter.feed({ is: 'goods', goodsId });
  till.kiosk.counter.feed({ is: 'confirm' });
  await settled();
}

describe('the practice till', () => {
  it('runs the whole counter out of memory: nothing is sent, nothing is kept', async () => {
    const { till, asked, stored, device, zhang } = await practising();
    const before = zhang?.balance ?? 0;
    const wasStored = new Map(stored);
    expect(till.kiosk.counter.visit?.household).toMatchObject({ head: '张三', balance: before });
    await handOut(till, 'salt');
    expect(till.kiosk.counter.receipt).toMatchObject({ points: 300, balanceAfter: before - 300 });
    till.settings.chooseVolume('silent');
    till.kiosk.counter.feed({ is: 'dialog', dialog: 'undo' });
    till.kiosk.counter.feed({ is: 'undo' });
    await settled();
    expect(till.kiosk.counter.receipt).toMatchObject({ undone: true, balanceAfter: before });
    expect(till.goods.byId.value.get('salt')?.stock).toBe(1000);
    expect(asked).toEqual([]);
    expect(stored).toEqual(wasStored);
    expect(await device.read(['outbox', 'baskets'], (work) => work.objectStore('outbox').count())).toBe(0);
    expect(await device.read(['outbox', 'baskets'], (work) => work.objectStore('baskets').count())).toBe(0);
  });

  it('counts its own shift, and ends with it', async () => {
    const { till, practice } = await practising();
    await handOut(till, 'salt');
    await till.station.check();
    expect(till.station.state.value?.shift).toMatchObject({
      volunteer: '张志愿',
      redemptions: 1,
      households: 1,
      pieces: 1,
      points: 300,
      undone: 0,
    });
    till.kiosk.counter.feed({ is: 'signOut' });
    await vi.waitFor(() => expect(practice.isOn.value).toBe(false));
  });

  it('asks for the PIN as the shop does, and takes only its own', async () => {
    const { till, zhang } = await practising();
    const above = practicePinAbove([...shelf().values()]);
    till.kiosk.counter.feed({ is: 'goods', goodsId: 'salt' });
    while (till.kiosk.basket.total <= above) till.kiosk.counter.feed({ is: 'goods', goodsId: 'salt' });
    expect(till.kiosk.basket.total).toBeLessThanOrEqual(zhang?.balance ?? 0);
    till.kiosk.counter.feed({ is: 'confirm' });
    expect(till.kiosk.counter.place.at).toBe('pin');
    till.kiosk.counter.feed({ is: 'pin', pin: '000001' });
    await settled();
    expect(till.kiosk.counter.place).toMatchObject({ at: 'pin', failure: { kind: 'problem' } });
    till.kiosk.counter.feed({ is: 'pin', pin: PRACTICE_PIN });
    await settled();
    expect(till.kiosk.counter.screen).toBe('done');
  });

  it('does nothing for a real card, and says so', async () => {
    const { till } = await practising();
    till.kiosk.counter.feed({ is: 'left' });
    till.kiosk.scan('550529186817');
    await settled();
    expect(till.kiosk.counter.place.at).toBe('waiting');
    expect(till.kiosk.counter.notice).toMatchObject({ name: 'practiceCard' });
  });

  it('shows statement, last slips and names of its own households alone', async () => {
    const { till, zhang } = await practising();
    await handOut(till, 'salt');
    const { api } = till.station;
    const body = { householdId: zhang?.id ?? '', presence: 'practice' };
    expect(await api.call('kiosk.statement', { body })).toMatchObject({
      data: { household: { head: '张*' }, lines: [{ amount: -300 }] },
    });
    expect(await api.call('kiosk.recent')).toMatchObject({
      data: { items: [{ points: 300, journalNumber: 0 }] },
    });
    const found = await api.call('kiosk.find', { body: { name: 'ls' } });
    expect(found).toMatchObject({ data: { items: [{ head: '李*', number: '9002' }] } });
    expect(await api.call('kiosk.lookup', { body: { number: '001' } })).toMatchObject({ kind: 'problem' });
    expect(await api.call('goods.list')).toMatchObject({ kind: 'problem' });
  });

  it('hands out no more than its shelf and its households have', async () => {
    const { till, zhang } = await practising();
    const body = (quantity: number, expectedPoints: number) => ({
      householdId: zhang?.id ?? '',
      lines: [{ goodsId: 'salt', quantity }],
      expectedPoints,
    });
    const redeem = (key: string, quantity: number, points: number) =>
      till.station.api.call('kiosk.redeem', { key, body: body(quantity, points) });
    expect(await redeem('k1', 1, 200)).toMatchObject({ kind: 'problem' });
    expect(await redeem('k2', 900, 270_000)).toMatchObject({ kind: 'problem' });
    const [once, again] = [await redeem('k3', 1, 300), await redeem('k3', 1, 300)];
    expect(once).toMatchObject({ kind: 'answer' });
    expect(again).toMatchObject({ data: { id: once.kind === 'answer' ? once.data.id : '' } });
  });

  it('does not begin while a basket of the shop is unsent', async () => {
    const { practice, kiosk } = await openShop();
    kiosk.counter.feed({ is: 'asked', question: { number: '001' } });
    await settled();
    kiosk.counter.feed({ is: 'goods', goodsId: 'salt' });
    await practice.begin();
    expect(practice.isOn.value).toBe(false);
    expect(kiosk.counter.notice).toMatchObject({ name: 'practiceNotNow' });
    expect(kiosk.counter.visit?.lines).toHaveLength(1);
    kiosk.counter.feed({ is: 'less', goodsId: 'salt' });
    await practice.begin();
    expect(practice.isOn.value).toBe(true);
    // Nobody of the shop is left on the screen behind it.
    expect(kiosk.counter.place.at).toBe('waiting');
    practice.end();
    expect(practice.isOn.value).toBe(false);
  });
});

describe('the practice’s made-up shop', () => {
  it('has cards that a scanner takes for cards, and points that fit the prices', () => {
    const goods = [...shelf().values()];
    const households = practiceHouseholds(goods, NAMES);
    expect(households.map(({ card }) => isCardCode(card))).toEqual([true, true, true]);
    expect(new Set(households.map(({ card }) => card)).size).toBe(3);
    const [most, some, least] = households.map(({ balance }) => balance);
    expect([most, some, least]).toEqual([most, some, least].sort((a = 0, b = 0) => b - a));
    expect(practicePinAbove(goods)).toBeLessThan(most ?? 0);
  });

  it('takes the village’s own shelf without its photos, and makes one up where there is none', () => {
    const [first] = [...shelf().values()];
    if (!first) throw new Error('the shelf is empty');
    expect(practiceGoods([{ ...first, pictureId: 'p' }], NAMES)).toEqual([{ ...first, pictureId: null }]);
    expect(practiceGoods([], NAMES).map(({ name }) => name)).toEqual(['大米', '毛巾']);
  });
});
