import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmAtOnce } from '../support/confirm-at-once.ts';
import { withCard } from '../support/presence.ts';
import { asTwo } from '../support/second-person.ts';
import { type KioskCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('volunteers on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;

    beforeAll(async () => {
      server = await startTestServer(engine);
      kiosk = await server.asKiosk();
    });
    afterAll(() => server.remove());

    const redeem = async (householdId: string, goodsId: string, as = kiosk, quantity = 1) => {
      const basket = { householdId, lines: [{ goodsId, quantity }], expectedPoints: quantity * 1000 };
      return server.call('kiosk.redeem', { as, body: await withCard(server, as, basket) });
    };
    const undo = (id: string, as = kiosk) => server.call('kiosk.undo', { as, params: { id }, body: {} });
    const declare = (householdIds: string[], { volunteerId: id } = kiosk) =>
      server.must('volunteers.update', { as: server.admin, params: { id }, body: { householdIds } });
    const listed = async ({ volunteerId }: KioskCaller, as = server.admin) => {
      const { items } = await server.must('volunteers.list', { as });
      return items.find(({ id }) => id === volunteerId);
    };
    const actsOn = async ({ volunteerId }: KioskCaller) => {
      const { items } = await server.must('acts.list', {
        as: server.admin,
        query: { thing: `volunteer:${volunteerId}` },
      });
      return items.map(({ act }) => act);
    };

    test('do not hand out to a household they declared, and another one does', async () => {
      const own = await addHousehold(server, 9000);
      const rice = await addGoods(server, {}, { quantity: 50, costFen: 50 });
      const colleague = await server.asKiosk();
      expect((await redeem(own.id, rice.id)).status).toBe(200);
      expect((await declare([own.id, own.id])).volunteer.householdIds).toEqual([own.id]);
      // In the shift that was open already.
      const { problem, status } = await redeem(own.id, rice.id);
      expect([status, problem.code, problem.moved]).toEqual([403, 'redemption.own_household', 'no']);
      expect(problem.detail).toContain('请另一位志愿者来办');
      expect(await standing(server, own.id, rice.id)).toMatchObject({ points: 8000, pieces: 49 });
      expect((await redeem(own.id, rice.id, colleague)).status).toBe(200);
      await declare([]);
      // Kin taken away may be kin all the same: somebody else confirms first.
      expect((await redeem(own.id, rice.id)).problem.code).toBe('kiosk.shift_over');
      await confirmAtOnce(server, kiosk.volunteerId);
      expect((await redeem(own.id, rice.id)).status).toBe(200);
      expect(await actsOn(kiosk)).toEqual([
        'volunteers.confirmed',
        'volunteers.kin_withdrawn',
        'volunteers.kin_declared',
        'volunteers.confirmed',
        'volunteers.created',
      ]);
    });

    test('do not undo what their own household was handed by another either', async () => {
      const own = await addHousehold(server, 9000);
      const rice = await addGoods(server, {}, { quantity: 50, costFen: 50 });
      const { data } = await redeem(own.id, rice.id);
      await declare([own.id]);
      expect((await undo(data.id)).problem.code).toBe('redemption.own_household');
      expect(await standing(server, own.id, rice.id)).toMatchObject({ points: 8000, pieces: 49 });
      await declare([]);
      expect((await undo(data.id)).problem.code).toBe('kiosk.shift_over');
      await confirmAtOnce(server, kiosk.volunteerId);
      expect((await undo(data.id)).status).toBe(200);
    });

    test('hand nothing out and undo nothing once they lost the confirmation, in the middle of a shift', async () => {
      const household = await addHousehold(server, 9000);
      const rice = await addGoods(server, {}, { quantity: 50, costFen: 50 });
      const basket = { householdId: household.id, lines: [{ goodsId: rice.id, quantity: 1 }] };
      const own = await server.asKiosk();
      const { data } = await redeem(household.id, rice.id, own);
      const body = await withCard(server, own, { ...basket, expectedPoints: 1000 });
      await declare([household.id], own);
      await declare([], own);
      const { status, problem } = await server.call('kiosk.redeem', { as: own, body });
      expect([status, problem.code, problem.moved]).toEqual([401, 'kiosk.shift_over', 'no']);
      expect(problem.detail).toContain('您还没有确认');
      expect((await undo(data.id, own)).problem.code).toBe('kiosk.shift_over');
      expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 8000, pieces: 49 });
      await confirmAtOnce(server, own.volunteerId);
      expect((await server.call('kiosk.redeem', { as: own, body })).status).toBe(200);
    });

    test('may declare households when they are added; strangers’ are refused', async () => {
      const own = await addHousehold(server, 0);
      const as = server.admin;
      const made = await server.must('volunteers.create', {
        as,
        body: { name: '赵小兰', householdIds: [own.id] },
      });
      expect(made.volunteer).toMatchObject({ disabled: false, householdIds: [own.id] });
      const body = { name: '钱小兰', householdIds: ['nobody'] };
      expect(await server.refused('volunteers.create', { as, body })).toBe('household.not_found');
      const params = { id: made.volunteer.id };
      expect(await server.refused('volunteers.update', { as, params, body })).toBe('household.not_found');
      const { problem } = await server.call('volunteers.update', { as: kiosk, params, body: {} });
      expect(problem.code).toBe('auth.forbidden');
    });

    test('are kin of the household that split off from theirs, too', async () => {
      const own = await addHousehold(server, 0);
      await declare([own.id]);
      const fresh = { head: '孙小宝', group: own.group, size: 2, phone: '13900000901', number: '9-901' };
      const { id } = await server.must('households.proposeChange', {
        as: await server.asStaff('committee'),
        params: { id: own.id },
        body: { kind: 'split', fresh, points: 0, reason: '分家' },
      });
      const as = await server.asStaff('approver');
      await server.must('proposals.decide', { as, body: { action: 'approve', ids: [id], reason: '' } });
      const grown = (await listed(kiosk))?.householdIds ?? [];
      expect(grown).toHaveLength(2);
      expect(grown[0]).toBe(own.id);
      expect((await actsOn(kiosk))[0]).toBe('volunteers.kin_extended');
      await declare([]);
      await confirmAtOnce(server, kiosk.volunteerId);
    });

    test('are shown with what they handed out and undid, whoever had handed it out', async () => {
      const [first, second] = [await server.asKiosk(), await addHousehold(server, 90_000)];
      const rice = await addGoods(server, { monthlyLimit: 3 }, { quantity: 50, costFen: 50 });
      const { data } = await redeem(second.id, rice.id, first, 2);
      // A colleague takes over the kiosk and undoes the last basket.
      const colleague = await server.asKiosk();
      const { shiftToken } = await server.must('kiosk.signIn', {
        as: first.device,
        body: { volunteerId: colleague.volunteerId, pin: colleague.pin },
      });
      const there = { ...colleague, headers: { ...first.device.headers, 'X-Shift': shiftToken } };
      expect((await undo(data.id, there)).status).toBe(200);
      // The limit of the month is given back.
      expect((await redeem(second.id, rice.id, there, 3)).status).toBe(200);
      expect((await redeem(second.id, rice.id, there)).problem.code).toBe('goods.limit');
      const noReturns = { returned: 0, returnedPoints: 0 };
      const nothing = { redemptions: 0, points: 0, undone: 0, undonePoints: 0, ...noReturns };
      expect((await listed(first))?.month).toEqual(nothing);
      expect((await listed(colleague))?.month).toEqual({
        ...{ redemptions: 1, points: 3000 },
        ...{ undone: 1, undonePoints: 2000, ...noReturns },
      });
      server.clock.nowMs += 31 * 86_400_000;
      expect((await listed(colleague, await server.asStaff('approver')))?.month).toEqual(nothing);
      server.clock.nowMs -= 31 * 86_400_000;
    });

    test('serve households whose days are counted, for the amount above which the PIN is asked', async () => {
      const as = server.admin;
      const shareOf = (above: number) => server.must('kiosks.pinShare', { as, query: { above } });
      const before = [await shareOf(2000), await shareOf(2999), await shareOf(3000)];
      const [first, second] = [await addHousehold(server, 9000), await addHousehold(server, 9000)];
      const rice = await addGoods(server, {}, { quantity: 50, costFen: 50 });
      await redeem(first.id, rice.id, kiosk, 2);
      await redeem(second.id, rice.id, kiosk, 2);
      // Undone points count, as they do when the PIN is asked.
      const { data } = await redeem(second.id, rice.id);
      expect((await undo(data.id)).status).toBe(200);
      const after = [await shareOf(2000), await shareOf(2999), await shareOf(3000)];
      const grown = after.map(({ days, under }, index) => {
        return [days - (before[index]?.days ?? 0), under - (before[index]?.under ?? 0)];
      });
      expect(grown).toEqual([
        [2, 1],
        [2, 1],
        [2, 2],
      ]);
      expect((await server.call('kiosks.pinShare', { as, query: { above: -1 } })).status).toBe(400);
    });

    test('come to no more goods by undoing: the day’s amount without PIN is used up', async () => {
      const household = await addHousehold(server, 90_000);
      const rice = await addGoods(server, {}, { quantity: 50, costFen: 50 });
      const settings = (pinAboveHundredths: number | null) =>
        asTwo(server, 'village.update', { as: server.admin, body: { settings: { pinAboveHundredths } } });
      const own = await server.asKiosk();
      await settings(2000);
      for (let count = 0; count < 2; count += 1) {
        const { data } = await redeem(household.id, rice.id, own);
        expect((await undo(data.id, own)).status).toBe(200);
      }
      const { problem } = await redeem(household.id, rice.id, own);
      expect(problem).toMatchObject({ code: 'redemption.pin_needed', moved: 'no' });
      expect(problem.detail).toContain('这户今天已经兑了 20 分');
      const { shift } = await server.must('kiosk.state', { as: own });
      expect(shift).toMatchObject({ redemptions: 0, points: 0, undone: 2, undonePoints: 2000 });
      expect((await listed(own))?.month).toMatchObject({ undone: 2, undonePoints: 2000 });
      await settings(null);
    });
  });
});
