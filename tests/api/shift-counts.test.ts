/** Counts at a change of shift: they move no stock, stand with both names, and wait for a stocktake. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/business-day.ts';
import { TestOutbox } from '../support/outbox.ts';
import { withCard } from '../support/presence.ts';
import { asTwo, withSecond } from '../support/second-person.ts';
import {
  type Caller,
  type KioskCaller,
  newKey,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { addGoods, addHousehold, signInAgain } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('counts of shifts on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let as: Caller;
    let rice: string;
    let oil: string;
    let rare: string;
    let kiosk: KioskCaller;

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      as = server.admin;
      const settings = { deliveryNeedsSecondAboveFen: 100_000_000, withoutNetworkHundredths: 100_000 };
      await asTwo(server, 'village.update', { as, body: { settings } });
      rice = (await addGoods(server, { name: '大米' }, { quantity: 100, costFen: 90_000 })).id;
      oil = (await addGoods(server, { name: '菜油', unit: '桶' }, { quantity: 50, costFen: 40_000 })).id;
      rare = (await addGoods(server, { name: '铁锹', unit: '把' }, { quantity: 7, costFen: 7000 })).id;
      const first = await server.asKiosk();
      await handOut(first, 3, [
        [rice, 2],
        [oil, 1],
      ]);
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      server.clock.nowMs += 1000;
      kiosk = await server.asKiosk();
    });

    async function handOut(who: KioskCaller, times: number, items: readonly (readonly [string, number])[]) {
      const household = await addHousehold(server, 1_000_000);
      const lines = items.map(([goodsId, quantity]) => ({ goodsId, quantity }));
      const expectedPoints = lines.reduce((sum, { quantity }) => sum + quantity * 1000, 0);
      const basket = { householdId: household.id, lines, expectedPoints };
      for (let time = 0; time < times; time += 1)
        await server.must('kiosk.redeem', { as: who, body: await withCard(server, who, basket) });
    }

    const stockOf = async (id: string) =>
      (await server.must('goods.list', { as })).items.find((item) => item.id === id)?.stock ?? 0;
    const read = (who: Caller) => server.must('kiosk.shiftCounts', { as: who });
    const item = (goodsId: string, counted: number | null, shown: number | null, more: object = {}) => ({
      ...{ goodsId, counted, shown, reason: null, remark: '', ...more },
    });
    const isSound = async () =>
      expect(await server.must('ledger.verify', { as, body: {} })).toMatchObject({ ok: true, bad: null });

    it('are asked for the items of which most pieces went out, with what the book says', async () => {
      const { items, left, isAnswered } = await read(kiosk);
      expect(items.map(({ goodsId }) => goodsId)).toEqual([rice, oil]);
      expect(items[0]).toEqual({ goodsId: rice, name: '大米', unit: '袋', booked: await stockOf(rice) });
      expect({ left, isAnswered }).toEqual({ left: null, isAnswered: false });
    });

    it('are left to the next shift, which agrees, and both names stand; no stock moves', async () => {
      const before = await stockOf(rice);
      await server.must('kiosk.signOut', {
        as: kiosk,
        body: {
          counts: [
            item(rice, before - 2, before, { reason: 'gave_more', remark: '  王家多拿一袋 ' }),
            item(oil, null, 47),
          ],
        },
      });
      expect(await stockOf(rice)).toBe(before);
      const next = await signInAgain(server, { ...kiosk, ...(await anotherVolunteer()) });
      const { left } = await read(next);
      expect(left?.volunteer).not.toBe('');
      expect(left?.count?.lines).toEqual([
        {
          ...{ goodsId: rice, name: '大米', unit: '袋', counted: before - 2, booked: before, shown: before },
          ...{ reason: 'gave_more', remark: '王家多拿一袋' },
        },
        {
          ...{ goodsId: oil, name: '菜油', unit: '桶', counted: null, booked: await stockOf(oil), shown: 47 },
          ...{ reason: null, remark: '' },
        },
      ]);
      const countId = left?.count?.id ?? '';
      const key = newKey();
      const sent = { as: next, key, body: { countId } };
      await server.must('kiosk.takeOver', sent);
      await server.must('kiosk.takeOver', sent);
      expect(await server.refused('kiosk.takeOver', { ...sent, key: newKey() })).toBe('shift_count.answered');
      expect((await read(next)).isAnswered).toBe(true);
      const day = await today();
      const { shifts } = await server.must('shifts.daySheet', { as, query: { day } });
      const own = shifts.find(({ begin }) => begin !== null && begin.kiosk !== '');
      expect(own?.begin).toMatchObject({ lines: [], volunteer: own?.volunteer });
      expect(own?.left).toMatchObject({ id: countId, volunteer: left?.volunteer });
      expect(own?.volunteer).not.toBe(left?.volunteer);
      await isSound();
    });

    it('may be left out, and the next shift sees that and may count by itself', async () => {
      await server.must('kiosk.signOut', { as: kiosk, body: {} });
      const next = await signInAgain(server, kiosk);
      expect((await read(next)).left).toMatchObject({ count: null });
      expect(await server.refused('kiosk.takeOver', { as: next, body: { countId: null } })).toBe(
        'shift_count.changed',
      );
      const counts = [item(rare, 7, null)];
      await server.must('kiosk.takeOver', { as: next, body: { countId: null, counts } });
      await server.must('kiosk.signOut', { as: next, body: {} });
      await isSound();
    });

    it('are not kept twice by the same end, nor by two ends at once', async () => {
      const counts = [item(rice, 1, 1)];
      const ends = await Promise.all(
        [0, 1, 2].map(() => server.call('kiosk.signOut', { as: kiosk, body: { counts } })),
      );
      expect(ends.map(({ status }) => status)).toContain(200);
      expect(await countsKept(kiosk)).toBe(1);
      expect(await server.refused('kiosk.signOut', { as: kiosk, body: { counts } })).toBe('kiosk.shift_over');
      await isSound();
    });

    it('of two kiosks at once stand beside the one book, and each hears of the other', async () => {
      const other = await server.asKiosk();
      const before = await stockOf(rice);
      await Promise.all(
        [kiosk, other].map((who) =>
          server.must('kiosk.signOut', { as: who, body: { counts: [item(rice, before, before)] } }),
        ),
      );
      const { besides } = await read(other.device);
      expect(besides.length).toBeGreaterThan(1);
      expect(await countsKept(kiosk, other)).toBe(2);
      expect(await stockOf(rice)).toBe(before);
    });

    it.each([
      ['an item twice', (id: string) => [item(id, 1, 1), item(id, 2, 2)]],
      ['nothing that was counted', (id: string) => [item(id, null, 3)]],
      ['less than nothing', (id: string) => [item(id, -1, 1)]],
      ['half a bag', (id: string) => [item(id, 1.5, 1)]],
      ['more than a shop holds', (id: string) => [item(id, 1e9, 1)]],
      ['a reason of nobody', (id: string) => [item(id, 1, 2, { reason: 'stolen' })]],
      ['a novel', (id: string) => [item(id, 1, 2, { remark: '字'.repeat(61) })]],
      ['no items', () => []],
      ['every item of a town', () => Array.from({ length: 21 }, (_, n) => item(`i${n}`, 1, 1))],
    ])('are refused with %s, and the shift goes on', async (_, made) => {
      const counts = made(rice) as never;
      expect(await server.refused('kiosk.signOut', { as: kiosk, body: { counts } })).toBe('request.invalid');
      expect((await server.must('kiosk.state', { as: kiosk })).shift).not.toBeNull();
    });

    it('are refused for goods of another village or that keep no stock, and the shift goes on', async () => {
      const service = await addGoods(server, { name: `理发${newKey().slice(0, 6)}`, kind: 'service' });
      for (const id of [service.id, 'nowhere'])
        expect(await server.refused('kiosk.signOut', { as: kiosk, body: { counts: [item(id, 1, 1)] } })).toBe(
          'goods.not_found',
        );
      expect((await server.must('kiosk.state', { as: kiosk })).shift).not.toBeNull();
    });

    it('refuse a hand-over of a count of another kiosk', async () => {
      const other = await server.asKiosk();
      await server.must('kiosk.signOut', { as: other, body: { counts: [item(rice, 1, 1)] } });
      const countId = (await read(other.device)).left?.count?.id ?? '';
      expect(await server.refused('kiosk.takeOver', { as: kiosk, body: { countId } })).toBe(
        'shift_count.changed',
      );
      // A device without a volunteer hands nothing over.
      expect(await server.refused('kiosk.takeOver', { as: other.device, body: { countId } })).toBe(
        'auth.forbidden',
      );
    });

    it('that differ wait at the desk until a stocktake, or until somebody counts right', async () => {
      const [, left] = [await stockOf(rice), await stockOf(rare)];
      await server.must('kiosk.signOut', {
        as: kiosk,
        body: { counts: [item(rare, left - 1, left, { reason: 'broken' })] },
      });
      const waiting = async () =>
        (await server.must('shifts.differences', { as })).items.filter(({ goodsId }) => goodsId === rare);
      expect(await waiting()).toMatchObject([{ counted: left - 1, booked: left, reason: 'broken' }]);
      server.clock.nowMs += 1000;
      await withSecond(server, 'goods.stocktake', {
        ...{ as, params: { id: rare }, body: { counted: left - 1, reason: '坏了一把' } },
      });
      expect(await waiting()).toEqual([]);
      const later = await server.asKiosk();
      server.clock.nowMs += 1000;
      await server.must('kiosk.signOut', { as: later, body: { counts: [item(rare, 99, left - 1)] } });
      expect(await waiting()).toHaveLength(1);
      const last = await server.asKiosk();
      server.clock.nowMs += 1000;
      await server.must('kiosk.signOut', { as: last, body: { counts: [item(rare, left - 1, left - 1)] } });
      expect(await waiting()).toEqual([]);
    });

    it('come in a row of a device without network, once, also when the shift was ended meanwhile', async () => {
      const box = await TestOutbox.of(server, kiosk.device);
      const shift = (await server.must('kiosk.state', { as: kiosk })).shift?.id ?? '';
      const before = await stockOf(rice);
      const counts = [item(rice, before - 1, before), item('gone', 3, 3)];
      const row = await box.add('kiosk.endShift', shift, { counts }, { done: 'here' });
      await server.must('kiosk.signOut', { as: kiosk, body: {} });
      const send = async () =>
        (await server.must('outbox.send', { as: kiosk.device, body: { rows: [row], isEmptyAfter: true } }))
          .answers[0];
      expect(await send()).toMatchObject({ answer: 'late' });
      expect(await send()).toMatchObject({ answer: 'late' });
      const { left } = await read(kiosk.device);
      expect(left?.count).toMatchObject({ withoutNetwork: true });
      expect(left?.count?.lines.map(({ goodsId, counted }) => [goodsId, counted])).toEqual([
        [rice, before - 1],
      ]);
      expect(await stockOf(rice)).toBe(before);
      await isSound();
    });

    it('say which kiosk has rows on the way, instead of blaming a volunteer', async () => {
      const other = await server.asKiosk();
      const box = await TestOutbox.of(server, other.device);
      server.clock.nowMs += 1000;
      const shift = (await server.must('kiosk.state', { as: other })).shift?.id ?? '';
      const row = await box.add('kiosk.endShift', shift, {}, { done: 'here' });
      await server.must('outbox.send', { as: other.device, body: { rows: [row], isEmptyAfter: false } });
      const behind = (await read(kiosk)).besides.filter(({ isBehind }) => isBehind);
      expect(behind.length).toBeGreaterThan(0);
    });

    it('that somebody changed behind the program’s back fail the next verification', async () => {
      await server.must('kiosk.signOut', { as: kiosk, body: { counts: [item(rice, 5, 5)] } });
      await isSound();
      const wrong = await server.store.transaction(async (tx) => {
        const { shiftCounts } = tx.t;
        const rows = await tx.db.select().from(shiftCounts);
        const row = rows.find(({ lines }) => lines[0]?.counted === 5);
        if (!row) throw new Error('the count was not kept');
        const lines = row.lines.map((line) => ({ ...line, counted: 6 }));
        await tx.db
          .update(shiftCounts)
          .set({ lines })
          .where(eq(shiftCounts.id, row.id))
          .returning({ id: shiftCounts.id });
        return row;
      });
      expect(await server.must('ledger.verify', { as, body: {} })).toMatchObject({
        ok: false,
        bad: { table: 'shift_counts.lines', accountId: wrong.id },
      });
      await server.store.transaction((tx) =>
        tx.db
          .update(tx.t.shiftCounts)
          .set({ lines: wrong.lines })
          .where(eq(tx.t.shiftCounts.id, wrong.id))
          .returning({ id: tx.t.shiftCounts.id }),
      );
      await isSound();
    });

    async function today() {
      const { day } = await server.must('shifts.daySheet', { as, query: { day: dayOf(server.clock.nowMs) } });
      return day;
    }

    async function anotherVolunteer() {
      const other = await server.asKiosk();
      return { volunteerId: other.volunteerId, pin: other.pin };
    }

    async function countsKept(...who: readonly KioskCaller[]) {
      const kiosks = who.map(({ device }) => device.id);
      const rows = await server.store.read(({ db, t }) => db.select().from(t.shiftCounts));
      return rows.filter(({ kioskId }) => kiosks.includes(kioskId)).length;
    }
  });
});

function dayOf(atMs: number): string {
  return new Date(atMs + (8 * DAY_MS) / 24).toISOString().slice(0, 10);
}
