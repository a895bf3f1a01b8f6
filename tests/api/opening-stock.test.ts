import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../support/ledger.ts';
import { letTakeIn } from '../support/second-person.ts';
import { type Caller, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('the opening stock on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let keeper: Caller;
    let nobody = '';

    beforeAll(async () => {
      server = await startTestServer(engine);
      await letTakeIn(server);
      keeper = await server.asStaff('shopkeeper');
      nobody = (await addHousehold(server)).id;
    });
    afterAll(() => server.remove());

    const shelf = async (id: string) => {
      const { pieces, costFen } = await standing(server, nobody, id);
      return { pieces, costFen };
    };
    const open = (items: readonly { goodsId: string; quantity: number; totalCostFen: number }[]) => ({
      as: keeper,
      body: { items: [...items], note: '开业盘点' },
    });

    test('takes a whole list in, one entry an item, each with its cost', async () => {
      const all = [];
      for (let count = 0; count < 60; count += 1) all.push(await addGoods(server, { costFen: 10 }));
      const items = all.map(({ id }, at) => ({ goodsId: id, quantity: at + 1, totalCostFen: at * 100 }));
      const sent = open(items);
      expect(await server.must('goods.openStock', sent)).toEqual({ items: 60, pieces: 1830 });
      expect(await shelf(all[0]?.id ?? '')).toEqual({ pieces: 1, costFen: 0 });
      expect(await shelf(all[59]?.id ?? '')).toEqual({ pieces: 60, costFen: 5900 });
      const { items: entries } = await server.must('ledger.entries', {
        as: server.admin,
        query: { kind: 'stock_in', limit: 100 },
      });
      expect(entries).toHaveLength(60);
      expect(entries.every(({ text }) => text.note === '开业盘点')).toBe(true);
      expect((await verify(server.store, server.id)).ok).toBe(true);
    });

    test('sent from two computers at once it counts once', async () => {
      const { id } = await addGoods(server);
      const sent = open([{ goodsId: id, quantity: 9, totalCostFen: 900 }]);
      const both = await Promise.all([
        server.call('goods.openStock', sent),
        server.call('goods.openStock', sent),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await shelf(id)).toEqual({ pieces: 9, costFen: 900 });
    });

    test('is refused whole where one item is on the shelf, is a service or is not known', async () => {
      const { id } = await addGoods(server);
      const rice = await addGoods(server, {}, { quantity: 1, costFen: 100 });
      const haircut = await addGoods(server, { kind: 'service' });
      const one = (goodsId: string) => ({ goodsId, quantity: 1, totalCostFen: 0 });
      const refused = (...ids: string[]) => server.refused('goods.openStock', open(ids.map(one)));
      expect(await refused(id, rice.id)).toBe('goods.on_shelf');
      expect(await refused(id, haircut.id)).toBe('goods.no_stock');
      expect(await refused(id, 'nothing')).toBe('goods.not_found');
      expect(await refused(id, id)).toBe('request.invalid');
      expect(await shelf(id)).toEqual({ pieces: 0, costFen: 0 });
    });
  });
});
