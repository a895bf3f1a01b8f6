/** Each guard of the counter, where there is no network to ask: what happened is booked, and says what stood against it. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RowBodies } from '../../shared/kiosk/rows.ts';
import { TestOutbox } from '../support/outbox.ts';
import { cardCodeOf } from '../support/presence.ts';
import { asTwo } from '../support/second-person.ts';
import { type KioskCaller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold, signInAgain } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe.each(ENGINES)('a guard without network on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let shift: string;
    let goodsId: string;
    let box: TestOutbox;
    let openedMs: number;

    beforeAll(async () => {
      server = await startTestServer(engine);
      openedMs = server.clock.nowMs;
      server.clock.nowMs = Date.UTC(2026, 2, 15, 4);
      const settings = { withoutNetworkHundredths: 10_000_000, withoutNetworkKioskHundredths: 10_000_000 };
      await asTwo(server, 'village.update', { as: server.admin, body: { settings } });
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      server.clock.nowMs += HOUR_MS;
      kiosk = await server.asKiosk();
      shift = (await server.must('kiosk.state', { as: kiosk })).shift?.id ?? '';
      box = await TestOutbox.of(server, kiosk.device);
      goodsId = (await addGoods(server, { price: 1000 }, { quantity: 50, costFen: 10_000 })).id;
    });

    type Redemption = RowBodies['kiosk.redeem'];
    type Household = Awaited<ReturnType<typeof addHousehold>>;

    const cardOf = async (householdId: string) => {
      await cardCodeOf(server, householdId);
      const cards = await server.store.read(({ db, t }) =>
        db.select().from(t.cards).where(eq(t.cards.householdId, householdId)),
      );
      return cards.find(({ revokedAtMs }) => revokedAtMs === null)?.issuedAtMs ?? 0;
    };
    const basket = async ({ id, number }: Household, quantity = 1): Promise<Redemption> => ({
      ...{ householdId: id, householdNumber: number, pinProof: null, vouchProofs: [], balance: 10_000 },
      lines: [{ goodsId, name: '香皂', unit: '块', quantity, price: 1000 }],
      points: 1000 * quantity,
      presence: { cardIssuedAtMs: await cardOf(id) },
    });
    /** The marks of a basket that was handed out without network, without the one that every such row has. */
    const marksOf = async (body: Redemption, own = shift, atMs = server.clock.nowMs) => {
      const row = await box.add('kiosk.redeem', own, body, { done: 'here', atMs });
      const { answers } = await server.must('outbox.takeIn', { as: server.admin, body: { rows: [row] } });
      expect(answers[0]?.answer).toBe('late');
      return answers[0]?.marks.filter((mark) => mark !== 'outbox.own_card');
    };

    it('holds for nothing where nothing stood against it', async () => {
      expect(await marksOf(await basket(await addHousehold(server, 10_000)))).toEqual([]);
    });

    it('of the PIN: nobody asks for it, whatever the amount', async () => {
      const set = (pinAboveHundredths: number | null) =>
        asTwo(server, 'village.update', { as: server.admin, body: { settings: { pinAboveHundredths } } });
      await set(1500);
      const household = await addHousehold(server, 10_000);
      expect(await marksOf(await basket(household))).toEqual([]);
      expect(await marksOf(await basket(household))).toEqual(['redemption.pin_needed']);
      await set(null);
    });

    it('stands in the passbook of the household: on its phone, on its statement and at the desk', async () => {
      const household = await addHousehold(server, 10_000);
      const presence = (await server.must('kiosk.lookup', { as: kiosk, body: { number: household.number } }))
        .presence;
      const atMs = server.clock.nowMs;
      await marksOf({ ...(await basket(household)), presence: { token: presence.token } });
      await marksOf(await basket(household));
      const own = await server.asHousehold(household.id);
      const items = [
        (await server.must('me.passbook', { as: own })).items,
        (
          await server.must('kiosk.statement', {
            as: kiosk,
            body: { card: (await cardCodeOf(server, household.id)) ?? '' },
          })
        ).lines,
        (await server.must('households.passbook', { as: server.admin, params: { id: household.id } })).items,
      ];
      for (const [plain, unproven, award] of items) {
        expect(plain?.withoutNetwork).toEqual({ atMs, marks: [] });
        expect(unproven?.withoutNetwork).toEqual({
          atMs,
          marks: [{ zh: '没核对密码', en: 'the PIN was not checked' }],
        });
        expect(award).not.toHaveProperty('withoutNetwork');
      }
    });

    it('of two who vouch: by its number alone a household is not recognised', async () => {
      const household = await addHousehold(server, 10_000);
      const { presence } = await server.must('kiosk.lookup', {
        as: kiosk,
        body: { number: household.number },
      });
      const body = { ...(await basket(household)), presence: { token: presence.token } };
      expect(await marksOf(body)).toEqual(['redemption.pin_needed']);
    });

    it('of the own household', async () => {
      const household = await addHousehold(server, 10_000);
      const params = { id: kiosk.volunteerId };
      const body = { householdIds: [household.id] };
      await server.must('volunteers.update', { as: server.admin, params, body });
      expect(await marksOf(await basket(household))).toEqual(['redemption.own_household']);
    });

    it('of the shift: over, or of a volunteer or kiosk that was locked out', async () => {
      const household = await addHousehold(server, 10_000);
      const own = `shift-${newKey()}`;
      // The kiosk is older than the shift.
      server.clock.nowMs += HOUR_MS;
      const beganAtMs = server.clock.nowMs - 30 * MINUTE_MS;
      const rows = [
        await box.add(
          'kiosk.beginShift',
          own,
          { volunteerId: kiosk.volunteerId },
          { done: 'here', atMs: beganAtMs },
        ),
        await box.add('kiosk.endShift', own, {}, { done: 'here', atMs: beganAtMs + 10 * MINUTE_MS }),
      ];
      await server.must('outbox.takeIn', { as: server.admin, body: { rows } });
      const within = await marksOf(await basket(household), own, beganAtMs + 5 * MINUTE_MS);
      expect(within).toEqual(['outbox.own_shift']);
      const after = await marksOf(await basket(household), own, beganAtMs + 15 * MINUTE_MS);
      expect(after).toEqual(['kiosk.shift_over', 'outbox.own_shift']);
      const params = { id: kiosk.volunteerId };
      await server.must('volunteers.update', { as: server.admin, params, body: { disabled: true } });
      server.clock.nowMs += MINUTE_MS;
      expect(await marksOf(await basket(household))).toEqual(['kiosk.shift_over']);
      await server.must('kiosks.revoke', { as: server.admin, params: { id: kiosk.device.id }, body: {} });
      server.clock.nowMs += MINUTE_MS;
      expect(await marksOf(await basket(household))).toEqual([
        ...['outbox.old_key', 'kiosk.revoked', 'kiosk.shift_over'],
      ]);
    });

    it('of the goods: no longer handed out, at another price, above a month’s number', async () => {
      const household = await addHousehold(server, 10_000);
      const params = { id: goodsId };
      await server.must('goods.update', { as: server.admin, params, body: { monthlyLimit: 2 } });
      expect(await marksOf(await basket(household, 2))).toEqual([]);
      expect(await marksOf(await basket(household))).toEqual(['goods.limit']);
      const other = await addHousehold(server, 10_000);
      const body = { ...(await basket(other)), points: 900 };
      const lines = body.lines.map((line) => ({ ...line, price: 900 }));
      expect(await marksOf({ ...body, lines })).toEqual(['goods.price_changed']);
      await server.must('goods.update', { as: server.admin, params, body: { enabled: false } });
      expect(await marksOf(await basket(other))).toEqual(['goods.disabled']);
    });

    it('of the floors: of the household, and of the shelf', async () => {
      const household = await addHousehold(server, 1500);
      expect(await marksOf(await basket(household, 2))).toEqual(['ledger.points_short']);
      const rich = await addHousehold(server, 100_000);
      expect(await marksOf(await basket(rich, 60))).toEqual(['ledger.stock_short']);
    });

    it('of the card: none, a revoked one, one of the last day', async () => {
      const household = await addHousehold(server, 10_000);
      const shown = await basket(household);
      expect(await marksOf({ ...shown, presence: null })).toEqual(['redemption.absent']);
      // A card is new only after the books were opened.
      server.clock.nowMs = openedMs + MINUTE_MS;
      kiosk = await signInAgain(server, kiosk);
      shift = (await server.must('kiosk.state', { as: kiosk })).shift?.id ?? '';
      await server.must('households.issueCard', { as: server.admin, params: { id: household.id }, body: {} });
      expect(await marksOf(shown)).toEqual(['card.revoked', 'redemption.second_needed']);
      expect(await marksOf(await basket(household))).toEqual(['redemption.second_needed']);
      expect(await server.http.verifier.verify(server.id)).toMatchObject({ ok: true });
    });
  });
});
