/** Rows of a device's outbox: each is booked once, whoever brings it, and what was handed out is never refused by a rule. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RowBodies } from '../../shared/kiosk/rows.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import { TestOutbox } from '../support/outbox.ts';
import { asTwo } from '../support/second-person.ts';
import { cardCodeOf, withCard } from '../support/presence.ts';
import { type KioskCaller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold, signInAgain, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const START_MS = Date.UTC(2026, 2, 15, 4);
const HOUR_MS = 3_600_000;
/** Every row carries it whose card the device found in its own copy. */
const OWN_CARD = 'outbox.own_card';

describe.each(ENGINES)('the outbox on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let shift: string;
    let goodsId: string;
    let box: TestOutbox;

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = START_MS;
      kiosk = await server.asKiosk();
      const settings = { withoutNetworkHundredths: 8000 };
      await asTwo(server, 'village.update', { as: server.admin, body: { settings } });
      goodsId = (await addGoods(server, { price: 2000, name: '大米5kg' }, { quantity: 200, costFen: 20_000 }))
        .id;
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      server.clock.nowMs += HOUR_MS;
      kiosk = await signInAgain(server, kiosk);
      shift = (await server.must('kiosk.state', { as: kiosk })).shift?.id ?? '';
      box = await TestOutbox.of(server, kiosk.device);
    });

    type Redemption = RowBodies['kiosk.redeem'];
    const line = (quantity = 1) => ({ goodsId, name: '大米5kg', unit: '袋', quantity, price: 2000 });
    const cardOf = async (id: string) => {
      await cardCodeOf(server, id);
      const [card] = await server.store.read(({ db, t }) => db.select().from(t.cards));
      const cards = await server.store.read(({ db, t }) => db.select().from(t.cards));
      return (
        (cards.find((one) => one.householdId === id && one.revokedAtMs === null) ?? card)?.issuedAtMs ?? 0
      );
    };
    /** A basket as a device without network keeps it. */
    const offline = async (household: { id: string; number: string }, quantity = 1): Promise<Redemption> => ({
      ...{ householdId: household.id, householdNumber: household.number, lines: [line(quantity)] },
      ...{ points: 2000 * quantity, balance: 10_000, pinProof: null, vouchProofs: [] },
      presence: { cardIssuedAtMs: await cardOf(household.id) },
    });
    /** The same with the server's word that the card was shown. */
    const online = async (household: { id: string; number: string }, quantity = 1): Promise<Redemption> => {
      const { presence = '' } = await withCard(server, kiosk, { householdId: household.id });
      return { ...(await offline(household, quantity)), presence: { token: presence } };
    };
    const send = async (rows: readonly OutboxRow[], isEmptyAfter = false) =>
      (await server.must('outbox.send', { as: kiosk.device, body: { rows: [...rows], isEmptyAfter } }))
        .answers;
    const entryCount = async () =>
      (await server.store.read(({ db, t }) => db.select({ n: t.journal.number }).from(t.journal))).length;

    it('books a row that asks as the counter’s own command does, once', async () => {
      const household = await addHousehold(server, 10_000);
      const row = await box.add('kiosk.redeem', shift, await online(household));
      const [answer] = await send([row]);
      expect(answer).toMatchObject({ answer: 'booked', marks: [], code: null });
      expect(answer?.receipt).toMatchObject({ points: 2000, balanceAfter: 8000, mayUndo: true });
      const before = await entryCount();
      const [again] = await send([row]);
      expect(again).toMatchObject({ answer: 'booked', entry: answer?.entry, receipt: null });
      expect(await entryCount()).toBe(before);
      expect(await standing(server, household.id, goodsId)).toMatchObject({ points: 8000 });
    });

    it('declines a row that asks where a rule says no, and books it when it was handed out after all', async () => {
      const household = await addHousehold(server, 1000);
      const row = await box.add('kiosk.redeem', shift, await online(household));
      const [no] = await send([row]);
      expect(no).toMatchObject({ answer: 'declined', code: 'ledger.points_short', entry: null });
      expect(no?.said?.zh.title).toBeTruthy();
      expect(await standing(server, household.id, goodsId)).toMatchObject({ points: 1000 });
      const done = await box.done(row, 'here');
      const [late] = await send([done]);
      expect(late).toMatchObject({ answer: 'late', marks: ['ledger.points_short'] });
      expect(await standing(server, household.id, goodsId)).toMatchObject({ points: -1000 });
      // Without the mark it is the same row, and has the same answer.
      expect((await send([row]))[0]).toMatchObject({ answer: 'late', entry: late?.entry });
    });

    it('books what was handed out without network on its day, with what stood against it', async () => {
      const household = await addHousehold(server, 10_000);
      const madeAtMs = server.clock.nowMs;
      const row = await box.add('kiosk.redeem', shift, await offline(household), { done: 'here' });
      server.clock.nowMs += 3 * 24 * HOUR_MS;
      const [answer] = await send([row]);
      expect(answer).toMatchObject({ answer: 'late', marks: [OWN_CARD] });
      const all = await server.store.read(({ db, t }) => db.select().from(t.redemptions));
      const own = all.find(({ householdId }) => householdId === household.id);
      expect(own).toMatchObject({ effectiveOn: new Date(madeAtMs + 8 * HOUR_MS).toISOString().slice(0, 10) });
    });

    it('books what two kiosks gave out together under a kind of its own, and lists it until somebody settles it', async () => {
      const household = await addHousehold(server, 3000);
      const [one, other] = [box, await TestOutbox.of(server, kiosk.device)];
      const first = await one.add('kiosk.redeem', shift, await offline(household), { done: 'here' });
      const second = await other.add('kiosk.redeem', shift, await offline(household), { done: 'here' });
      const [a, b] = await send([first, second]);
      expect(a).toMatchObject({ answer: 'late', marks: [OWN_CARD] });
      expect(b).toMatchObject({ answer: 'late', marks: [OWN_CARD, 'ledger.points_short'] });
      expect(await standing(server, household.id, goodsId)).toMatchObject({ points: -1000 });
      const listed = await server.must('outbox.late', { as: server.admin, query: { alone: 'true' } });
      const mine = listed.items.find(({ entry }) => entry === b?.entry);
      expect(mine).toMatchObject({ points: 2000, marks: [OWN_CARD, 'ledger.points_short'], settled: null });
      expect(listed.items.some(({ entry }) => entry === a?.entry)).toBe(false);
      const slips = await server.must('redemptions.beside', {
        ...{ as: server.admin, query: { entry: b?.entry ?? 0, after: (a?.entry ?? 0) - 1 } },
      });
      const both = [{ number: b?.entry, kiosk: expect.any(String) }, { number: a?.entry }];
      expect(slips.accounts).toMatchObject([
        { item: null, lines: [{ amount: -2000, balanceAfter: -1000 }, { balanceAfter: 1000 }], more: false },
        { item: { name: expect.any(String) }, lines: both, more: false },
      ]);
      const alone = await server.must('redemptions.beside', {
        ...{ as: server.admin, query: { entry: b?.entry ?? 0, after: a?.entry ?? 0 } },
      });
      expect(alone.accounts.map(({ lines }) => lines.length)).toEqual([1, 1]);
      await asTwo(server, 'outbox.settle', {
        ...{ as: server.admin, params: { id: mine?.id ?? '' } },
        body: { remark: '两张小票对过，下月补' },
      });
      const after = await server.must('outbox.late', { as: server.admin });
      expect(after.items.some(({ id }) => id === mine?.id)).toBe(false);
      const [kind] = (
        await server.store.read(({ db, t }) =>
          db.select({ kind: t.journal.kind, number: t.journal.number }).from(t.journal),
        )
      ).filter(({ number }) => number === b?.entry);
      expect(kind?.kind).toBe('late_redemption');
      const look = await server.must('village.look', { as: server.admin });
      expect(look.items).toContainEqual(
        expect.objectContaining({ kind: 'late', householdId: household.id, points: -2000 }),
      );
    });

    it('gives the same answer to whoever brings the row: the kiosk, a kiosk paired anew, the desk’s file', async () => {
      const household = await addHousehold(server, 10_000);
      const row = await box.add('kiosk.redeem', shift, await offline(household), { done: 'here' });
      const [byDesk] = (await server.must('outbox.takeIn', { as: server.admin, body: { rows: [row] } }))
        .answers;
      expect(byDesk).toMatchObject({ answer: 'late' });
      const other = await server.asKiosk();
      const elsewhere = await server.must('outbox.send', {
        ...{ as: other.device, body: { rows: [row], isEmptyAfter: true } },
      });
      expect(elsewhere.answers[0]).toMatchObject({ answer: 'late', entry: byDesk?.entry });
      expect((await send([row]))[0]).toMatchObject({ answer: 'late', entry: byDesk?.entry });
      expect(await standing(server, household.id, goodsId)).toMatchObject({ points: 8000 });
    });

    it('takes an undo back by the key of the other row, in any batch', async () => {
      const household = await addHousehold(server, 10_000);
      const row = await box.add('kiosk.redeem', shift, await offline(household), { done: 'here' });
      const undo = await box.add(
        'kiosk.undo',
        shift,
        { undoes: row.key, householdNumber: household.number, points: 2000, pieces: 1 },
        { done: 'here' },
      );
      // The other row is missing: it waits.
      expect((await send([undo]))[0]).toMatchObject({ answer: 'waiting' });
      const answers = await send([row, undo]);
      expect(answers.map(({ answer }) => answer)).toEqual(['late', 'late']);
      expect(await standing(server, household.id, goodsId)).toMatchObject({ points: 10_000 });
      expect((await send([undo]))[0]).toMatchObject({ answer: 'late', entry: answers[1]?.entry });
    });

    it('begins and ends a shift that nobody signed in to on the server', async () => {
      const household = await addHousehold(server, 10_000);
      const own = `shift-${newKey()}`;
      const at = (minutes: number) =>
        ({ done: 'here', atMs: server.clock.nowMs + minutes * 60_000 }) as const;
      const rows = [
        await box.add('kiosk.beginShift', own, { volunteerId: kiosk.volunteerId }, at(0)),
        await box.add('kiosk.redeem', own, await offline(household), at(1)),
        await box.add('kiosk.endShift', own, {}, at(2)),
      ];
      server.clock.nowMs += HOUR_MS;
      // A row of a shift of which nothing is known waits for it.
      expect((await send(rows.slice(1)))[0]).toMatchObject({ answer: 'waiting' });
      expect((await send(rows)).map(({ answer, marks }) => [answer, marks])).toEqual([
        ['late', ['outbox.own_shift']],
        ['late', [OWN_CARD, 'outbox.own_shift']],
        ['late', []],
      ]);
      const [stored] = (await server.store.read(({ db, t }) => db.select().from(t.shifts))).filter(
        ({ id }) => id === own,
      );
      expect(stored?.endedAtMs).toBe(rows[2]?.done?.atMs);
    });

    it('refuses rows that are not ours, and keeps no trace of them but that they came', async () => {
      const household = await addHousehold(server, 10_000);
      const row = await box.add('kiosk.redeem', shift, await offline(household), { done: 'here' });
      const body = JSON.stringify({ ...(JSON.parse(row.body) as Redemption), points: 1 });
      const flawed: [OutboxRow, string][] = [
        [{ ...row, body }, 'outbox.signature'],
        [{ ...row, shift: '' }, 'outbox.signature'],
        [{ ...row, done: row.done && { ...row.done, atMs: row.done.atMs - 1 } }, 'outbox.signature'],
        [{ ...row, signature: 'A'.repeat(86) }, 'outbox.signature'],
        [{ ...row, hash: '', before: '', signature: '' }, 'outbox.signature'],
      ];
      for (const [one, code] of flawed)
        expect((await send([one]))[0]).toMatchObject({ answer: 'refused', code, entry: null });
      // A key that a restored backup does not know is registered anew.
      expect((await send([{ ...row, device: 'nobody' }]))[0]).toMatchObject({
        ...{ answer: 'waiting', code: 'outbox.unknown', entry: null },
      });
      const { items } = await server.must('outbox.devices', { as: server.admin });
      expect(items.find(({ id }) => id === box.key.device)?.brokenAtMs).toBe(server.clock.nowMs);
      expect((await send([row]))[0]).toMatchObject({ answer: 'late', marks: [OWN_CARD] });
    });

    it('shows a gap, and what does not follow', async () => {
      const household = await addHousehold(server, 10_000);
      await box.add('kiosk.redeem', shift, await offline(household), { done: 'here' });
      const second = await box.add('kiosk.redeem', shift, await offline(household), { done: 'here' });
      await send([second]);
      const { items } = await server.must('outbox.devices', { as: server.admin });
      expect(items.find(({ id }) => id === box.key.device)).toMatchObject({ lastNumber: 2, missing: 1 });
      const compared = await server.must('outbox.compare', {
        ...{ as: kiosk.device, body: { device: box.key.device, from: 1, to: 3 } },
      });
      expect(compared).toMatchObject({ missing: [1, 3], safe: [] });
    });

    it('answers a batch whose rows know nothing of each other in one go', async () => {
      const households = await Promise.all(Array.from({ length: 10 }, () => addHousehold(server, 10_000)));
      const rows: OutboxRow[] = [];
      for (const household of households)
        for (let one = 0; one < 5; one += 1)
          rows.push(await box.add('kiosk.redeem', shift, await offline(household), { done: 'here' }));
      const answers = await send(rows, true);
      expect(answers.map(({ key }) => key)).toEqual(rows.map(({ key }) => key));
      expect(new Set(answers.map(({ answer }) => answer))).toEqual(new Set(['late']));
      for (const { id } of households) expect((await standing(server, id, goodsId)).points).toBe(0);
    });

    it('counts by the day what is over the amount, and each item once', async () => {
      const household = await addHousehold(server, 30_000);
      const basket = await offline(household, 3);
      const rows = [
        await box.add('kiosk.redeem', shift, basket, { done: 'here' }),
        await box.add('kiosk.redeem', shift, basket, { done: 'here' }),
        await box.add('kiosk.redeem', shift, { ...basket, points: 5000 }, { done: 'here' }),
      ];
      expect((await send(rows)).map(({ marks }) => marks)).toEqual([
        [OWN_CARD],
        [OWN_CARD, 'outbox.over_offline'],
        [OWN_CARD, 'redemption.total', 'outbox.over_offline'],
      ]);
      const twice = { ...basket, lines: [line(1), line(2)] };
      const below = { ...basket, lines: [{ ...line(3), price: -2000 }], points: 0 };
      for (const body of [twice, below]) {
        const row = await box.add('kiosk.redeem', shift, body, { done: 'here' });
        expect((await send([row]))[0]).toMatchObject({ answer: 'waiting', code: 'outbox.body' });
      }
    });

    it('keeps what happened on its device while the village has agreed to no amount', async () => {
      const household = await addHousehold(server, 10_000);
      const row = await box.add('kiosk.redeem', shift, await offline(household), { done: 'here' });
      const set = (withoutNetworkHundredths: number | null) =>
        asTwo(server, 'village.update', {
          as: server.admin,
          body: { settings: { withoutNetworkHundredths } },
        });
      await set(null);
      expect((await send([row]))[0]).toMatchObject({ answer: 'waiting', code: 'outbox.switched_off' });
      await set(8000);
      expect((await send([row]))[0]).toMatchObject({ answer: 'late', marks: [OWN_CARD] });
    });

    it('takes no other way’s key for its own, and shows what was booked and given up', async () => {
      const household = await addHousehold(server, 10_000);
      const key = newKey();
      const { presence = '' } = await withCard(server, kiosk, { householdId: household.id });
      const basket = { householdId: household.id, lines: [{ goodsId, quantity: 1 }], expectedPoints: 2000 };
      await server.must('kiosk.redeem', { as: kiosk, key, body: { ...basket, presence } });
      const taken = await box.add('kiosk.redeem', shift, await offline(household), { done: 'here', key });
      expect((await send([taken]))[0]).toMatchObject({ answer: 'refused', code: 'outbox.other_row' });
      const asked = await box.add('kiosk.redeem', shift, await online(household));
      expect((await send([asked]))[0]).toMatchObject({ answer: 'booked' });
      const givenUp = await box.done(asked, 'given_up');
      expect((await send([givenUp]))[0]).toMatchObject({ answer: 'booked', marks: ['outbox.given_up'] });
      const { items } = await server.must('outbox.late', { as: server.admin });
      expect(items.some(({ marks }) => marks.includes('outbox.given_up'))).toBe(true);
      const never = await box.add('kiosk.redeem', shift, await online(household));
      expect((await send([await box.done(never, 'given_up')]))[0]).toMatchObject({
        ...{ answer: 'declined', code: 'outbox.given_up' },
      });
    });

    it('marks what does not follow from the row before, and believes no impossible clock', async () => {
      const household = await addHousehold(server, 10_000);
      const other = await TestOutbox.of(server, kiosk.device);
      const [one] = [await other.add('kiosk.redeem', shift, await offline(household), { done: 'here' })];
      await send([one]);
      const strayed = await box.add('kiosk.redeem', shift, await offline(household), {
        ...{ done: 'here', atMs: server.clock.nowMs + 2 * HOUR_MS },
      });
      expect((await send([strayed]))[0]).toMatchObject({ answer: 'late', marks: ['outbox.clock', OWN_CARD] });
      const branch = await other.branch('kiosk.redeem', shift, await offline(household), { done: 'here' });
      expect((await send([branch]))[0]?.marks).toContain('outbox.chain');
    });

    it('counts today what comes after its month, once the device had nothing left to send', async () => {
      const household = await addHousehold(server, 10_000);
      const row = await box.add('kiosk.redeem', shift, await offline(household), { done: 'here' });
      server.clock.nowMs += 31 * 24 * HOUR_MS;
      kiosk = await signInAgain(server, kiosk);
      const end = await box.add('kiosk.endShift', shift, {}, { done: 'here' });
      await send([end], true);
      const [answer] = await send([row]);
      expect(answer?.marks).toContain('outbox.month_over');
    });

    it('lets a part of what was overdrawn come back', async () => {
      const household = await addHousehold(server, 1000);
      const row = await box.add('kiosk.redeem', shift, await offline(household, 2), { done: 'here' });
      const [late] = await send([row]);
      expect(late).toMatchObject({ answer: 'late', marks: [OWN_CARD, 'ledger.points_short'] });
      const { presence = '' } = await withCard(server, kiosk, { householdId: household.id });
      const { id } = late?.receipt as { id: string };
      await server.must('kiosk.return', {
        ...{ as: kiosk, params: { id }, body: { lines: [{ goodsId, quantity: 1 }], presence } },
      });
      expect(await standing(server, household.id, goodsId)).toMatchObject({ points: -1000 });
    });

    it('marks everything that comes of a key that has ended', async () => {
      const household = await addHousehold(server, 10_000);
      const lost = await server.asKiosk();
      const own = (await server.must('kiosk.state', { as: lost })).shift?.id ?? '';
      const device = await TestOutbox.of(server, lost.device);
      const rows = [
        await device.add('kiosk.redeem', own, await offline(household), { done: 'here' }),
        await device.add('kiosk.redeem', own, await offline(household), { done: 'here' }),
      ];
      await server.must('kiosks.revoke', { as: server.admin, params: { id: lost.device.id }, body: {} });
      expect((await send(rows.slice(0, 1)))[0]?.marks).toContain('outbox.old_key');
      await server.must('kiosks.newCode', { as: server.admin, params: { id: lost.device.id }, body: {} });
      expect((await send(rows.slice(1)))[0]?.marks).toContain('outbox.old_key');
    });

    it('holds together', async () => {
      expect(await server.http.verifier.verify(server.id)).toMatchObject({ ok: true });
    });
  });
});
