import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EndpointId } from '../../shared/endpoints.ts';
import type { GuardedId } from '../../shared/changes/guarded.ts';
import { goodsSample } from '../support/sample-parts.ts';
import { ageThing, handIn } from '../support/second-person.ts';
import {
  type LooseSent,
  newKey,
  startTestServer,
  type StaffCaller,
  type TestServer,
} from '../support/server.ts';
import { withCard } from '../support/presence.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const ALONE = 'change.needs_second';
const DAY_MS = 86_400_000;

describe.each(ENGINES)('what a shopkeeper takes in alone, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('once the books are open', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());

    /** A village of its own, where nothing came in today. One person may take in 2,000 yuan. */
    async function newShop(isOpen = true) {
      const village = await server.addVillage('后洼村', isOpen);
      const people = {
        shopkeeper: await server.asStaff('shopkeeper', { village }),
        approver: await server.asStaff('approver', { village }),
      };
      const as = people.shopkeeper;
      const tried = async (id: EndpointId, sent: LooseSent) => {
        const got = await server.call(id, { as: people.shopkeeper, ...sent } as Parameters<
          typeof server.call
        >[1]);
        return got.status === 200 ? 'done' : got.problem.code;
      };
      const delivery = (id: string, body: object) => ({
        params: { id },
        body: { quantity: 1, totalCostFen: 0, source: 'bought', ...body },
      });
      const counting = (id: string, counted: number) => ({
        params: { id },
        body: { counted, reason: '盘点' },
      });
      const list = (...items: { goodsId: string; quantity: number; totalCostFen: number }[]) => ({
        body: { items },
      });
      return {
        ...{ village, people, as, delivery, counting, list },
        change: (id: string, body: object) => tried('goods.update', { params: { id }, body }),
        deliver: (id: string, body: object) => tried('goods.stockIn', delivery(id, body)),
        count: (id: string, counted: number) => tried('goods.stocktake', counting(id, counted)),
        open: (...items: Parameters<typeof list>) => tried('goods.openStock', list(...items)),
        /** Costs 50 yuan and 60 points, and was there when the books were opened. */
        item: async (fields: object = {}): Promise<string> => {
          const body = {
            ...goodsSample(`大米${newKey().slice(0, 6)}`),
            price: 6000,
            costFen: 5000,
            ...fields,
          };
          const { id } = await server.must('goods.create', { as, body });
          await ageThing(server, 'goods', id);
          return id;
        },
        agreed: async (operation: GuardedId, sent: Pick<LooseSent, 'params' | 'body'>) => {
          const change = await handIn(server, operation, { as: people.shopkeeper, ...sent });
          const { id, mark } = change;
          await server.must('changes.agree', { as: people.approver, params: { id }, body: { mark } });
          return change;
        },
        verified: async () => {
          const { ok } = await server.must('ledger.verify', { as: village.admin, body: {} });
          return ok;
        },
      };
    }

    const again = (person: StaffCaller) => server.logInAgain(person);

    it('is a delivery that never came, at once or in parts', async () => {
      const { item, deliver } = await newShop();
      const id = await item();
      expect(await deliver(id, { totalCostFen: 200_001 })).toBe(ALONE);
      expect(await deliver(id, { totalCostFen: 150_000 })).toBe('done');
      expect(await deliver(id, { totalCostFen: 50_001 })).toBe(ALONE);
      expect(await deliver(id, { totalCostFen: 50_000 })).toBe('done');
      expect(await deliver(id, { totalCostFen: 1 })).toBe(ALONE);
    });

    it('is parts that are written down as free or cheap', async () => {
      const { item, deliver } = await newShop();
      const id = await item();
      expect(await deliver(id, { quantity: 34, source: 'donated' })).toBe(ALONE);
      expect(await deliver(id, { quantity: 20, source: 'donated' })).toBe('done');
      expect(await deliver(id, { quantity: 14, source: 'donated' })).toBe(ALONE);
      expect(await deliver(id, { quantity: 13, totalCostFen: 13 })).toBe('done');
      expect(await deliver(id, {})).toBe(ALONE);
    });

    it('counts each part by the most that it is worth', async () => {
      const { item, deliver } = await newShop();
      const id = await item();
      // By what was written, and by the points: together more than either way alone.
      expect(await deliver(id, { totalCostFen: 150_000 })).toBe('done');
      expect(await deliver(id, { quantity: 9 })).toBe(ALONE);
      expect(await deliver(id, { quantity: 8 })).toBe('done');
    });

    it('counts by the usual cost, also if that was lowered on the same day', async () => {
      const { item, change, deliver } = await newShop();
      const id = await item({ price: 100 });
      for (const costFen of [null, 1, 2]) expect(await change(id, { costFen })).toBe('done');
      expect(await deliver(id, { quantity: 41 })).toBe(ALONE);
      expect(await deliver(id, { quantity: 40 })).toBe('done');
      expect(await deliver(id, {})).toBe(ALONE);
    });

    it('counts by the usual cost, also if a paper lowered it', async () => {
      const { village, item, deliver } = await newShop();
      const id = await item({ price: 100, name: '洗衣粉' });
      const as = village.admin;
      const bytes = Buffer.from('名称,积分,进价\n洗衣粉,1,0.01\n');
      const upload = { as, params: { kind: 'goods' as const }, query: { filename: '价.csv' }, body: bytes };
      const paper = await server.must('imports.read', upload);
      await server.must('imports.commit', { as, params: { id: paper.id }, body: {} });
      expect(await deliver(id, { quantity: 41 })).toBe(ALONE);
      expect(await deliver(id, { quantity: 40 })).toBe('done');
    });

    it('counts an item that never had a cost by what its points are worth', async () => {
      const { item, deliver, open, count } = await newShop();
      const id = await item({ costFen: null });
      expect(await deliver(id, { quantity: 34 })).toBe(ALONE);
      expect(await open({ goodsId: id, quantity: 34, totalCostFen: 0 })).toBe(ALONE);
      expect(await count(id, 34)).toBe(ALONE);
      expect(await deliver(id, { quantity: 33 })).toBe('done');
      expect(await deliver(id, {})).toBe(ALONE);
    });

    it('is nothing at all where the amount is nothing', async () => {
      const { village, item, deliver } = await newShop();
      const id = await item({ costFen: null, price: 0 });
      expect(await deliver(id, {})).toBe('done');
      const settings = { deliveryNeedsSecondAboveFen: 0 };
      await server.must('village.update', { as: village.admin, body: { settings } });
      expect(await deliver(id, {})).toBe(ALONE);
    });

    it('is one sum a day over all items, deliveries, lists, counts and papers', async () => {
      const { village, item, deliver, open, count } = await newShop();
      const [rice, oil, salt, hoe] = [await item(), await item(), await item(), await item()];
      const one = { quantity: 1, totalCostFen: 0 };
      expect(await deliver(rice, { quantity: 10 })).toBe('done');
      expect(await open({ ...one, goodsId: oil, quantity: 24 })).toBe(ALONE);
      expect(await open({ ...one, goodsId: oil, quantity: 10 }, { ...one, goodsId: hoe })).toBe('done');
      expect(await count(salt, 13)).toBe(ALONE);
      expect(await count(salt, 11)).toBe('done');
      expect(await deliver(hoe, { quantity: 2 })).toBe(ALONE);
      const bytes = Buffer.from('名称,积分,单位,库存\n新面条,60,把,2\n');
      const as = village.admin;
      const upload = { as, params: { kind: 'goods' as const }, query: { filename: '货.csv' }, body: bytes };
      const paper = await server.must('imports.read', upload);
      const commit = { as, params: { id: paper.id }, body: {} };
      expect(await server.refused('imports.commit', commit)).toBe(ALONE);
      expect(await deliver(hoe, {})).toBe('done');
      expect(await count(salt, 12)).toBe(ALONE);
      expect(await open({ ...one, goodsId: await item() })).toBe(ALONE);
    });

    it('is the same of many deliveries at once', async () => {
      const { item, deliver } = await newShop();
      const ids = await Promise.all(Array.from({ length: 6 }, () => item()));
      const ends = await Promise.all(ids.map((id) => deliver(id, { quantity: 10 })));
      expect(ends.toSorted()).toEqual([ALONE, ALONE, ALONE, 'done', 'done', 'done']);
    });

    it('is a count that finds more, which shows what it is worth', async () => {
      const { item, count, counting, agreed, verified } = await newShop();
      const id = await item();
      expect(await count(id, 34)).toBe(ALONE);
      expect(await count(id, 20)).toBe('done');
      expect(await count(id, 34)).toBe(ALONE);
      const { told } = await agreed('goods.stocktake', counting(id, 34));
      expect(told.changes).toMatchObject([
        { field: 'stock', was: 20, is: 34 },
        { field: 'reason', is: '盘点' },
        { field: 'worthFen', unit: 'yuan', is: 84_000 },
      ]);
      expect(await verified()).toBe(true);
    });

    it('is not less after a delivery was taken off the shelf again', async () => {
      const { item, deliver, counting, agreed } = await newShop();
      const id = await item();
      expect(await deliver(id, { quantity: 30 })).toBe('done');
      await agreed('goods.stocktake', counting(id, 0));
      expect(await deliver(id, { quantity: 4 })).toBe(ALONE);
      expect(await deliver(id, { quantity: 3 })).toBe('done');
    });

    it('does not count what a second person agreed to, nor another day', async () => {
      const { item, deliver, delivery, agreed, verified } = await newShop();
      const id = await item();
      const { told } = await agreed('goods.stockIn', delivery(id, { quantity: 50, note: '整车' }));
      expect(told.changes).toMatchObject([
        { field: 'quantity', is: 50 },
        { field: 'totalCostFen', is: 0 },
        { field: 'worthFen', is: 300_000 },
        { field: 'source', is: 'bought' },
        { field: 'note', is: '整车' },
      ]);
      expect(await deliver(id, { quantity: 33 })).toBe('done');
      expect(await deliver(id, {})).toBe(ALONE);
      expect(await verified()).toBe(true);
    });

    it('is told in the book with both people, where it was agreed to', async () => {
      const { people, item, delivery, agreed, verified } = await newShop();
      const id = await item();
      const gift = { quantity: 50, source: 'donated', donor: '县工会', thanksDonor: true };
      await agreed('goods.stockIn', delivery(id, gift));
      const facts = await server.store.read(({ db, t: { journal, journalFacts } }) =>
        db
          .select({ name: journalFacts.name, value: journalFacts.value })
          .from(journal)
          .innerJoin(journalFacts, eq(journalFacts.number, journal.number))
          .where(and(eq(journal.source, `donated:${id}`), eq(journal.villageId, journalFacts.villageId))),
      );
      expect(new Map(facts.map(({ name, value }) => [name, value]))).toEqual(
        new Map([
          ['change', expect.any(String)],
          ['proposedBy', people.shopkeeper.id],
          ['decidedBy', people.approver.id],
          ['donor', JSON.stringify(['县工会', true])],
        ]),
      );
      expect(await verified()).toBe(true);
    });

    it('is a new item at next to nothing, as which others are handed out: the book and the count of those show it', async () => {
      const { village, as, item, deliver, count, counting, agreed } = await newShop();
      const rice = await item({ name: '大米10斤' });
      expect(await deliver(rice, { quantity: 20 })).toBe('done');
      const body = { ...goodsSample('大米（散）'), price: 1, costFen: null };
      const { id: loose } = await server.must('goods.create', { as, body });
      expect(await deliver(loose, { quantity: 20, source: 'donated' })).toBe('done');
      const { id: householdId } = await addHousehold(server, 20, '王小明', village);
      const kiosk = await server.asKiosk(village);
      const basket = { householdId, lines: [{ goodsId: loose, quantity: 20 }], expectedPoints: 20 };
      await server.must('kiosk.redeem', { as: kiosk, body: await withCard(server, kiosk, basket) });

      const watching = await server.asStaff('supervisor', { village });
      const acts = await server.must('acts.list', {
        as: watching,
        query: { act: 'goods.created', limit: 1 },
      });
      expect(acts.items[0]).toMatchObject({ thing: { id: loose }, actorId: as.id });
      expect(acts.items[0]?.changes).toContainEqual(expect.objectContaining({ field: 'price', is: 1 }));
      const entries = async (kind: 'stock_in' | 'redemption') => {
        const { items } = await server.must('ledger.entries', { as: watching, query: { kind, limit: 9 } });
        return items.map(({ text }) => text.title);
      };
      expect(await entries('stock_in')).toEqual(['大米（散）×20', '大米10斤×20']);
      expect(await entries('redemption')).toHaveLength(1);
      // The rice is gone from the shelf, and nobody books that alone, however much more of the other is found.
      expect(await count(loose, 20)).toBe('done');
      expect(await count(rice, 0)).toBe(ALONE);
      await agreed('goods.stocktake', counting(rice, 0));
      const { items } = await server.must('village.look', { as: watching });
      expect(items.filter(({ kind }) => kind === 'loss')).toMatchObject([{ name: '大米10斤', count: 20 }]);
    });

    it('does not count what came in before the books were opened', async () => {
      const { village, item, deliver } = await newShop(false);
      const id = await item();
      expect(await deliver(id, { totalCostFen: 900_000 })).toBe('done');
      server.clock.nowMs += 1;
      await server.store.transaction(({ db, t: { villages } }) =>
        Promise.resolve(
          db
            .update(villages)
            .set({ openedAtMs: server.clock.nowMs })
            .where(eq(villages.id, village.id))
            .returning({ id: villages.id }),
        ),
      );
      expect(await deliver(id, { totalCostFen: 200_000 })).toBe('done');
      expect(await deliver(id, {})).toBe(ALONE);
    });

    it('is agreed to also when other goods came in between, and on the next day', async () => {
      const shop = await newShop();
      const { people, item, deliver, delivery, list } = shop;
      const [rice, oil, salt] = [await item(), await item(), await item()];
      expect(await deliver(rice, { quantity: 20 })).toBe('done');
      const as = people.shopkeeper;
      const sent = delivery(rice, { quantity: 20 });
      const changes = [
        await handIn(server, 'goods.stockIn', { as, ...sent }),
        await handIn(server, 'goods.openStock', {
          as,
          ...list({ goodsId: oil, quantity: 20, totalCostFen: 0 }),
        }),
      ];
      expect(await deliver(salt, {})).toBe('done');
      const agree = (by: StaffCaller, { id, mark }: { id: string; mark: string }) =>
        server.must('changes.agree', { as: by, params: { id }, body: { mark } });
      const [first, second] = changes;
      if (!first || !second) throw new Error('two changes were handed in');
      await agree(people.approver, first);
      server.clock.nowMs += DAY_MS;
      people.shopkeeper = await again(people.shopkeeper);
      await agree(await again(people.approver), second);
      expect(await deliver(salt, { quantity: 33 })).toBe('done');
      expect(await deliver(salt, {})).toBe(ALONE);
    });
  });
});
