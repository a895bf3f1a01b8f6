import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../shared/business-day.ts';
import { RETURN_WITHIN_DAYS } from '../../shared/kiosk/return-limit.ts';
import { balancesOf, accountId, villageAccount, verify } from '../support/ledger.ts';
import { cardCodeOf, newCardCode, withCard } from '../support/presence.ts';
import { handIn, letTakeIn, withSecond } from '../support/second-person.ts';
import type { AnswerOf, KioskCaller, StaffCaller, TestServer } from '../support/server.ts';
import { newKey, startTestServer } from '../support/server.ts';
import { addGoods, addHousehold, signInAgain, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

type Redemption = AnswerOf<'kiosk.redeem'>;
type Line = { readonly goodsId: string; readonly quantity: number };

describe.each(ENGINES)('returns on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let approver: StaffCaller;
    let startMs = 0;

    beforeAll(async () => {
      server = await startTestServer(engine);
      await letTakeIn(server);
      kiosk = await server.asKiosk();
      approver = await server.asStaff('approver');
      startMs = server.clock.nowMs;
    });
    afterAll(() => server.remove());
    afterEach(async () => {
      server.clock.nowMs = startMs;
      // The shift is over for a clock that went on.
      kiosk = await signInAgain(server, kiosk);
    });

    const redeem = async (householdId: string, expectedPoints: number, lines: Line[], as = kiosk) =>
      server.must('kiosk.redeem', {
        as,
        body: await withCard(server, as, { householdId, lines, expectedPoints }),
      });
    const presenceOf = async (householdId: string, as: KioskCaller) => {
      const card = (await cardCodeOf(server, householdId)) ?? '';
      return (await server.must('kiosk.lookup', { as, body: { card } })).presence.token;
    };
    const giveBack = async (
      { id, household }: Pick<Redemption, 'id' | 'household'>,
      lines: Line[],
      { as = kiosk, key = newKey() } = {},
    ) =>
      server.call('kiosk.return', {
        ...{ as, key, params: { id } },
        body: { lines, presence: await presenceOf(household.id, as) },
      });
    const codeOf = async (...args: Parameters<typeof giveBack>) => (await giveBack(...args)).problem.code;
    const proposeReversal = (number: number) =>
      server.call('proposals.createReversal', { as: server.admin, body: { number, reason: '记错了' } });
    const decide = (ids: string[]) =>
      server.call('proposals.decide', { as: approver, body: { action: 'approve', ids } });
    const isSound = async () =>
      expect(await verify(server.store, server.id)).toMatchObject({ ok: true, bad: null });
    const costBooked = async () => {
      const cost = villageAccount('cost');
      const found = await server.store.read((reader) => balancesOf(reader, server.id, [cost]));
      return found.get(accountId(cost)) ?? 0;
    };

    test('a part comes back with its points, its pieces and its share of the cost, and the rest to the fen', async () => {
      const household = await addHousehold(server, 10_000);
      const rice = await addGoods(server, { name: '香米' }, { quantity: 7, costFen: 1000 });
      const salt = await addGoods(server, { name: '海盐', price: 350 }, { quantity: 5, costFen: 5 });
      const before = await costBooked();
      const got = await redeem(household.id, 3350, [
        { goodsId: rice.id, quantity: 3 },
        { goodsId: salt.id, quantity: 1 },
      ]);
      expect(await standing(server, household.id, rice.id)).toEqual({
        points: 6650,
        pieces: 4,
        costFen: 572,
      });
      const part = await giveBack(got, [{ goodsId: rice.id, quantity: 1 }]);
      expect(part.data).toMatchObject({
        redemption: { id: got.id, journalNumber: got.journalNumber },
        household: { number: household.number, head: '王*明' },
        lines: [{ name: '香米', quantity: 1, price: 1000 }],
        ...{ points: 1000, balanceAfter: 7650 },
      });
      expect(await standing(server, household.id, rice.id)).toEqual({
        points: 7650,
        pieces: 5,
        costFen: 714,
      });
      const [shown] = (await server.must('kiosk.recent', { as: kiosk })).items;
      expect(shown?.lines.map(({ returned }) => returned)).toEqual([1, 0]);
      expect(shown?.mayUndo).toBe(false);
      await giveBack(got, [
        { goodsId: salt.id, quantity: 1 },
        { goodsId: rice.id, quantity: 2 },
      ]);
      expect(await standing(server, household.id, rice.id)).toEqual({
        ...{ points: 10_000, pieces: 7, costFen: 1000 },
      });
      expect(await costBooked()).toBe(before);
      await isSound();
    });

    test('never more comes back than is left, in one go, line by line, twice, or at once', async () => {
      const household = await addHousehold(server, 10_000);
      const rice = await addGoods(server, {}, { quantity: 9, costFen: 900 });
      const other = await addGoods(server, {}, { quantity: 9, costFen: 900 });
      const got = await redeem(household.id, 3000, [{ goodsId: rice.id, quantity: 3 }]);
      const one = { goodsId: rice.id, quantity: 1 };
      expect(await codeOf(got, [{ goodsId: rice.id, quantity: 4 }])).toBe('redemption.returned');
      expect(await codeOf(got, [one, one, one, one])).toBe('redemption.returned');
      expect(await codeOf(got, [{ goodsId: other.id, quantity: 1 }])).toBe('goods.not_found');
      const key = newKey();
      const body = { lines: [one], presence: await presenceOf(household.id, kiosk) };
      const sent = { as: kiosk, key, params: { id: got.id }, body };
      const [first, again] = [
        await server.call('kiosk.return', sent),
        await server.call('kiosk.return', sent),
      ];
      expect(again.data).toEqual(first.data);
      const all = await Promise.all([1, 2, 3, 4].map(() => giveBack(got, [one])));
      expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409]);
      expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 10_000, pieces: 9 });
      await isSound();
    });

    test('what was undone does not come back, and what came back in part is not undone nor reversed', async () => {
      const household = await addHousehold(server, 10_000);
      const rice = await addGoods(server, {}, { quantity: 9, costFen: 900 });
      const one = { goodsId: rice.id, quantity: 1 };
      const two = { goodsId: rice.id, quantity: 2 };
      const undone = await redeem(household.id, 2000, [two]);
      await server.must('kiosk.undo', { as: kiosk, params: { id: undone.id }, body: {} });
      expect(await codeOf(undone, [one])).toBe('redemption.undone');

      const got = await redeem(household.id, 2000, [two]);
      // Handed in before anything came back, and approved afterwards.
      const waiting = await proposeReversal(got.journalNumber);
      const back = await giveBack(got, [one]);
      const undo = { as: kiosk, params: { id: got.id }, body: {} };
      expect(await server.refused('kiosk.undo', undo)).toBe('redemption.partly_returned');
      expect((await decide([waiting.data.id])).problem.code).toBe('ledger.partly_returned');
      expect((await proposeReversal(got.journalNumber)).problem.code).toBe('ledger.partly_returned');
      expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 9000, pieces: 8 });

      // The return itself was a mistake: it is reversed, and then the whole may be.
      const mistake = await proposeReversal(back.data.journalNumber);
      expect((await decide([mistake.data.id])).status).toBe(200);
      expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 8000, pieces: 7 });
      expect((await decide([waiting.data.id])).status).toBe(200);
      expect(await codeOf(got, [one])).toBe('redemption.undone');
      expect((await proposeReversal(back.data.journalNumber)).problem.code).toBe('ledger.already_reversed');
      expect(await standing(server, household.id, rice.id)).toEqual({
        points: 10_000,
        pieces: 9,
        costFen: 900,
      });
      await isSound();
    });

    test('needs the card of this household, here and now; its number is not enough, nor another card', async () => {
      const household = await addHousehold(server, 10_000);
      const other = await addHousehold(server, 10_000);
      const rice = await addGoods(server, {}, { quantity: 9, costFen: 900 });
      const lines = [{ goodsId: rice.id, quantity: 1 }];
      const got = await redeem(household.id, 1000, lines);
      const params = { id: got.id };
      const by = (presence: string) =>
        server.refused('kiosk.return', { as: kiosk, params, body: { lines, presence } });
      const { presence } = await server.must('kiosk.lookup', {
        as: kiosk,
        body: { number: household.number },
      });
      expect(await by(presence.token)).toBe('redemption.card_needed');
      expect(await by(await presenceOf(other.id, kiosk))).toBe('redemption.absent');
      expect(await by('made-up')).toBe('redemption.absent');
      const second = await server.asKiosk();
      expect(await by(await presenceOf(household.id, second))).toBe('redemption.absent');
      const old = await presenceOf(household.id, kiosk);
      server.clock.nowMs += 1000;
      await newCardCode(server, household.id);
      expect(await by(old)).toBe('card.revoked');
      server.clock.nowMs += 16 * 60_000;
      expect(await by(old)).toBe('redemption.absent');
      server.clock.nowMs = startMs;
      // Any kiosk of the village takes it back.
      expect((await giveBack(got, lines, { as: second })).status).toBe(200);
    });

    test('a volunteer takes nothing back from the own household', async () => {
      const household = await addHousehold(server, 10_000);
      const rice = await addGoods(server, {}, { quantity: 9, costFen: 900 });
      const lines = [{ goodsId: rice.id, quantity: 1 }];
      const got = await redeem(household.id, 1000, lines);
      const kin = await server.asKiosk();
      const body = { householdIds: [household.id] };
      await server.must('volunteers.update', { as: server.admin, params: { id: kin.volunteerId }, body });
      expect(await codeOf(got, lines, { as: kin })).toBe('redemption.own_household');
      expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 9000 });
    });

    test('of earlier days the counter takes nothing, and two people of the desk do for a month', async () => {
      const household = await addHousehold(server, 10_000);
      const rice = await addGoods(server, { name: '东北米' }, { quantity: 9, costFen: 900 });
      const lines = [{ goodsId: rice.id, quantity: 1 }];
      const got = await redeem(household.id, 3000, [{ goodsId: rice.id, quantity: 3 }]);
      const find = () =>
        server.must('redemptions.find', { as: server.admin, query: { number: got.journalNumber } });
      expect(await find()).toMatchObject({ id: got.id, household: { head: '王*明' } });
      server.clock.nowMs += DAY_MS;
      const later = await signInAgain(server, kiosk);
      expect(await codeOf(got, lines, { as: later })).toBe('redemption.return_late');
      const number = { number: got.journalNumber };
      expect(await server.refused('kiosk.slip', { as: later, body: number })).toBe('redemption.return_late');
      const admin = await server.asStaff('admin');
      const by = await server.asStaff('approver');
      const sent = { as: admin, params: { id: got.id }, body: { lines } };
      expect(await server.refused('redemptions.return', sent)).toBe('change.needs_second');
      const { told } = await withSecond(server, 'redemptions.return', { ...sent, by });
      expect(JSON.stringify(told)).toContain('东北米×1');
      expect(await standing(server, household.id, rice.id)).toEqual({
        points: 8000,
        pieces: 7,
        costFen: 700,
      });

      // Two people were shown more than is left when the second agrees.
      const { id, mark } = await handIn(server, 'redemptions.return', {
        ...{ as: admin, params: { id: got.id }, body: { lines: [{ goodsId: rice.id, quantity: 2 }] } },
      });
      await withSecond(server, 'redemptions.return', { ...sent, by });
      const agreed = await server.call('changes.agree', { as: by, params: { id }, body: { mark } });
      expect(agreed.problem.code).toBe('change.moved_on');
      server.clock.nowMs = startMs + RETURN_WITHIN_DAYS * DAY_MS;
      const inTime = await server.asStaff('admin');
      expect(await server.refused('redemptions.return', { ...sent, as: inTime })).toBe('change.needs_second');
      server.clock.nowMs += DAY_MS;
      const late = await server.asStaff('admin');
      expect(await server.refused('redemptions.return', { ...sent, as: late })).toBe(
        'redemption.return_over',
      );
      await isSound();
    });

    test('the month’s limit counts what was kept; the day’s amount without PIN is not given back', async () => {
      const household = await addHousehold(server, 10_000);
      const oil = await addGoods(server, { monthlyLimit: 2 }, { quantity: 9, costFen: 900 });
      const two = [{ goodsId: oil.id, quantity: 2 }];
      const got = await redeem(household.id, 2000, two);
      const again = async () =>
        server.refused('kiosk.redeem', {
          as: kiosk,
          body: await withCard(server, kiosk, {
            householdId: household.id,
            lines: two,
            expectedPoints: 2000,
          }),
        });
      expect(await again()).toBe('goods.limit');
      await giveBack(got, [{ goodsId: oil.id, quantity: 1 }]);
      expect(await again()).toBe('goods.limit');
      await redeem(household.id, 1000, [{ goodsId: oil.id, quantity: 1 }]);
      const card = (await cardCodeOf(server, household.id)) ?? '';
      const shown = await server.must('kiosk.lookup', { as: kiosk, body: { card } });
      expect(shown.remaining).toEqual([{ goodsId: oil.id, pieces: 0 }]);
      expect(shown.redeemedToday).toBe(3000);
    });

    test('services bring their points back; a thing that cost nothing and is not counted brings nothing', async () => {
      const household = await addHousehold(server, 10_000);
      const haircut = await addGoods(server, { kind: 'service', price: 500 });
      const free = await addGoods(server, { kind: 'service', price: 0 });
      const got = await redeem(household.id, 500, [
        { goodsId: haircut.id, quantity: 1 },
        { goodsId: free.id, quantity: 1 },
      ]);
      expect(await codeOf(got, [{ goodsId: free.id, quantity: 1 }])).toBe('redemption.nothing_returned');
      expect((await giveBack(got, [{ goodsId: haircut.id, quantity: 1 }])).data.balanceAfter).toBe(10_000);
    });

    test('a slip is found by its number at any kiosk of the village, and each look is counted', async () => {
      const household = await addHousehold(server, 10_000);
      const rice = await addGoods(server, {}, { quantity: 9, costFen: 900 });
      const got = await redeem(household.id, 1000, [{ goodsId: rice.id, quantity: 1 }]);
      const second = await server.asKiosk();
      const found = await server.must('kiosk.slip', { as: second, body: { number: got.journalNumber } });
      expect(found).toMatchObject({ id: got.id, household: { head: '王*明' }, mayUndo: false });
      expect(await server.refused('kiosk.slip', { as: second, body: { number: 1 } })).toBe(
        'redemption.not_found',
      );
      const there = await server.addVillage();
      const foreign = await server.asKiosk(there);
      expect(await server.refused('kiosk.slip', { as: foreign, body: { number: got.journalNumber } })).toBe(
        'redemption.not_found',
      );
      let code = '';
      for (let n = 0; n < 60 && code !== 'kiosk.looked_often'; n += 1)
        code = await server.refused('kiosk.slip', { as: second, body: { number: 999_999 } });
      expect(code).toBe('kiosk.looked_often');
    });

    test('the figures of the shift and of the volunteer say what came back', async () => {
      const own = await server.asKiosk();
      const household = await addHousehold(server, 10_000);
      const rice = await addGoods(server, {}, { quantity: 9, costFen: 900 });
      const got = await redeem(household.id, 2000, [{ goodsId: rice.id, quantity: 2 }], own);
      await giveBack(got, [{ goodsId: rice.id, quantity: 1 }], { as: own });
      const { shift } = await server.must('kiosk.state', { as: own });
      expect(shift).toMatchObject({ redemptions: 1, points: 2000, returned: 1, returnedPoints: 1000 });
      const { items } = await server.must('volunteers.list', { as: server.admin });
      expect(items.find(({ id }) => id === own.volunteerId)?.month).toMatchObject({
        ...{ redemptions: 1, points: 2000, returned: 1, returnedPoints: 1000, undone: 0 },
      });
    });

    test('a closed household gets nothing back', async () => {
      const household = await addHousehold(server, 1000);
      const rice = await addGoods(server, {}, { quantity: 9, costFen: 900 });
      const got = await redeem(household.id, 1000, [{ goodsId: rice.id, quantity: 1 }]);
      const presence = await presenceOf(household.id, kiosk);
      await server.store.transaction(({ db, t }) =>
        db.update(t.households).set({ state: 'closed' }).where(eq(t.households.id, household.id)).returning(),
      );
      const body = { lines: [{ goodsId: rice.id, quantity: 1 }], presence };
      expect(await server.refused('kiosk.return', { as: kiosk, params: { id: got.id }, body })).toBe(
        'household.closed',
      );
    });
  });
});
