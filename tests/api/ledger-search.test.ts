/** Finding entries by words, number, household, goods, person and day; renaming a kiosk; verification under way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { createIds } from '../../server/http/index.ts';
import { createVerifier } from '../../server/books/index.ts';
import { readHead } from '../../server/ledger/index.ts';
import { createLedger, entries, householdAccount, LEDGER_KINDS, villageAccount } from '../support/ledger.ts';
import { withCard } from '../support/presence.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('the ledger on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is searched', () => {
    let server: TestServer;
    let rice: Awaited<ReturnType<typeof addGoods>>;
    let wang: Awaited<ReturnType<typeof addHousehold>>;
    let zhao: Awaited<ReturnType<typeof addHousehold>>;
    let volunteerId = '';
    /** The numbers of the entries that move something, from the first. */
    let moved: number[] = [];

    beforeAll(async () => {
      server = await startTestServer(engine);
      wang = await addHousehold(server, 0, '王小明');
      zhao = await addHousehold(server, 0, '赵铁柱');
      rice = await addGoods(server, { name: '大米', price: 1000 }, { quantity: 10, costFen: 9000 });
      await addGoods(server, { name: 'ＬＥＤ灯泡' }, { quantity: 4, costFen: 2000 });
      await award(wang.id, 5000, '2026-01-10', '清扫主街', '下雪天，100% 出力');
      await award(zhao.id, 3000, '2026-02-10', '帮邻居收麦', '');
      const kiosk = await server.asKiosk();
      volunteerId = kiosk.volunteerId;
      const body = { householdId: wang.id, lines: [{ goodsId: rice.id, quantity: 2 }], expectedPoints: 2000 };
      await server.must('kiosk.redeem', { as: kiosk, body: await withCard(server, kiosk, body) });
      const { items } = await server.must('ledger.entries', { as: server.admin });
      moved = items.map(({ number }) => number).reverse();
    });
    afterAll(() => server.remove());

    function award(householdId: string, points: number, effectiveOn: string, title: string, note: string) {
      const ledger = createLedger({ clock: () => server.clock.nowMs });
      return server.store.transaction((tx) =>
        ledger.post(tx, {
          villageId: server.id,
          kind: 'award',
          effectiveOn,
          idempotencyKey: randomBytes(12).toString('hex'),
          actorId: server.admin.id,
          text: { title, note },
          lines: [
            { account: villageAccount('issued'), amount: -points },
            { account: householdAccount(householdId), amount: points },
          ],
        }),
      );
    }

    type Query = NonNullable<Parameters<typeof server.must<'ledger.entries'>>[1]>['query'];
    /** The place of an entry among those that move something: acts stand between them. */
    const placeOf = (number: number) => moved.indexOf(number) + 1;
    const numbers = async (query: Query) =>
      (await server.must('ledger.entries', { as: server.admin, query })).items.map(({ number }) =>
        placeOf(number),
      );

    it('by words of title and note, in any width and case, signs taken as they are', async () => {
      expect(await numbers({ q: '主街' })).toEqual([3]);
      expect(await numbers({ q: ' 下雪天 ' })).toEqual([3]);
      expect(await numbers({ q: 'led灯' })).toEqual([2]);
      expect(await numbers({ q: '100%' })).toEqual([3]);
      expect(await numbers({ q: '100_' })).toEqual([]);
      expect(await numbers({ q: '"title"' })).toEqual([]);
    });

    it('by the number of an entry, and by a household’s number or head', async () => {
      expect(await numbers({ q: `第 ${String(moved[1])} 号` })).toEqual([2]);
      expect(await numbers({ q: '赵铁' })).toEqual([4]);
      expect(await numbers({ q: wang.number })).toEqual(expect.arrayContaining([5, 3]));
      expect(await numbers({ q: '赵铁', kind: 'redemption' })).toEqual([]);
    });

    it('by goods, by who booked it and by day, all of them together', async () => {
      expect(await numbers({ goodsId: rice.id })).toEqual([5, 1]);
      expect(await numbers({ goodsId: rice.id, householdId: wang.id })).toEqual([5]);
      expect(await numbers({ goodsId: rice.id, householdId: zhao.id })).toEqual([]);
      expect(await numbers({ actorId: volunteerId })).toEqual([5]);
      expect(await numbers({ actorId: server.admin.id, from: '2026-01-01', to: '2026-01-31' })).toEqual([3]);
      const strange = { as: server.admin, query: { goodsId: 'nothing' } };
      expect(await server.refused('ledger.entries', strange)).toBe('goods.not_found');
      const { items } = await server.must('ledger.actors', { as: server.admin });
      expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([volunteerId, server.admin.id]));
    });

    it('page by page, none left out', async () => {
      const seen: number[] = [];
      let before: number | undefined;
      for (;;) {
        const query = { q: '王小明', limit: 1, ...(before === undefined ? {} : { before }) };
        const page = await server.must('ledger.entries', { as: server.admin, query });
        seen.push(...page.items.map(({ number }) => placeOf(number)));
        if (page.next === null) break;
        before = page.next;
      }
      expect(seen).toEqual([5, 3]);
    });

    it('without looking at more of a long book than it says, and goes on where it stopped', async () => {
      const long = await server.addVillage('长账村');
      const household = await addHousehold(server, 0, '长户', long);
      const ledger = createLedger({ clock: () => server.clock.nowMs });
      const lookAtMost = 20;
      const begun = (await server.store.read((reader) => readHead(reader, long.id)))?.number ?? 0;
      const inputs = Array.from({ length: lookAtMost + 15 }, (_, index) => ({
        villageId: long.id,
        kind: index === 0 ? ('opening' as const) : ('award' as const),
        effectiveOn: '2026-01-01',
        idempotencyKey: `long-${String(index)}`,
        actorId: 'system',
        text: { title: index === 0 ? '最早的一笔' : '日常', note: '' },
        lines: [
          { account: villageAccount(index === 0 ? 'opening' : 'issued'), amount: -100 },
          { account: householdAccount(household.id), amount: 100 },
        ],
      }));
      await server.store.transaction((tx) => ledger.postMany(tx, long.id, inputs));
      const search = { words: '最早', number: null, accountIds: [] };
      const look = (filter: object) =>
        server.store.read((reader) => entries(reader, long.id, { limit: 10, lookAtMost, ...filter }));
      for (const filter of [{ search }, { kind: 'opening' as const }]) {
        const first = await look(filter);
        expect(first.items).toEqual([]);
        expect(first.next).toBe(begun + 16);
        const second = await look({ ...filter, before: first.next ?? 0 });
        expect(second.items.map(({ number }) => number)).toEqual([begun + 1]);
        expect(second.next).toBeNull();
      }
    });

    it('renames a kiosk and leaves it paired', async () => {
      const { device } = await server.asKiosk();
      const named = await server.must('kiosks.update', {
        as: server.admin,
        params: { id: device.id },
        body: { name: '东门兑换台' },
      });
      expect(named).toMatchObject({ name: '东门兑换台', state: 'paired' });
      const committee = await server.asStaff('committee');
      const asked = { as: committee, params: { id: device.id }, body: { name: '别的' } };
      expect(await server.refused('kiosks.update', asked)).toBe('auth.forbidden');
    });

    it('tells how far a verification has come while it is under way, and nothing after', async () => {
      const newId = createIds(
        () => Date.now(),
        (size) => randomBytes(size),
      );
      const verifier = createVerifier({ ...server, kinds: LEDGER_KINDS, clock: () => 7, newId });
      expect(verifier.progress(server.id)).toBeNull();
      const seen: unknown[] = [];
      await verifier.verify(server.id, { onProgress: () => seen.push(verifier.progress(server.id)) });
      const head = await server.store.read((reader) => readHead(reader, server.id));
      expect(seen).toContainEqual({ startedAtMs: 7, done: 1, total: head?.number });
      expect(verifier.progress(server.id)).toBeNull();
      expect((await server.must('ledger.lastVerification', { as: server.admin })).running).toBeNull();
    });
  });
});
