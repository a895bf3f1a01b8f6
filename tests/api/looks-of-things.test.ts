/** The supervisor's list names new goods, new rules, and items that are called or measured otherwise, on both engines. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../support/office.ts';
import { goodsSample, ruleSample } from '../support/sample-parts.ts';
import { listToSign } from '../support/samples.ts';
import { type StaffCaller, startTestServer, type TestServer, type TestVillage } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('the list of a supervisor on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of goods and rules', () => {
    let server: TestServer;
    let village: TestVillage;
    let approver: StaffCaller;
    let supervisor: StaffCaller;
    let goodsId: string;
    let after: number;
    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await server.addVillage('新洼村', false);
      approver = await server.asStaff('approver', { village });
      supervisor = await server.asStaff('supervisor', { village });
      await server.asKiosk(village);
      const as = village.admin;
      goodsId = (await server.must('goods.create', { as, body: goodsSample('大米') })).id;
      await server.must('rules.create', { as, body: ruleSample('A1', '清扫') });
      await bring('goods', csv('名称,积分,单位', '面条,5,把'));
      server.clock.nowMs += 1000;
      const { head } = await server.must('village.opening', { as: approver });
      await server.must('village.open', { as: approver, body: { head } });
      after = 0;
    });
    afterAll(() => server.remove());

    async function bring(kind: 'goods' | 'rules', body: Buffer) {
      const as = village.admin;
      const upload = {
        as,
        params: { kind },
        query: { filename: '表.csv' },
        body,
      };
      const { id } = await server.must('imports.read', upload);
      await server.must('imports.commit', { as, params: { id }, body: {} });
    }
    /** New lines since the last time, the oldest first. */
    async function told() {
      const { items, through } = await server.must('village.look', { as: supervisor, query: { after } });
      after = through;
      return items.filter(({ kind }) => kind !== 'account').toReversed();
    }
    const kindsTold = async () => (await told()).map(({ kind, count }) => [kind, count]);
    const change = (body: object) =>
      server.must('goods.update', { as: village.admin, params: { id: goodsId }, body });

    it('leaves out what was made before the opening', async () => {
      expect(await kindsTold()).toEqual([]);
    });

    it('has new goods and new rules, with what was made', async () => {
      const as = village.admin;
      await server.must('goods.create', { as, body: goodsSample('大豆油') });
      await server.must('rules.create', { as, body: ruleSample('A2', '扫街') });
      const found = await told();
      expect(found.map(({ kind, by, act }) => [kind, by, act?.words.zh, act?.thing.name])).toEqual([
        ['new_item', 'admin', '添加了商品', '大豆油'],
        ['new_rule', 'admin', '添加了细则', 'A2 扫街'],
      ]);
      const fieldsOf = (index: number) => found[index]?.act?.changes.map(({ field }) => field);
      expect(fieldsOf(0)).toEqual(expect.arrayContaining(['name', 'unit', 'price']));
      expect(fieldsOf(1)).toEqual(expect.arrayContaining(['title', 'pointsMin', 'pointsMax']));
    });

    it('has another name or unit of an item, beside its price, and nothing that is of no weight', async () => {
      await change({ name: '东北大米' });
      expect(await kindsTold()).toEqual([['item_name', 1]]);
      await change({ unit: '10斤' });
      const [unit] = await told();
      expect([unit?.kind, unit?.act?.thing.name]).toEqual(['item_name', '东北大米']);
      expect(unit?.act?.changes).toMatchObject([{ field: 'unit', is: '10斤' }]);
      await change({ name: '大米', price: 101 });
      expect(new Set((await told()).map(({ kind }) => kind))).toEqual(new Set(['item_name', 'price']));
      await change({ category: '粮' });
      expect(await kindsTold()).toEqual([]);
    });

    it('has those that a paper brought', async () => {
      await bring('goods', csv('名称,积分,单位', '面条,5,箱', '挂面,5,把', '红糖,6,袋'));
      expect(new Map((await kindsTold()) as [string, number][])).toEqual(
        new Map([
          ['new_item', 2],
          ['item_name', 1],
        ]),
      );
    });

    it('is signed with them', async () => {
      const { after: behind, through } = await listToSign(server, supervisor);
      const { items } = await server.must('village.look', {
        as: supervisor,
        query: { after: behind, through, limit: 200 },
      });
      for (const kind of ['new_item', 'item_name', 'new_rule'])
        expect(items.map((one) => one.kind)).toContain(kind);
    });
  });
});
