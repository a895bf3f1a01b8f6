import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printersModule } from '../../server/printers/module.ts';
import { decodeSlip, drawn } from '../support/decode-slip.ts';
import { type FakePrinter, startFakePrinter, thisMachine } from '../support/fake-printer.ts';
import { cardCodeOf, withCard } from '../support/presence.ts';
import { withSecond } from '../support/second-person.ts';
import { type KioskCaller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('the shop’s printer on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('on the village’s network', () => {
    let server: TestServer;
    let printer: FakePrinter;
    let kiosk: KioskCaller;
    let riceId: string;
    beforeAll(async () => {
      server = await startTestServer(engine, { printerNetwork: thisMachine() });
      printer = await startFakePrinter();
      kiosk = await server.asKiosk();
      const rice = await addGoods(server, { name: '大米5kg', price: 3200 }, { quantity: 90, costFen: 900 });
      riceId = rice.id;
    });
    afterAll(async () => {
      await printer.close();
      await server.remove();
    });

    const place = () => ({ host: '127.0.0.1', port: printer.port, paper: 58 as const, cuts: true });

    async function handedOut() {
      const household = await addHousehold(server, 10_000, '郝秀花');
      const wanted = {
        householdId: household.id,
        lines: [{ goodsId: riceId, quantity: 1 }],
        expectedPoints: 3200,
      };
      const body = await withCard(server, kiosk, wanted);
      return server.must('kiosk.redeem', { as: kiosk, body });
    }

    const slipOf = (redemptionId: string, key = newKey(), isReprint = false) => ({
      ...{ as: kiosk, body: { key, redemptionId, isReprint, language: 'zh' as const } },
    });
    const lastSlip = () => drawn(decodeSlip(printer.jobs.at(-1) ?? Buffer.alloc(0)));

    it('is none at first, and nothing is printed', async () => {
      expect((await server.must('printers.get', { as: server.admin })).printer).toBeNull();
      expect((await server.must('kiosk.state', { as: kiosk })).village.hasPrinter).toBe(false);
      const { id } = await handedOut();
      expect(await server.refused('printers.receipt', slipOf(id))).toBe('printer.none');
      expect(printer.connections()).toBe(0);
    });

    it('is set by two people, each change of it again, and the book tells', async () => {
      const as = server.admin;
      expect(await server.refused('printers.set', { as, body: place() })).toBe('change.needs_second');
      expect((await server.must('printers.get', { as })).printer).toBeNull();
      await withSecond(server, 'printers.set', { as, body: place() });
      expect((await server.must('printers.get', { as })).printer).toEqual(place());
      expect((await server.must('kiosk.state', { as: kiosk })).village.hasPrinter).toBe(true);
      const wide = { ...place(), paper: 80 as const };
      expect(await server.refused('printers.set', { as, body: wide })).toBe('change.needs_second');
      const { items } = await server.must('acts.list', { as, query: { act: 'printers.' } });
      expect(items).toHaveLength(1);
    });

    it('prints the slip of a hand-over after it, line by line as the browser does', async () => {
      const done = await handedOut();
      expect(await server.must('printers.receipt', slipOf(done.id))).toEqual({ isReprint: false });
      const slip = lastSlip();
      expect(slip).toContain('##\t爱心超市\n');
      expect(slip).toMatch(/#户号 \d+ {2}郝\*花\n/);
      expect(slip).toMatch(/\n大米5kg ×1 +32\n/);
      expect(slip).toMatch(/\n#一共 +32 分\n/);
      expect(slip).toMatch(/\n##您家还有 +68\n/);
      expect(slip).toContain(`\n凭证 ${done.journalNumber} 号，账本指纹\n${done.digits}\n`);
      expect(slip).not.toContain('补打');
      expect(slip).not.toContain('郝秀花');
      expect(slip.endsWith('[cut]')).toBe(true);
    });

    it('prints once for the same key, also at the same moment, and says that a second one is a reprint', async () => {
      const done = await handedOut();
      const before = printer.jobs.length;
      const same = slipOf(done.id);
      await Promise.all([1, 2, 3].map(() => server.must('printers.receipt', same)));
      await server.must('printers.receipt', same);
      expect(printer.jobs).toHaveLength(before + 1);
      expect(lastSlip()).not.toContain('补打');
      expect(await server.must('printers.receipt', slipOf(done.id))).toEqual({ isReprint: true });
      expect(lastSlip()).toContain('##\t补打');
      expect(lastSlip()).not.toContain('您家还有');
    });

    it('prints the slip of goods that came back, and not for another kiosk', async () => {
      const done = await handedOut();
      const card = (await cardCodeOf(server, done.household.id)) ?? '';
      const { presence } = await server.must('kiosk.lookup', { as: kiosk, body: { card } });
      const back = await server.must('kiosk.return', {
        ...{ as: kiosk, params: { id: done.id } },
        body: { lines: [{ goodsId: riceId, quantity: 1 }], presence: presence.token },
      });
      const sent = (returnId: string, isReprint = false) => ({
        body: { key: newKey(), returnId, isReprint, language: 'zh' as const },
      });
      await server.must('printers.return', { as: kiosk, ...sent(back.id) });
      const slip = lastSlip();
      expect(slip).toContain('\t退货凭条');
      expect(slip).toContain(`\n退的是凭证 ${done.journalNumber} 号\n`);
      expect(slip).toMatch(/\n大米5kg ×1 +32\n/);
      expect(slip).toMatch(/\n#退回 +32 分\n/);
      expect(slip).toMatch(/\n##您家还有 +100\n/);
      expect(slip).toContain(`\n凭证 ${back.journalNumber} 号，账本指纹\n${back.digits}\n`);
      expect(slip).not.toContain('郝秀花');
      await server.must('printers.return', { as: kiosk, ...sent(back.id, true) });
      expect(lastSlip()).toContain('##\t补打');
      expect(lastSlip()).not.toContain('您家还有');
      const other = await server.asKiosk();
      for (const [as, id] of [
        [other, back.id],
        [kiosk, done.id],
      ] as const)
        expect(await server.refused('printers.return', { as, ...sent(id) })).toBe('redemption.not_found');
    });

    it('prints no slip of another kiosk, nor of nobody', async () => {
      const done = await handedOut();
      const other = await server.asKiosk();
      const before = printer.connections();
      expect(await server.refused('printers.receipt', { ...slipOf(done.id), as: other })).toBe(
        'redemption.not_found',
      );
      expect(await server.refused('printers.receipt', slipOf('nothing'))).toBe('redemption.not_found');
      expect(printer.connections()).toBe(before);
    });

    it('prints the statement that was shown, here and for a few minutes', async () => {
      const household = await addHousehold(server, 4500, '王小明');
      const card = (await cardCodeOf(server, household.id)) ?? '';
      const { printToken } = await server.must('kiosk.statement', { as: kiosk, body: { card } });
      const sent = (statement: string) => ({ key: newKey(), statement, language: 'zh' as const });
      await server.must('printers.statement', { as: kiosk, body: sent(printToken) });
      expect(lastSlip()).toContain('\t积分对账单');
      expect(lastSlip()).toMatch(/##您家还有 +45\n/);
      expect(lastSlip()).toContain('王*明');
      const other = await server.asKiosk();
      const refused = (as: KioskCaller, token: string) =>
        server.refused('printers.statement', { as, body: sent(token) });
      expect(await refused(other, printToken)).toBe('printer.statement_over');
      expect(await refused(kiosk, `${printToken}x`)).toBe('printer.statement_over');
      const { presence } = await server.must('kiosk.lookup', { as: kiosk, body: { card } });
      expect(await refused(kiosk, presence.token)).toBe('printer.statement_over');
      server.clock.nowMs += 6 * 60_000;
      expect(await refused(kiosk, printToken)).toBe('printer.statement_over');
    });

    it('that fails blocks no hand-over, says why, and is not asked again for the same key', async () => {
      const done = await handedOut();
      const before = printer.jobs.length;
      printer.temper = 'no paper';
      const key = newKey();
      expect(await server.refused('printers.receipt', slipOf(done.id, key))).toBe('printer.no_paper');
      printer.temper = 'never reads';
      const stuck = server.call('printers.receipt', slipOf(done.id));
      const started = Date.now();
      await handedOut();
      expect(Date.now() - started).toBeLessThan(1500);
      await stuck;
      printer.temper = 'good';
      expect(await server.refused('printers.receipt', slipOf(done.id, key))).toBe('printer.no_paper');
      expect(printer.jobs).toHaveLength(before);
      expect(await server.must('printers.receipt', slipOf(done.id))).toEqual({ isReprint: true });
    });

    it('that is not there is said within its time, and the slip after it is no reprint', async () => {
      const done = await handedOut();
      const gone = await startFakePrinter();
      await gone.close();
      await withSecond(server, 'printers.set', { as: server.admin, body: { ...place(), port: gone.port } });
      expect(await server.refused('printers.receipt', slipOf(done.id))).toBe('printer.unreachable');
      await withSecond(server, 'printers.set', { as: server.admin, body: place() });
      expect(await server.must('printers.receipt', slipOf(done.id))).toEqual({ isReprint: false });
    });

    it('a key whose process ended while it printed prints nothing any more', async () => {
      const done = await handedOut();
      const key = newKey();
      const { kioskId } = await server.store.read(async ({ db, t }) => {
        const [row] = await db.select({ kioskId: t.redemptions.kioskId }).from(t.redemptions).limit(1);
        return row ?? { kioskId: '' };
      });
      const row = { villageId: server.id, kioskId, key, redemptionId: done.id, outcome: null };
      await server.store.transaction(async ({ db, t }) => {
        await db
          .insert(t.printJobs)
          .values({ ...row, askedAtMs: server.clock.nowMs })
          .returning({ key: t.printJobs.key });
      });
      const before = printer.connections();
      expect(await server.refused('printers.receipt', slipOf(done.id, key))).toBe('printer.under_way');
      expect(printer.connections()).toBe(before);
    });

    it('forgets after a day which slips it printed', async () => {
      const jobs = () => server.store.read(({ db, t }) => db.select().from(t.printJobs));
      expect((await jobs()).length).toBeGreaterThan(5);
      const sweepAt = (nowMs: number) =>
        printersModule.sweep?.({
          store: server.store,
          nowMs,
          villageIds: [server.id],
          isOver: () => false,
        });
      await sweepAt(server.clock.nowMs);
      expect((await jobs()).length).toBeGreaterThan(5);
      await sweepAt(server.clock.nowMs + 25 * 3_600_000);
      expect(await jobs()).toEqual([]);
    });

    it('prints a test page for whoever may set it', async () => {
      await server.must('printers.test', {
        as: await server.asStaff('shopkeeper'),
        body: { language: 'en' },
      });
      expect(lastSlip()).toContain('\tTest page');
      const as = await server.asStaff('group_leader');
      expect(await server.refused('printers.test', { as, body: { language: 'zh' } })).toBe('auth.forbidden');
    });

    it('is taken away by one person, and the books still verify', async () => {
      await server.must('printers.clear', { as: server.admin, body: {} });
      await server.must('printers.clear', { as: server.admin, body: {} });
      expect((await server.must('printers.get', { as: server.admin })).printer).toBeNull();
      const { items } = await server.must('acts.list', { as: server.admin, query: { act: 'printers.' } });
      expect(items.map(({ act }) => act)).toContain('printers.cleared');
      const { ok, bad } = await server.must('ledger.verify', { as: server.admin, body: {} });
      expect({ ok, bad }).toEqual({ ok: true, bad: null });
    });
  });

  describe.skipIf(missing)('anywhere else', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());

    it.each(['127.0.0.1', '8.8.8.8', '169.254.169.254', 'printer.lan', '::1', '0.0.0.0'])(
      'is refused, also to two people: %s',
      async (host) => {
        const body = { host, port: 9100, paper: 58 as const, cuts: false };
        expect(await server.refused('printers.set', { as: server.admin, body })).toBe(
          'printer.unusable_address',
        );
        const propose = { operation: 'printers.set', params: {}, body, reason: '' } as never;
        expect(await server.refused('changes.propose', { as: server.admin, body: propose })).toBe(
          'printer.unusable_address',
        );
      },
    );

    it('is not asked even where a restored setting names it', async () => {
      const printer = await startFakePrinter();
      await server.store.transaction(async ({ db, t }) => {
        const [row] = await db.select().from(t.villages);
        const place = { host: '127.0.0.1', port: printer.port, paper: 58 as const, cuts: false };
        await db
          .update(t.villages)
          .set({ settings: { ...(row?.settings as never as object), printer: place } as never })
          .returning({ id: t.villages.id });
      });
      const sent = { as: server.admin, body: { language: 'zh' as const } };
      expect(await server.refused('printers.test', sent)).toBe('printer.unusable_address');
      expect(printer.connections()).toBe(0);
      await printer.close();
    });
  });
});
