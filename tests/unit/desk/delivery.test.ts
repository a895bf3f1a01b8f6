import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { reactive } from 'vue';
import type { GoodsItem } from '../../../shared/goods/contract.ts';
import { fenOf, isWhole, piecesOf, withItem, type StockRow } from '../../../client/desk/goods/stock-list.ts';
import { useDelivery } from '../../../client/desk/goods/useDelivery.ts';
import { useDeskIntent } from '../../../client/desk/intents/useDeskIntent.ts';
import { newDevice, testDesk } from '../../support/desk-scope.ts';
import { handApi, settled, type HandApi } from '../../support/hand-api.ts';

const goods = (id: string): GoodsItem => ({ id, name: id, unit: '袋' }) as GoodsItem;

/** The page of a delivery, with these items and pieces typed in; each costs 10 yuan. */
async function page(hand: HandApi, device = newDevice(), typed: Readonly<Record<string, number>> = {}) {
  let changes = 0;
  const { desk, open } = testDesk({ api: hand.api, device });
  const { screen, leave } = open(() =>
    useDelivery(desk, { words: ({ name }) => name, changed: () => void (changes += 1) }),
  );
  await screen.opened;
  for (const [id, pieces] of Object.entries(typed)) screen.add(goods(id), pieces);
  for (const row of screen.list.rows) row.cost ||= '10';
  return { ...screen, leave, device, changes: () => changes };
}

const numbers = (rows: readonly StockRow[]) => rows.map(({ goodsId, number }) => [goodsId, number]);

describe('the rows of a delivery', () => {
  it('count an item scanned again as one piece more, and begin a new row once it is in', () => {
    let rows = withItem([], goods('rice'), 1, 'k1');
    rows = withItem(rows, goods('oil'), 0, 'k2');
    rows = withItem(rows, goods('rice'), 1, 'k3');
    expect(rows.map(({ goodsId, quantity }) => [goodsId, quantity])).toEqual([
      ['rice', '2'],
      ['oil', ''],
    ]);
    rows = rows.map((row) => (row.goodsId === 'rice' ? { ...row, number: 7 } : row));
    rows = withItem(rows, goods('rice'), 1, 'k3');
    expect(rows.map(({ goodsId, quantity }) => [goodsId, quantity]).at(-1)).toEqual(['rice', '1']);
    expect(new Set(rows.map(({ serial }) => serial)).size).toBe(3);
    expect(rows.map(({ key }) => key)).toEqual(['k1', 'k2', 'k3']);
  });

  it.each([
    ['10', '300', 10, 30_000, true],
    [' 10 ', '0', 10, 0, true],
    ['0', '1', null, 100, false],
    ['1.5', '1', null, 100, false],
    ['10000', '1', null, 100, false],
    ['10', '', 10, null, false],
    ['10', 'x', 10, null, false],
  ])('read “%s” pieces for “%s” yuan', (quantity, cost, pieces, fen, whole) => {
    const row: StockRow = {
      serial: 1,
      key: 'k',
      goodsId: 'g',
      name: '',
      unit: '',
      number: null,
      quantity,
      cost,
    };
    expect([piecesOf(row), fenOf(row), isWhole(row)]).toEqual([pieces, fen, whole]);
  });
});

describe('a delivery', () => {
  it('is taken in row by row, each under a key of its own', async () => {
    const hand = handApi();
    const delivery = await page(hand, newDevice(), { rice: 10, oil: 5 });
    const taking = delivery.takeIn();
    await (await hand.latest('goods.stockIn')).answer({ journalNumber: 41, stock: 10 });
    await settled();
    const [rice, oil] = hand.callsOf('goods.stockIn');
    await oil?.answer({ journalNumber: 42, stock: 5 });
    expect(await taking).toBe(2);
    expect(numbers(delivery.list.rows)).toEqual([
      ['rice', 41],
      ['oil', 42],
    ]);
    expect([rice?.body, oil?.body]).toMatchObject([
      { quantity: 10, totalCostFen: 1000 },
      { quantity: 5, totalCostFen: 1000 },
    ]);
    expect(rice?.key).not.toBe(oil?.key);
    expect(delivery.changes()).toBe(1);
  });

  it('of 10 whose answer was lost and that is changed to 12 is asked about as 10, and booked once', async () => {
    const hand = handApi();
    const delivery = await page(hand, newDevice(), { rice: 10, oil: 5 });
    const taking = delivery.takeIn();
    await (await hand.latest('goods.stockIn')).lose();
    expect(await taking).toBe(0);
    expect(delivery.isUnclear.value).toBe(true);
    // Nothing else is sent, and nothing is added to what was sent.
    expect(await delivery.takeIn()).toBe(0);
    expect(delivery.add(goods('rice'), 1)).toBe(false);
    const [row] = delivery.list.rows;
    if (!row) throw new Error('no row');
    expect([delivery.isLocked(row), hand.callsOf('goods.stockIn').length]).toEqual([true, 1]);
    row.quantity = '12';
    void delivery.intentOf(row).ask();
    await settled();
    const [first, again] = hand.callsOf('goods.stockIn');
    expect([again?.key, again?.body]).toEqual([first?.key, first?.body]);
    await again?.answer({ journalNumber: 41, stock: 10 });
    expect(delivery.list.rows[0]).toMatchObject({ quantity: '10', number: 41 });
    expect([delivery.isUnclear.value, delivery.changes()]).toEqual([false, 2]);
  });

  it('goes on where a row was refused only after that row', async () => {
    const hand = handApi();
    const delivery = await page(hand, newDevice(), { rice: 10, oil: 5 });
    const taking = delivery.takeIn();
    await (await hand.latest('goods.stockIn')).refuse('goods.not_found');
    expect(await taking).toBe(0);
    expect(hand.callsOf('goods.stockIn')).toHaveLength(1);
    const [row] = delivery.open.value;
    expect(row && delivery.intentOf(row).failure?.kind).toBe('problem');
    expect(row && delivery.isLocked(row)).toBe(false);
  });

  it('sends nothing while a figure is missing', async () => {
    const hand = handApi();
    const delivery = await page(hand, newDevice(), { rice: 10 });
    delivery.add(goods('oil'));
    expect([await delivery.takeIn(), delivery.wasChecked.value, hand.calls.length]).toEqual([0, true, 0]);
  });

  it('comes back after a reload with what was sent as it was sent, and is booked once', async () => {
    const device = newDevice();
    const before = handApi();
    const delivery = await page(before, device, { rice: 10, oil: 5 });
    void delivery.takeIn();
    const sent = await before.latest('goods.stockIn');
    await sent.lose();
    delivery.leave();

    const after = handApi();
    const next = await page(after, device);
    const again = await after.latest('goods.stockIn');
    expect([again.key, again.body]).toEqual([sent.key, sent.body]);
    await again.answer({ journalNumber: 41, stock: 10 });
    expect(numbers(next.list.rows)).toEqual([
      ['rice', 41],
      ['oil', null],
    ]);
  });

  it('does not take in what was booked after its page was left', async () => {
    const device = newDevice();
    const hand = handApi();
    const delivery = await page(hand, device, { rice: 10, oil: 5 });
    const taking = delivery.takeIn();
    const call = await hand.latest('goods.stockIn');
    delivery.leave();
    await call.answer({ journalNumber: 41, stock: 10 });
    await taking;
    expect(hand.callsOf('goods.stockIn')).toHaveLength(1);

    const later = handApi();
    const next = await page(later, device);
    await settled();
    expect(numbers(next.list.rows)).toEqual([
      ['rice', 41],
      ['oil', null],
    ]);
    expect(later.calls).toEqual([]);
  });

  it('lies on this computer until it is cleared', async () => {
    const device = newDevice();
    const delivery = await page(handApi(), device, { rice: 10 });
    await settled();
    expect(numbers((await page(handApi(), device)).list.rows)).toEqual([['rice', null]]);
    delivery.clear();
    await settled();
    expect((await page(handApi(), device)).list.rows).toEqual([]);
  });

  it('types a row anew and takes one off', async () => {
    const delivery = await page(handApi(), newDevice(), { rice: 10, oil: 5 });
    const [rice, oil] = delivery.list.rows;
    if (!rice || !oil) throw new Error('no rows');
    delivery.empty(rice);
    delivery.remove(oil);
    expect(delivery.list.rows).toMatchObject([{ goodsId: 'rice', quantity: '', cost: '' }]);
  });

  it('M5: open in two windows is booked once: both send a row under the key it began with', async () => {
    const [one, two] = [handApi(), handApi()];
    const first = await page(one, newDevice(), { rice: 10 });
    await settled();
    const second = await page(two, first.device);
    void first.takeIn();
    await (await one.latest('goods.stockIn')).answer({ journalNumber: 41, stock: 10 });
    void second.takeIn();
    const again = await two.latest('goods.stockIn');
    expect(again.key).toBe(one.callsOf('goods.stockIn')[0]?.key);
    // Figures that were changed meanwhile are refused under this key, and what comes next has another.
    await again.refuse('idempotency.conflict');
    void second.takeIn();
    await settled();
    expect(two.callsOf('goods.stockIn')[1]?.key).not.toBe(again.key);
  });

  it('M5: and the dialog of an item are one: what is unclear in the one is not booked by the other', async () => {
    const hand = handApi();
    const { desk, open } = testDesk({ api: hand.api });
    const { screen: delivery } = open(() =>
      useDelivery(desk, { words: ({ name }) => name, changed: () => undefined }),
    );
    await delivery.opened;
    delivery.add(goods('rice'), 10);
    for (const row of delivery.list.rows) row.cost = '10';
    void delivery.takeIn();
    await (await hand.latest('goods.stockIn')).lose();
    const fields = reactive({ quantity: '', cost: '', source: 'bought', note: '' });
    const { screen: dialog } = open(() =>
      useDeskIntent<'goods.stockIn'>({
        kind: 'goods.stockIn',
        about: 'rice',
        words: () => 'rice',
        form: fields,
      }),
    );
    expect([dialog.unclear?.call.body.quantity, fields.quantity]).toEqual([10, '10']);
    const body = { quantity: 12, totalCostFen: 1200, source: 'bought', note: '' } as const;
    void dialog.send('goods.stockIn', { params: { id: 'rice' }, body });
    await settled();
    const [sent, asked] = hand.callsOf('goods.stockIn');
    expect([asked?.key, asked?.body]).toEqual([sent?.key, sent?.body]);
  });
});
