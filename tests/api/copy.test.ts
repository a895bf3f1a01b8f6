/** The copy of a village that a kiosk keeps: what it holds, what it leaves out, and what shows of each kind of change. */
import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../shared/business-day.ts';
import { csv, Office } from '../support/office.ts';
import { typePin } from '../support/pins.ts';
import { asTwo } from '../support/second-person.ts';
import { cardCodeOf, newCardCode, withCard } from '../support/presence.ts';
import { type AnswerOf, type KioskCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold, givePoints, signInAgain } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

type Whole = AnswerOf<'copy.whole'>;
type Changes = AnswerOf<'copy.changes'>;

const START_MS = Date.UTC(2026, 2, 15, 4);
const HOUR_MS = 3_600_000;

/** Applies changes as a device does. */
function applied(copy: Whole, changes: Changes): Whole {
  const { gone, goods, stock, households, ...standing } = changes;
  const byId = new Map(copy.households.map((one) => [one.id, one]));
  for (const id of gone) byId.delete(id);
  for (const one of households) byId.set(one.id, one);
  const pieces = new Map(stock.map((one) => [one.goodsId, one.pieces]));
  return {
    ...copy,
    ...standing,
    households: [...byId.values()],
    goods: goods ?? copy.goods.map((item) => ({ ...item, stock: pieces.get(item.id) ?? item.stock })),
  };
}

/** Without its order and the time, which say nothing of what it holds. */
function contentOf({ households, goods, atMs: _, ...copy }: Whole) {
  return {
    ...copy,
    households: new Map(households.map((one) => [one.id, one])),
    goods: new Map(goods.map((one) => [one.id, one])),
  };
}

describe.each(ENGINES)('the copy of a village on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let item: { readonly id: string };

    const allow = (withoutNetworkHundredths: number | null) =>
      asTwo(server, 'village.update', { as: server.admin, body: { settings: { withoutNetworkHundredths } } });
    const whole = (as: KioskCaller['device'] | KioskCaller = kiosk.device) =>
      server.must('copy.whole', { as });
    const since = ({ entry, mark, day }: Pick<Whole, 'entry' | 'mark' | 'day'>) =>
      server.must('copy.changes', { as: kiosk.device, query: { since: entry, mark, day } });

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = START_MS;
      kiosk = await server.asKiosk();
      await allow(8000);
      item = await addGoods(server, { price: 1000, monthlyLimit: 5 }, { quantity: 500, costFen: 50_000 });
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      server.clock.nowMs += HOUR_MS;
      kiosk = await signInAgain(server, kiosk);
    });

    const redeem = async (householdId: string, quantity = 1) =>
      server.must('kiosk.redeem', {
        as: kiosk,
        body: await withCard(server, kiosk, {
          householdId,
          lines: [{ goodsId: item.id, quantity }],
          expectedPoints: 1000 * quantity,
        }),
      });

    it('holds a household with a masked name, and its card only as a hash', async () => {
      const household = await addHousehold(server, 7000, '欧阳建国');
      const code = await newCardCode(server, household.id);
      await redeem(household.id, 2);
      const copy = await whole();
      const found = copy.households.find(({ id }) => id === household.id);
      const hash = createHmac('sha256', Buffer.from(copy.cardKey, 'base64url')).update(code).digest();
      expect(found).toEqual({
        ...{ id: household.id, number: household.number, originalNumber: null, group: '第一组' },
        ...{ head: '欧阳*国', balance: 5000, redeemedToday: 2000 },
        search: expect.stringContaining(' ouyangjianguo'),
        card: { hash: hash.subarray(0, 16).toString('base64url'), issuedAtMs: server.clock.nowMs },
        taken: [{ goodsId: item.id, pieces: 2 }],
      });
      const text = JSON.stringify(copy);
      expect(text).not.toContain(code);
      expect(text).not.toContain('欧阳建国');
    });

    it('holds no PIN of a household, and the verifiers of volunteers alone', async () => {
      const household = await addHousehold(server, 1000);
      await typePin(server, household.id);
      const copy = await whole();
      const rows = await server.store.read(({ db, t }) => db.select().from(t.households));
      const hashes = rows.flatMap(({ pinHash }) => pinHash ?? []);
      expect(hashes.length).toBeGreaterThan(0);
      for (const hash of hashes) expect(JSON.stringify(copy)).not.toContain(hash);
      expect(copy.volunteers).toEqual([
        expect.objectContaining({
          id: kiosk.volunteerId,
          verifier: expect.stringMatching(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=1\$/),
          kin: [],
        }),
      ]);
    });

    it('leaves out codes so short that all of them can be tried', async () => {
      const household = await addHousehold(server, 1000);
      await server.store.transaction(({ db, t: { cards } }) =>
        db
          .update(cards)
          .set({ code: '100000000009' })
          .where(eq(cards.householdId, household.id))
          .returning({ code: cards.code }),
      );
      const { households } = await whole();
      expect(households.find(({ id }) => id === household.id)).toMatchObject({ card: null });
    });

    it('gives each device hashes of its own', async () => {
      const household = await addHousehold(server, 1000);
      await newCardCode(server, household.id);
      const other = await server.asKiosk();
      const cardOf = ({ households }: Whole) => households.find(({ id }) => id === household.id)?.card?.hash;
      const [one, two] = [await whole(), await whole(other.device)];
      expect(one.cardKey).not.toBe(two.cardKey);
      expect(cardOf(one)).not.toBe(cardOf(two));
      expect((await whole()).cardKey).toBe(one.cardKey);
      await server.must('kiosks.revoke', { as: server.admin, params: { id: other.device.id }, body: {} });
    });

    describe('shows each kind of change', () => {
      /** A device that applies the changes afterwards holds what a whole copy would. */
      const follow = async (change: () => Promise<unknown>): Promise<Changes> => {
        const before = await whole();
        await change();
        const changes = await since(before);
        const now = applied(before, changes);
        expect(contentOf({ ...now, entry: 0, mark: '' })).toEqual(
          contentOf({ ...(await whole()), entry: 0, mark: '' }),
        );
        return changes;
      };

      it('nothing where nothing happened', async () => {
        const changes = await follow(() => Promise.resolve());
        expect(changes).toMatchObject({ households: [], gone: [], goods: null, stock: [] });
      });

      it('points given, handed out, taken back', async () => {
        const household = await addHousehold(server, 5000);
        const ids = async (change: () => Promise<unknown>) =>
          (await follow(change)).households.map(({ id }) => id);
        expect(await ids(() => givePoints(server, household.id, 500))).toEqual([household.id]);
        await cardCodeOf(server, household.id);
        let redemption = '';
        const changes = await follow(async () => (redemption = (await redeem(household.id)).id));
        expect(changes).toMatchObject({
          households: [{ id: household.id, balance: 4500, redeemedToday: 1000 }],
          goods: null,
          stock: [{ goodsId: item.id }],
        });
        expect(
          await ids(() => server.must('kiosk.undo', { as: kiosk, params: { id: redemption }, body: {} })),
        ).toEqual([household.id]);
      });

      it('goods that come back', async () => {
        const household = await addHousehold(server, 5000);
        const { id } = await redeem(household.id, 3);
        const { presence } = await withCard(server, kiosk, { householdId: household.id });
        const body = { lines: [{ goodsId: item.id, quantity: 1 }], presence: presence ?? '' };
        const changes = await follow(() => server.must('kiosk.return', { as: kiosk, params: { id }, body }));
        expect(changes.households).toMatchObject([{ balance: 3000, taken: [{ pieces: 2 }] }]);
      });

      it('a household made, renamed, closed', async () => {
        const made = await follow(() => addHousehold(server, 0, '李四'));
        const [{ id } = { id: '' }] = made.households;
        const params = { id };
        const renamed = await follow(() =>
          asTwo(server, 'households.update', {
            ...{ as: server.admin, params, body: { head: '李四海', group: '第二组' } },
          }),
        );
        expect(renamed.households).toMatchObject([{ head: '李*海', group: '第二组' }]);
        const closed = await follow(async () => {
          const body = { kind: 'departure', toId: null, reason: '搬走了' } as const;
          const leaving = await server.must('households.proposeChange', { as: server.admin, params, body });
          const as = await server.asStaff('approver');
          await server.must('proposals.decide', { as, body: { action: 'approve', ids: [leaving.id] } });
        });
        expect(closed).toMatchObject({ gone: [id], households: [] });
      });

      const decided = async (id: string) => {
        const as = await server.asStaff('approver');
        await server.must('proposals.decide', { as, body: { action: 'approve', ids: [id] } });
        await server.retire(as);
      };

      it('two households that become one, and one that is erased', async () => {
        const [from, into] = [
          await addHousehold(server, 3000, '周三'),
          await addHousehold(server, 100, '周家'),
        ];
        await server.must('volunteers.update', {
          as: server.admin,
          params: { id: kiosk.volunteerId },
          body: { householdIds: [from.id] },
        });
        const params = { id: from.id };
        const merged = await follow(async () => {
          const body = { kind: 'merge', intoId: into.id, reason: '并户' } as const;
          await decided(
            (await server.must('households.proposeChange', { as: server.admin, params, body })).id,
          );
        });
        expect(merged).toMatchObject({ gone: [from.id], households: [{ id: into.id, balance: 3100 }] });
        expect(merged.volunteers.flatMap(({ kin }) => kin)).toEqual([from.id, into.id]);
        const erased = await follow(async () => {
          const body = { reason: '搬走了' };
          await decided(
            (await server.must('households.proposeErasure', { as: server.admin, params, body })).id,
          );
        });
        expect(erased).toMatchObject({ gone: [from.id], households: [] });
        expect(erased.volunteers.flatMap(({ kin }) => kin)).toEqual([into.id]);
        kiosk = await signInAgain(server, kiosk);
      });

      it('a roster that is brought in, and cards and names that it changes', async () => {
        const office = new Office(server, server);
        const brought = await follow(() =>
          office.bring('roster', csv('户号,村民小组,户主', '801,第八组,甲一')),
        );
        expect(brought.households).toMatchObject([{ number: '801', head: '甲*', group: '第八组' }]);
        const changed = await follow(() =>
          office.bring('roster', csv('户号,村民小组,户主', '801,第九组,甲一')),
        );
        expect(changed.households).toMatchObject([{ number: '801', group: '第九组' }]);
      });

      it('goods that are brought in', async () => {
        const office = new Office(server, server);
        const paper = csv('名称,单位,类别,积分', '棉手套,双,日用,3');
        const brought = await follow(() => office.bring('goods', paper));
        expect(brought.goods?.some(({ name }) => name === '棉手套')).toBe(true);
      });

      it('a new card, and one that was revoked', async () => {
        const household = await addHousehold(server, 100);
        const issue = () => newCardCode(server, household.id);
        const first = await follow(issue);
        const second = await follow(issue);
        const hashOf = ({ households: [one] }: Changes) => one?.card?.hash;
        expect(hashOf(first)).toBeTruthy();
        expect(hashOf(second)).not.toBe(hashOf(first));
        const revoked = await follow(() =>
          server.must('households.revokeCard', {
            as: server.admin,
            params: { id: household.id },
            body: {},
          }),
        );
        expect(revoked.households).toMatchObject([{ id: household.id, card: null }]);
      });

      it('an item’s price, stock, limit, and that it is no longer had', async () => {
        const params = { id: item.id };
        const update = (body: object) => () =>
          asTwo(server, 'goods.update', { as: server.admin, params, body });
        expect((await follow(update({ price: 1100 }))).goods).not.toBeNull();
        await follow(update({ price: 1000 }));
        const household = await addHousehold(server, 9000);
        await redeem(household.id, 1);
        const none = await follow(update({ monthlyLimit: null }));
        expect(none.households.find(({ id }) => id === household.id)).toMatchObject({ taken: [] });
        const five = await follow(update({ monthlyLimit: 5 }));
        expect(five.households.find(({ id }) => id === household.id)).toMatchObject({
          taken: [{ pieces: 1 }],
        });
        await follow(update({ enabled: false }));
        await follow(update({ enabled: true }));
        const body = { quantity: 3, totalCostFen: 300, source: 'bought' } as const;
        const taken = await follow(() => server.must('goods.stockIn', { as: server.admin, params, body }));
        expect(taken).toMatchObject({ goods: null, stock: [{ goodsId: item.id }] });
        await follow(() => addGoods(server, { price: 300 }));
      });

      it('a volunteer’s name, PIN, kin, and that they no longer serve', async () => {
        const { volunteer } = await server.must('volunteers.create', {
          as: server.admin,
          body: { name: '新来的' },
        });
        const params = { id: volunteer.id };
        const household = await addHousehold(server, 100);
        const update = (body: object) => () =>
          server.must('volunteers.update', { as: server.admin, params, body });
        const own = ({ volunteers }: Changes) => volunteers.find(({ id }) => id === volunteer.id);
        const before = own(await follow(() => Promise.resolve()));
        const kin = await follow(update({ householdIds: [household.id] }));
        const renewed = await follow(update({ newPin: true }));
        if (before) {
          expect(own(kin)).toMatchObject({ kin: [household.id] });
          expect(own(renewed)?.verifier).not.toBe(before.verifier);
        }
        expect(own(await follow(update({ disabled: true })))).toBeUndefined();
      });

      it('the village’s rules', async () => {
        const changes = await follow(() => allow(6000));
        expect(changes.rules).toMatchObject({ householdHundredths: 6000 });
        await allow(8000);
      });

      it('prices of another day', async () => {
        const before = await whole();
        server.clock.nowMs += 24 * HOUR_MS;
        const changes = await since(before);
        expect(changes.day).toBe(addDays(before.day, 1));
        expect(changes.goods).toHaveLength(before.goods.length);
        expect(contentOf({ ...applied(before, changes), households: [] })).toEqual(
          contentOf({ ...(await whole()), ...{ entry: changes.entry, mark: changes.mark, households: [] } }),
        );
      });
    });

    it('is the same by changes as taken whole, whatever happens in whatever order', async () => {
      const [one, other] = [
        await addHousehold(server, 90_000, '赵一'),
        await addHousehold(server, 400, '钱二'),
      ];
      // A household that redeems in tests is given a card behind the program's back.
      const third = await addHousehold(server, 0, '孙三');
      const params = { id: item.id };
      let redeemed: string[] = [];
      const redeemBy = (householdId: string) => async () => {
        const lines = [{ goodsId: item.id, quantity: 1 }];
        const body = await withCard(server, kiosk, { householdId, lines, expectedPoints: 1000 });
        const { status, data } = await server.call('kiosk.redeem', { as: kiosk, body });
        if (status === 200) redeemed = [...redeemed, data.id];
      };
      const happenings: Record<string, () => Promise<unknown>> = {
        points: () => givePoints(server, other.id, 700),
        redeem: redeemBy(one.id),
        redeemOther: redeemBy(other.id),
        undo: () =>
          server.call('kiosk.undo', { as: kiosk, params: { id: redeemed.at(-1) ?? 'none' }, body: {} }),
        card: () => newCardCode(server, third.id),
        noCard: () =>
          server.call('households.revokeCard', { as: server.admin, params: { id: third.id }, body: {} }),
        household: () => addHousehold(server, 0, '新来'),
        price: () => asTwo(server, 'goods.update', { as: server.admin, params, body: { barcode: null } }),
        limit: () => asTwo(server, 'goods.update', { as: server.admin, params, body: { monthlyLimit: 9 } }),
        noLimit: () =>
          asTwo(server, 'goods.update', { as: server.admin, params, body: { monthlyLimit: null } }),
        rules: () => allow(8000 + (server.clock.nowMs % 7)),
        nextDay: async () => {
          server.clock.nowMs += 26 * HOUR_MS;
          kiosk = await signInAgain(server, kiosk);
        },
      };
      const names = Object.keys(happenings);
      // Households are counted by the day on which they were read, as the device does.
      const today = ({ households, ...copy }: Whole, days: ReadonlyMap<string, string>) =>
        contentOf({
          ...copy,
          ...{ entry: 0, mark: '' },
          households: households.map((one_) => {
            const day = days.get(one_.id) ?? copy.day;
            const isOfMonth = day.slice(0, 7) === copy.day.slice(0, 7);
            return {
              ...one_,
              redeemedToday: day === copy.day ? one_.redeemedToday : 0,
              taken: isOfMonth ? one_.taken : [],
            };
          }),
        });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.constantFrom(...names), fc.boolean()), { minLength: 4, maxLength: 14 }),
          async (walk) => {
            let copy = await whole();
            const days = new Map(copy.households.map(({ id }) => [id, copy.day]));
            const follow = async () => {
              const changes = await since(copy);
              for (const { id } of changes.households) days.set(id, changes.day);
              copy = applied(copy, changes);
            };
            for (const [name, isFollowed] of walk) {
              await happenings[name]?.();
              if (isFollowed) await follow();
            }
            await follow();
            expect(today(copy, days)).toEqual(today(await whole(), new Map()));
          },
        ),
        { numRuns: 8, endOnFailure: true },
      );
    }, 60_000);

    it('begins anew where the entry is not of this book', async () => {
      const { entry, mark, day } = await whole();
      const ask = (query: { since: number; mark: string; day: string }) =>
        server.call('copy.changes', { as: kiosk.device, query });
      for (const query of [
        { since: entry, mark: 'f'.repeat(16), day },
        { since: entry + 1, mark, day },
        { since: 0, mark, day },
      ])
        expect((await ask(query)).problem).toMatchObject({ code: 'copy.begin_anew' });
      for (const query of [
        { since: -1, mark, day },
        { since: entry, mark: '', day },
        { since: entry, mark, day: 'today' },
      ])
        expect((await ask(query)).status).toBe(400);
    });

    it('tells in the book that a kiosk took the whole, and nothing for changes', async () => {
      const before = await whole();
      const copy = await whole();
      await since(copy);
      expect(await since(copy)).toMatchObject({ entry: before.entry + 1 });
      const [last] = (await server.must('acts.list', { as: server.admin })).items;
      expect(last).toMatchObject({
        number: copy.entry,
        act: 'kiosks.copied',
        actorId: kiosk.device.id,
      });
    });

    it('is not given to anybody else, to a kiosk that was locked out, or while it is off', async () => {
      const codeOf = async (as: Parameters<typeof whole>[0]) =>
        (await server.call('copy.whole', { as })).problem;
      const household = await addHousehold(server, 100);
      expect(await codeOf(server.admin as never)).toMatchObject({ code: 'auth.forbidden' });
      const phone = await server.asHousehold(household.id);
      expect(await codeOf(phone as never)).toMatchObject({ code: 'auth.forbidden' });
      const lost = await server.asKiosk();
      const { entry, mark, day } = await whole(lost.device);
      await server.must('kiosks.revoke', { as: server.admin, params: { id: lost.device.id }, body: {} });
      expect(await codeOf(lost.device)).toMatchObject({ code: 'kiosk.revoked' });
      const query = { since: entry, mark, day };
      expect((await server.call('copy.changes', { as: lost.device, query })).problem).toMatchObject({
        code: 'kiosk.revoked',
      });
      await allow(null);
      const acts = async () => (await server.must('acts.list', { as: server.admin })).items[0]?.act;
      const last = await acts();
      expect(await codeOf(kiosk.device)).toMatchObject({ code: 'copy.off' });
      expect(await acts()).toBe(last);
      expect((await server.call('copy.changes', { as: kiosk.device, query })).problem).toMatchObject({
        code: 'copy.off',
      });
      await allow(8000);
    });
  });
});
