import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { withCard } from '../support/presence.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const DAY = 86_400_000;

describe.each(ENGINES)('a price that begins on a later day, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let householdId = '';
    let startMs = 0;

    beforeAll(async () => {
      server = await startTestServer(engine);
      householdId = (await addHousehold(server)).id;
      startMs = server.clock.nowMs;
    });
    afterAll(() => server.remove());
    afterEach(() => {
      server.clock.nowMs = startMs;
    });

    const today = () => businessDay(server.clock.nowMs, DEFAULT_SETTINGS.timeZone);
    /** The village's midnight before a day begins, so many milliseconds earlier or later. */
    const atBeginning = (day: string, afterMs: number) =>
      (server.clock.nowMs = Date.parse(`${day}T00:00:00+08:00`) + afterMs);
    /** Days pass in these tests, and log-ins end: everybody comes in anew. */
    const admin = () => server.asStaff('admin');
    const kiosk = async () => server.asKiosk({ id: server.id, admin: await admin() });
    const change = async (id: string, body: object) =>
      server.call('goods.update', { as: await admin(), params: { id }, body });
    const priceIn = (items: readonly { id: string; price: number }[], id: string) =>
      items.find((item) => item.id === id)?.price;

    test('is everywhere the old one to the last moment before, and the new one from midnight', async () => {
      const { id } = await addGoods(server, { price: 3200 }, { quantity: 20, costFen: 4000 });
      const from = addDays(today(), 3);
      const planned = (await change(id, { nextPrice: { price: 3500, from } })).data;
      expect(planned).toMatchObject({ price: 3200, nextPrice: { price: 3500, from }, formerPrice: null });
      const seen = async () => {
        const phone = await server.asHousehold(householdId);
        const board = await server.must('board.view', { params: { villageId: server.id } });
        const notice = await server.must('notices.view', {
          as: await admin(),
          query: { from: today(), to: today() },
        });
        const mine = await server.must('me.goods', { as: phone });
        return [
          priceIn((await server.must('goods.list', { as: await admin() })).items, id),
          priceIn((await server.must('kiosk.goods', { as: await kiosk() })).items, id),
          priceIn(board.goods, id),
          priceIn(mine.items, id),
          notice.goods.find(({ name }) => name === planned.name)?.price,
        ];
      };
      atBeginning(from, -1);
      expect(await seen()).toEqual([3200, 3200, 3200, 3200, 3200]);
      atBeginning(from, 0);
      expect(await seen()).toEqual([3500, 3500, 3500, 3500, 3500]);
    });

    test('is what the counter takes from that day on, though nobody touched the item', async () => {
      const { id } = await addGoods(server, { price: 3200 }, { quantity: 20, costFen: 4000 });
      const from = addDays(today(), 2);
      await change(id, { nextPrice: { price: 3500, from } });
      const household = await addHousehold(server, 20_000);
      const take = async (expectedPoints: number) => {
        const as = await kiosk();
        const body = { householdId: household.id, lines: [{ goodsId: id, quantity: 1 }], expectedPoints };
        return server.call('kiosk.redeem', { as, body: await withCard(server, as, body) });
      };
      atBeginning(from, -60_000);
      expect((await take(3200)).data.points).toBe(3200);
      atBeginning(from, 60_000);
      const refused = await take(3200);
      expect([refused.problem.code, refused.problem.params.total]).toEqual(['goods.price_changed', 3500]);
      const taken = (await take(3500)).data;
      expect([taken.points, taken.lines[0]?.price, taken.balanceAfter]).toEqual([3500, 3500, 13_300]);
    });

    test('is told on the household’s page before it counts, and for two weeks after', async () => {
      const { id, name } = await addGoods(server, { price: 1000 });
      const changes = async () => {
        const { changes: told } = await server.must('me.view', { as: await server.asHousehold(householdId) });
        return told.prices.filter(({ goodsId }) => goodsId === id);
      };
      expect(await changes()).toEqual([]);
      const from = addDays(today(), 3);
      await change(id, { nextPrice: { price: 1200, from } });
      const told = [{ goodsId: id, name, from, before: 1000, after: 1200 }];
      expect(await changes()).toEqual(told);
      atBeginning(addDays(from, 13), 0);
      expect(await changes()).toEqual(told);
      atBeginning(addDays(from, 14), 0);
      expect(await changes()).toEqual([]);
    });

    test('can be dropped or changed again before its day, and a price of today leaves it alone', async () => {
      const { id } = await addGoods(server, { price: 1000 });
      const from = addDays(today(), 5);
      await change(id, { nextPrice: { price: 1200, from } });
      const later = { price: 1300, from: addDays(from, 1) };
      expect((await change(id, { nextPrice: later })).data.nextPrice).toEqual(later);
      expect((await change(id, { price: 1100 })).data).toMatchObject({ price: 1100, nextPrice: later });
      expect((await change(id, { nextPrice: null })).data).toMatchObject({ price: 1100, nextPrice: null });
      // The price that counts already is no news.
      expect((await change(id, { nextPrice: { price: 1100, from } })).data.nextPrice).toBeNull();
    });

    test('begins tomorrow at the earliest and in a year at the latest', async () => {
      const { id } = await addGoods(server, { price: 1000 });
      for (const days of [-1, 0, 367]) {
        const nextPrice = { price: 900, from: addDays(today(), days) };
        expect((await change(id, { nextPrice })).problem.code).toBe('goods.price_day');
      }
      expect((await change(id, { nextPrice: { price: 900, from: addDays(today(), 1) } })).status).toBe(200);
    });

    test('several changes in a day are told as one, and a mistake put right is none', async () => {
      const { id } = await addGoods(server, { price: 1000 });
      // On its first day an item has no price that anybody knew.
      expect((await change(id, { price: 1100 })).data.formerPrice).toBeNull();
      server.clock.nowMs += 2 * DAY;
      expect((await change(id, { price: 1150 })).data.formerPrice).toEqual({ price: 1100, since: today() });
      expect((await change(id, { price: 1200 })).data.formerPrice).toEqual({ price: 1100, since: today() });
      expect((await change(id, { price: 1100 })).data.formerPrice).toBeNull();
    });
  });
});
