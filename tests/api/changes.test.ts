import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { goodsSample } from '../support/sample-parts.ts';
import { ageThing, handIn, withSecond } from '../support/second-person.ts';
import { newKey, startTestServer, type StaffCaller, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('changes that nobody makes alone, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let shopkeeper: StaffCaller;
    let approver: StaffCaller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      shopkeeper = await server.asStaff('shopkeeper');
      approver = await server.asStaff('approver');
    });
    afterAll(() => server.remove());

    /** An item that was there when the books were opened. */
    async function knownItem(price = 6000): Promise<string> {
      const body = { ...goodsSample(`锄头${newKey().slice(0, 6)}`), price };
      const { id } = await server.must('goods.create', { as: shopkeeper, body });
      await ageThing(server, 'goods', id);
      return id;
    }
    const item = async (id: string) =>
      (await server.must('goods.list', { as: approver })).items.find((one) => one.id === id);
    const newPrice = (id: string, price: number) => ({ as: shopkeeper, params: { id }, body: { price } });
    const agreeing = ({ id, mark }: { id: string; mark: string }, as = approver) => ({
      ...{ as, params: { id }, body: { mark } },
    });

    it('are carried out when another person agrees, and the book says who both were', async () => {
      const id = await knownItem();
      expect(await server.refused('goods.update', newPrice(id, 3000))).toBe('change.needs_second');
      const change = await handIn(server, 'goods.update', newPrice(id, 3000));
      expect(change).toMatchObject({
        ...{
          state: 'waiting',
          isMine: true,
          mayDecide: false,
          whyNot: 'role',
          isPermit: false,
          permit: null,
        },
        told: {
          words: { zh: '改商品', en: 'Change an item' },
          thing: { kind: 'goods', id },
          changes: [{ field: 'price', unit: 'points', was: 6000, is: 3000 }],
          isErased: false,
        },
      });
      expect((await item(id))?.price).toBe(6000);
      const agreed = await server.must('changes.agree', agreeing(change));
      expect(agreed).toMatchObject({ state: 'agreed', proposedBy: 'shopkeeper', decidedBy: 'approver' });
      expect((await item(id))?.price).toBe(3000);
      const { items } = await server.must('acts.list', { as: server.admin, query: { limit: 3 } });
      expect(items.map(({ act, actorId }) => [act, actorId])).toEqual([
        ['changes.agreed', approver.id],
        ['goods.changed', approver.id],
        ['changes.proposed', shopkeeper.id],
      ]);
      // The operation is said in words, not by its id and a hash.
      expect([items[0], items[2]].map((act) => [act?.words.zh, act?.words.en, act?.changes])).toEqual([
        ['同意了一项改动：改商品', 'agreed to a change: Change an item', []],
        [
          '提交了一项要第二个人同意的改动：改商品',
          'handed in a change that a second person decides: Change an item',
          [],
        ],
      ]);
      expect(items[1]?.changes).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ field: 'price', was: 6000, is: 3000 }),
          expect.objectContaining({ field: 'proposedBy', is: ['shopkeeper'] }),
          expect.objectContaining({ field: 'decidedBy', is: ['approver'] }),
        ]),
      );
      expect(await server.must('ledger.verify', { as: server.admin, body: {} })).toMatchObject({ ok: true });
    });

    it('are handed in by whoever may make them, once, and only where they need it', async () => {
      const id = await knownItem();
      const propose = (body: object, as: StaffCaller = shopkeeper) =>
        server.refused('changes.propose', {
          as,
          body: { operation: 'goods.update', params: { id }, ...body },
        });
      const committee = await server.asStaff('committee');
      expect(await propose({ body: { price: 3000 } }, committee)).toBe('auth.forbidden');
      expect(await propose({ body: { price: -1 } })).toBe('request.invalid');
      expect(await propose({ body: { price: 6100 } })).toBe('change.not_needed');
      expect((await item(id))?.price).toBe(6000);
      expect(await propose({ operation: 'goods.list', body: {} })).toBe('change.not_needed');
      expect(await propose({ operation: 'no.such', body: {} })).toBe('change.not_needed');
      expect(await propose({ params: { id: 'nothing' }, body: { price: 1 } })).toBe('goods.not_found');
      const { id: other } = await server.must('goods.create', {
        ...{ as: shopkeeper, body: goodsSample(`铁锹${newKey().slice(0, 6)}`) },
      });
      const name = (await item(other))?.name;
      expect(await propose({ body: { price: 1, name } })).toBe('goods.name_taken');
      await handIn(server, 'goods.update', newPrice(id, 3000));
      expect(await propose({ body: { price: 3000 } })).toBe('change.waiting');
    });

    it('are decided by nobody who may not, in the documented order', async () => {
      const id = await knownItem();
      const both = await server.asStaff(['shopkeeper', 'approver']);
      const change = await handIn(server, 'goods.update', { ...newPrice(id, 3000), as: both });
      const refusals: [StaffCaller, Partial<{ id: string; mark: string }>, string][] = [
        [shopkeeper, {}, 'auth.forbidden'],
        [await server.asStaff('supervisor'), {}, 'auth.forbidden'],
        [approver, { id: 'nothing' }, 'change.not_found'],
        [await server.asStaff(['approver', 'admin']), {}, 'proposal.administrator'],
        [both, {}, 'proposal.own_entry'],
        [both, { mark: 'other' }, 'proposal.own_entry'],
        [approver, { mark: 'other' }, 'change.seen_otherwise'],
      ];
      for (const [as, other, code] of refusals)
        expect([code, await server.refused('changes.agree', agreeing({ ...change, ...other }, as))]).toEqual([
          code,
          code,
        ]);
      server.clock.nowMs += 1000;
      const late = await server.asStaff('approver');
      expect(await server.refused('changes.agree', agreeing(change, late))).toBe('proposal.before_confirmed');
      const body = { note: '不行' };
      expect(await server.refused('changes.refuse', { as: both, params: { id: change.id }, body })).toBe(
        'proposal.own_entry',
      );
      expect((await item(id))?.price).toBe(6000);
      await server.must('changes.agree', agreeing(change));
      for (const as of [approver, await server.asStaff('approver')])
        expect(['change.state', 'proposal.before_confirmed']).toContain(
          await server.refused('changes.agree', agreeing(change, as)),
        );
      expect(await server.refused('changes.agree', agreeing({ ...change, mark: 'other' }))).toBe(
        'change.state',
      );
    });

    it('are not decided by an account that somebody has to confirm first', async () => {
      const id = await knownItem();
      const change = await handIn(server, 'goods.update', newPrice(id, 3000));
      const person = await server.asStaff('approver');
      await server.store.transaction((tx) =>
        tx.db.update(tx.t.staff).set({ confirmedAtMs: null }).where(eq(tx.t.staff.id, person.id)).returning(),
      );
      expect(await server.refused('changes.agree', agreeing(change, person))).toBe('proposal.unconfirmed');
      const { items } = await server.must('changes.list', { as: person });
      expect(items.find((one) => one.id === change.id)).toMatchObject({
        mayDecide: false,
        whyNot: 'unconfirmed',
      });
    });

    it('are refused with a reason, or withdrawn by whoever handed them in', async () => {
      const id = await knownItem();
      const first = await handIn(server, 'goods.update', newPrice(id, 3000));
      const refusing = { as: approver, params: { id: first.id }, body: { note: '先问村里' } };
      expect(await server.refused('changes.refuse', { ...refusing, body: { note: ' ' } })).toBe(
        'request.invalid',
      );
      await server.must('changes.refuse', refusing);
      expect(await server.must('changes.get', { as: shopkeeper, params: { id: first.id } })).toMatchObject({
        ...{ state: 'refused', note: '先问村里', decidedBy: 'approver' },
      });
      const second = await handIn(server, 'goods.update', newPrice(id, 3000));
      const other = await server.asStaff('shopkeeper');
      const withdrawing = { params: { id: second.id } };
      expect(await server.refused('changes.withdraw', { as: other, ...withdrawing })).toBe(
        'proposal.not_yours',
      );
      await server.must('changes.withdraw', { as: shopkeeper, ...withdrawing });
      expect(await server.refused('changes.withdraw', { as: shopkeeper, ...withdrawing })).toBe(
        'change.state',
      );
      expect(await server.refused('changes.agree', agreeing(second))).toBe('change.state');
      expect((await item(id))?.price).toBe(6000);
    });

    it('are not made when what they change has moved on, and wait to be withdrawn', async () => {
      const id = await knownItem();
      const change = await handIn(server, 'goods.update', newPrice(id, 3000));
      await server.must('goods.update', newPrice(id, 5900));
      expect(await server.refused('changes.agree', agreeing(change))).toBe('change.moved_on');
      expect((await item(id))?.price).toBe(5900);
      await withSecond(server, 'goods.update', { ...newPrice(id, 2000), by: approver });
      const near = await handIn(server, 'goods.update', newPrice(id, 1000));
      await withSecond(server, 'goods.update', { ...newPrice(id, 1050), by: approver });
      // It would be done alone by now: nobody agreed to that.
      expect(await server.refused('changes.agree', agreeing(near))).toBe('change.moved_on');
      const { items } = await server.must('changes.list', { as: approver, query: { state: 'waiting' } });
      expect(items.map((one) => one.id)).toEqual(expect.arrayContaining([change.id, near.id]));
      expect((await item(id))?.price).toBe(1050);
    });

    it('show a planned price beside the one that it follows', async () => {
      const id = await knownItem();
      const from = addDays(businessDay(server.clock.nowMs, 'Asia/Shanghai'), 1);
      const plan = (price: number) => ({
        ...{ as: shopkeeper, params: { id }, body: { nextPrice: { price, from } } },
      });
      const told = async (price: number) => {
        const change = await handIn(server, 'goods.update', plan(price));
        await server.must('changes.agree', agreeing(change));
        return change.told.changes.map(({ field, was, is }) => [field, was, is]);
      };
      expect(await told(3000)).toEqual([
        ['nextPrice', 6000, 3000],
        ['nextPriceFrom', undefined, from],
      ]);
      expect(await told(2000)).toEqual([['nextPrice', 3000, 2000]]);
      expect(await item(id)).toMatchObject({ price: 6000, nextPrice: { price: 2000, from } });
    });

    it('do not touch what somebody else changed in between', async () => {
      const id = await knownItem();
      const change = await handIn(server, 'goods.update', newPrice(id, 3000));
      await server.must('goods.update', { as: shopkeeper, params: { id }, body: { unit: '把' } });
      await server.must('changes.agree', agreeing(change));
      expect(await item(id)).toMatchObject({ price: 3000, unit: '把' });
    });

    it('are done once when the agreement is sent twice', async () => {
      const id = await knownItem();
      const change = await handIn(server, 'goods.update', newPrice(id, 3000));
      const sent = { ...agreeing(change), key: newKey() };
      const [one, other] = await Promise.all([
        server.call('changes.agree', sent),
        server.call('changes.agree', sent),
      ]);
      expect([one.status, other.status, one.data]).toEqual([200, 200, other.data]);
      const { items } = await server.must('acts.list', {
        ...{ as: server.admin, query: { thing: `goods:${id}`, act: 'goods.changed' } },
      });
      expect(items).toHaveLength(1);
    });

    it('stand in the list, those that wait first, in pages without a gap', async () => {
      const village = await server.addVillage();
      const [as, by] = [village.admin, await server.asStaff('approver', { village })];
      const fen = [200, 300, 400, 500, 600];
      const made: string[] = [];
      for (const pointValueFen of fen) {
        server.clock.nowMs += 1000;
        const body = { settings: { pointValueFen } };
        made.push((await handIn(server, 'village.update', { as, body })).id);
      }
      for (const id of made.slice(1, 3))
        await server.must('changes.refuse', { as: by, params: { id }, body: { note: '不改' } });
      const waiting = [made[4], made[3], made[0]];
      const over = [made[2], made[1]];
      const parts = [
        [{}, [...waiting, ...over]],
        [{ state: 'waiting' as const }, waiting],
        [{ state: 'over' as const }, over],
      ] as const;
      for (const [part, order] of parts)
        for (const limit of [1, 2, 3, 5]) {
          const found: (string | undefined)[] = [];
          let after: string | undefined;
          do {
            const query = { ...part, limit, ...(after === undefined ? {} : { after }) };
            const page = await server.must('changes.list', { as: by, query });
            expect([page.waiting, page.waitingForMe]).toEqual([3, 3]);
            found.push(...page.items.map(({ id }) => id));
            after = page.next ?? undefined;
          } while (after !== undefined);
          expect([part, limit, found]).toEqual([part, limit, order]);
        }
      const { items, waitingForMe } = await server.must('changes.list', { as, query: { state: 'refused' } });
      expect([items.map(({ id }) => id), waitingForMe]).toEqual([[made[2], made[1]], 0]);
      expect(await server.refused('changes.get', { as: shopkeeper, params: { id: made[0] ?? '' } })).toBe(
        'change.not_found',
      );
    });

    it('cannot be altered behind the program: verify names them', async () => {
      const id = await knownItem();
      const change = await handIn(server, 'goods.update', newPrice(id, 3000));
      await server.must('changes.agree', agreeing(change));
      const { changes } = await server.store.read(({ t }) => Promise.resolve(t));
      const alter = (columns: Partial<typeof changes.$inferInsert>) =>
        server.store.transaction(({ db }) =>
          Promise.resolve(db.update(changes).set(columns).where(eq(changes.id, change.id)).returning()),
        );
      const was = await server.store.read(({ db }) =>
        db.select().from(changes).where(eq(changes.id, change.id)),
      );
      const verify = () => server.must('ledger.verify', { as: server.admin, body: {} });
      for (const columns of [
        ...[{ proposedBy: approver.id }, { decidedBy: shopkeeper.id }, { state: 'refused' as const }],
        ...[{ operation: 'goods.stockIn' }, { told: { on: `goods:${id}`, facts: { 'is.price': 1 } } }],
        { input: { params: { id }, body: { price: 1 } } },
      ]) {
        await alter(columns);
        const { ok, bad } = await verify();
        expect([columns, ok, bad?.table]).toEqual([columns, false, 'changes']);
        await alter(was[0] ?? {});
      }
      expect(await verify()).toMatchObject({ ok: true });
      await alter({ id: 'another' });
      expect((await verify()).bad).toMatchObject({ table: 'changes' });
      await server.store.transaction(({ db }) =>
        Promise.resolve(
          db.update(changes).set({ id: change.id }).where(eq(changes.id, 'another')).returning(),
        ),
      );
      expect(await verify()).toMatchObject({ ok: true });
    });

    it('are not asked for before the books are open', async () => {
      const village = await server.addVillage('未开村', false);
      const as = village.admin;
      const { id } = await server.must('goods.create', { as, body: goodsSample('锄头') });
      await ageThing(server, 'goods', id);
      await server.must('goods.update', { as, params: { id }, body: { price: 1 } });
      const body = { operation: 'goods.update', params: { id }, body: { price: 9000 } };
      expect(await server.refused('changes.propose', { as, body })).toBe('change.not_needed');
    });
  });
});
