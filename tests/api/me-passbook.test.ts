import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLedger, householdAccount, orRefuse, villageAccount } from '../support/ledger.ts';
import { withSecond } from '../support/second-person.ts';
import { type AnswerOf, type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

type Line = AnswerOf<'me.passbook'>['items'][number];

describe.each(ENGINES)('a passbook of many months on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());

    /** Points given or taken on a day, straight into the book. */
    async function book(
      householdId: string,
      effectiveOn: string,
      points: number,
      text = { title: '', note: '' },
      villageId = server.id,
    ): Promise<void> {
      const ledger = createLedger({ clock: () => server.clock.nowMs });
      await server.store.transaction(async (tx) =>
        orRefuse(
          await ledger.post(tx, {
            villageId,
            kind: points < 0 ? 'deduction' : 'award',
            effectiveOn,
            actorId: 'nobody',
            idempotencyKey: newKey(),
            ...(text.title === '' ? {} : { text }),
            lines: [
              { account: villageAccount(points < 0 ? 'deducted' : 'issued'), amount: -points },
              { account: householdAccount(householdId), amount: points },
            ],
          }),
        ),
      );
    }

    async function all(as: Caller, query: Record<string, string | number>): Promise<Line[]> {
      const lines: Line[] = [];
      let before: string | null = null;
      do {
        const page: AnswerOf<'me.passbook'> = await server.must('me.passbook', {
          as,
          query: { ...query, ...(before === null ? {} : { before }) },
        });
        lines.push(...page.items);
        before = page.next;
      } while (before !== null);
      return lines;
    }

    test('folds into months with what came and went; back-dated lines stand where they were booked', async () => {
      const { id } = await addHousehold(server);
      await book(id, '2024-11-30', 4000);
      await book(id, '2026-03-01', 500);
      await book(id, '2026-03-31', -200);
      await book(id, '2026-04-02', 300);
      await book(id, '2026-03-15', 100);
      const as = await server.asHousehold(id);
      const view = await server.must('me.view', { as });
      expect(view.months).toEqual({
        items: [
          { month: '2026-04', lines: 2, gained: 400, spent: 0 },
          { month: '2026-03', lines: 2, gained: 500, spent: -200 },
        ],
        next: '2025-05',
      });
      expect(view.lines.map(({ effectiveOn }) => effectiveOn)).toEqual(['2026-03-15', '2026-04-02']);
      expect(view.next).toBeNull();
      const older = await server.must('me.months', { as, query: { before: '2025-05' } });
      expect(older).toEqual({
        items: [{ month: '2024-11', lines: 1, gained: 4000, spent: 0 }],
        next: null,
      });
      const march = await all(as, { month: '2026-03', limit: 1 });
      expect(march.map(({ amount, balanceAfter }) => [amount, balanceAfter])).toEqual([
        [-200, 4300],
        [500, 4500],
      ]);
      const sums = [...view.months.items, ...older.items];
      expect(sums.reduce((sum, { gained, spent }) => sum + gained + spent, 0)).toBe(view.balance);
      expect(await server.refused('me.months', { as, query: { before: '2025-13' } })).toBe('request.invalid');
      expect(await server.refused('me.passbook', { as, query: { month: '%' } })).toBe('request.invalid');
    });

    test('is empty for a household that never had a line', async () => {
      const { id } = await addHousehold(server);
      const view = await server.must('me.view', { as: await server.asHousehold(id) });
      expect(view).toMatchObject({ balance: 0, lines: [], next: null, months: { items: [], next: null } });
    });

    test('is searched whole, by word in title or note and by kind, page by page', async () => {
      const { id } = await addHousehold(server);
      for (let day = 1; day <= 28; day += 1) {
        const on = `2026-02-${String(day).padStart(2, '0')}`;
        const sweep = {
          title: day % 4 === 0 ? '扫街 Clean-up' : '看望老人',
          note: day === 9 ? '100%满意' : '',
        };
        await book(id, on, 100, sweep);
      }
      await book(id, '2026-02-28', -50, { title: '乱堆柴草', note: '扫街时发现' });
      const as = await server.asHousehold(id);
      expect(await all(as, { q: '扫街', limit: 3 })).toHaveLength(8);
      expect(
        (await all(as, { q: '扫街', kind: 'award', limit: 3 })).map(({ effectiveOn }) => effectiveOn),
      ).toEqual(['28', '24', '20', '16', '12', '08', '04'].map((day) => `2026-02-${day}`));
      expect(await all(as, { q: 'CLEAN', limit: 20 })).toHaveLength(7);
      expect(await all(as, { kind: 'deduction' })).toHaveLength(1);
      // Signs that mean something to a database mean themselves here; names of fields are not words of a line.
      expect(await all(as, { q: '%' })).toHaveLength(1);
      for (const q of ['_', '"', 'title', 'note', '没有的词']) expect(await all(as, { q }), q).toEqual([]);
    });

    test('shows nothing of another household, whatever is searched', async () => {
      const [mine, theirs] = [await addHousehold(server), await addHousehold(server)];
      await book(mine.id, '2026-01-05', 100, { title: '我家的好事', note: '' });
      await book(theirs.id, '2026-01-05', 100, { title: '别家的好事', note: '' });
      const as = await server.asHousehold(mine.id);
      expect((await all(as, { q: '好事' })).map(({ text }) => text.title)).toEqual(['我家的好事']);
      expect(await all(as, { month: '2026-01' })).toHaveLength(1);
    });

    describe('what a household saves for', () => {
      test('is kept, follows price and shelf, and is changed or dropped', async () => {
        const { id } = await addHousehold(server, 2000);
        const as = await server.asHousehold(id);
        const pot = await addGoods(server, { name: '高压锅', price: 5800 }, { quantity: 1, costFen: 6000 });
        expect((await server.must('me.view', { as })).goal).toBeNull();
        const chosen = await server.must('me.setGoal', { as, body: { goodsId: pot.id } });
        const shown = {
          ...{ goodsId: pot.id, category: pot.category, name: '高压锅', unit: '袋', price: 5800 },
          ...{ pictureId: null, drawing: 'rice-cooker' },
        };
        expect(chosen.goal).toEqual({ ...shown, state: 'there' });
        const params = { id: pot.id };
        await withSecond(server, 'goods.stocktake', {
          as: server.admin,
          params,
          body: { counted: 0, reason: '送出' },
        });
        await server.must('goods.update', { as: server.admin, params, body: { price: 6000 } });
        const other = await server.asHousehold(id);
        expect((await server.must('me.view', { as: other })).goal).toEqual({
          ...shown,
          price: 6000,
          state: 'sold_out',
        });
        await server.must('goods.update', { as: server.admin, params, body: { enabled: false } });
        expect((await server.must('me.view', { as })).goal?.state).toBe('withdrawn');
        await server.must('me.setGoal', { as, body: { goodsId: null } });
        expect((await server.must('me.view', { as })).goal).toBeNull();
        expect(await server.refused('me.setGoal', { as, body: { goodsId: pot.id } })).toBe('goods.disabled');
      });

      test('must be something the own shop has', async () => {
        const { id } = await addHousehold(server);
        const as = await server.asHousehold(id);
        const elsewhere = await server.addVillage();
        const theirs = await addGoods(server, {}, undefined, elsewhere.admin);
        for (const goodsId of [theirs.id, 'nothing'])
          expect(await server.refused('me.setGoal', { as, body: { goodsId } })).toBe('goods.not_found');
        expect((await server.must('me.view', { as })).goal).toBeNull();
      });
    });
  });
});
