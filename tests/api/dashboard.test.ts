/** The dashboard's figures against sums made by hand from entries known one by one, on both engines. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deducted } from '../support/deductions.ts';
import { createLedger, heldAccount, householdAccount, orRefuse } from '../support/ledger.ts';
import { withCard } from '../support/presence.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const RULE = {
  pointsMode: 'fixed',
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
  proposer: '',
  evidence: '',
  limitText: '',
  caps: [],
  enabled: true,
} as const;

describe.each(ENGINES)('the dashboard on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('over months of known entries', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    const ids: Record<string, string> = {};

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = Date.parse('2026-03-10T10:00:00+08:00');
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      await writeStory();
    });
    afterAll(() => server.remove());

    async function rule(code: string, category: string, points: number): Promise<string> {
      const body = { ...RULE, code, category, title: `${category}${code}`, points };
      return (await server.must('rules.create', { as: server.admin, body })).id;
    }

    async function award(ruleId: string, householdIds: string[], effectiveOn: string): Promise<number[]> {
      const { ids: made } = await server.must('proposals.create', {
        as: committee,
        body: { ruleId, householdIds, effectiveOn },
      });
      const body = { action: 'approve', ids: made } as const;
      return (await server.must('proposals.decide', { as: approver, body })).journalNumbers;
    }

    async function reverse(number: number): Promise<void> {
      const body = { number, reason: '记错了' };
      const { id } = await server.must('proposals.createReversal', { as: committee, body });
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [id] } });
    }

    /**
     * January: 3 × 5 given under 五美家庭. February: 2 × 8 under 乡风家风, 4 taken off. March, the month under
     * way: one award of January taken back, 10 under 村规民俗 for February (handed in late), two redemptions of
     * which one is undone, 2 set aside.
     */
    async function writeStory(): Promise<void> {
      const tidy = await rule('A1', '五美家庭', 500);
      const kind = await rule('B1', '乡风家风', 800);
      const order = await rule('C1', '村规民俗', 1000);
      const litter = await rule('N1', '村规民俗', -400);
      for (const name of ['one', 'two', 'three']) ids[name] = (await addHousehold(server, 0, `王${name}`)).id;
      const { one = '', two = '', three = '' } = ids;
      const rice = await addGoods(
        server,
        { name: '大米', category: '米面粮油', price: 300 },
        { quantity: 9, costFen: 1800 },
      );
      const soap = await addGoods(server, { name: '肥皂', category: '日用品', price: 100 });
      Object.assign(ids, { rice: rice.id, soap: soap.id });
      const [wrong = 0] = await award(tidy, [one, two, three], '2026-01-15');
      await award(kind, [one, two], '2026-02-03');
      await deducted(server, {
        ...{ as: committee, approver, ruleId: litter, householdIds: [three], effectiveOn: '2026-02-20' },
      });
      await reverse(wrong);
      await award(order, [two], '2026-02-28');
      const kiosk = await server.asKiosk();
      const wanted = { householdId: two, lines: [{ goodsId: rice.id, quantity: 2 }], expectedPoints: 600 };
      const basket = await withCard(server, kiosk, wanted);
      const undone = await server.must('kiosk.redeem', { as: kiosk, body: basket });
      await server.must('kiosk.undo', { as: kiosk, params: { id: undone.id } });
      await server.must('kiosk.redeem', { as: kiosk, body: basket });
      const ledger = createLedger({ clock: () => server.clock.nowMs });
      await server.store.transaction(async (tx) =>
        orRefuse(
          await ledger.post(tx, {
            villageId: server.id,
            kind: 'hold',
            effectiveOn: '2026-03-10',
            idempotencyKey: randomBytes(12).toString('hex'),
            actorId: 'system',
            lines: [
              { account: householdAccount(one), amount: -200 },
              { account: heldAccount(one), amount: 200 },
            ],
          }),
        ),
      );
    }

    const view = (months = 4) => server.must('village.dashboard', { as: server.admin, query: { months } });

    it('gives each month what was given, taken off and redeemed, what was owed and what covered it', async () => {
      const { asOf, months } = await view();
      expect(asOf).toBe('2026-03-10');
      expect(months).toEqual([
        {
          month: '2025-12',
          given: 0,
          deducted: 0,
          redeemed: 0,
          owed: 0,
          stockCostFen: 0,
          coverRatioPercent: null,
        },
        {
          month: '2026-01',
          given: 1500,
          deducted: 0,
          redeemed: 0,
          owed: 1500,
          stockCostFen: 0,
          coverRatioPercent: 0,
        },
        // 15 + 16 + 10 handed in late − 4
        {
          month: '2026-02',
          given: 2600,
          deducted: 400,
          redeemed: 0,
          owed: 3700,
          stockCostFen: 0,
          coverRatioPercent: 0,
        },
        // 37 − 5 taken back − 6 redeemed; 18 yuan of rice − 4 handed out: 14 over 26.
        {
          month: '2026-03',
          given: -500,
          deducted: 0,
          redeemed: 600,
          owed: 2600,
          stockCostFen: 1400,
          coverRatioPercent: 53,
        },
      ]);
    });

    it('ends where the summary stands', async () => {
      const { months } = await view(1);
      const summary = await server.must('village.summary', { as: server.admin });
      const { pointsOwed, stockCostFen, coverRatioPercent } = summary;
      expect(months).toEqual([
        expect.objectContaining({
          owed: pointsOwed,
          stockCostFen,
          coverRatioPercent,
          redeemed: summary.redeemedThisMonth,
        }),
      ]);
    });

    it('puts what was given under the heads of the rule book, in its order, month by month', async () => {
      const { heads, months } = await view();
      expect(heads).toEqual([
        { name: '五美家庭', given: 1000, deducted: 0, byMonth: [0, 1500, 0, -500] },
        { name: '乡风家风', given: 1600, deducted: 0, byMonth: [0, 0, 1600, 0] },
        { name: '村规民俗', given: 1000, deducted: 400, byMonth: [0, 0, 1000, 0] },
      ]);
      const given = months.map((_, index) =>
        heads.reduce((sum, head) => sum + (head.byMonth[index] ?? 0), 0),
      );
      expect(given).toEqual(months.map((month) => month.given));
    });

    it('says what points were exchanged for, what was undone left out', async () => {
      expect((await view()).exchanged).toEqual([{ category: '米面粮油', points: 600, pieces: 2 }]);
    });

    it('says what is on the shelf and how long it lasts', async () => {
      const { shelf } = await view();
      // Two of nine handed out in 90 days: seven last 315.
      const rice = {
        id: ids.rice,
        name: '大米',
        category: '米面粮油',
        unit: '袋',
        ...{ pictureId: null, drawing: 'rice-bag' },
        stock: 7,
        cameIn: true,
        costFen: 1400,
        handedOut: 2,
        lastsDays: 315,
      };
      const soap = {
        id: ids.soap,
        name: '肥皂',
        category: '日用品',
        unit: '袋',
        ...{ pictureId: null, drawing: 'soap' },
        stock: 0,
        cameIn: false,
        costFen: 0,
        handedOut: 0,
        lastsDays: null,
      };
      expect(shelf).toEqual([rice, soap]);
      // The soap never came in, so it is not sold out.
      expect((await server.must('village.summary', { as: server.admin })).soldOut).toBe(0);
    });

    it('shows a village in which nothing happened yet', async () => {
      const fresh = await server.addVillage('新村');
      const { months, heads, exchanged, shelf } = await server.must('village.dashboard', { as: fresh.admin });
      expect(months).toHaveLength(12);
      expect(
        months.every(
          ({ given, owed, coverRatioPercent }) => given === 0 && owed === 0 && coverRatioPercent === null,
        ),
      ).toBe(true);
      expect([heads, exchanged, shelf]).toEqual([[], [], []]);
    });
  });
});
