/** For a day after a new card or PIN a household's points leave only with a second volunteer's PIN. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takePins, typePin } from '../support/pins.ts';
import { cardCodeOf, newCardCode } from '../support/presence.ts';
import { handIn } from '../support/second-person.ts';
import { confirmedVolunteer } from '../support/samples.ts';
import { type KioskCaller, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold, signInAgain, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const HOUR_MS = 3_600_000;

describe.each(ENGINES)('new cards and PINs at the counter on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let second: { id: string; pin: string };
    let approver: StaffCaller;
    let goodsId: string;
    let openedMs: number;

    beforeAll(async () => {
      server = await startTestServer(engine);
      openedMs = server.clock.nowMs;
      kiosk = await server.asKiosk();
      approver = await server.asStaff('approver');
      second = await confirmedVolunteer(server, approver, '李证');
      goodsId = (await addGoods(server, { price: 1000 }, { quantity: 200, costFen: 200 })).id;
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      await goTo(1);
    });

    /** So long after the books were opened. The volunteer signs in again. */
    async function goTo(hours: number): Promise<void> {
      server.clock.nowMs = openedMs + hours * HOUR_MS;
      await server.store.transaction((tx) => tx.db.delete(tx.t.authFailures));
      kiosk = await signInAgain(server, kiosk);
    }
    /** They are not confirmed, so that the village stays small enough for a shopkeeper to issue cards. */
    const office = () => server.asStaff('committee');
    /** Once duties are split, nobody else issues cards and PINs. */
    const confirmedOffice = async () => {
      const as = await office();
      const approver = await server.asStaff('approver');
      await server.must('staff.confirm', { as: approver, params: { id: as.id }, body: {} });
      return as;
    };
    const shop = () => server.asStaff('shopkeeper');
    const known = async () => {
      const { id, number } = await addHousehold(server, 10_000, '王小明', {
        ...server,
        admin: await office(),
      });
      return { id, number, card: (await cardCodeOf(server, id)) ?? '' };
    };
    type Asked = { card: string } | { number: string };
    const lookUp = (body: Asked) => server.must('kiosk.lookup', { as: kiosk, body });
    const vouch = (householdId: string, presence: string, { id: volunteerId, pin }: typeof second) =>
      server.must('kiosk.vouch', {
        as: kiosk,
        body: { householdId, presence, volunteerId, pin, points: 1000 },
      });

    async function take(
      id: string,
      asked: Asked,
      { pin = '', by }: { pin?: string; by?: typeof second } = {},
    ) {
      const { presence } = await lookUp(asked);
      const body = {
        ...{ householdId: id, lines: [{ goodsId, quantity: 1 }], expectedPoints: 1000 },
        presence: presence.token,
        ...(pin === ''
          ? {}
          : {
              pinProof: (await server.must('kiosk.checkPin', { as: kiosk, body: { householdId: id, pin } }))
                .proof,
            }),
        ...(by === undefined ? {} : { vouchProofs: [(await vouch(id, presence.token, by)).proof] }),
      };
      return server.call('kiosk.redeem', { as: kiosk, body });
    }
    const outcome = async (...asked: Parameters<typeof take>) => {
      const { status, problem } = await take(...asked);
      return status === 200 ? 'done' : problem.code;
    };

    it('takes the card that a household got when it was added, and the one of before the books were open', async () => {
      const { id, card } = await known();
      expect(await outcome(id, { card })).toBe('done');
      expect((await lookUp({ card })).newSince).toBeNull();
      await goTo(0);
      const replaced = await newCardCode(server, id, await office());
      await goTo(1);
      expect(await outcome(id, { card: replaced })).toBe('done');
    });

    it('a card that the shopkeeper issued pays nothing alone, for a day', async () => {
      const { id } = await known();
      const shopkeeper = await server.asStaff('shopkeeper');
      const card = await newCardCode(server, id, shopkeeper);
      const sinceMs = server.clock.nowMs;
      expect((await lookUp({ card })).newSince).toEqual({ what: 'card', sinceMs });
      await goTo(4);
      const { problem } = await take(id, { card });
      expect(problem).toMatchObject({ code: 'redemption.second_needed', moved: 'no' });
      expect(problem.detail).toContain('卡是 3 小时前新发的');
      expect(problem.detail).toContain('要另一位已确认的志愿者也输自己的密码');
      expect((await standing(server, id, goodsId)).points).toBe(10_000);
      await goTo(24.9);
      expect(await outcome(id, { card })).toBe('redemption.second_needed');
      await goTo(25);
      expect(await outcome(id, { card })).toBe('done');
    });

    it('nor with the PIN of whoever is on duty; with another volunteer’s it does, and it is told', async () => {
      const { id } = await known();
      const card = await newCardCode(server, id, await office());
      const shifts = await server.asKiosk({ ...server, admin: await shop() });
      const own = await confirmedVolunteer(server, await server.asStaff('approver'), '赵班', {
        ...server,
        admin: await shop(),
      });
      kiosk = await signInAgain(server, { ...shifts, volunteerId: own.id, pin: own.pin });
      expect(await outcome(id, { card }, { by: own })).toBe('redemption.second_needed');
      expect(await outcome(id, { card }, { by: second })).toBe('done');
      const phone = await server.asHousehold(id);
      const [line] = (await server.must('me.passbook', { as: phone })).items;
      expect(line?.witnessed).toEqual({ why: 'new', names: ['李*'] });
      // The proof was for that basket.
      expect(await outcome(id, { card })).toBe('redemption.second_needed');
    });

    it('nor with a PIN that the office gave it, by whichever way', async () => {
      const [typed, printed, both] = [await known(), await known(), await known()];
      const pin = await typePin(server, typed.id, await office());
      expect(await outcome(typed.id, { number: typed.number }, { pin })).toBe('redemption.second_needed');
      expect(await outcome(typed.id, { card: typed.card })).toBe('redemption.second_needed');
      expect(await outcome(typed.id, { number: typed.number }, { pin, by: second })).toBe('done');
      const committee = await server.asStaff('committee');
      const householdIds = [printed.id];
      await server.must('households.makePins', { as: committee, body: { householdIds, replace: false } });
      const slip = (await takePins(server, committee, householdIds)).get(printed.id) ?? '';
      expect(await outcome(printed.id, { number: printed.number }, { pin: slip })).toBe(
        'redemption.second_needed',
      );
      // Both are new: the later one says for how long.
      const card = await newCardCode(server, both.id, await office());
      await goTo(2);
      await typePin(server, both.id, await office());
      expect((await lookUp({ card })).newSince).toEqual({ what: 'pin', sinceMs: server.clock.nowMs });
    });

    it('and a PIN is no older for being changed on a phone', async () => {
      const { id, number, card } = await known();
      const pin = await typePin(server, id, await office());
      const { token } = await server.must('me.login', { body: { card, pin } });
      const phone = { id, headers: { Authorization: `Household ${token}` } };
      await goTo(3);
      await server.must('me.changePin', { as: phone, body: { pin, next: '739150' } });
      expect(await outcome(id, { number }, { pin: '739150' })).toBe('redemption.second_needed');
      await goTo(25);
      expect(await outcome(id, { number }, { pin: '739150' })).toBe('done');
      await server.must('me.changePin', { as: phone, body: { pin: '739150', next: '615093' } });
      expect(await outcome(id, { number }, { pin: '615093' })).toBe('done');
    });

    it('a revoked card comes back to nobody: two people vouch, who are enough for a new one too', async () => {
      const { id, number } = await known();
      await server.must('households.issueCard', { as: await office(), params: { id }, body: {} });
      const third = await confirmedVolunteer(server, await server.asStaff('approver'), '周证', {
        ...server,
        admin: await shop(),
      });
      const { presence } = await lookUp({ number });
      const vouchProofs = [
        (await vouch(id, presence.token, second)).proof,
        (await vouch(id, presence.token, third)).proof,
      ];
      const body = { householdId: id, lines: [{ goodsId, quantity: 1 }], expectedPoints: 1000 };
      const got = await server.call('kiosk.redeem', {
        as: kiosk,
        body: { ...body, presence: presence.token, vouchProofs },
      });
      expect(got.status).toBe(200);
    });

    it('the desk reads what is new where the counter asks for another PIN, and nowhere else', async () => {
      const { id, card: first } = await known();
      const atDesk = async () =>
        (await server.must('households.get', { as: await confirmedOffice(), params: { id } })).newSince;
      const both = async (card: string) => [await atDesk(), (await lookUp({ card })).newSince];
      expect(await both(first)).toEqual([null, null]);
      await goTo(0);
      const ofBefore = await newCardCode(server, id, await confirmedOffice());
      await goTo(1);
      expect(await both(ofBefore)).toEqual([null, null]);
      const card = await newCardCode(server, id, await confirmedOffice());
      const cardIsNew = { what: 'card', sinceMs: server.clock.nowMs };
      expect(await both(card)).toEqual([cardIsNew, cardIsNew]);
      await goTo(2);
      await typePin(server, id, await confirmedOffice());
      const pinIsNew = { what: 'pin', sinceMs: server.clock.nowMs };
      expect(await both(card)).toEqual([pinIsNew, pinIsNew]);
      const change = await handIn(server, 'kiosks.allowNew', { as: await confirmedOffice(), params: { id } });
      const agree = { params: { id: change.id }, body: { mark: change.mark } };
      await server.must('changes.agree', { as: await server.asStaff('approver'), ...agree });
      expect(await both(card)).toEqual([null, null]);
    });

    it('a new card is used at once where another person of the desk agrees, and that card alone', async () => {
      const { id } = await known();
      const card = await newCardCode(server, id, await confirmedOffice());
      const committee = await confirmedOffice();
      const params = { id };
      expect(await server.refused('kiosks.allowNew', { as: committee, params, body: {} })).toBe(
        'change.needs_second',
      );
      expect(await outcome(id, { card })).toBe('redemption.second_needed');
      const change = await handIn(server, 'kiosks.allowNew', { as: committee, params });
      expect(change.told.changes.map(({ field }) => field)).toEqual(['cardSince']);
      const agree = { params: { id: change.id }, body: { mark: change.mark } };
      expect(await server.refused('changes.agree', { as: committee, ...agree })).toBe('auth.forbidden');
      const kin = await server.asStaff('approver', { householdIds: [id] });
      expect(await server.refused('changes.agree', { as: kin, ...agree })).toBe('proposal.own_household');
      await server.must('changes.agree', { as: await server.asStaff('approver'), ...agree });
      expect((await lookUp({ card })).newSince).toBeNull();
      expect(await outcome(id, { card })).toBe('done');
      expect(await server.refused('kiosks.allowNew', { as: committee, params, body: {} })).toBe(
        'kiosk.nothing_new',
      );
      const phone = await server.asHousehold(id);
      const { items } = await server.must('me.acts', { as: phone });
      expect(items.map(({ words }) => words.zh)).toContain('准许新卡、新密码马上能用');
      // The next card is new again.
      await goTo(2);
      const next = await newCardCode(server, id, await confirmedOffice());
      expect(await outcome(id, { card: next })).toBe('redemption.second_needed');
    });
  });
});
