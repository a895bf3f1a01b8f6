import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../shared/business-day.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import type { Cap } from '../../shared/rules/caps.ts';
import { capOf, under } from '../support/capped.ts';
import { goodsSample, ruleSample, today } from '../support/sample-parts.ts';
import { ageThing, handIn, withSecond } from '../support/second-person.ts';
import {
  type LooseSent,
  newKey,
  startTestServer,
  type StaffCaller,
  type TestServer,
} from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const ALONE = 'change.needs_second';

describe.each(ENGINES)('what one dishonest person tries alone, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('once the books are open', () => {
    let server: TestServer;
    let shopkeeper: StaffCaller;
    let committee: StaffCaller;
    let approver: StaffCaller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      shopkeeper = await server.asStaff('shopkeeper');
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
    });
    afterAll(() => server.remove());

    const tried = async (id: EndpointId, sent: LooseSent) => {
      const got = await server.call(id, sent as Parameters<typeof server.call>[1]);
      return got.status === 200 ? 'done' : got.problem.code;
    };
    async function knownItem(fields: object = {}): Promise<string> {
      const body = { ...goodsSample(`大米${newKey().slice(0, 6)}`), price: 6000, ...fields };
      const { id } = await server.must('goods.create', { as: shopkeeper, body });
      await ageThing(server, 'goods', id);
      return id;
    }
    const change = (id: string, body: object) =>
      tried('goods.update', { as: shopkeeper, params: { id }, body });
    const priceOf = async (id: string) =>
      (await server.must('goods.list', { as: approver })).items.find((one) => one.id === id)?.price;

    it('a shopkeeper lowers or raises a price, at once, later on, or in small steps', async () => {
      const id = await knownItem();
      const from = addDays(today(), 1);
      for (const body of [{ price: 1 }, { price: 6601 }, { price: 0 }, { nextPrice: { price: 1, from } }])
        expect([body, await change(id, body)]).toEqual([body, ALONE]);
      let price = 6000;
      const steps: string[] = [];
      for (let step = 0; step < 10; step += 1) {
        price = Math.floor(price * 0.91);
        steps.push(await change(id, { price }));
      }
      expect(steps).toEqual(['done', ...Array.from({ length: 9 }, () => ALONE)]);
      expect(await change(id, { nextPrice: { price: 5000, from } })).toBe(ALONE);
      expect(await priceOf(id)).toBe(5460);
    });

    it('a shopkeeper plans a small step and goes on from it', async () => {
      const id = await knownItem();
      const from = addDays(today(), 1);
      expect(await change(id, { nextPrice: { price: 5500, from } })).toBe('done');
      expect(await change(id, { price: 5400 })).toBe('done');
      expect(await change(id, { price: 5399 })).toBe(ALONE);
      // A week after the first step counting begins anew; nobody moves a price faster than that.
      const shift = (basePriceOn: string) =>
        server.store.transaction(({ db, t: { goods } }) =>
          Promise.resolve(
            db.update(goods).set({ basePriceOn }).where(eq(goods.id, id)).returning({ id: goods.id }),
          ),
        );
      await shift(addDays(today(), -6));
      expect(await change(id, { price: 4900 })).toBe(ALONE);
      await shift(addDays(today(), -7));
      expect(await change(id, { price: 4900 })).toBe('done');
      expect(await change(id, { price: 4800 })).toBe(ALONE);
    });

    it('a shopkeeper counts from what a second person agreed to', async () => {
      const id = await knownItem();
      await withSecond(server, 'goods.update', {
        as: shopkeeper,
        params: { id },
        body: { price: 3000 },
        by: approver,
      });
      expect(await change(id, { price: 5900 })).toBe(ALONE);
      expect(await change(id, { price: 3200 })).toBe('done');
    });

    it('a shopkeeper lifts a limit; tightening one needs nobody', async () => {
      const id = await knownItem({ monthlyLimit: 2 });
      expect(await change(id, { monthlyLimit: 3 })).toBe(ALONE);
      expect(await change(id, { monthlyLimit: null })).toBe(ALONE);
      expect(await change(id, { monthlyLimit: 1 })).toBe('done');
    });

    it('a shopkeeper makes the same item anew at another price, which everybody who looks sees', async () => {
      const id = await knownItem({ name: '大豆油5L' });
      expect(await change(id, { enabled: false, name: '大豆油5L（旧）' })).toBe('done');
      const body = { ...goodsSample('大豆油5L'), price: 1 };
      const made = await server.must('goods.create', { as: shopkeeper, body });
      const { items } = await server.must('acts.list', {
        as: server.admin,
        query: { act: 'goods.', limit: 2 },
      });
      expect(items.map(({ act, thing }) => [act, thing.id])).toEqual([
        ['goods.created', made.id],
        ['goods.changed', id],
      ]);
    });

    it('a shopkeeper counts goods away', async () => {
      const id = await knownItem();
      const stock = { quantity: 20, totalCostFen: 20_000, source: 'bought' as const };
      await server.must('goods.stockIn', { as: shopkeeper, params: { id }, body: stock });
      const counting = { as: shopkeeper, params: { id }, body: { counted: 19, reason: '少了一袋' } };
      expect(await tried('goods.stocktake', counting)).toBe(ALONE);
      expect(await tried('goods.stocktake', { ...counting, body: { counted: 21, reason: '多一袋' } })).toBe(
        'done',
      );
      const counted = await handIn(server, 'goods.stocktake', counting);
      expect(counted.told.changes).toMatchObject([{ field: 'stock', was: 21, is: 19 }, { field: 'reason' }]);
      await server.must('goods.stockIn', { as: shopkeeper, params: { id }, body: { ...stock, quantity: 1 } });
      const agreeing = { as: approver, params: { id: counted.id }, body: { mark: counted.mark } };
      expect(await server.refused('changes.agree', agreeing)).toBe('change.moved_on');
      await withSecond(server, 'goods.stocktake', { ...counting, by: approver });
      const facts = await server.store.read(({ db, t: { journal, journalFacts } }) =>
        db
          .select({ name: journalFacts.name, value: journalFacts.value })
          .from(journal)
          .innerJoin(journalFacts, eq(journalFacts.number, journal.number))
          .where(and(eq(journal.source, `stocktake:${id}`), eq(journal.actorId, approver.id))),
      );
      expect(new Map(facts.map(({ name, value }) => [name, value]))).toEqual(
        new Map([
          ['change', expect.any(String)],
          ['proposedBy', shopkeeper.id],
          ['decidedBy', approver.id],
        ]),
      );
    });

    it('a committee member swaps the numbers or the heads of two households', async () => {
      const [one, other] = [await addHousehold(server), await addHousehold(server)];
      for (const { id } of [one, other]) await ageThing(server, 'households', id);
      const update = (id: string, body: object) =>
        tried('households.update', { as: committee, params: { id }, body });
      expect(await update(one.id, { number: 'X-1' })).toBe(ALONE);
      expect(await update(one.id, { head: '王大力' })).toBe(ALONE);
      expect(await update(one.id, { phone: '13800000000', number: one.number })).toBe('done');
      const sent = { as: committee, params: { id: one.id }, body: { head: '王大力', size: 4 } };
      const change = await handIn(server, 'households.update', sent);
      expect(change.told.changes.map(({ field }) => field)).toEqual(['head', 'size']);
      const kin = await server.asStaff('approver', { householdIds: [one.id] });
      const agreeing = { params: { id: change.id }, body: { mark: change.mark } };
      expect(await server.refused('changes.agree', { as: kin, ...agreeing })).toBe('proposal.own_household');
      await server.must('changes.agree', { as: approver, ...agreeing });
      expect(await server.must('households.get', { as: committee, params: { id: one.id } })).toMatchObject({
        ...{ head: '王大力', size: 4 },
      });
      const own = await server.must('acts.ofHousehold', { as: committee, params: { id: one.id } });
      expect(own.items[0]).toMatchObject({ act: 'households.changed', by: 'approver' });
    });

    it('an administrator loosens what guards the counter, the shop and the days', async () => {
      const as = server.admin;
      const set = (settings: object) => tried('village.update', { as, body: { settings } });
      expect(await set({ pinAboveHundredths: 3000 })).toBe('done');
      for (const settings of [
        ...[{ pinAboveHundredths: 3001 }, { pinAboveHundredths: null }, { timeZone: 'America/Adak' }],
        ...[
          { deductionsMayGoBelowZero: true },
          { deliveryNeedsSecondAboveFen: 200_001 },
          { pointValueFen: 500 },
        ],
      ])
        expect([settings, await set(settings)]).toEqual([settings, ALONE]);
      expect(await set({ pinAboveHundredths: 2000, deliveryNeedsSecondAboveFen: 150_000 })).toBe('done');
      expect(await set({ shopHours: '周六上午' })).toBe('done');
      const body = { name: '前洼新村', settings: { pinAboveHundredths: null } };
      const change = await withSecond(server, 'village.update', { as, body, by: approver });
      expect(change.told.changes.map(({ field }) => field)).toEqual(['name', 'pinAboveHundredths']);
      expect(await server.must('village.get', { as })).toMatchObject({
        ...{ name: '前洼新村', settings: { pinAboveHundredths: null } },
      });
    });

    it('an administrator raises what a deed is worth or how often it counts', async () => {
      const as = server.admin;
      const body = {
        ...ruleSample(`R${newKey().slice(0, 5)}`, '扫街'),
        ...{ pointsMode: 'fixed' as const, points: 500, pointsMin: null, pointsMax: null },
        ...under('month', { times: 2 }),
      };
      const { id } = await server.must('rules.create', { as, body });
      await ageRule(id);
      const set = (fields: object) => tried('rules.update', { as, params: { id }, body: fields });
      for (const fields of [
        ...[
          { points: 501 },
          under('month', { times: 3 }),
          under('week', { times: 2 }),
          under('month', { times: 2, scope: 'event' }),
          { caps: [] },
        ],
        ...[under('month', { points: 100 }), { pointsMode: 'perUnit', perUnit: '次' }],
      ])
        expect([fields, await set(fields)]).toEqual([fields, ALONE]);
      for (const fields of [
        { points: 400 },
        under('month', { times: 1 }),
        under('year', { times: 1 }),
        { enabled: false },
      ])
        expect([fields, await set(fields)]).toEqual([fields, 'done']);
      expect(await set({ enabled: true })).toBe(ALONE);
      const change = await withSecond(server, 'rules.update', {
        as,
        params: { id },
        body: { enabled: true },
        by: approver,
      });
      expect(change.told.thing.kind).toBe('rule');
    });

    it('an administrator makes an option of a rule worth more, or adds one', async () => {
      const as = server.admin;
      const [low, high] = [
        { name: '中职', points: 300 },
        { name: '博', points: 2000 },
      ] as const;
      const bare = { points: null, pointsMin: null, pointsMax: null };
      const list = { pointsMode: 'list' as const, ...bare, options: [low, high] };
      const body = { ...ruleSample(`R${newKey().slice(0, 5)}`, '升学'), ...list };
      const { id } = await server.must('rules.create', { as, body });
      await ageRule(id);
      const set = (fields: object) => tried('rules.update', { as, params: { id }, body: fields });
      for (const fields of [
        { options: [{ ...low, points: 301 }, high] },
        // No deed may have more than before, but one that had three points may have twenty.
        {
          options: [
            { ...low, points: 2000 },
            { ...high, points: 300 },
          ],
        },
        { options: [low, high, { name: '本科', points: 100 }] },
        { options: [{ ...low, name: '高中' }, high] },
        { pointsMode: 'range', options: [], pointsMin: 300, pointsMax: 2000 },
        { pointsMode: 'fixed', options: [], points: 500 },
      ])
        expect([fields, await set(fields)]).toEqual([fields, ALONE]);
      for (const fields of [
        { options: [high, low] },
        { options: [{ ...low, points: 200 }, high] },
        { pointsMode: 'fixed', options: [], points: 200 },
        // Everybody may give two points now, and only some of them afterwards.
        {
          ...list,
          options: [
            { ...low, points: 100 },
            { ...high, points: 200 },
          ],
        },
      ])
        expect([fields, await set(fields)]).toEqual([fields, 'done']);
    });

    it('an administrator takes a rule out of the public eye, or what is done under it into it', async () => {
      const as = server.admin;
      for (const isPrivate of [true, false]) {
        const body = { ...ruleSample(`R${newKey().slice(0, 5)}`, '调解'), isPrivate };
        const { id } = await server.must('rules.create', { as, body });
        await ageRule(id);
        const other = { as, params: { id }, body: { isPrivate: !isPrivate } };
        expect(await tried('rules.update', other)).toBe(ALONE);
        expect(await tried('rules.update', { ...other, body: { isPrivate } })).toBe('done');
        expect(await tried('rules.update', { ...other, body: { isFitForOld: true } })).toBe('done');
        const change = await withSecond(server, 'rules.update', { ...other, by: approver });
        const told = change.told.changes.find(({ field }) => field === 'isPrivate');
        expect(told).toMatchObject({ was: isPrivate, is: !isPrivate, unit: 'yesNo' });
      }
    });

    it('an administrator loosens one of several caps of a rule', async () => {
      const as = server.admin;
      const [weekly, yearly, ofEvent] = [
        capOf('week', { times: 2 }),
        capOf('year', { points: 5000 }),
        capOf('month', { scope: 'event', times: 1 }),
      ];
      const body = { ...ruleSample(`R${newKey().slice(0, 5)}`, '帮工'), caps: [weekly, yearly, ofEvent] };
      const { id } = await server.must('rules.create', { as, body });
      await ageRule(id);
      const set = async (...caps: readonly Cap[]) =>
        tried('rules.update', { as, params: { id }, body: { caps } });
      for (const caps of [
        [],
        [yearly, ofEvent],
        [weekly, yearly],
        [weekly, ofEvent],
        [{ ...weekly, times: 3 }, yearly, ofEvent],
        [weekly, { ...yearly, points: 5001 }, ofEvent],
        [weekly, { ...yearly, points: null, times: 1 }, ofEvent],
        [weekly, yearly, { ...ofEvent, times: 2 }],
        // A narrower count, or a shorter period.
        [{ ...weekly, scope: 'member' }, yearly, ofEvent],
        [{ ...weekly, scope: 'event' }, yearly, ofEvent],
        [weekly, yearly, { ...ofEvent, scope: 'member' }],
        [{ ...weekly, period: 'day' }, yearly, ofEvent],
        [weekly, { ...yearly, period: 'quarter' }, ofEvent],
        [weekly, yearly, { ...ofEvent, period: 'week' }],
        // A week lies in no month, quarter or year: two of its deeds may lie in two of them.
        [{ ...weekly, period: 'month' }, yearly, ofEvent],
        [{ ...weekly, period: 'quarter' }, yearly, ofEvent],
        [{ ...yearly, times: 2 }, ofEvent],
      ] as const)
        expect([caps, await set(...caps)]).toEqual([caps, ALONE]);
      for (const caps of [
        [ofEvent, yearly, weekly],
        [weekly, yearly, ofEvent, capOf('day', { times: 1 })],
        [{ ...weekly, times: 1 }, yearly, ofEvent],
        [
          { ...weekly, times: 1 },
          { ...yearly, period: 'ever' },
          { ...ofEvent, period: 'quarter' },
        ],
      ] as const)
        expect([caps, await set(...caps)]).toEqual([caps, 'done']);
      // One cap may hold all that several held.
      expect(await set(capOf('ever', { times: 1, points: 4000 }))).toBe('done');
      const change = await withSecond(server, 'rules.update', {
        ...{ as, params: { id }, by: approver },
        body: { caps: [] },
      });
      const told = change.told.changes.find(({ field }) => field === 'caps');
      expect(told).toMatchObject({ was: ['ever household 1 4000'], unit: 'cap' });
    });

    /** Makes a rule older than the hour in which its maker may mend it alone. */
    const ageRule = (id: string) =>
      server.store.transaction((tx) =>
        tx.db
          .update(tx.t.ruleVersions)
          .set({ changedAtMs: 1 })
          .where(eq(tx.t.ruleVersions.ruleId, id))
          .returning(),
      );

    it('an administrator brings it in with a paper', async () => {
      const as = server.admin;
      const id = await knownItem({ name: '纯牛奶' });
      const bytes = Buffer.from('名称,积分,单位\n纯牛奶,1,箱\n新面条,5,把\n');
      const upload = { as, params: { kind: 'goods' as const }, query: { filename: '价格.csv' }, body: bytes };
      const paper = await server.must('imports.read', upload);
      const commit = { as, params: { id: paper.id }, body: {} };
      expect(await server.refused('imports.commit', commit)).toBe(ALONE);
      expect(await priceOf(id)).toBe(6000);
      const change = await handIn(server, 'imports.commit', commit);
      expect(change.told.changes).toContainEqual(
        expect.objectContaining({
          label: { zh: '纯牛奶 所需积分', en: '纯牛奶: Points' },
          was: 6000,
          is: 100,
        }),
      );
      expect(await priceOf(id)).toBe(6000);
      await server.must('changes.agree', {
        as: approver,
        params: { id: change.id },
        body: { mark: change.mark },
      });
      expect(await priceOf(id)).toBe(100);
      expect((await server.must('imports.get', { as, params: { id: paper.id } })).state).toBe('committed');
    });
  });
});
