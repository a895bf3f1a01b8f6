import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { eq } from 'drizzle-orm';
import { cardCodeOf } from '../support/presence.ts';
import { type KioskCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold, signInAgain } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const MINUTE = 60_000;

describe.each(ENGINES)('shifts on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let card = '';

    beforeAll(async () => {
      server = await startTestServer(engine);
      kiosk = await server.asKiosk();
      const household = await addHousehold(server, 1000);
      card = (await cardCodeOf(server, household.id)) ?? '';
    });
    afterAll(() => server.remove());

    const pass = (minutes: number) => (server.clock.nowMs += minutes * MINUTE);
    const lookUp = (as = kiosk) => server.call('kiosk.lookup', { as, body: { card } });
    // The administrator's own log-in is over by then.
    const onDuty = async () => {
      const as = await server.asStaff('approver');
      return (await server.must('village.home', { as })).shop.shifts;
    };
    const usedAt = async (): Promise<(number | null)[]> => {
      const rows = await server.store.read(({ db, t: { shifts } }) =>
        db.select().from(shifts).where(eq(shifts.kioskId, kiosk.device.id)).orderBy(shifts.startedAtMs),
      );
      return rows.map(({ usedAtMs }) => usedAtMs);
    };
    /** The time is noted beside the request, so it may come a moment later. */
    const noted = (atMs: number) => vi.waitFor(async () => expect((await usedAt()).at(-1)).toBe(atMs));

    test('go on as long as somebody uses them, for hours', async () => {
      for (let count = 0; count < 6; count += 1) {
        pass(29);
        expect((await lookUp()).status).toBe(200);
        await noted(server.clock.nowMs);
      }
      expect(await onDuty()).toHaveLength(1);
    });

    test('note their use at most once a minute', async () => {
      const [before] = await usedAt();
      server.clock.nowMs += MINUTE - 1;
      expect((await lookUp()).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await usedAt()).toEqual([before]);
      server.clock.nowMs += 1;
      expect((await lookUp()).status).toBe(200);
      await noted(server.clock.nowMs);
    });

    test('end after half an hour without use, though the kiosk asks for its state all the while', async () => {
      const asked = async () => server.call('kiosk.state', { as: kiosk });
      for (let count = 0; count < 29; count += 1) {
        pass(1);
        expect((await asked()).data.shift).not.toBeNull();
        expect((await server.call('kiosk.goods', { as: kiosk })).status).toBe(200);
      }
      pass(1);
      const { status, problem } = await asked();
      expect([status, problem.code, problem.moved]).toEqual([401, 'kiosk.shift_over', 'no']);
      expect(problem.detail).toContain('半小时没有人用');
      expect((await lookUp()).problem.code).toBe('kiosk.shift_over');
      expect(await onDuty()).toEqual([]);
      // The device itself still stands in the shop.
      expect((await server.must('kiosk.state', { as: kiosk.device })).shift).toBeNull();
    });

    test('stay over on every process, and a new one begins with the PIN', async () => {
      const other = await server.another();
      const response = await fetch(`${other}/api/v1/kiosk`, { headers: kiosk.headers });
      expect(response.status).toBe(401);
      const again = await signInAgain(server, kiosk);
      expect((await lookUp(again)).status).toBe(200);
      expect(await onDuty()).toHaveLength(1);
      pass(29);
      const use = { method: 'POST', headers: { ...again.headers, 'Content-Type': 'application/json' } };
      const used = await fetch(`${other}/api/v1/kiosk/lookup`, { ...use, body: JSON.stringify({ card }) });
      expect(used.status).toBe(200);
      await noted(server.clock.nowMs);
      pass(29);
      // Used through another process: this one sees it.
      expect((await lookUp(again)).status).toBe(200);
      await noted(server.clock.nowMs);
    });

    test('are for volunteers whom a second person confirmed, once the books are open', async () => {
      const village = await server.addVillage('新洼村', false);
      const as = village.admin;
      const pair = async () => {
        const { code, kiosk: made } = await server.must('kiosks.create', { as, body: { name: '超市' } });
        const { deviceToken } = await server.must('kiosk.pair', { body: { code } });
        return { id: made.id, headers: { Authorization: `Kiosk ${deviceToken}` } };
      };
      const device = await pair();
      const made = await server.must('volunteers.create', { as, body: { name: '还没确认' } });
      const { volunteer, pin } = made;
      const signIn = (typed: string) =>
        server.call('kiosk.signIn', { as: device, body: { volunteerId: volunteer.id, pin: typed } });
      const early = await signIn(pin);
      expect(early.status).toBe(200);
      const shift = { ...device, headers: { ...device.headers, 'X-Shift': early.data.shiftToken } };
      expect((await server.must('kiosk.state', { as: shift })).shift).not.toBeNull();
      const approver = await server.asStaff('approver', { village });
      const { head } = await server.must('village.opening', { as: approver });
      await server.must('village.open', { as: approver, body: { head } });
      // The shift of before the opening is refused, and says what to do.
      const refusals = [
        await server.call('kiosk.state', { as: shift }),
        await server.call('kiosk.find', { as: shift, body: { name: '王' } }),
      ];
      for (const { status, problem } of refusals) {
        expect([status, problem.code]).toEqual([401, 'kiosk.shift_over']);
        expect(problem.detail).toContain('请审核人在办公室的“兑换台与志愿者”页确认您');
      }
      const wrong = pin === '402937' ? '402938' : '402937';
      expect((await signIn(wrong)).problem.code).toBe('auth.wrong');
      const refused = await signIn(pin);
      expect([refused.status, refused.problem.code]).toEqual([403, 'volunteer.unconfirmed']);
      expect(refused.problem.detail).toContain('请审核人在办公室的“兑换台与志愿者”页确认您');
      const own = '583104';
      const body = { currentPin: pin, pin: own };
      await server.must('volunteers.confirm', { as: approver, params: { id: volunteer.id }, body });
      expect((await signIn(own)).status).toBe(200);
    });

    test('end when nobody used them since they began, and by a clock that went back', async () => {
      const fresh = await signInAgain(server, kiosk);
      pass(30);
      expect((await lookUp(fresh)).problem.code).toBe('kiosk.shift_over');
      const next = await signInAgain(server, kiosk);
      pass(-31);
      expect((await lookUp(next)).problem.code).toBe('kiosk.shift_over');
    });
  });
});
