import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { householdAccount, passbook, verify } from '../support/ledger.ts';
import { withCard } from '../support/presence.ts';
import { letTakeIn, withSecond } from '../support/second-person.ts';
import {
  type Caller,
  type Got,
  type KioskCaller,
  newKey,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { addGoods, addHousehold, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

/** Many at once, through the whole program: what one statement at a time gets right must hold in a crowd. */
describe.each(ENGINES)('a crowd at the kiosks on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosks: KioskCaller[];

    beforeAll(async () => {
      server = await startTestServer(engine);
      await letTakeIn(server);
      kiosks = [await server.asKiosk(), await server.asKiosk(), await server.asKiosk()];
    });
    afterAll(() => server.remove());

    const kioskOf = (index: number): KioskCaller => {
      const kiosk = kiosks[index % kiosks.length];
      if (!kiosk) throw new Error('no kiosk');
      return kiosk;
    };
    const atOnce = <T>(count: number, work: (index: number) => Promise<T>) =>
      Promise.all(Array.from({ length: count }, (_, index) => work(index)));
    const redeem = async (
      as: Caller,
      householdId: string,
      goodsId: string,
      points: number,
      key = newKey(),
    ) => {
      const basket = { householdId, lines: [{ goodsId, quantity: 1 }], expectedPoints: points };
      return server.call('kiosk.redeem', { as, key, body: await withCard(server, as, basket) });
    };

    function tally(answers: readonly Got<'kiosk.redeem' | 'kiosk.undo'>[]): Record<string, number> {
      const counts: Record<string, number> = {};
      for (const { status, problem } of answers) {
        const outcome = status === 200 ? 'done' : problem.code;
        counts[outcome] = (counts[outcome] ?? 0) + 1;
      }
      return counts;
    }

    test('200 redemptions against one balance never overdraw it', async () => {
      const household = await addHousehold(server, 7050);
      const soap = await addGoods(server, { price: 100, costFen: 100 }, { quantity: 500, costFen: 50_000 });
      const answers = await atOnce(200, (index) => redeem(kioskOf(index), household.id, soap.id, 100));
      expect(tally(answers)).toEqual({ done: 70, 'ledger.points_short': 130 });
      expect(await standing(server, household.id, soap.id)).toEqual({
        points: 50,
        pieces: 430,
        costFen: 43_000,
      });
      const after = answers.flatMap(({ status, data }) => (status === 200 ? [data.balanceAfter] : []));
      expect(new Set(after).size).toBe(70);
      const page = await server.store.read((reader) =>
        passbook(reader, server.id, householdAccount(household.id), { limit: 200 }),
      );
      expect(page.lines.filter(({ kind }) => kind === 'redemption')).toHaveLength(70);
      expect(Math.min(...page.lines.map(({ balanceAfter }) => balanceAfter))).toBe(50);
    });

    test('five pieces and fifty buyers: five go home with one, and its cost', async () => {
      const lamp = await addGoods(server, { price: 100 }, { quantity: 5, costFen: 1234 });
      const buyers = await Promise.all(Array.from({ length: 50 }, () => addHousehold(server, 100)));
      const answers = await atOnce(50, (index) =>
        redeem(kioskOf(index), buyers[index]?.id ?? '', lamp.id, 100),
      );
      expect(tally(answers)).toEqual({ done: 5, 'ledger.stock_short': 45 });
      const left = await Promise.all(
        buyers.map(async ({ id }) => (await standing(server, id, lamp.id)).points),
      );
      expect(left.filter((points) => points === 0)).toHaveLength(5);
      expect(await standing(server, buyers[0]?.id ?? '', lamp.id)).toMatchObject({ pieces: 0, costFen: 0 });
    });

    test('a volunteer disabled while signing in hands out nothing, though the shift was opened', async () => {
      const household = await addHousehold(server, 1000);
      const soap = await addGoods(server, { price: 100 }, { quantity: 5, costFen: 500 });
      const kiosk = await server.asKiosk();
      await server.store.transaction(async (tx) => {
        const { volunteers } = tx.t;
        await tx.db
          .update(volunteers)
          .set({ disabledAtMs: 1 })
          .where(eq(volunteers.id, kiosk.volunteerId))
          .returning({ id: volunteers.id });
      });
      expect(tally([await redeem(kiosk, household.id, soap.id, 100)])).toEqual({ 'kiosk.shift_over': 1 });
      expect(await standing(server, household.id, soap.id)).toMatchObject({ points: 1000, pieces: 5 });
    });

    test('one basket sent forty times at once is handed out once, and every answer is the same', async () => {
      const household = await addHousehold(server, 10_000);
      const rice = await addGoods(server, { price: 100 }, { quantity: 50, costFen: 5000 });
      const key = newKey();
      const answers = await atOnce(40, () => redeem(kioskOf(0), household.id, rice.id, 100, key));
      expect(tally(answers)).toEqual({ done: 40 });
      expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
      expect(await standing(server, household.id, rice.id)).toEqual({
        points: 9900,
        pieces: 49,
        costFen: 4900,
      });
    });

    test('a monthly limit holds for a household at three kiosks at once', async () => {
      const household = await addHousehold(server, 10_000);
      const oil = await addGoods(server, { price: 100, monthlyLimit: 2 }, { quantity: 50, costFen: 5000 });
      const answers = await atOnce(30, (index) => redeem(kioskOf(index), household.id, oil.id, 100));
      expect(tally(answers)).toEqual({ done: 2, 'goods.limit': 28 });
    });

    test('an undo asked for twenty times at once happens once', async () => {
      const household = await addHousehold(server, 1000);
      const rice = await addGoods(server, { price: 100 }, { quantity: 5, costFen: 500 });
      const { data } = await redeem(kioskOf(0), household.id, rice.id, 100);
      const answers = await atOnce(20, () =>
        server.call('kiosk.undo', { as: kioskOf(0), params: { id: data.id }, body: {} }),
      );
      expect(tally(answers)).toEqual({ done: 1, 'redemption.undone': 19 });
      expect(await standing(server, household.id, rice.id)).toEqual({
        points: 1000,
        pieces: 5,
        costFen: 500,
      });
    });

    test('redemptions, deliveries and stocktakes of one item at once leave no piece and no fen astray', async () => {
      const household = await addHousehold(server, 100_000);
      const rice = await addGoods(server, { price: 100 }, { quantity: 30, costFen: 999 });
      const params = { id: rice.id };
      const answers = await atOnce(60, async (index) => {
        if (index % 6 === 0) {
          const body = { quantity: 3, totalCostFen: 100, source: 'bought' } as const;
          await server.must('goods.stockIn', { as: server.admin, params, body });
        } else if (index % 15 === 1) {
          // A count that finds less waits for a second person, and others go on meanwhile.
          await server.call('goods.stocktake', {
            as: server.admin,
            params,
            body: { counted: 20, reason: '盘点' },
          });
        } else return (await redeem(kioskOf(index), household.id, rice.id, 100)).status;
        return 0;
      });
      const done = answers.filter((status) => status === 200).length;
      const { points, pieces, costFen } = await standing(server, household.id, rice.id);
      expect(points).toBe(100_000 - done * 100);
      expect(pieces).toBeGreaterThanOrEqual(0);
      await withSecond(server, 'goods.stocktake', {
        as: server.admin,
        params,
        body: { counted: 0, reason: '清零' },
      });
      expect((await standing(server, household.id, rice.id)).costFen).toBe(0);
      expect(costFen).toBeGreaterThanOrEqual(0);
    });

    test('of two volunteers who sign in on one kiosk at once, one holds the shift', async () => {
      const { device, volunteerId, pin } = await server.asKiosk();
      const both = await atOnce(4, () =>
        server.must('kiosk.signIn', { as: device, body: { volunteerId, pin } }),
      );
      const standingShifts = await Promise.all(
        both.map(({ shiftToken }) =>
          server.call('kiosk.recent', {
            as: { id: '', headers: { ...device.headers, 'X-Shift': shiftToken } },
          }),
        ),
      );
      expect(standingShifts.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    test('a kiosk revoked by another process books nothing more, though this one remembers its token', async () => {
      const own = await server.asKiosk();
      const household = await addHousehold(server, 1000);
      const rice = await addGoods(server, { price: 100 }, { quantity: 5, costFen: 500 });
      expect((await redeem(own, household.id, rice.id, 100)).status).toBe(200);
      await server.store.transaction((tx) =>
        tx.db
          .update(tx.t.kiosks)
          .set({ revokedAtMs: server.clock.nowMs })
          .where(eq(tx.t.kiosks.id, own.device.id))
          .returning(),
      );
      expect((await redeem(own, household.id, rice.id, 100)).problem.code).toBe('kiosk.revoked');
      expect(await server.refused('kiosk.lookup', { as: own, body: { number: household.number } })).toBe(
        'kiosk.revoked',
      );
    });

    test('the book holds after all of it', async () => {
      expect(await verify(server.store, server.id)).toMatchObject({ ok: true, bad: null });
    });
  });
});
