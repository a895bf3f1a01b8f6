import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cardCheckDigit, isCardCode } from '../../shared/cards/code.ts';
import { maskName } from '../../shared/mask-name.ts';
import { hashToken } from '../../server/identity/index.ts';
import { typePin } from '../support/pins.ts';
import { newCardCode, withCard } from '../support/presence.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';
import { PASSWORD_COST, workOf } from '../support/work.ts';

const DAY = 86_400_000;
const YEAR = 365 * DAY;

describe.each(ENGINES)('a household’s phone on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let startMs = 0;
    let phones = 0;

    beforeAll(async () => {
      server = await startTestServer(engine, { limits: { logInsPerMinute: 10_000 } });
      startMs = server.clock.nowMs;
    });
    afterAll(() => server.remove());
    afterEach(() => {
      server.clock.nowMs = startMs;
    });

    type Body = { card: string; pin: string } | { villageId: string; number: string; pin: string };

    /** Each try comes from a new address, unless one is given. */
    function login(body: Body, address = `203.0.113.${(phones += 1)}`) {
      return server.call('me.login', { body, headers: { 'X-Forwarded-For': address } });
    }

    async function withCardAndPin(hundredths = 0, head = '王小明') {
      const household = await addHousehold(server, hundredths, head);
      const code = await newCardCode(server, household.id);
      const pin = await typePin(server, household.id);
      return { ...household, card: code, pin };
    }

    const wrongOf = (pin: string) => (pin === '402937' ? '402938' : '402937');
    const phoneOf = (token: string) => ({ id: '', headers: { Authorization: `Household ${token}` } });

    /** A well-formed card code that no household has. */
    function strangeCard(): string {
      for (let draw = 48_151_623_420; ; draw += 1) {
        const code = `${draw}${cardCheckDigit(String(draw))}`;
        if (isCardCode(code)) return code;
      }
    }

    describe('logging in', () => {
      test('by card and PIN, or by village, number and PIN, shows the account at once', async () => {
        const { card, pin, number, head } = await withCardAndPin(4250);
        const byCard = await login({ card, pin });
        expect(byCard.data.view).toMatchObject({
          village: { id: server.id, name: '前洼村' },
          household: { number, head, group: '第一组' },
          balance: 4250,
          held: 0,
          next: null,
        });
        const byNumber = await login({ villageId: server.id, number: String(Number(number)), pin });
        expect(byNumber.data.view).toEqual(byCard.data.view);
        expect(byNumber.data.token).not.toBe(byCard.data.token);
      });

      test('with a wrong PIN, an unknown card or an unknown number answers alike', async () => {
        const { card, pin, number } = await withCardAndPin();
        const other = await withCardAndPin();
        const villageId = server.id;
        const refusal = async (body: Body) => {
          const { status, problem } = (await login(body)) as {
            status: number;
            problem: object & { requestId?: string };
          };
          const { requestId: _, ...rest } = problem;
          return { status, problem: rest };
        };
        const byCard = await refusal({ card, pin: wrongOf(pin) });
        expect(byCard).toMatchObject({
          status: 401,
          problem: { code: 'auth.wrong', params: { left: 4, what: 'card' } },
        });
        expect(await refusal({ card: strangeCard(), pin })).toEqual(byCard);
        const byNumber = await refusal({
          villageId,
          number: String(Number(other.number)),
          pin: wrongOf(other.pin),
        });
        expect(byNumber).toMatchObject({ status: 401, problem: { params: { left: 4, what: 'number' } } });
        expect(await refusal({ villageId, number: '98765', pin })).toEqual(byNumber);
        expect(await refusal({ villageId: 'nowhere', number, pin })).toEqual(byNumber);
      });

      test('with an unknown card or number costs as much work as with a wrong PIN', async () => {
        const { card, number, pin } = await withCardAndPin();
        const villageId = server.id;
        const tries: Body[] = [
          { card, pin: wrongOf(pin) },
          { card: strangeCard(), pin },
          { card: strangeCard().replace(/.$/, (last) => String((Number(last) + 1) % 10)), pin },
          { villageId, number, pin: wrongOf(pin) },
          { villageId, number: '98765', pin },
          { villageId: 'no-village', number, pin },
        ];
        for (const body of tries) {
          const { result, verified } = await workOf(() => login(body));
          expect([result.problem.code, verified]).toEqual(['auth.wrong', [PASSWORD_COST]]);
        }
      });

      test('is locked after five wrong PINs from wherever they come, by number without locking the card; a new PIN unlocks', async () => {
        const { id, card, pin, number } = await withCardAndPin();
        const byNumber = { villageId: server.id, number };
        for (const key of [byNumber, { card }]) {
          // Everybody knows the number, so guesses by number must not lock out the holder of the card.
          if ('card' in key) expect((await login({ card, pin })).status).toBe(200);
          const tries: string[] = [];
          for (let round = 0; round < 6; round += 1)
            tries.push((await login({ ...key, pin: wrongOf(pin) })).problem.code);
          const wrong = Array.from({ length: 4 }, () => 'auth.wrong');
          expect(tries).toEqual([...wrong, 'auth.locked', 'auth.locked']);
          expect((await login({ ...key, pin })).problem.code).toBe('auth.locked');
        }
        const fresh = { pin: await typePin(server, id) };
        for (const key of [byNumber, { card }])
          expect((await login({ ...key, pin: fresh.pin })).status).toBe(200);
      });

      test('is locked alike for cards that do not exist', async () => {
        const card = '770000000000'.replace(/\d$/, cardCheckDigit('77000000000'));
        const tries: string[] = [];
        for (let round = 0; round < 6; round += 1)
          tries.push((await login({ card, pin: '135790' })).problem.code);
        expect(tries).toEqual([
          'auth.wrong',
          'auth.wrong',
          'auth.wrong',
          'auth.wrong',
          'auth.locked',
          'auth.locked',
        ]);
      });

      test('is slowed down for one address that tries card after card', async () => {
        const address = '198.51.100.23';
        let tries = 0;
        for (; tries < 80; tries += 1) {
          const { problem } = await login(
            { villageId: server.id, number: `9${tries}`, pin: '135790' },
            address,
          );
          if (problem.code === 'auth.locked') break;
        }
        expect(tries).toBe(50);
        const { card, pin } = await withCardAndPin();
        expect((await login({ card, pin }, address)).problem.code).toBe('auth.locked');
        expect((await login({ card, pin })).status).toBe(200);
      });

      test('without a PIN yet says so to who holds the card, and to nobody else', async () => {
        const { id, number } = await addHousehold(server);
        const card = await newCardCode(server, id);
        const got = await login({ card, pin: '135790' });
        expect(got.problem).toMatchObject({ code: 'me.no_pin', moved: 'no' });
        expect((await login({ villageId: server.id, number, pin: '135790' })).problem.code).toBe(
          'auth.wrong',
        );
      });

      test('with a revoked card says so to who knows the PIN', async () => {
        const { id, card, pin } = await withCardAndPin();
        await server.must('households.revokeCard', { as: server.admin, params: { id }, body: {} });
        expect((await login({ card, pin: wrongOf(pin) })).problem.code).toBe('auth.wrong');
        expect((await login({ card, pin })).problem.code).toBe('card.revoked');
      });

      test('is remembered for years while it is used, until it is ended here or by a new PIN', async () => {
        const { id, card, pin } = await withCardAndPin(100);
        const [one, other, drawer] = [
          (await login({ card, pin })).data.token,
          (await login({ card, pin })).data.token,
          (await login({ card, pin })).data.token,
        ];
        const endOf = async (token: string) => {
          const [row] = await server.store.read(({ db, t }) =>
            db
              .select()
              .from(t.sessions)
              .where(eq(t.sessions.refreshHash, hashToken(token))),
          );
          return row?.expiresAtMs ?? 0;
        };
        for (let year = 1; year <= 9; year += 1) {
          server.clock.nowMs = startMs + year * YEAR;
          for (const token of [one, other]) {
            expect((await server.call('me.view', { as: phoneOf(token) })).status).toBe(200);
            const wanted = Math.min(startMs + 10 * YEAR, startMs + year * YEAR + 400 * DAY);
            await expect.poll(() => endOf(token)).toBe(wanted);
          }
        }
        expect(await server.refused('me.view', { as: phoneOf(drawer) })).toBe('auth.session_ended');
        server.clock.nowMs = startMs + 10 * YEAR - DAY;
        expect((await server.call('me.view', { as: phoneOf(other) })).status).toBe(200);
        server.clock.nowMs = startMs + 10 * YEAR;
        expect(await server.refused('me.view', { as: phoneOf(other) })).toBe('auth.session_ended');
        server.clock.nowMs = startMs + 3 * YEAR;
        expect((await server.must('me.view', { as: phoneOf(one) })).balance).toBe(100);
        await server.must('me.logout', { as: phoneOf(one), body: {} });
        expect(await server.refused('me.view', { as: phoneOf(one) })).toBe('auth.session_ended');
        expect((await server.call('me.view', { as: phoneOf(other) })).status).toBe(200);
        server.clock.nowMs = startMs;
        await typePin(server, id);
        expect(await server.refused('me.view', { as: phoneOf(other) })).toBe('auth.session_ended');
      });

      test('keeps the token as a hash only', async () => {
        const { id, card, pin } = await withCardAndPin();
        const { token } = (await login({ card, pin })).data;
        const rows = await server.store.read(({ db, t }) =>
          db.select().from(t.sessions).where(eq(t.sessions.subjectId, id)),
        );
        expect(rows).toHaveLength(1);
        expect(JSON.stringify(rows)).not.toContain(token);
      });
    });

    describe('the account', () => {
      test('shows each line with why, how much and when, newest first; who booked it is masked', async () => {
        const household = await withCardAndPin(10_000);
        const kiosk = await server.asKiosk();
        const rice = await addGoods(server, { name: '香米', price: 3000 }, { quantity: 5, costFen: 500 });
        const body = await withCard(server, kiosk, {
          householdId: household.id,
          lines: [{ goodsId: rice.id, quantity: 1 }],
          expectedPoints: 3000,
        });
        await server.must('kiosk.redeem', { as: kiosk, body });
        const { token, view } = (await login({ card: household.card, pin: household.pin })).data;
        const volunteer = (await server.must('kiosk.state', { as: kiosk })).shift?.volunteer ?? '';
        expect(view.balance).toBe(7000);
        expect(view.lines).toHaveLength(1);
        expect(view.lines[0]).toMatchObject({
          kind: 'redemption',
          amount: -3000,
          balanceAfter: 7000,
          text: { title: '香米×1', note: '', erased: false },
          bookedBy: maskName(volunteer),
          reversedBy: null,
        });
        const [, opening] = (await server.must('me.passbook', { as: phoneOf(token) })).items;
        expect(opening).toMatchObject({ kind: 'opening', amount: 10_000, bookedBy: '' });
        expect(JSON.stringify(view)).not.toContain(volunteer);
      });

      test('goes back page by page without gap or repeat while lines are added', async () => {
        const household = await withCardAndPin(90_000);
        const kiosk = await server.asKiosk();
        const salt = await addGoods(server, { price: 100 }, { quantity: 90, costFen: 900 });
        const body = await withCard(server, kiosk, {
          householdId: household.id,
          lines: [{ goodsId: salt.id, quantity: 1 }],
          expectedPoints: 100,
        });
        for (let count = 0; count < 44; count += 1) await server.must('kiosk.redeem', { as: kiosk, body });
        const { token, view } = (await login({ card: household.card, pin: household.pin })).data;
        expect(view.lines).toHaveLength(20);
        expect(view.next).not.toBeNull();
        const first = await server.must('me.passbook', { as: phoneOf(token) });
        expect(first.items).toEqual(view.lines);
        const numbers = first.items.map(({ number }) => number);
        let before = first.next;
        while (before !== null) {
          await server.must('kiosk.redeem', { as: kiosk, body });
          const page = await server.must('me.passbook', { as: phoneOf(token), query: { before, limit: 7 } });
          numbers.push(...page.items.map(({ number }) => number));
          before = page.next;
        }
        expect(numbers).toHaveLength(45);
        expect(new Set(numbers).size).toBe(45);
        expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
        const broken = { as: phoneOf(token), query: { before: 'nonsense' } };
        expect(await server.refused('me.passbook', broken)).toBe('request.invalid');
      });

      test('shows what the shop has and what the balance reaches for', async () => {
        const household = await withCardAndPin(1000);
        const { token } = (await login({ card: household.card, pin: household.pin })).data;
        const cheap = await addGoods(server, { price: 1000 }, { quantity: 1, costFen: 1 });
        const dear = await addGoods(server, { price: 1001 });
        const hidden = await addGoods(server, { enabled: false });
        const { items } = await server.must('me.goods', { as: phoneOf(token) });
        const find = (id: string) => items.find((item) => item.id === id);
        expect(find(cheap.id)).toEqual({
          id: cheap.id,
          category: cheap.category,
          name: cheap.name,
          unit: cheap.unit,
          price: 1000,
          pictureId: null,
          drawing: 'sheaf-of-rice',
          available: true,
          affordable: true,
        });
        expect(find(dear.id)).toMatchObject({ available: false, affordable: false });
        expect(find(hidden.id)).toBeUndefined();
      });

      test('is the own one and no other’s', async () => {
        const [one, other] = [await withCardAndPin(100), await withCardAndPin(900)];
        const { token } = (await login({ card: one.card, pin: one.pin })).data;
        expect((await server.must('me.view', { as: phoneOf(token) })).household.number).toBe(one.number);
        const answer = await server.call('households.get', { as: phoneOf(token), params: { id: other.id } });
        expect(answer.problem.code).toBe('auth.forbidden');
      });
    });
  });
});
