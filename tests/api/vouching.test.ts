/** A household that has neither its card nor a PIN is vouched for by two confirmed volunteers, up to an amount a month. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { typePin } from '../support/pins.ts';
import { asTwo } from '../support/second-person.ts';
import { confirmedVolunteer } from '../support/samples.ts';
import { cardCodeOf } from '../support/presence.ts';
import {
  type AnswerOf,
  type KioskCaller,
  newKey,
  type StaffCaller,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { addGoods, addHousehold, signInAgain, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

/** The middle of a month, in any zone. */
const START_MS = Date.UTC(2026, 2, 15, 4);
const PIN = '407285';

interface Person {
  readonly id: string;
  readonly pin: string;
}

describe.each(ENGINES)('vouching at the counter on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let approver: StaffCaller;
    let kiosk: KioskCaller;
    /** The volunteer on duty, and two more. */
    let own: Person;
    let second: Person;
    let third: Person;
    let goodsId: string;

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = START_MS;
      approver = await server.asStaff('approver');
      kiosk = await server.asKiosk();
      goodsId = (await addGoods(server, { price: 2000 }, { quantity: 200, costFen: 200 })).id;
      own = { id: kiosk.volunteerId, pin: kiosk.pin };
      second = await confirmedVolunteer(server, approver, '李证');
      third = await confirmedVolunteer(server, approver, '张证');
    });
    afterAll(() => server.remove());
    // So that nobody comes to the limit of look-ups without a card.
    beforeEach(async () => {
      server.clock.nowMs = START_MS;
      await server.store.transaction((tx) => tx.db.delete(tx.t.authFailures));
      kiosk = await signInAgain(server, kiosk);
    });

    const known = () => addHousehold(server, 30_000);
    const presenceOf = async (number: string, as = kiosk) =>
      (await server.must('kiosk.lookup', { as, body: { number } })).presence.token;
    const vouch = (
      householdId: string,
      presence: string,
      { id: volunteerId, pin }: Person,
      { as = kiosk, points = 2000 } = {},
    ) => server.call('kiosk.vouch', { as, body: { householdId, presence, volunteerId, pin, points } });
    const basket = (householdId: string, quantity = 1) => ({
      ...{ householdId, lines: [{ goodsId, quantity }], expectedPoints: 2000 * quantity },
    });

    /** A basket for which these people vouch. */
    async function vouched(
      { id, number }: { id: string; number: string },
      people: readonly Person[],
      {
        quantity = 1,
        points = 2000 * quantity,
        as = kiosk,
      }: { quantity?: number; points?: number; as?: KioskCaller } = {},
    ) {
      const presence = await presenceOf(number, as);
      const vouchProofs = [];
      for (const one of people) vouchProofs.push((await vouch(id, presence, one, { as, points })).data.proof);
      return { ...basket(id, quantity), presence, vouchProofs };
    }
    /** Answers the refusal's code, or `done`. */
    async function take(body: object, as = kiosk, key = newKey()) {
      const got = await server.call('kiosk.redeem', { as, body: body as ReturnType<typeof basket>, key });
      return got.status === 200 ? 'done' : got.problem.code;
    }
    const pointsOf = async (id: string) => (await standing(server, id, goodsId)).points;

    it('hands out where two confirmed volunteers typed their PINs, and says so to everybody', async () => {
      const household = await known();
      const found = await server.must('kiosk.lookup', { as: kiosk, body: { number: household.number } });
      expect(found).toMatchObject({ vouching: { left: 5000 }, pin: { isSet: false }, newSince: null });
      expect(await take(await vouched(household, [own, second]))).toBe('done');
      expect(await pointsOf(household.id)).toBe(28_000);
      const again = await server.must('kiosk.lookup', { as: kiosk, body: { number: household.number } });
      expect(again.vouching).toEqual({ left: 3000 });
      const phone = await server.asHousehold(household.id);
      const [line] = (await server.must('me.passbook', { as: phone })).items;
      expect(line?.witnessed).toMatchObject({ why: 'vouched' });
      expect(line?.witnessed?.names).toContain('李*');
      const desk = await server.must('households.passbook', {
        as: server.admin,
        params: { id: household.id },
      });
      expect(desk.items[0]?.witnessed?.names).toContain('李证');
      const paper = await server.must('kiosk.statement', {
        as: kiosk,
        body: { householdId: household.id, presence: await presenceOf(household.number) },
      });
      expect(paper.lines[0]?.witnessed?.why).toBe('vouched');
      const look = await server.must('village.look', { as: await server.asStaff('admin') });
      const seen = look.items.filter(({ householdId }) => householdId === household.id);
      expect(seen).toMatchObject([{ kind: 'vouched', points: -2000 }]);
      expect(await factsOf(line?.number ?? 0)).toEqual({
        handedOut: expect.stringMatching(/^\["vouched",/),
        vouchedBy: JSON.stringify([own.id, second.id]),
      });
    });

    async function factsOf(number: number) {
      const rows = await server.store.read(({ db, t: { journalFacts } }) => db.select().from(journalFacts));
      return Object.fromEntries(
        rows
          .filter((row) => row.villageId === server.id && row.number === number)
          .map((row) => [row.name, row.value]),
      );
    }

    it('takes nobody twice: the same person twice, with one proof or two, is one', async () => {
      const household = await known();
      expect(await take(await vouched(household, [second, second]))).toBe('redemption.pin_needed');
      expect(await take(await vouched(household, [own, own]))).toBe('redemption.pin_needed');
      const once = await vouched(household, [second]);
      expect(await take({ ...once, vouchProofs: [once.vouchProofs[0], once.vouchProofs[0]] })).toBe(
        'redemption.pin_needed',
      );
      expect(await take(await vouched(household, [second]))).toBe('redemption.pin_needed');
      expect(await take(await vouched(household, []))).toBe('redemption.pin_needed');
      expect(await pointsOf(household.id)).toBe(30_000);
      expect(await take(await vouched(household, [second, third]))).toBe('done');
    });

    it('takes no PIN that somebody else knows: one person who made both volunteers vouches for nobody', async () => {
      const household = await known();
      const shopkeeper = await server.asStaff('shopkeeper');
      const made: AnswerOf<'volunteers.create'>[] = [];
      for (const name of ['假甲', '假乙'])
        made.push(await server.must('volunteers.create', { as: shopkeeper, body: { name } }));
      const presence = await presenceOf(household.number);
      for (const { volunteer, pin } of made) {
        expect(volunteer).toMatchObject({ confirmed: false, unconfirmedBy: shopkeeper.id });
        expect((await vouch(household.id, presence, { id: volunteer.id, pin })).problem.code).toBe(
          'volunteer.unconfirmed',
        );
        const params = { id: volunteer.id };
        const body = { currentPin: pin, pin: PIN };
        expect(await server.refused('volunteers.confirm', { as: shopkeeper, params, body })).toBe(
          'auth.forbidden',
        );
      }
      const { volunteers } = await server.must('kiosk.state', { as: kiosk });
      expect(volunteers.filter(({ mayVouch }) => mayVouch).map(({ id }) => id)).toEqual([
        own.id,
        second.id,
        third.id,
      ]);
    });

    it('nor whoever knows the PIN after somebody else changed the volunteer; the list says who may', async () => {
      const maker = await server.asStaff(['approver', 'shopkeeper']);
      const kin = (await addHousehold(server)).id;
      const body = { name: '登错亲', householdIds: [kin] };
      const { volunteer, pin: currentPin } = await server.must('volunteers.create', { as: maker, body });
      const params = { id: volunteer.id };
      const change = (sent: object) =>
        server.must('volunteers.update', { as: server.admin, params, body: sent });
      const confirm = { params, body: { currentPin, pin: PIN } };
      await change({ householdIds: [] });
      await change({ disabled: true });
      await change({ disabled: false });
      expect(await server.refused('volunteers.confirm', { as: maker, ...confirm })).toBe(
        'volunteer.confirm_own',
      );
      const mayConfirm = async (as: StaffCaller) =>
        (await server.must('volunteers.list', { as })).items.find(({ id }) => id === volunteer.id)
          ?.mayConfirm;
      const administrator = await server.asStaff(['admin', 'approver']);
      const may = [await mayConfirm(maker), await mayConfirm(administrator), await mayConfirm(approver)];
      expect(may).toEqual([false, false, true]);
      // A new PIN is known to whoever gave it, and to nobody before.
      const { pin } = await change({ newPin: true });
      const anew = { params, body: { currentPin: pin ?? '', pin: PIN } };
      expect((await server.must('volunteers.confirm', { as: maker, ...anew })).confirmed).toBe(true);
      expect(await mayConfirm(approver)).toBe(false);
    });

    it('lets nobody confirm the volunteer of the own making, nor an account that is unconfirmed itself', async () => {
      const both = await server.asStaff(['approver', 'shopkeeper']);
      const made = await server.must('volunteers.create', { as: both, body: { name: '自荐' } });
      const { volunteer, pin: currentPin } = made;
      const confirm = (as: StaffCaller, pin = PIN) =>
        server.call('volunteers.confirm', { as, params: { id: volunteer.id }, body: { currentPin, pin } });
      expect((await confirm(both)).problem.code).toBe('volunteer.confirm_own');
      const fresh = await server.asStaff('approver');
      await server.must('staff.resetPassword', { as: server.admin, params: { id: fresh.id }, body: {} });
      const { oneTimePassword, staff } = await server.must('staff.create', {
        as: server.admin,
        body: { username: 'newapprover', displayName: '新审核', roles: ['approver'] },
      });
      const { accessToken } = await server.must('session.login', {
        body: { username: staff.username, password: oneTimePassword },
      });
      const newcomer = { ...both, id: staff.id, headers: { Authorization: `Bearer ${accessToken}` } };
      await server.must('session.changePassword', {
        as: newcomer,
        body: { current: oneTimePassword, next: 'my-own-harvest-77' },
      });
      expect((await confirm(newcomer)).problem.code).toBe('auth.forbidden');
      expect((await confirm(approver, '111222')).problem.code).toBe('auth.weak_pin');
      expect((await confirm(approver)).data).toMatchObject({ confirmed: true, unconfirmedBy: null });
      expect((await confirm(approver)).problem.code).toBe('volunteer.nothing_to_confirm');
      const [act] = (
        await server.must('acts.list', { as: await server.asStaff('admin'), query: { limit: 1 } })
      ).items;
      expect(act).toMatchObject({
        act: 'volunteers.confirmed',
        actorId: approver.id,
        thing: { id: volunteer.id },
      });
      expect(JSON.stringify(act)).not.toContain(PIN);
    });

    it('confirms with the PIN of whoever made the volunteer alone, so that an approver who types all PINs is not enough', async () => {
      const shopkeeper = await server.asStaff('shopkeeper');
      const made = await server.must('volunteers.create', { as: shopkeeper, body: { name: '齐认' } });
      const { volunteer, pin: currentPin } = made;
      const params = { id: volunteer.id };
      const confirm = (typed: string, pin = PIN, as = approver) =>
        server.call('volunteers.confirm', { as, params, body: { currentPin: typed, pin } });
      const guess = currentPin === '900001' ? '900002' : '900001';
      expect((await confirm(guess)).problem).toMatchObject({ code: 'auth.wrong', params: { left: 4 } });
      // A body without it is not understood.
      const without = { as: approver, params, body: { pin: PIN } as { currentPin: string; pin: string } };
      expect((await server.call('volunteers.confirm', without)).status).toBe(400);
      // The PIN that somebody else knows is no PIN of the own; whoever may not confirm tries none.
      const same = await server.must('volunteers.update', {
        ...{ as: shopkeeper, params, body: { newPin: true } },
      });
      expect((await confirm(same.pin ?? '', same.pin ?? '')).problem.code).toBe('volunteer.same_pin');
      const administrator = await server.asStaff(['approver', 'admin']);
      expect((await confirm(guess, PIN, administrator)).problem.code).toBe('auth.forbidden');
      // The one before the new one counts no more.
      expect((await confirm(currentPin)).problem.code).toBe('auth.wrong');
      expect((await confirm(same.pin ?? '')).data).toMatchObject({ confirmed: true });
    });

    it('tells whoever may confirm how many wait, and neither who made them nor anybody else', async () => {
      const both = await server.asStaff(['approver', 'shopkeeper']);
      const waits = async (as: StaffCaller) =>
        (await server.must('village.summary', { as })).volunteersToConfirm;
      const others = [
        server.admin,
        await server.asStaff('committee'),
        await server.asStaff(['approver', 'admin']),
      ];
      const before = { approver: await waits(approver), both: await waits(both) };
      const { volunteer, pin } = await server.must('volunteers.create', { as: both, body: { name: '齐等' } });
      expect(await waits(approver)).toBe(before.approver + 1);
      expect(await waits(both)).toBe(before.both);
      for (const other of others) expect(await waits(other)).toBe(0);
      const body = { currentPin: pin, pin: PIN };
      await server.must('volunteers.confirm', { as: approver, params: { id: volunteer.id }, body });
      expect(await waits(approver)).toBe(before.approver);
    });

    it('counts wrong PINs at the desk with those of the counter', async () => {
      const made = await server.must('volunteers.create', { as: server.admin, body: { name: '齐数' } });
      const { volunteer, pin } = made;
      const wrong = pin === '900001' ? '900002' : '900001';
      const confirm = (currentPin: string) =>
        server.call('volunteers.confirm', {
          ...{ as: approver, params: { id: volunteer.id }, body: { currentPin, pin: PIN } },
        });
      const signIn = (typed: string) =>
        server.call('kiosk.signIn', { as: kiosk.device, body: { volunteerId: volunteer.id, pin: typed } });
      for (const [index, attempt] of [confirm, signIn, confirm, signIn].entries())
        expect((await attempt(wrong)).problem).toMatchObject({
          ...{ code: 'auth.wrong', params: { left: 4 - index } },
        });
      expect((await confirm(wrong)).problem.code).toBe('auth.locked');
      expect((await confirm(pin)).problem.code).toBe('auth.locked');
      expect((await signIn(pin)).problem.code).toBe('auth.locked');
    });

    it('takes a proof for baskets up to the points that were agreed to, and for none that grew', async () => {
      const household = await known();
      const presence = await presenceOf(household.number);
      const told = (await vouch(household.id, presence, second, { points: 500 })).data;
      expect(told).toMatchObject({ volunteerId: second.id, points: 500 });
      expect(await take(await vouched(household, [own, second], { quantity: 2, points: 3999 }))).toBe(
        'redemption.pin_needed',
      );
      // One proof that covers it does not make up for one that does not.
      const mixed = await vouched(household, [second], { quantity: 2 });
      const small = await vouch(household.id, mixed.presence, own, { points: 2000 });
      expect(await take({ ...mixed, vouchProofs: [...mixed.vouchProofs, small.data.proof] })).toBe(
        'redemption.pin_needed',
      );
      expect(await pointsOf(household.id)).toBe(30_000);
      // A basket that shrank is covered.
      expect(await take(await vouched(household, [own, second], { quantity: 1, points: 4000 }))).toBe('done');
      expect(await pointsOf(household.id)).toBe(28_000);
    });

    it('takes no volunteer who is disabled, has a new PIN, or lost kin, until somebody else confirms again', async () => {
      const household = await known();
      const change = (id: string, body: object) =>
        server.must('volunteers.update', { as: server.admin, params: { id }, body });
      const codeOf = async (who: Person) =>
        (await vouch(household.id, await presenceOf(household.number), who)).problem.code;
      const one = await confirmedVolunteer(server, approver, '王换');
      const ready = await vouched(household, [own, one]);
      await change(one.id, { disabled: true });
      expect(await take(ready)).toBe('redemption.pin_needed');
      expect(await codeOf(one)).toBe('auth.wrong');
      await change(one.id, { disabled: false });
      expect(await codeOf(one)).toBe('volunteer.unconfirmed');
      const other = await confirmedVolunteer(server, approver, '周换');
      const before = await vouched(household, [own, other]);
      const { pin } = await change(other.id, { newPin: true });
      expect(await take(before)).toBe('redemption.pin_needed');
      expect(await codeOf(other)).toBe('auth.wrong');
      expect(await codeOf({ id: other.id, pin: pin ?? '' })).toBe('volunteer.unconfirmed');
      const kin = await confirmedVolunteer(server, approver, '吴亲');
      await change(kin.id, { householdIds: [household.id] });
      expect(await codeOf(kin)).toBe('redemption.own_household');
      await change(kin.id, { householdIds: [] });
      expect(await codeOf(kin)).toBe('volunteer.unconfirmed');
      expect(await pointsOf(household.id)).toBe(30_000);
    });

    it('takes no kin, also where they declared it after they had typed the PIN', async () => {
      const household = await known();
      const kin = await confirmedVolunteer(server, approver, '郑亲');
      const ready = await vouched(household, [own, kin]);
      await server.must('volunteers.update', {
        as: server.admin,
        params: { id: kin.id },
        body: { householdIds: [household.id] },
      });
      expect(await take(ready)).toBe('redemption.pin_needed');
      const got = await vouch(household.id, await presenceOf(household.number), kin);
      expect(got.problem).toMatchObject({ code: 'redemption.own_household' });
      expect(got.problem.detail).toContain('换一位来作证');
    });

    it('is for households without a PIN, and off where the village says so', async () => {
      const [household, withPin] = [await known(), await known()];
      await typePin(server, withPin.id, await server.asStaff('committee'));
      const found = await server.must('kiosk.lookup', { as: kiosk, body: { number: withPin.number } });
      expect(found.vouching).toBeNull();
      expect(await take(await vouched(withPin, [own, second]))).toBe('redemption.pin_needed');
      const most = (vouchedHundredthsAMonth: number) =>
        asTwo(server, 'village.update', {
          as: server.admin,
          body: { settings: { vouchedHundredthsAMonth } },
        });
      await most(0);
      expect(await take(await vouched(household, [own, second]))).toBe('redemption.pin_needed');
      await most(5000);
      expect(await take(await vouched(household, [own, second]))).toBe('done');
    });

    it('stops at the amount of the month, counts anew in the next, and gives back what was undone', async () => {
      const household = await known();
      expect(await take(await vouched(household, [own, second], { quantity: 3 }))).toBe(
        'redemption.vouched_over',
      );
      expect(await take(await vouched(household, [own, second], { quantity: 2 }))).toBe('done');
      const { problem } = await server.call('kiosk.redeem', {
        as: kiosk,
        body: await vouched(household, [own, second]),
      });
      expect(problem).toMatchObject({
        code: 'redemption.vouched_over',
        params: { before: 4000, most: 5000 },
      });
      expect(problem.detail).toContain('已经兑了 40 分');
      const [last] = (await server.must('kiosk.recent', { as: kiosk })).items;
      await server.must('kiosk.undo', { as: kiosk, params: { id: last?.id ?? '' }, body: {} });
      expect(await take(await vouched(household, [own, second], { quantity: 2 }))).toBe('done');
      expect(await take(await vouched(household, [own, second]))).toBe('redemption.vouched_over');
      server.clock.nowMs = Date.UTC(2026, 3, 1, 4);
      kiosk = await signInAgain(server, kiosk);
      expect(await take(await vouched(household, [own, second], { quantity: 2 }))).toBe('done');
      // By its card it may have more: nobody vouches then.
      const card = (await cardCodeOf(server, household.id)) ?? '';
      const { presence } = await server.must('kiosk.lookup', { as: kiosk, body: { card } });
      expect(await take({ ...basket(household.id), presence: presence.token })).toBe('done');
      expect(await pointsOf(household.id)).toBe(30_000 - 4000 - 4000 - 2000);
    });

    it('hands out once at two kiosks at the same moment, where the month has room for one', async () => {
      const household = await known();
      const other = await server.asKiosk();
      const bodies = [
        await vouched(household, [own, second], { quantity: 2 }),
        await vouched(household, [second, third], { quantity: 2, as: other }),
      ] as const;
      const outcomes = await Promise.all([take(bodies[0]), take(bodies[1], other)]);
      expect(outcomes.filter((code) => code === 'done')).toHaveLength(1);
      expect(await pointsOf(household.id)).toBe(26_000);
    });

    it('takes a proof for one basket, in one shift, on one kiosk, for three minutes', async () => {
      const [household, neighbour, other] = [await known(), await known(), await server.asKiosk()];
      const own2 = await vouched(household, [own, second]);
      const { vouchProofs } = own2;
      const [presence, elsewhere] = [
        await presenceOf(neighbour.number),
        await presenceOf(household.number, other),
      ];
      expect(await take({ ...basket(neighbour.id), presence, vouchProofs })).toBe('redemption.pin_needed');
      expect(await take({ ...basket(household.id), presence: elsewhere, vouchProofs }, other)).toBe(
        'redemption.pin_needed',
      );
      expect((await vouch(household.id, presence, own)).problem.code).toBe('redemption.absent');
      expect((await vouch(household.id, elsewhere, own)).problem.code).toBe('redemption.absent');
      expect(await take(own2)).toBe('done');
      expect(await take({ ...basket(household.id), presence: own2.presence, vouchProofs })).toBe(
        'redemption.pin_needed',
      );
      const late = await vouched(household, [own, second]);
      server.clock.nowMs += 181_000;
      expect(await take(late)).toBe('redemption.pin_needed');
      const shift = await vouched(household, [own, second]);
      kiosk = await signInAgain(server, kiosk);
      expect(await take(shift)).toBe('redemption.absent');
      expect(await take({ ...shift, presence: await presenceOf(household.number) })).toBe(
        'redemption.pin_needed',
      );
    });

    it('counts wrong PINs with those of the sign-in, and each vouching as an access without card', async () => {
      const household = await known();
      const guessed = await confirmedVolunteer(server, approver, '冯试');
      const presence = await presenceOf(household.number);
      const wrong = { id: guessed.id, pin: '900001' };
      for (let left = 4; left > 0; left -= 1)
        expect((await vouch(household.id, presence, wrong)).problem).toMatchObject({
          code: 'auth.wrong',
          params: { left },
        });
      expect((await vouch(household.id, presence, wrong)).problem.code).toBe('auth.locked');
      expect((await vouch(household.id, presence, guessed)).problem.code).toBe('auth.locked');
      const body = { volunteerId: guessed.id, pin: guessed.pin };
      expect(await server.refused('kiosk.signIn', { as: kiosk.device, body })).toBe('auth.locked');
      let code: string | null = null;
      for (let n = 0; n < 30 && code === null; n += 1) {
        const { status, problem } = await vouch(household.id, presence, second);
        if (status !== 200) code = problem.code;
      }
      expect(code).toBe('kiosk.looked_often');
    });
  });
});
