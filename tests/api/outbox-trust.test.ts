/** A device is believed no more than it has to be: what it alone says is looked at, by two, and its clock decides little. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RowBodies } from '../../shared/kiosk/rows.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import { TestOutbox } from '../support/outbox.ts';
import { asTwo, withSecond } from '../support/second-person.ts';
import { cardCodeOf, withCard } from '../support/presence.ts';
import { type KioskCaller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold, signInAgain, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const START_MS = Date.UTC(2026, 2, 15, 4);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describe.each(ENGINES)('what a device is believed on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let shift: string;
    let goodsId: string;
    let box: TestOutbox;

    const set = (settings: Record<string, number | null>) =>
      asTwo(server, 'village.update', { as: server.admin, body: { settings } });

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = START_MS;
      await set({ withoutNetworkHundredths: 10_000_000, withoutNetworkKioskHundredths: 10_000_000 });
      goodsId = (await addGoods(server, { price: 1000, name: '香皂' }, { quantity: 5000, costFen: 100_000 }))
        .id;
    });
    afterAll(() => server.remove());
    // Each has a counter of its own, whose device has just been paired.
    beforeEach(async () => {
      server.clock.nowMs += HOUR_MS;
      kiosk = await server.asKiosk();
      shift = (await server.must('kiosk.state', { as: kiosk })).shift?.id ?? '';
      box = await TestOutbox.unconfirmed(server, kiosk.device);
    });

    type Household = { readonly id: string; readonly number: string };
    type Redemption = RowBodies['kiosk.redeem'];

    const cardOf = async (householdId: string) => {
      await cardCodeOf(server, householdId);
      const cards = await server.store.read(({ db, t }) =>
        db.select().from(t.cards).where(eq(t.cards.householdId, householdId)),
      );
      return cards[0]?.issuedAtMs ?? 0;
    };
    const basket = async ({ id, number }: Household, quantity = 1): Promise<Redemption> => ({
      ...{ householdId: id, householdNumber: number, pinProof: null, vouchProofs: [], balance: 10_000 },
      lines: [{ goodsId, name: '香皂', unit: '块', quantity, price: 1000 }],
      points: 1000 * quantity,
      presence: { cardIssuedAtMs: await cardOf(id) },
    });
    /** With the server's own word that the card was shown. */
    const shown = async (household: Household, quantity = 1): Promise<Redemption> => {
      const { presence = '' } = await withCard(server, kiosk, { householdId: household.id });
      return { ...(await basket(household, quantity)), presence: { token: presence } };
    };
    const send = async (
      rows: readonly OutboxRow[],
      more: { isEmptyAfter?: boolean; sentAtMs?: number } = {},
    ) => {
      const body = { rows: [...rows], isEmptyAfter: false, ...more };
      return (await server.must('outbox.send', { as: kiosk.device, body })).answers;
    };
    const deviceOf = async ({ key: { device } }: TestOutbox) =>
      (await server.must('outbox.devices', { as: server.admin })).items.find(({ id }) => id === device);
    const rowOf = async (key: string) => {
      const rows = await server.store.read(({ db, t }) =>
        db.select().from(t.outboxRows).where(eq(t.outboxRows.key, key)),
      );
      return rows[0];
    };

    it('books at once what a key did that came with the pairing, and keeps a later one waiting for the desk', async () => {
      const household = await addHousehold(server, 10_000);
      expect(await deviceOf(box)).toMatchObject({ confirmedAtMs: server.clock.nowMs, isCurrent: true });
      const later = await TestOutbox.unconfirmed(server, kiosk.device);
      expect(await deviceOf(later)).toMatchObject({ confirmedAtMs: null, isCurrent: false });
      expect(await deviceOf(box)).toMatchObject({ isCurrent: true });
      const done = await later.add('kiosk.redeem', shift, await basket(household), { done: 'here' });
      const wait = { answer: 'waiting', code: 'outbox.unconfirmed', entry: null };
      expect((await send([done]))[0]).toMatchObject(wait);
      const byFile = await server.must('outbox.takeIn', { as: server.admin, body: { rows: [done] } });
      expect(byFile.answers[0]).toMatchObject(wait);
      // It asks like any other: the server decides.
      const asking = await later.add('kiosk.redeem', shift, await shown(household));
      expect((await send([asking]))[0]).toMatchObject({ answer: 'booked' });
      const params = { id: later.key.device };
      await server.must('outbox.confirmKey', { as: server.admin, params });
      expect(await server.refused('outbox.confirmKey', { as: server.admin, params })).toBe(
        'outbox.confirmed',
      );
      expect((await send([done]))[0]).toMatchObject({ answer: 'late' });
      expect(await standing(server, household.id, goodsId)).toMatchObject({ points: 8000 });
    });

    it('takes a first key for that of the pairing for half an hour, and not a flood of later ones', async () => {
      const other = await server.asKiosk();
      server.clock.nowMs += 31 * MINUTE_MS;
      const slow = await TestOutbox.unconfirmed(server, other.device);
      expect(await deviceOf(slow)).toMatchObject({ confirmedAtMs: null });
      for (let n = 0; n < 5; n += 1) await TestOutbox.unconfirmed(server, kiosk.device);
      const publicKey = slow.key.publicKey;
      // The same key again is no new one.
      await server.must('outbox.register', { as: other.device, body: { publicKey } });
      const sixth = TestOutbox.unconfirmed(server, kiosk.device);
      await expect(sixth).rejects.toThrow('outbox.keys_waiting');
      server.clock.nowMs += HOUR_MS;
      await TestOutbox.unconfirmed(server, kiosk.device);
    });

    it('lists what a device alone says by its shifts, and two people settle a shift together', async () => {
      const household = await addHousehold(server, 10_000);
      const own = `shift-${newKey()}`;
      const at = (minutes: number) =>
        ({ done: 'here', atMs: server.clock.nowMs + minutes * MINUTE_MS }) as const;
      const body = await basket(household);
      const rows = [
        await box.add('kiosk.beginShift', own, { volunteerId: kiosk.volunteerId }, at(0)),
        await box.add('kiosk.redeem', own, body, at(1)),
        await box.add('kiosk.redeem', own, body, at(2)),
        await box.add('kiosk.redeem', own, { ...body, points: 500 }, at(3)),
      ];
      server.clock.nowMs += HOUR_MS;
      expect((await send(rows)).map(({ marks }) => marks)).toEqual([
        ['outbox.own_shift'],
        ['outbox.own_card', 'outbox.own_shift'],
        ['outbox.own_card', 'outbox.own_shift'],
        ['outbox.own_card', 'outbox.own_shift', 'redemption.total'],
      ]);
      const listed = async () =>
        (await server.must('outbox.lateShifts', { as: server.admin })).items.find((one) => one.shift === own);
      const found = await listed();
      expect(found).toMatchObject({ points: 2000, beganAtMs: rows[0]?.done?.atMs });
      expect(found?.rows.map(({ number }) => number)).toEqual([1, 2, 3]);
      const alone = await server.must('outbox.late', { as: server.admin, query: { alone: 'true' } });
      const single = alone.items.find(({ household: of }) => of?.id === household.id);
      expect(single).toMatchObject({
        number: 4,
        marks: expect.arrayContaining(['redemption.total']) as never,
      });
      const rowIds = found?.rows.map(({ id }) => id) ?? [];
      const settle = (ids: readonly string[], id = own) =>
        server.refused('outbox.settleShift', {
          as: server.admin,
          params: { id },
          body: { rowIds: [...ids] },
        });
      // A row that a rule stands against is no part of it, nor is one of another shift.
      expect(await settle([...rowIds, single?.id ?? ''])).toBe('outbox.settle_moved');
      expect(await settle(rowIds, shift)).toBe('outbox.not_found');
      expect(await settle([...rowIds, '0123456789abcdef'])).toBe('outbox.not_found');
      expect(await settle(rowIds)).toBe('change.needs_second');
      expect(await listed()).toBeDefined();
      const agreed = await withSecond(server, 'outbox.settleShift', {
        ...{ as: server.admin, params: { id: own }, body: { rowIds } },
      });
      expect(agreed.told.changes.map(({ field, is }) => [field, is])).toEqual([
        ['volunteer', [expect.any(String)]],
        ['begun', rows[0]?.done?.atMs],
        ['rows', 3],
        ['points', 2000],
      ]);
      expect(await listed()).toBeUndefined();
      expect(await settle(rowIds)).toBe('outbox.settle_moved');
      expect((await rowOf(rows[3]?.key ?? ''))?.settledAtMs).toBeNull();
    });

    it('lets nobody settle alone, nor what was handed out to the own household', async () => {
      const household = await addHousehold(server, 10_000);
      const clerk = await server.asStaff('committee');
      const row = await box.add(
        'kiosk.redeem',
        shift,
        { ...(await basket(household)), points: 1 },
        { done: 'here' },
      );
      await send([row]);
      const params = { id: (await rowOf(row.key))?.id ?? '' };
      const sent = { as: clerk, params, body: { remark: '小票对过' } };
      expect(await server.refused('outbox.settle', sent)).toBe('change.needs_second');
      await server.must('staff.update', {
        ...{ as: server.admin, params: { id: clerk.id }, body: { householdIds: [household.id] } },
      });
      expect(await server.refused('outbox.settle', sent)).toBe('proposal.own_household');
      await asTwo(server, 'outbox.settle', { ...sent, as: server.admin });
      expect(await rowOf(row.key)).toMatchObject({ remark: '小票对过' });
    });

    it('closes a month by its own clock, whatever a device says of itself', async () => {
      const household = await addHousehold(server, 10_000);
      const madeAtMs = server.clock.nowMs;
      const rows = [
        await box.add('kiosk.redeem', shift, await basket(household), { done: 'here' }),
        await box.add('kiosk.redeem', shift, await basket(household), { done: 'here' }),
      ];
      const dayOf = async (key: string) => {
        const number = (await rowOf(key))?.entryNumber ?? 0;
        const [entry] = await server.store.read(({ db, t }) =>
          db.select({ on: t.journal.effectiveOn }).from(t.journal).where(eq(t.journal.number, number)),
        );
        return entry?.on;
      };
      const firstOfNext = Date.UTC(2026, 3, 1, 4);
      // Fourteen days: what the village allows a copy to be old.
      server.clock.nowMs = firstOfNext + 13 * DAY_MS;
      expect((await send(rows.slice(0, 1)))[0]?.marks).not.toContain('outbox.month_over');
      expect(await dayOf(rows[0]?.key ?? '')).toBe(new Date(madeAtMs).toISOString().slice(0, 10));
      server.clock.nowMs = firstOfNext + 14 * DAY_MS;
      expect((await send(rows.slice(1)))[0]?.marks).toContain('outbox.month_over');
      expect(await dayOf(rows[1]?.key ?? '')).toBe('2026-04-15');
    });

    it('believes no row to be older than the time at which its device had nothing left to send', async () => {
      const household = await addHousehold(server, 10_000);
      const beganAtMs = server.clock.nowMs;
      const first = await box.add('kiosk.redeem', shift, await basket(household), { done: 'here' });
      server.clock.nowMs += 2 * HOUR_MS;
      await send([first], { isEmptyAfter: true });
      server.clock.nowMs += HOUR_MS;
      const evening = await box.add('kiosk.redeem', shift, await basket(household), {
        ...{ done: 'here', atMs: beganAtMs + HOUR_MS },
      });
      expect((await send([evening]))[0]?.marks).toContain('outbox.clock');
      expect((await rowOf(evening.key))?.madeAtMs).toBe(server.clock.nowMs);
    });

    it('sees a clock that is not the one by which rows were made', async () => {
      const household = await addHousehold(server, 10_000);
      const row = await box.add('kiosk.redeem', shift, await basket(household), { done: 'here' });
      const [answer] = await send([row], { sentAtMs: server.clock.nowMs - 3 * HOUR_MS });
      expect(answer?.marks).toContain('outbox.clock');
      expect(await deviceOf(box)).toMatchObject({ clockOffsetMs: 3 * HOUR_MS });
      const right = await box.add('kiosk.redeem', shift, await basket(household), { done: 'here' });
      expect((await send([right], { sentAtMs: server.clock.nowMs + 1000 }))[0]?.marks).toEqual([
        'outbox.own_card',
      ]);
    });

    it('marks an undo that comes when its redemption has long been booked, and tells it in the book', async () => {
      const household = await addHousehold(server, 10_000);
      const asked = await box.add('kiosk.redeem', shift, await shown(household));
      expect((await send([asked]))[0]).toMatchObject({ answer: 'booked' });
      const undo = { undoes: asked.key, householdNumber: household.number, points: 1000, pieces: 1 };
      const late = await box.add('kiosk.undo', shift, undo, {
        ...{ done: 'here', atMs: server.clock.nowMs + 5 * MINUTE_MS },
      });
      server.clock.nowMs += 5 * HOUR_MS;
      const [answer] = await send([late]);
      expect(answer).toMatchObject({ answer: 'late', marks: ['outbox.undo_late'] });
      expect(await standing(server, household.id, goodsId)).toMatchObject({ points: 10_000 });
      const facts = await server.store.read(({ db, t }) =>
        db
          .select({ value: t.journalFacts.value })
          .from(t.journalFacts)
          .where(
            and(eq(t.journalFacts.number, answer?.entry ?? 0), eq(t.journalFacts.name, 'withoutNetwork')),
          ),
      );
      expect(facts[0]?.value).toContain('"outbox.undo_late"');
      // Both together, days later: nobody had booked anything in between.
      const pair = await box.add('kiosk.redeem', shift, await basket(household), { done: 'here' });
      const back = await box.add('kiosk.undo', shift, { ...undo, undoes: pair.key }, { done: 'here' });
      server.clock.nowMs += DAY_MS;
      const marks = (await send([pair, back])).map((one) => one.marks);
      expect(marks[1]).not.toContain('outbox.undo_late');
    });

    it('sums up what a kiosk handed out until its device had nothing left to send', async () => {
      const household = await addHousehold(server, 10_000);
      await set({ withoutNetworkKioskHundredths: 2500 });
      const add = async () => box.add('kiosk.redeem', shift, await basket(household), { done: 'here' });
      const over = (answers: readonly { readonly marks: readonly string[] }[]) =>
        answers.map(({ marks }) => marks.includes('outbox.over_kiosk'));
      const rows = [await add(), await add(), await add(), await add()];
      // In two batches, as after a long time without network.
      expect(over(await send(rows.slice(0, 2)))).toEqual([false, false]);
      server.clock.nowMs += 1000;
      expect(over(await send(rows.slice(2), { isEmptyAfter: true }))).toEqual([true, true]);
      server.clock.nowMs += 1000;
      expect(over(await send([await add()], { isEmptyAfter: true }))).toEqual([false]);
      await set({ withoutNetworkKioskHundredths: 10_000_000 });
    });

    it('marks what was handed out by a copy older than the village allows', async () => {
      const household = await addHousehold(server, 10_000);
      const [head] = await server.store.read(({ db, t }) =>
        db.select({ number: t.ledgerHeads.number }).from(t.ledgerHeads),
      );
      const copy = head?.number ?? 0;
      await addHousehold(server, 1000);
      server.clock.nowMs += 13 * DAY_MS;
      const young = await box.add('kiosk.redeem', shift, await basket(household), { done: 'here', copy });
      expect((await send([young]))[0]?.marks).not.toContain('outbox.old_copy');
      server.clock.nowMs += 2 * DAY_MS;
      const old = await box.add('kiosk.redeem', shift, await basket(household), { done: 'here', copy });
      expect((await send([old]))[0]?.marks).toContain('outbox.old_copy');
    });

    it('tells whoever watches the books of rows that do not hold together, once a day', async () => {
      const household = await addHousehold(server, 10_000);
      const alarms = async () => {
        const { items } = await server.must('village.look', { as: server.admin, query: { limit: 100 } });
        return items.filter(({ kind, act }) => kind === 'device' && act?.thing.id === kiosk.device.id);
      };
      const row = await box.add('kiosk.redeem', shift, await basket(household), { done: 'here' });
      for (let n = 0; n < 3; n += 1) await send([{ ...row, signature: 'A'.repeat(86) }]);
      expect((await alarms()).length).toBe(1);
      server.clock.nowMs += 8 * DAY_MS;
      kiosk = await signInAgain(server, kiosk);
      await box.add('kiosk.redeem', shift, await basket(household), { done: 'here' });
      const last = await box.add('kiosk.redeem', shift, await basket(household), { done: 'here' });
      await send([row], { isEmptyAfter: false });
      await send([last], { isEmptyAfter: true });
      expect(await deviceOf(box)).toMatchObject({ missing: 1 });
      const told = await alarms();
      expect(told.length).toBe(2);
      expect(told[0]?.act?.changes).toContainEqual(expect.objectContaining({ field: 'missing', is: 1 }));
    });

    it('keeps only so many rows that ask for what is declined', async () => {
      const household = await addHousehold(server, 500);
      const body = await shown(household);
      const batch = async () => {
        const rows = [];
        for (let n = 0; n < 50; n += 1) rows.push(await box.add('kiosk.redeem', shift, body));
        return send(rows);
      };
      for (let n = 0; n < 10; n += 1)
        expect(new Set((await batch()).map(({ answer }) => answer))).toEqual(new Set(['declined']));
      const [more] = await batch();
      expect(more).toMatchObject({ answer: 'waiting', code: 'outbox.declined_often' });
      expect(await deviceOf(box)).toMatchObject({ lastNumber: 500 });
      server.clock.nowMs += DAY_MS;
      kiosk = await signInAgain(server, kiosk);
      expect((await send(box.rows.slice(-1)))[0]?.answer).toBe('declined');
    });

    it('holds together', async () => {
      expect(await server.http.verifier.verify(server.id)).toMatchObject({ ok: true });
    });
  });
});
