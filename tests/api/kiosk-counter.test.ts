import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { typePin } from '../support/pins.ts';
import { cardCodeOf, newCardCode, withCard } from '../support/presence.ts';
import { asTwo } from '../support/second-person.ts';
import { type KioskCaller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const MINUTE = 60_000;
const WRONG = '000001';

describe.each(ENGINES)('the counter on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let startMs = 0;

    beforeAll(async () => {
      server = await startTestServer(engine);
      kiosk = await server.asKiosk();
      startMs = server.clock.nowMs;
    });
    afterAll(() => server.remove());
    afterEach(() => {
      server.clock.nowMs = startMs;
    });

    const pinAbove = (pinAboveHundredths: number | null) =>
      asTwo(server, 'village.update', { as: server.admin, body: { settings: { pinAboveHundredths } } });
    const newPin = (id: string) => typePin(server, id);
    const cardOf = (id: string) => newCardCode(server, id);
    const lookUp = async (id: string) => {
      const card = (await cardCodeOf(server, id)) ?? '';
      return server.must('kiosk.lookup', { as: kiosk, body: { card } });
    };
    const checkPin = async (householdId: string, pin: string, as = kiosk) =>
      server.call('kiosk.checkPin', { as, body: await withCard(server, as, { householdId, pin }) });
    const proofOf = async (householdId: string, pin: string, as = kiosk) =>
      (await checkPin(householdId, pin, as)).data.proof;

    describe('above the village’s amount', () => {
      const basket = (householdId: string, goodsId: string, quantity: number, pinProof?: string) => ({
        householdId,
        lines: [{ goodsId, quantity }],
        expectedPoints: quantity * 1000,
        ...(pinProof === undefined ? {} : { pinProof }),
      });
      const redeem = async (body: ReturnType<typeof basket>, as = kiosk, key = newKey()) =>
        server.call('kiosk.redeem', { as, body: await withCard(server, as, body), key });

      test('asks for the household’s PIN, and takes a proof of it', async () => {
        await pinAbove(2000);
        const household = await addHousehold(server, 20_000);
        const rice = await addGoods(server, {}, { quantity: 50, costFen: 50 });
        const pin = await newPin(household.id);
        expect(await lookUp(household.id)).toMatchObject({
          pinAbove: 2000,
          pin: { isSet: true, waitSeconds: 0 },
        });
        const refused = await redeem(basket(household.id, rice.id, 3));
        expect(refused.problem).toMatchObject({ code: 'redemption.pin_needed', moved: 'no' });
        expect(refused.problem.detail).toContain('：一天兑换超过 20 分，');
        expect((await redeem(basket(household.id, rice.id, 2))).status).toBe(200);
        expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 18_000, pieces: 48 });
        const proof = await proofOf(household.id, pin);
        expect((await redeem(basket(household.id, rice.id, 3, proof))).status).toBe(200);
        expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 15_000, pieces: 45 });
        await pinAbove(null);
        expect((await redeem(basket(household.id, rice.id, 3))).status).toBe(200);
      });

      test('counts a household’s whole day, on all kiosks, also what was undone', async () => {
        await pinAbove(2000);
        const household = await addHousehold(server, 20_000);
        const rice = await addGoods(server, {}, { quantity: 50, costFen: 50 });
        const lent = await addGoods(server, { kind: 'service', price: 0 });
        const other = await server.asKiosk();
        const one = () => redeem(basket(household.id, rice.id, 1));
        await redeem(basket(household.id, rice.id, 1), other);
        const { id } = (await one()).data;
        const refused = await one();
        expect(refused.problem).toMatchObject({ code: 'redemption.pin_needed', moved: 'no' });
        expect(refused.problem.detail).toContain('这户今天已经兑了 20 分，一天兑换超过 20 分，');
        expect(await lookUp(household.id)).toMatchObject({ redeemedToday: 2000, pinAbove: 2000 });
        await server.must('kiosk.undo', { as: kiosk, params: { id }, body: {} });
        expect(await lookUp(household.id)).toMatchObject({ redeemedToday: 2000 });
        expect((await one()).problem.code).toBe('redemption.pin_needed');
        await pinAbove(3000);
        const both = await Promise.all([one(), redeem(basket(household.id, rice.id, 1), other)]);
        expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
        await pinAbove(2000);
        const free = { ...basket(household.id, lent.id, 1), expectedPoints: 0 };
        expect((await redeem(free)).problem.code).toBe('redemption.empty');
        server.clock.nowMs += 24 * 60 * MINUTE;
        const { device, volunteerId } = other;
        const { shiftToken } = await server.must('kiosk.signIn', {
          as: device,
          body: { volunteerId, pin: other.pin },
        });
        const tomorrow = { ...other, headers: { ...device.headers, 'X-Shift': shiftToken } };
        const found = await server.must('kiosk.lookup', {
          as: tomorrow,
          body: { number: household.number },
        });
        expect(found).toMatchObject({ redeemedToday: 0, pinAbove: 2000 });
        expect((await redeem(basket(household.id, rice.id, 2), tomorrow)).status).toBe(200);
        server.clock.nowMs = startMs;
        await pinAbove(null);
      });

      test('takes no proof that is another household’s, kiosk’s or shift’s, run out, or made up', async () => {
        await pinAbove(0);
        const household = await addHousehold(server, 20_000);
        const neighbour = await addHousehold(server, 20_000);
        const rice = await addGoods(server, {}, { quantity: 50, costFen: 50 });
        const proof = await proofOf(household.id, await newPin(household.id));
        const codeOf = async (householdId: string, given: string, as = kiosk) =>
          (await redeem(basket(householdId, rice.id, 1, given), as)).problem.code;
        expect(await codeOf(neighbour.id, proof)).toBe('redemption.pin_needed');
        expect(await codeOf(household.id, `${proof}x`)).toBe('redemption.pin_needed');
        expect(await codeOf(household.id, 'made.up.proof')).toBe('redemption.pin_needed');
        expect(await codeOf(household.id, proof, await server.asKiosk())).toBe('redemption.pin_needed');
        server.clock.nowMs += 4 * MINUTE;
        expect(await codeOf(household.id, proof)).toBe('redemption.pin_needed');
        expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 20_000, pieces: 50 });
        server.clock.nowMs = startMs;
        expect((await redeem(basket(household.id, rice.id, 1, proof))).status).toBe(200);
        await pinAbove(null);
      });

      test('takes a proof for one basket, and none of a PIN that was replaced or after signing out', async () => {
        await pinAbove(0);
        const household = await addHousehold(server, 20_000);
        const rice = await addGoods(server, {}, { quantity: 50, costFen: 50 });
        const own = await server.asKiosk();
        const take = (pinProof: string) => redeem(basket(household.id, rice.id, 1, pinProof), own);
        const pin = await newPin(household.id);
        const first = await proofOf(household.id, pin, own);
        const both = await Promise.all([take(first), take(first)]);
        expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
        expect((await take(first)).problem.code).toBe('redemption.pin_needed');
        const second = await proofOf(household.id, pin, own);
        const { id } = (await redeem(basket(household.id, rice.id, 1, second), own)).data;
        await server.must('kiosk.undo', { as: own, params: { id }, body: {} });
        expect((await take(second)).problem.code).toBe('redemption.pin_needed');
        const old = await proofOf(household.id, pin, own);
        await newPin(household.id);
        expect((await take(old)).problem.code).toBe('redemption.pin_needed');
        const last = await proofOf(household.id, await newPin(household.id), own);
        await server.must('kiosk.signOut', { as: own, body: {} });
        expect((await take(last)).problem.code).toBe('kiosk.shift_over');
        expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 19_000, pieces: 49 });
        await pinAbove(null);
      });

      test('answers a repeated sending after the proof has run out', async () => {
        await pinAbove(0);
        const household = await addHousehold(server, 20_000);
        const rice = await addGoods(server, {}, { quantity: 5, costFen: 5 });
        const body = basket(
          household.id,
          rice.id,
          1,
          await proofOf(household.id, await newPin(household.id)),
        );
        const key = newKey();
        const sent = { as: kiosk, body: await withCard(server, kiosk, body), key };
        const first = await server.call('kiosk.redeem', sent);
        server.clock.nowMs += 5 * MINUTE;
        expect((await server.call('kiosk.redeem', sent)).data).toEqual(first.data);
        expect(first.status).toBe(200);
        expect(await standing(server, household.id, rice.id)).toMatchObject({ points: 19_000, pieces: 4 });
        await pinAbove(null);
      });
    });

    test('waits a minute after five wrong PINs, says so at the next lookup, and lets the phone alone', async () => {
      const household = await addHousehold(server, 1000);
      const pin = await newPin(household.id);
      const card = await cardOf(household.id);
      for (let left = 4; left >= 0; left -= 1) {
        expect((await checkPin(household.id, WRONG)).problem.code).toBe(
          left > 0 ? 'auth.wrong' : 'auth.locked',
        );
      }
      expect((await checkPin(household.id, pin)).problem.code).toBe('auth.locked');
      expect((await lookUp(household.id)).pin).toEqual({ isSet: true, waitSeconds: 60 });
      expect((await server.call('me.login', { body: { card, pin } })).status).toBe(200);
      server.clock.nowMs += 20_000;
      expect((await lookUp(household.id)).pin.waitSeconds).toBe(40);
      server.clock.nowMs += 41_000;
      expect((await checkPin(household.id, pin)).status).toBe(200);
      expect((await lookUp(household.id)).pin).toEqual({ isSet: true, waitSeconds: 0 });
    });

    test('waits on the whole kiosk when one PIN after another is wrong, whoever they are of', async () => {
      const own = await server.asKiosk();
      const { id, number } = await addHousehold(server, 1000);
      const pin = await newPin(id);
      for (let count = 0; count < 25; count += 1) {
        const one = await addHousehold(server, 0);
        await newPin(one.id);
        expect((await checkPin(one.id, WRONG, own)).problem.code).toBe('auth.wrong');
        const body = { number: one.number, pin: WRONG };
        const { code } = (await server.call('kiosk.statement', { as: own.device, body })).problem;
        expect(code).toBe('auth.wrong');
      }
      expect((await checkPin(id, pin, own)).problem.code).toBe('auth.locked');
      const body = { number, pin };
      expect(await server.refused('kiosk.statement', { as: own.device, body })).toBe('auth.locked');
      expect((await checkPin(id, pin)).status).toBe(200);
    });

    test('says of a household without a PIN that it has none; a new PIN ends the wait', async () => {
      const household = await addHousehold(server, 1000);
      expect((await checkPin(household.id, WRONG)).problem.code).toBe('household.no_pin');
      expect((await lookUp(household.id)).pin).toEqual({ isSet: false, waitSeconds: 0 });
      await newPin(household.id);
      for (let tries = 0; tries < 5; tries += 1) await checkPin(household.id, WRONG);
      const pin = await newPin(household.id);
      expect((await checkPin(household.id, pin)).status).toBe(200);
    });

    describe('finding by name', () => {
      const find = async (name: string) => server.must('kiosk.find', { as: kiosk, body: { name } });

      test('knows a part of the name, its pinyin and its initials, and shows it masked', async () => {
        const { id, number, group } = await addHousehold(server, 0, '欧阳春燕');
        const masked = { id, number, group, head: '欧阳*燕' };
        for (const name of ['欧阳', '春燕', '欧 阳 春 燕', 'ouyang', 'OYCY', 'chunyan', 'cy']) {
          const { items } = await find(name);
          expect(items, name).toContainEqual(masked);
        }
        for (const name of ['o', '燕春', 'zzzz', '%', '_', number])
          expect((await find(name)).items).toEqual([]);
      });

      test('answers a few, and says when there are more', async () => {
        for (let count = 0; count < 10; count += 1) await addHousehold(server, 0, `司马${count}`);
        const { items, more } = await find('司马');
        expect(items).toHaveLength(8);
        expect(more).toBe(true);
        expect((await find('司马3')).more).toBe(false);
      });

      test('finds nobody of another village, and nothing for a device nobody is signed in on', async () => {
        const there = await server.addVillage();
        await addHousehold(server, 0, '诸葛亮亮', there);
        expect((await find('诸葛')).items).toEqual([]);
        const refused = await server.refused('kiosk.find', { as: kiosk.device, body: { name: '司马' } });
        expect(refused).toBe('auth.forbidden');
      });
    });

    describe('a statement without a phone', () => {
      test('needs only the card, on a kiosk nobody is signed in on', async () => {
        const household = await addHousehold(server, 4250, '王小明');
        const rice = await addGoods(server, { name: '香米' }, { quantity: 5, costFen: 5 });
        const body = {
          householdId: household.id,
          lines: [{ goodsId: rice.id, quantity: 1 }],
          expectedPoints: 1000,
        };
        await server.must('kiosk.redeem', { as: kiosk, body: await withCard(server, kiosk, body) });
        const card = await cardOf(household.id);
        const got = await server.must('kiosk.statement', { as: kiosk.device, body: { card } });
        expect(got).toMatchObject({
          household: { id: household.id, number: household.number, head: '王*明' },
          balance: 3250,
          held: 0,
          atMs: server.clock.nowMs,
        });
        expect(got.lines[0]).toMatchObject({
          kind: 'redemption',
          amount: -1000,
          balanceAfter: 3250,
          text: { title: '香米×1' },
        });
        expect(JSON.stringify(got)).not.toContain('王小明');
      });

      test('or the number and the PIN, guarded as on a phone', async () => {
        const { id, number } = await addHousehold(server, 500);
        const pin = await newPin(id);
        const ask = (typed: string, of = number) =>
          server.call('kiosk.statement', { as: kiosk.device, body: { number: of, pin: typed } });
        expect((await ask(pin)).data).toMatchObject({ balance: 500 });
        const codes = [];
        for (let tries = 0; tries < 5; tries += 1) {
          const { code, params } = (await ask(WRONG)).problem;
          codes.push(code);
          if (code === 'auth.wrong') expect(params).toMatchObject({ what: 'number' });
        }
        expect(codes).toEqual([...Array.from({ length: 4 }, () => 'auth.wrong'), 'auth.locked']);
        expect((await ask(pin)).problem.code).toBe('auth.locked');
        expect((await ask(pin, '99999')).problem.code).toBe('auth.wrong');
        // At the counter, before the volunteer, the same household may still give its PIN.
        expect((await checkPin(id, pin)).status).toBe(200);
      });

      test('or a volunteer on duty who has looked it up, and has ten lines at most', async () => {
        const household = await addHousehold(server, 20_000);
        const rice = await addGoods(server, {}, { quantity: 50, costFen: 50 });
        for (let count = 0; count < 11; count += 1) {
          const lines = [{ goodsId: rice.id, quantity: 1 }];
          await server.must('kiosk.redeem', {
            as: kiosk,
            body: await withCard(server, kiosk, { householdId: household.id, lines, expectedPoints: 1000 }),
          });
        }
        const { presence: own } = await lookUp(household.id);
        const body = { householdId: household.id, presence: own.token };
        const got = await server.must('kiosk.statement', { as: kiosk, body });
        expect(got.lines).toHaveLength(10);
        expect(got.lines[0]?.balanceAfter).toBe(9000);
        expect(await server.refused('kiosk.statement', { as: kiosk.device, body })).toBe('auth.forbidden');
      });
    });
  });
});
