/** The sheet of a day: every figure is that of the ledger, and of the pages that show the same. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/business-day.ts';
import { accountId, goodsAccount, villageAccount } from '../support/ledger.ts';
import { TestOutbox } from '../support/outbox.ts';
import { cardCodeOf, withCard } from '../support/presence.ts';
import { asTwo, withSecond } from '../support/second-person.ts';
import {
  type AnswerOf,
  type KioskCaller,
  type StaffCaller,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { addGoods, addHousehold, signInAgain } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

/** Noon of a day in China. */
const NOON_MS = Date.UTC(2026, 2, 15, 4);
const DAY = '2026-03-15';
const NEXT_DAY = '2026-03-16';

describe.each(ENGINES)('the sheet of a day on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let approver: StaffCaller;
    let kiosk: KioskCaller;
    let other: KioskCaller;
    let rice: string;
    let oil: string;
    let household: { id: string; number: string };

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = NOON_MS;
      const settings = { deliveryNeedsSecondAboveFen: 100_000_000, withoutNetworkHundredths: 100_000 };
      await asTwo(server, 'village.update', { as: server.admin, body: { settings } });
      approver = await server.asStaff('approver');
      kiosk = await server.asKiosk();
      other = await server.asKiosk();
      rice = (await addGoods(server, { name: '大米' }, { quantity: 100, costFen: 90_000 })).id;
      oil = (
        await addGoods(server, { name: '菜油', unit: '桶', price: 2500 }, { quantity: 50, costFen: 40_000 })
      ).id;
      household = await addHousehold(server, 1_000_000);
    });
    afterAll(() => server.remove());

    const sheetOf = async (day: string) => {
      const as = await server.asStaff('admin');
      return server.must('shifts.daySheet', { as, query: { day } });
    };
    const prices = () => ({ [rice]: 1000, [oil]: 2500 });
    async function handOut(who: KioskCaller, items: readonly (readonly [string, number])[]) {
      const lines = items.map(([goodsId, quantity]) => ({ goodsId, quantity }));
      const expectedPoints = lines.reduce((sum, one) => sum + one.quantity * (prices()[one.goodsId] ?? 0), 0);
      const body = await withCard(server, who, { householdId: household.id, lines, expectedPoints });
      return server.must('kiosk.redeem', { as: who, body });
    }
    async function giveBack(who: KioskCaller, id: string, goodsId: string, quantity: number) {
      const card = (await cardCodeOf(server, household.id)) ?? '';
      const presence = (await server.must('kiosk.lookup', { as: who, body: { card } })).presence.token;
      const body = { lines: [{ goodsId, quantity }], presence };
      return server.must('kiosk.return', { as: who, params: { id }, body });
    }
    /** Sums the postings to an account by the entries of a day. */
    async function movedOn(day: string, account: string) {
      return server.store.read(async ({ db, t }) => {
        const rows = await db
          .select({ amount: t.postings.amount, on: t.postings.effectiveOn })
          .from(t.postings)
          .innerJoin(t.accounts, eq(t.accounts.number, t.postings.accountNumber))
          .where(eq(t.accounts.id, account));
        return rows.filter(({ on }) => on === day).reduce((sum, { amount }) => sum + amount, 0);
      });
    }
    async function holdsToLedger(sheet: AnswerOf<'shifts.daySheet'>) {
      const { day, totals, shifts, desk, goods } = sheet;
      expect(totals.net).toBe(await movedOn(day, accountId(villageAccount('redeemed'))));
      expect(goods.reduce((sum, { points }) => sum + points, 0)).toBe(totals.net);
      for (const { goodsId, out, back } of goods)
        expect(back - out).toBe(
          (await movedOn(day, accountId(goodsAccount('shelf', goodsId)))) -
            (takenIn.get(`${day} ${goodsId}`) ?? 0),
        );
      for (const figure of ['redemptions', 'pieces', 'points', 'undonePoints', 'returnedPoints'] as const)
        expect(shifts.reduce((sum, shift) => sum + shift[figure], desk[figure])).toBe(totals[figure]);
    }
    const takenIn = new Map<string, number>();

    it('is empty on a day on which nothing happened', async () => {
      const sheet = await sheetOf('2026-01-02');
      expect(sheet).toMatchObject({ shifts: [], goods: [], undone: [], returns: [] });
      expect(sheet.totals).toMatchObject({ redemptions: 0, net: 0, households: 0, withoutNetwork: 0 });
    });

    it('has the shifts of two kiosks, with the figures of their own screens, and those of the ledger', async () => {
      takenIn.set(`${DAY} ${rice}`, 100).set(`${DAY} ${oil}`, 50);
      await handOut(kiosk, [
        [rice, 2],
        [oil, 1],
      ]);
      const undone = await handOut(kiosk, [[rice, 5]]);
      await server.must('kiosk.undo', { as: kiosk, params: { id: undone.id }, body: {} });
      const returned = await handOut(other, [[rice, 4]]);
      await giveBack(kiosk, returned.id, rice, 1);
      const sheet = await sheetOf(DAY);
      for (const [index, who] of [kiosk, other].entries()) {
        const { shift } = await server.must('kiosk.state', { as: who });
        if (!shift) throw new Error('nobody is on duty');
        const own = sheet.shifts.find(({ id }) => id === shift.id);
        expect(own).toMatchObject({ volunteer: shift.volunteer, endedAtMs: null, begin: null, end: null });
        expect(own && own.redemptions - own.undone).toBe(shift.redemptions);
        expect(own && own.points - own.undonePoints).toBe(shift.points);
        expect(own).toMatchObject({ undone: shift.undone, undonePoints: shift.undonePoints });
        expect(own).toMatchObject({ returned: shift.returned, returnedPoints: shift.returnedPoints });
        expect(own?.returned).toBe(index === 0 ? 1 : 0);
      }
      expect(sheet.totals).toMatchObject({ redemptions: 3, undone: 1, returned: 1, households: 1 });
      expect(sheet.totals.net).toBe(2000 + 2500 + 4000 - 1000);
      expect(sheet.goods).toMatchObject([
        { name: '大米', category: '米面粮油', out: 11, back: 6, points: 5000 },
        { name: '菜油', out: 1, back: 0, points: 2500 },
      ]);
      expect(sheet.undone).toMatchObject([{ of: undone.journalNumber, points: 5000 }]);
      expect(sheet.returns).toMatchObject([{ of: returned.journalNumber, points: 1000 }]);
      expect(sheet.undone[0]?.by).not.toBe('');
      await holdsToLedger(sheet);
      const { items } = await server.must('volunteers.list', { as: await server.asStaff('admin') });
      for (const shift of sheet.shifts) {
        const month = items.find(({ name }) => name === shift.volunteer)?.month;
        expect(month?.points).toBe(shift.points - shift.undonePoints);
      }
    });

    it('tells what went out without network, and whose rows may be on the way', async () => {
      const box = await TestOutbox.of(server, kiosk.device);
      const { shift } = await server.must('kiosk.state', { as: kiosk });
      const line = { goodsId: rice, name: '大米', unit: '袋', quantity: 1, price: 1000 };
      const row = await box.add(
        'kiosk.redeem',
        shift?.id ?? '',
        {
          ...{ householdId: household.id, householdNumber: household.number, lines: [line], points: 1000 },
          ...{ balance: 0, presence: { cardIssuedAtMs: 0 }, pinProof: null, vouchProofs: [] },
        },
        { done: 'here' },
      );
      server.clock.nowMs += 1000;
      await server.must('outbox.send', { as: kiosk.device, body: { rows: [row], isEmptyAfter: false } });
      const sheet = await sheetOf(DAY);
      expect(sheet.totals).toMatchObject({ withoutNetwork: 1, withoutNetworkPoints: 1000 });
      expect(sheet.besides.some(({ isBehind }) => isBehind)).toBe(true);
      await holdsToLedger(sheet);
    });

    it('keeps its figures when something of the day is taken back on the next', async () => {
      const before = (await sheetOf(DAY)).totals;
      const last = await handOut(other, [[oil, 2]]);
      server.clock.nowMs = NOON_MS + DAY_MS;
      const [clerk, decider] = [await server.asStaff('committee'), await server.asStaff('approver')];
      const body = { number: last.journalNumber, reason: '记错了' };
      const { id } = await server.must('proposals.createReversal', { as: clerk, body });
      await server.must('proposals.decide', { as: decider, body: { action: 'approve', ids: [id] } });
      const sheet = await sheetOf(DAY);
      expect(sheet.totals).toMatchObject({ undone: before.undone, net: before.net + 5000 });
      await holdsToLedger(sheet);
      const next = await sheetOf(NEXT_DAY);
      expect(next.desk).toMatchObject({ undone: 1, undonePoints: 5000 });
      expect(next.totals).toMatchObject({ redemptions: 0, net: -5000 });
      expect(next.goods).toMatchObject([{ name: '菜油', out: 0, back: 2, points: -5000 }]);
      await holdsToLedger(next);
    });

    it('shows returns at the desk apart from those of the shifts', async () => {
      kiosk = await signInAgain(server, kiosk);
      const got = await handOut(kiosk, [[rice, 3]]);
      const admin = await server.asStaff('admin');
      await withSecond(server, 'redemptions.return', {
        ...{ as: admin, by: await server.asStaff('approver'), params: { id: got.id } },
        body: { lines: [{ goodsId: rice, quantity: 2 }] },
      });
      const sheet = await sheetOf(NEXT_DAY);
      expect(sheet.desk).toMatchObject({ returned: 1, returnedPoints: 2000 });
      expect(sheet.returns.at(-1)).toMatchObject({ of: got.journalNumber, points: 2000 });
      await holdsToLedger(sheet);
    });

    it('is read by all of the staff, and by nobody else', async () => {
      expect(approver.id).not.toBe('');
      const query = { day: DAY };
      const reader = await server.asStaff('supervisor');
      expect((await server.call('shifts.daySheet', { as: reader, query })).status).toBe(200);
      expect(await server.refused('shifts.daySheet', { as: kiosk, query })).toBe('auth.forbidden');
      expect(await server.refused('shifts.daySheet', { as: reader, query: { day: '2026-02-30' } })).toBe(
        'request.invalid',
      );
      const village = await server.addVillage('别村');
      const foreign = await server.must('shifts.daySheet', { as: village.admin, query });
      expect(foreign).toMatchObject({ shifts: [], goods: [], totals: { redemptions: 0 } });
    });
  });
});
