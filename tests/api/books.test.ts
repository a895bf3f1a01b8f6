/** The books as the office sees them, over HTTP, on both engines. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { createLedger, householdAccount, LEDGER_KINDS, orRefuse, villageAccount } from '../support/ledger.ts';
import { startJobs } from '../../server/jobs/index.ts';
import { readHead } from '../../server/ledger/index.ts';
import { createIds } from '../../server/http/index.ts';
import { createVerifier, dailyVerification } from '../../server/books/index.ts';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { withCard } from '../support/presence.ts';
import { addGoods, addHousehold, givePoints } from '../support/shop.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

for (const { engine, missing } of ENGINES) {
  describe.skipIf(missing)(`the books on ${engine}`, () => {
    let server: TestServer;
    let rice: Awaited<ReturnType<typeof addGoods>>;
    let wang: Awaited<ReturnType<typeof addHousehold>>;
    let volunteerName: string;

    beforeAll(async () => {
      server = await startTestServer(engine);
      rice = await addGoods(server, { name: '大米 5kg', price: 1000 }, { quantity: 10, costFen: 9005 });
      wang = await addHousehold(server, 5000, '王小明');
      const kiosk = await server.asKiosk();
      const { items } = await server.must('volunteers.list', { as: server.admin });
      volunteerName = items.find(({ id }) => id === kiosk.volunteerId)?.name ?? '?';
      const body = { householdId: wang.id, lines: [{ goodsId: rice.id, quantity: 2 }], expectedPoints: 2000 };
      await server.must('kiosk.redeem', { as: kiosk, body: await withCard(server, kiosk, body) });
    });

    afterAll(() => server.remove());

    it('lists entries newest first, with what moved to or from households and who booked it', async () => {
      const { items, next } = await server.must('ledger.entries', { as: server.admin });
      expect(items.map(({ kind, points }) => [kind, points])).toEqual([
        ['redemption', -2000],
        ['opening', 5000],
        ['stock_in', 0],
      ]);
      expect(items[0]?.bookedBy).toBe(volunteerName);
      expect(items[2]?.bookedBy).toBe('admin');
      expect(next).toBeNull();
    });

    it('pages and filters', async () => {
      const first = await server.must('ledger.entries', { as: server.admin, query: { limit: 1 } });
      expect(first.items.map(({ kind }) => kind)).toEqual(['redemption']);
      const second = await server.must('ledger.entries', {
        as: server.admin,
        query: { limit: 1, before: first.next ?? 0 },
      });
      expect(second.items.map(({ kind }) => kind)).toEqual(['opening']);
      const ofKind = await server.must('ledger.entries', { as: server.admin, query: { kind: 'stock_in' } });
      expect(ofKind.items.map(({ kind }) => kind)).toEqual(['stock_in']);
      const ofWang = await server.must('ledger.entries', {
        as: server.admin,
        query: { householdId: wang.id },
      });
      expect(ofWang.items.map(({ kind }) => kind)).toEqual(['redemption', 'opening']);
      const inJanuary = { from: '2026-01-01', to: '2026-01-31' };
      const days = await server.must('ledger.entries', { as: server.admin, query: inJanuary });
      expect(days.items.map(({ kind }) => kind)).toEqual(['opening']);
    });

    it('refuses to filter by a household that is not of the village', async () => {
      const other = await server.addVillage('后洼村');
      const strange = await addHousehold(server, 0, '赵某', other);
      expect(
        await server.refused('ledger.entries', { as: server.admin, query: { householdId: strange.id } }),
      ).toBe('household.not_found');
    });

    it('shows an entry with its lines, and to whom each account belongs', async () => {
      const { items } = await server.must('ledger.entries', { as: server.admin, query: { limit: 1 } });
      const number = items[0]?.number ?? 0;
      const entry = await server.must('ledger.entry', { as: server.admin, params: { number } });
      const owners = entry.lines.map(({ accountKind, ownerName, amount }) => [
        accountKind,
        ownerName,
        amount,
      ]);
      expect(owners).toEqual(
        expect.arrayContaining([
          ['household', `${wang.number} 王小明`, -2000],
          ['redeemed', '', 2000],
          ['shelf', '大米 5kg', -2],
          ['given', '大米 5kg', 2],
          ['stock', '大米 5kg', -1801],
          ['cost', '', 1801],
        ]),
      );
      expect(owners).toHaveLength(6);
      expect(entry.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(entry.previousHash).toMatch(/^[0-9a-f]{64}$/);
      expect(entry.source).toMatch(/^redemption:/);
      expect(await server.refused('ledger.entry', { as: server.admin, params: { number: 999 } })).toBe(
        'ledger.entry_not_found',
      );
    });

    it('sums every unit to zero and says what the shop can honour', async () => {
      const now = await server.must('ledger.trialBalance', { as: server.admin });
      expect(now.units.map(({ unit, sum }) => [unit, sum])).toEqual([
        ['POINT', 0],
        ['CNY', 0],
        [`SKU.${rice.id}`, 0],
      ]);
      expect(now.units[2]?.name).toBe('大米 5kg');
      expect(now.units[0]?.accounts).toEqual([
        { kind: 'household', debit: 3000, credit: 0, count: 1 },
        { kind: 'opening', debit: 0, credit: 5000, count: 1 },
        { kind: 'redeemed', debit: 2000, credit: 0, count: 1 },
      ]);
      // 72.04 yuan of stock over 30 points at 1 yuan.
      expect(now).toMatchObject({ asOf: null, pointsOwed: 3000, stockCostFen: 7204, coverRatioPercent: 240 });
    });

    it('answers the same for the end of any day', async () => {
      const january = await server.must('ledger.trialBalance', {
        as: server.admin,
        query: { asOf: '2026-01-31' },
      });
      expect(january).toMatchObject({
        asOf: '2026-01-31',
        pointsOwed: 5000,
        stockCostFen: 0,
        coverRatioPercent: 0,
      });
      const before = await server.must('ledger.trialBalance', {
        as: server.admin,
        query: { asOf: '2025-12-31' },
      });
      expect(before).toMatchObject({ units: [], pointsOwed: 0, coverRatioPercent: null });
    });

    it('verifies, keeps the outcome, and tells it to the office and to who asks whether it is ready', async () => {
      const fresh = await server.addVillage('新村');
      expect(await server.must('ledger.lastVerification', { as: fresh.admin })).toEqual({
        last: null,
        running: null,
      });
      const found = await server.must('ledger.verify', { as: server.admin, body: {} });
      const head = (await server.store.read((reader) => readHead(reader, server.id)))?.number;
      expect(found).toMatchObject({ ok: true, entries: head, postings: 12, headNumber: head, bad: null });
      expect(await server.must('ledger.lastVerification', { as: server.admin })).toEqual({
        last: found,
        running: null,
      });
      expect((await server.must('system.ready')).lastVerification).toEqual({
        at: new Date(found.finishedAtMs).toISOString(),
        ok: true,
        headNumber: head,
      });
    });

    it('verifies a book once where several ask at once', async () => {
      const ask = () => server.must('ledger.verify', { as: server.admin, body: {} });
      const before = await countVerifications();
      const found = await Promise.all([ask(), ask(), ask(), ask(), ask()]);
      expect(new Set(found.map(({ ok }) => ok))).toEqual(new Set([true]));
      expect((await countVerifications()) - before).toBeLessThan(5);
      const verifier = createVerifier({ ...server, kinds: LEDGER_KINDS, clock: () => 1, newId: newId() });
      const [one, other] = [verifier.verify(server.id), verifier.verify(server.id)];
      expect(other).toBe(one);
      await one;
      expect(verifier.verify(server.id)).not.toBe(one);
      await verifier.verify(server.id);
    });

    it.each([
      ['csv', 'text/csv; charset=utf-8', 'csv'],
      ['hledger', 'text/plain; charset=utf-8', 'hledger'],
      ['beancount', 'text/plain; charset=utf-8', 'beancount'],
      ['journal', 'application/x-ndjson', 'jsonl'],
    ] as const)(
      'hands out the whole book as %s, with the names people know',
      async (format, mediaType, ending) => {
        const got = await server.call('ledger.export', { as: server.admin, params: { format } });
        expect(got.status).toBe(200);
        expect(got.headers.get('Content-Type')).toBe(mediaType);
        const named = /filename\*=UTF-8''(\S+)/.exec(got.headers.get('Content-Disposition') ?? '');
        expect(decodeURIComponent(named?.[1] ?? '')).toMatch(
          new RegExp(`^前洼村-账本-\\d{4}-\\d\\d-\\d\\d\\.${ending}$`),
        );
        const text = await got.data.text();
        const name = format === 'journal' ? '前洼村' : `${wang.number} 王小明`;
        expect(text).toContain(name);
      },
    );

    it('lets only the administrator and the supervisor verify and export', async () => {
      const committee = await server.asStaff('committee');
      expect(await server.refused('ledger.verify', { as: committee, body: {} })).toBe('auth.forbidden');
      expect(await server.refused('ledger.export', { as: committee, params: { format: 'csv' } })).toBe(
        'auth.forbidden',
      );
      expect(await server.must('ledger.entries', { as: committee })).toHaveProperty('items');
      const supervisor = await server.asStaff('supervisor');
      expect(await server.must('ledger.verify', { as: supervisor, body: {} })).toMatchObject({ ok: true });
    });

    it('verifies by itself what was not verified for a day, and tells what does not fit', async () => {
      const other = await server.addVillage('远村');
      const household = await addHousehold(server, 100, '李四', other);
      await givePoints(server, household.id, 200, other.id);
      let nowMs = Date.now();
      const clock = () => nowMs;
      const verifier = createVerifier({ ...server, kinds: LEDGER_KINDS, clock, newId: newId() });
      const logger = pino({ level: 'silent' });
      const round = async () => {
        const before = await countVerifications(other.id);
        const options = { store: server.store, clock, logger, firstAfterMs: 0 };
        const background = startJobs([dailyVerification(verifier)], options);
        for (let tries = 0; tries < 20 && (await countVerifications(other.id)) === before; tries += 1) {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        await background.stop();
        return (await countVerifications(other.id)) - before;
      };
      expect(await round()).toBe(1);
      nowMs += 3_600_000;
      expect(await round()).toBe(0);
      nowMs += 86_400_000;
      expect(await round()).toBe(1);
      expect(await verifier.last()).toMatchObject({ ok: true });
    });

    it('says of several villages the one that found something', async () => {
      const broken = await server.addVillage('坏账村');
      await tearBook(broken.id);
      const found = await server.must('ledger.verify', { as: broken.admin, body: {} });
      expect(found).toMatchObject({ ok: false, bad: { table: 'ledger_heads', check: 'head' } });
      expect(await server.must('ledger.lastVerification', { as: broken.admin })).toEqual({
        last: found,
        running: null,
      });
      expect((await server.must('system.ready')).lastVerification).toMatchObject({ ok: false });
    });

    it('books nothing of what the household below zero owes as a debt of the shop', async () => {
      const poor = await addHousehold(server, 0, '负分户');
      const ledger = createLedger({ clock: () => server.clock.nowMs });
      await server.store.transaction(async (tx) =>
        orRefuse(
          await ledger.post(tx, {
            villageId: server.id,
            kind: 'deduction',
            effectiveOn: '2026-02-01',
            idempotencyKey: 'below-zero-1',
            actorId: server.admin.id,
            mayPassFloor: true,
            lines: [
              { account: householdAccount(poor.id), amount: -700 },
              { account: villageAccount('deducted'), amount: 700 },
            ],
          }),
        ),
      );
      const now = await server.must('ledger.trialBalance', { as: server.admin });
      expect(now.pointsOwed).toBe(3000);
      expect(now.units[0]?.accounts[1]).toEqual({ kind: 'household', debit: 3000, credit: 700, count: 2 });
      expect(now.units[0]?.sum).toBe(0);
    });

    async function countVerifications(villageId = server.id): Promise<number> {
      const rows = await server.store.read(({ db, t: { verifications } }) =>
        db.select({ id: verifications.id }).from(verifications).where(eq(verifications.villageId, villageId)),
      );
      return rows.length;
    }

    /** The head counts one entry more than the journal has. The program never does this, and no trigger notices it. */
    async function tearBook(villageId: string): Promise<void> {
      await server.store.transaction(async ({ db, t: { ledgerHeads } }) => {
        await db
          .update(ledgerHeads)
          .set({ number: 1 })
          .where(eq(ledgerHeads.villageId, villageId))
          .returning();
      });
    }

    function newId() {
      return createIds(
        () => Date.now(),
        (size) => randomBytes(size),
      );
    }
  });
}
