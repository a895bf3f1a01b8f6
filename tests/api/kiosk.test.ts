import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { businessDay } from '../../shared/business-day.ts';
import { publicDigits } from '../../shared/ledger/public-head.ts';
import { entry, passbook, householdAccount, verify } from '../support/ledger.ts';
import { newCardCode, withCard } from '../support/presence.ts';
import { letTakeIn } from '../support/second-person.ts';
import type { AnswerOf, KioskCaller, TestServer } from '../support/server.ts';
import { newKey, startTestServer } from '../support/server.ts';
import { addGoods, addHousehold, givePoints, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const MINUTE = 60_000;

describe.each(ENGINES)('the kiosk on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let startMs = 0;

    beforeAll(async () => {
      server = await startTestServer(engine);
      await letTakeIn(server);
      kiosk = await server.asKiosk();
      startMs = server.clock.nowMs;
    });
    afterAll(() => server.remove());
    afterEach(() => {
      server.clock.nowMs = startMs;
    });

    const line = (goods: { id: string }, quantity = 1) => ({ goodsId: goods.id, quantity });
    const basket = (
      householdId: string,
      expectedPoints: number,
      ...lines: { goodsId: string; quantity: number }[]
    ) => ({
      householdId,
      lines,
      expectedPoints,
    });
    const redeem = async (body: ReturnType<typeof basket>, as = kiosk, key = newKey()) =>
      server.call('kiosk.redeem', { as, body: await withCard(server, as, body), key });
    const undo = (id: string, as = kiosk, key = newKey()) =>
      server.call('kiosk.undo', { as, params: { id }, body: {}, key });
    const recent = async (as = kiosk) => (await server.must('kiosk.recent', { as })).items;
    const cardOf = (id: string) => newCardCode(server, id);

    describe('a lookup', () => {
      test('finds a household by its card, and by its number as people say it', async () => {
        const { id, number, head, group } = await addHousehold(server, 4250);
        const pin = { isSet: false, waitSeconds: 0 };
        const limits = { remaining: [], pin, redeemedToday: 0, pinAbove: null, newSince: null };
        const found = { id, number, head, group, balance: 4250, ...limits };
        const card = await cardOf(id);
        const asked = [{ card }, { number: String(Number(number)) }];
        for (const body of asked) {
          const { presence, ...rest } = await server.must('kiosk.lookup', { as: kiosk, body });
          // Without its card two people may vouch for it, as it has no PIN.
          const vouching = 'card' in body ? null : { left: 5000 };
          expect([rest, presence.how]).toEqual([{ ...found, vouching }, Object.keys(body)[0]]);
        }
      });

      test('wants the whole card, right to the check digit', async () => {
        const { id } = await addHousehold(server);
        const card = await cardOf(id);
        const slipped = card.slice(0, 11) + String((Number(card.at(-1)) + 1) % 10);
        for (const wrong of [slipped, card.slice(1), `${card}0`, '6907001008148']) {
          expect(await server.refused('kiosk.lookup', { as: kiosk, body: { card: wrong } })).toBe(
            'card.unknown',
          );
        }
      });

      test('says of a revoked card that it is revoked, and of the household’s new one who it is', async () => {
        const { id } = await addHousehold(server);
        const [old, fresh] = [await cardOf(id), await cardOf(id)];
        expect(await server.refused('kiosk.lookup', { as: kiosk, body: { card: old } })).toBe('card.revoked');
        expect((await server.must('kiosk.lookup', { as: kiosk, body: { card: fresh } })).id).toBe(id);
      });

      test('finds nobody by part of a number, nor anybody of another village', async () => {
        const there = await server.addVillage();
        const household = await addHousehold(server, 0, '赵四', there);
        const card = await newCardCode(server, household.id, there.admin);
        expect(await server.refused('kiosk.lookup', { as: kiosk, body: { card } })).toBe('card.unknown');
        expect(await server.refused('kiosk.lookup', { as: kiosk, body: { number: '99999' } })).toBe(
          'household.not_found',
        );
        const rice = await addGoods(server, {}, { quantity: 1, costFen: 1 });
        expect((await redeem(basket(household.id, 1000, line(rice)))).problem.code).toBe(
          'household.not_found',
        );
      });
    });

    test('a household that was closed is told so, and can have nothing handed out', async () => {
      const household = await addHousehold(server, 5000);
      const rice = await addGoods(server, {}, { quantity: 1, costFen: 1 });
      const card = await cardOf(household.id);
      await server.store.transaction(({ db, t }) =>
        db.update(t.households).set({ state: 'closed' }).where(eq(t.households.id, household.id)).returning(),
      );
      for (const body of [{ card }, { number: household.number }]) {
        expect(await server.refused('kiosk.lookup', { as: kiosk, body })).toBe('household.closed');
      }
      expect((await redeem(basket(household.id, 1000, line(rice)))).problem.code).toBe('household.closed');
      expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 5000, pieces: 1 });
    });

    describe('a redemption', () => {
      test('moves points, goods and their cost in one entry, and answers what the done screen shows', async () => {
        const household = await addHousehold(server, 10_000);
        const rice = await addGoods(server, { name: '香米', price: 3200 }, { quantity: 3, costFen: 8999 });
        const salt = await addGoods(
          server,
          { name: '海盐', price: 350, unit: '包' },
          { quantity: 10, costFen: 2500 },
        );
        const got = await redeem(basket(household.id, 4250, line(rice), line(salt, 3)));
        const volunteer = (await server.must('kiosk.state', { as: kiosk })).shift?.volunteer ?? '';
        expect(got.data).toEqual({
          id: expect.any(String),
          household: { id: household.id, number: household.number, head: household.head },
          lines: [
            { goodsId: rice.id, name: '香米', unit: '袋', quantity: 1, price: 3200, returned: 0 },
            { goodsId: salt.id, name: '海盐', unit: '包', quantity: 3, price: 350, returned: 0 },
          ],
          points: 4250,
          balanceAfter: 5750,
          bookedAtMs: server.clock.nowMs,
          journalNumber: expect.any(Number),
          digits: expect.any(String),
          volunteer,
          undone: false,
          mayUndo: true,
        } satisfies AnswerOf<'kiosk.redeem'>);
        expect(await standing(server, household.id, rice.id)).toEqual({
          points: 5750,
          pieces: 2,
          costFen: 6000,
        });
        expect(await standing(server, household.id, salt.id)).toEqual({
          points: 5750,
          pieces: 7,
          costFen: 1750,
        });
        const booked = await server.store.read((reader) => entry(reader, server.id, got.data.journalNumber));
        expect(got.data.digits).toBe(publicDigits(booked?.hash ?? ''));
        expect(booked).toMatchObject({
          kind: 'redemption',
          actorId: kiosk.volunteerId,
          source: `redemption:${got.data.id}`,
          effectiveOn: businessDay(server.clock.nowMs, 'Asia/Shanghai'),
          text: { title: '香米×1、海盐×3', note: '' },
        });
        const moved = booked?.lines.map(({ accountId, amount }) => [accountId, amount]).sort();
        expect(moved).toEqual(
          [
            [`household:${household.id}:POINT`, -4250],
            ['redeemed:village:POINT', 4250],
            [`shelf:${rice.id}:SKU.${rice.id}`, -1],
            [`given:${rice.id}:SKU.${rice.id}`, 1],
            [`stock:${rice.id}:CNY`, -2999],
            [`shelf:${salt.id}:SKU.${salt.id}`, -3],
            [`given:${salt.id}:SKU.${salt.id}`, 3],
            [`stock:${salt.id}:CNY`, -750],
            ['cost:village:CNY', 3749],
          ].sort(),
        );
        const page = await server.store.read((reader) =>
          passbook(reader, server.id, householdAccount(household.id), { limit: 1 }),
        );
        expect(page.lines[0]).toMatchObject({
          amount: -4250,
          balanceAfter: 5750,
          text: { title: '香米×1、海盐×3' },
        });
      });

      test('spends to the last point and empties the shelf to the last fen', async () => {
        const household = await addHousehold(server, 1000);
        const rice = await addGoods(server, { price: 1000 }, { quantity: 1, costFen: 333 });
        expect((await redeem(basket(household.id, 1000, line(rice)))).status).toBe(200);
        expect(await standing(server, household.id, rice.id)).toEqual({ points: 0, pieces: 0, costFen: 0 });
      });

      test('one point or one piece too many, and nothing moves at all', async () => {
        const household = await addHousehold(server, 999);
        const rice = await addGoods(
          server,
          { name: '差一分的米', price: 1000 },
          { quantity: 1, costFen: 333 },
        );
        const short = await redeem(basket(household.id, 1000, line(rice)));
        expect(short.problem).toMatchObject({
          code: 'ledger.points_short',
          moved: 'no',
          params: { balance: 999, needed: 1000, missing: 1 },
        });
        expect(short.problem.detail).toContain('还差 0.01 分');
        await givePoints(server, household.id, 5000);
        const none = await redeem(basket(household.id, 2000, line(rice, 2)));
        expect(none.problem).toMatchObject({
          code: 'ledger.stock_short',
          params: { name: '差一分的米', left: 1, wanted: 2 },
        });
        expect(none.problem.detail).toContain('差一分的米');
        expect(await standing(server, household.id, rice.id)).toEqual({
          points: 5999,
          pieces: 1,
          costFen: 333,
        });
      });

      test('looks in the documented order', async () => {
        const poor = await addHousehold(server, 0);
        const old = await addGoods(server, { enabled: false, price: 1 });
        const rice = await addGoods(server, { price: 1000, monthlyLimit: 1 });
        const oil = await addGoods(server, { price: 1000 });
        const codeOf = async (body: ReturnType<typeof basket>) => (await redeem(body)).problem.code;
        expect(await codeOf(basket('nobody', 1, line(old), line({ id: 'nothing' })))).toBe(
          'household.not_found',
        );
        expect(await codeOf(basket(poor.id, 1, line(old), line({ id: 'nothing' })))).toBe('goods.not_found');
        expect(await codeOf(basket(poor.id, 1, line(old), line(rice, 2)))).toBe('goods.disabled');
        expect(await codeOf(basket(poor.id, 1, line(rice, 2)))).toBe('goods.limit');
        expect(await codeOf(basket(poor.id, 1, line(oil)))).toBe('goods.price_changed');
        expect(await codeOf(basket(poor.id, 1000, line(oil)))).toBe('ledger.points_short');
        await givePoints(server, poor.id, 1000);
        expect(await codeOf(basket(poor.id, 1000, line(oil)))).toBe('ledger.stock_short');
      });

      test('at a price that has changed since it was shown is refused with the new total', async () => {
        const household = await addHousehold(server, 9000);
        const rice = await addGoods(server, { price: 1000 }, { quantity: 5, costFen: 500 });
        await server.must('goods.update', {
          as: server.admin,
          params: { id: rice.id },
          body: { price: 1100 },
        });
        const got = await redeem(basket(household.id, 2000, line(rice, 2)));
        expect(got.problem).toMatchObject({
          code: 'goods.price_changed',
          params: { expected: 2000, total: 2200 },
        });
      });

      test('of a service moves points alone', async () => {
        const household = await addHousehold(server, 2000);
        const haircut = await addGoods(server, { kind: 'service', price: 800 });
        const { data } = await redeem(basket(household.id, 800, line(haircut)));
        const booked = await server.store.read((reader) => entry(reader, server.id, data.journalNumber));
        expect(booked?.lines.map(({ unit }) => unit)).toEqual(['POINT', 'POINT']);
        expect(data.balanceAfter).toBe(1200);
      });

      test('of a tool that costs no points moves the tool alone, and comes back whole', async () => {
        const household = await addHousehold(server, 0);
        const ladder = await addGoods(server, { kind: 'loan', price: 0, costFen: null });
        const nothing = await redeem(basket(household.id, 0, line(ladder)));
        expect(nothing.problem.code).toBe('redemption.empty');
        const body = { quantity: 2, totalCostFen: 0, source: 'donated' } as const;
        await server.must('goods.stockIn', { as: server.admin, params: { id: ladder.id }, body });
        const { data } = await redeem(basket(household.id, 0, line(ladder)));
        expect(data).toMatchObject({ points: 0, balanceAfter: 0 });
        expect(await standing(server, household.id, ladder.id)).toEqual({ points: 0, pieces: 1, costFen: 0 });
        expect((await undo(data.id)).status).toBe(200);
        expect(await standing(server, household.id, ladder.id)).toEqual({ points: 0, pieces: 2, costFen: 0 });
      });

      test('asked again with the same key answers the same and moves nothing; another basket under it is refused', async () => {
        const household = await addHousehold(server, 5000);
        const rice = await addGoods(server, { price: 1000 }, { quantity: 5, costFen: 500 });
        const key = newKey();
        const first = await redeem(basket(household.id, 1000, line(rice)), kiosk, key);
        await redeem(basket(household.id, 1000, line(rice)));
        const again = await redeem(basket(household.id, 1000, line(rice)), kiosk, key);
        expect(again.data).toEqual(first.data);
        expect(await standing(server, household.id, rice.id)).toEqual({
          points: 3000,
          pieces: 3,
          costFen: 300,
        });
        const other = await redeem(basket(household.id, 2000, line(rice, 2)), kiosk, key);
        expect(other.problem.code).toBe('idempotency.conflict');
      });

      test('whose answer was lost on the way tells the truth when asked again', async () => {
        const household = await addHousehold(server, 1000);
        const rice = await addGoods(server, { price: 1000 }, { quantity: 5, costFen: 500 });
        const key = newKey();
        const impatient = new AbortController();
        const request = fetch(`${server.url}/api/v1/kiosk/redemptions`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, ...kiosk.headers },
          body: JSON.stringify(await withCard(server, kiosk, basket(household.id, 1000, line(rice)))),
          signal: impatient.signal,
        });
        setTimeout(() => impatient.abort(), 2);
        await request.catch(() => undefined);
        // Whether the first try got through or not, this one answers as if it were the only one.
        const again = await redeem(basket(household.id, 1000, line(rice)), kiosk, key);
        expect(again.data).toMatchObject({ points: 1000, balanceAfter: 0 });
        expect(await standing(server, household.id, rice.id)).toEqual({ points: 0, pieces: 4, costFen: 400 });
      });
    });

    describe('a monthly limit', () => {
      test('counts a household’s pieces in the calendar month, and starts anew with the next', async () => {
        const household = await addHousehold(server, 90_000);
        const oil = await addGoods(
          server,
          { name: '限量油', price: 100, monthlyLimit: 3 },
          { quantity: 50, costFen: 5000 },
        );
        const left = async () => {
          const found = await server.must('kiosk.lookup', { as: kiosk, body: { number: household.number } });
          return found.remaining.find(({ goodsId }) => goodsId === oil.id)?.pieces;
        };
        await openAt('2031-05-31T10:00:00+08:00');
        expect(await left()).toBe(3);
        expect((await redeem(basket(household.id, 200, line(oil, 2)))).status).toBe(200);
        const tooMany = await redeem(basket(household.id, 200, line(oil), line(oil)));
        expect(tooMany.problem).toMatchObject({
          code: 'goods.limit',
          params: { name: '限量油', limit: 3, had: 2, left: 1 },
        });
        const third = await redeem(basket(household.id, 100, line(oil)));
        expect(await left()).toBe(0);
        await undo(third.data.id);
        expect(await left()).toBe(1);
        await openAt('2031-06-01T00:00:01+08:00');
        expect(await left()).toBe(3);
        expect((await redeem(basket(household.id, 300, line(oil, 3)))).status).toBe(200);
        await openAt(new Date(startMs).toISOString());
      });

      test('is each household’s own', async () => {
        const [one, other] = [await addHousehold(server, 500), await addHousehold(server, 500)];
        const oil = await addGoods(server, { price: 100, monthlyLimit: 1 }, { quantity: 5, costFen: 5 });
        expect((await redeem(basket(one.id, 100, line(oil)))).status).toBe(200);
        expect((await redeem(basket(one.id, 100, line(oil)))).problem.code).toBe('goods.limit');
        expect((await redeem(basket(other.id, 100, line(oil)))).status).toBe(200);
      });
    });

    describe('an undo', () => {
      test('brings points, goods and cost back, by a reversal; once', async () => {
        const household = await addHousehold(server, 5000);
        const rice = await addGoods(server, { price: 1000 }, { quantity: 3, costFen: 1000 });
        const before = await standing(server, household.id, rice.id);
        const { data } = await redeem(basket(household.id, 2000, line(rice, 2)));
        const key = newKey();
        const undone = await undo(data.id, kiosk, key);
        expect(undone.data).toEqual({
          ...data,
          household: { ...data.household, head: '王*明' },
          balanceAfter: 5000,
          undone: true,
          mayUndo: false,
        });
        expect(await standing(server, household.id, rice.id)).toEqual(before);
        expect((await undo(data.id, kiosk, key)).data).toEqual(undone.data);
        expect((await undo(data.id)).problem.code).toBe('redemption.undone');
        const booked = await server.store.read((reader) => entry(reader, server.id, data.journalNumber));
        const reversal = await server.store.read((reader) =>
          entry(reader, server.id, booked?.reversedBy ?? 0),
        );
        expect(reversal).toMatchObject({
          kind: 'reversal',
          reversesNumber: data.journalNumber,
          actorId: kiosk.volunteerId,
        });
        expect(reversal?.text.title).toBe(booked?.text.title);
      });

      test('is for ten minutes, and until the kiosk’s next redemption', async () => {
        const household = await addHousehold(server, 5000);
        const rice = await addGoods(server, { price: 1000 }, { quantity: 9, costFen: 900 });
        const buy = async () => (await redeem(basket(household.id, 1000, line(rice)))).data.id;
        const [first, second] = [await buy(), await buy()];
        expect((await undo(first)).problem.code).toBe('redemption.undo_late');
        server.clock.nowMs += 10 * MINUTE + 1;
        expect((await undo(second)).problem.code).toBe('redemption.undo_late');
        server.clock.nowMs -= 1;
        expect((await undo(second)).status).toBe(200);
        // Taking back the second does not make the first the last again.
        expect((await undo(first)).problem.code).toBe('redemption.undo_late');
      });

      test('is for redemptions of this kiosk, whoever is on shift', async () => {
        const household = await addHousehold(server, 5000);
        const rice = await addGoods(server, { price: 1000 }, { quantity: 9, costFen: 900 });
        const other = await server.asKiosk();
        const { data } = await redeem(basket(household.id, 1000, line(rice)));
        await redeem(basket(household.id, 1000, line(rice)), other);
        expect((await undo(data.id, other)).problem.code).toBe('redemption.not_found');
        expect((await undo(data.id)).status).toBe(200);
        expect((await undo('nothing')).problem.code).toBe('redemption.not_found');
      });

      test('finds a redemption undone that the desk has reversed', async () => {
        const household = await addHousehold(server, 5000);
        const rice = await addGoods(server, { price: 1000, monthlyLimit: 1 }, { quantity: 9, costFen: 900 });
        const { data } = await redeem(basket(household.id, 1000, line(rice)));
        const [committee, approver] = [await server.asStaff('committee'), await server.asStaff('approver')];
        const body = { number: data.journalNumber, reason: '拿错了' };
        const { id } = await server.must('proposals.createReversal', { as: committee, body });
        await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [id] } });
        expect((await undo(data.id)).problem.code).toBe('redemption.undone');
        expect((await recent()).find((one) => one.id === data.id)).toMatchObject({
          undone: true,
          mayUndo: false,
        });
        expect((await redeem(basket(household.id, 1000, line(rice)))).status).toBe(200);
      });
    });

    test('the last redemptions are this kiosk’s, newest first, and only the newest may be undone', async () => {
      const own = await server.asKiosk();
      const household = await addHousehold(server, 9000, '欧阳合爱');
      const rice = await addGoods(server, { name: '小米', price: 100 }, { quantity: 60, costFen: 600 });
      for (let count = 0; count < 3; count += 1) await redeem(basket(household.id, 100, line(rice)), own);
      const items = await recent(own);
      expect(items.map(({ mayUndo }) => mayUndo)).toEqual([true, false, false]);
      expect(items[0]).toMatchObject({
        household: { head: '欧阳*爱' },
        lines: [{ name: '小米', quantity: 1, price: 100 }],
        balanceAfter: null,
      });
      expect(items.map(({ journalNumber }) => journalNumber)).toEqual(
        items.map(({ journalNumber }) => journalNumber).sort((a, b) => b - a),
      );
      await undo(items[0]?.id ?? '', own);
      expect((await recent(own)).map(({ undone, mayUndo }) => [undone, mayUndo])).toEqual([
        [true, false],
        [false, false],
        [false, false],
      ]);
      expect((await server.must('kiosk.state', { as: own })).shift).toMatchObject({
        redemptions: 2,
        points: 200,
      });
      for (let count = 0; count < 50; count += 1) await redeem(basket(household.id, 100, line(rice)), own);
      expect((await recent(own)).length).toBe(50);
      expect((await standing(server, household.id, rice.id)).pieces).toBe(8);
    });

    test('sums the shift for its end: households, pieces and points that stand, and what was undone', async () => {
      const own = await server.asKiosk();
      const [first, second] = [await addHousehold(server, 9000), await addHousehold(server, 9000)];
      const rice = await addGoods(server, { price: 100 }, { quantity: 60, costFen: 600 });
      const salt = await addGoods(server, { price: 50 }, { quantity: 60, costFen: 600 });
      const shiftOf = async () => (await server.must('kiosk.state', { as: own })).shift;
      const nothing = { redemptions: 0, points: 0, households: 0, pieces: 0, undone: 0 };
      expect(await shiftOf()).toMatchObject(nothing);
      await redeem(basket(first.id, 400, line(rice, 3), line(salt, 2)), own);
      await redeem(basket(first.id, 100, line(rice)), own);
      const { data } = await redeem(basket(second.id, 100, line(salt, 2)), own);
      // Somebody else's shift counts for itself.
      await redeem(basket(second.id, 100, line(rice)), kiosk);
      const all = { redemptions: 3, points: 600, households: 2, pieces: 8, undone: 0 };
      expect(await shiftOf()).toMatchObject(all);
      await undo(data.id, own);
      const left = { redemptions: 2, points: 500, households: 1, pieces: 6, undone: 1 };
      expect(await shiftOf()).toMatchObject({ ...left, today: { redemptions: 2, points: 500 } });
    });

    test('the goods it shows are those that are handed out', async () => {
      const [there, gone] = [
        await addGoods(server, {}, { quantity: 4, costFen: 4 }),
        await addGoods(server, { enabled: false }),
      ];
      const { items } = await server.must('kiosk.goods', { as: kiosk });
      expect(items.find(({ id }) => id === there.id)).toEqual({ ...there, stock: 4 });
      expect(items.some(({ id }) => id === gone.id)).toBe(false);
    });

    test('the book holds after all of it', async () => {
      expect(await verify(server.store, server.id)).toMatchObject({ ok: true, bad: null });
    });

    /** Moves the clock and starts a new shift there. */
    async function openAt(instant: string): Promise<void> {
      server.clock.nowMs = Date.parse(instant);
      const { volunteerId, pin, device } = kiosk;
      const { shiftToken } = await server.must('kiosk.signIn', { as: device, body: { volunteerId, pin } });
      kiosk = { ...kiosk, headers: { ...device.headers, 'X-Shift': shiftToken } };
    }
  });
});
