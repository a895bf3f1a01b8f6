import { count, eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { verify } from '../support/ledger.ts';
import { startJobs } from '../../server/jobs/index.ts';
import { MODULES } from '../../server/modules.ts';
import { dailySweep, sweep } from '../../server/privacy/index.ts';
import { RETENTION_DAYS } from '../../shared/retention.ts';
import { type Furnished, furnish } from '../support/samples.ts';
import { jpeg } from '../support/jpeg.ts';
import {
  type Caller,
  newKey,
  type StaffCaller,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const DAY_MS = 86_400_000;

describe.each(ENGINES)('the daily sweep on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of a village', () => {
    let server: TestServer;
    let at: Furnished;
    let startMs = 0;
    beforeAll(async () => {
      server = await startTestServer(engine);
      at = await furnish(server, server, '本');
      startMs = server.clock.nowMs;
    });
    afterAll(() => server.remove());

    const sweepAfter = (days: number) =>
      sweep({ store: server.store, modules: MODULES, nowMs: startMs + days * DAY_MS });
    const rows = (table: 'sessions' | 'authFailures' | 'imports' | 'pictures' | 'commands' | 'journal') =>
      server.store.read(async ({ db, t }) => {
        const [row] = await db.select({ rows: count() }).from(t[table]);
        return row?.rows ?? 0;
      });
    const kept = (key: string) =>
      server.store.read(async ({ db, t }) => {
        const [row] = await db.select().from(t.commands).where(eq(t.commands.idempotencyKey, key));
        return row;
      });

    /** Their log-ins have run out by the day of the sweep and are gone with it. */
    async function logInAgain({ id, username, password }: StaffCaller): Promise<Caller> {
      const { accessToken } = await server.must('session.login', { body: { username, password } });
      return { id, headers: { Authorization: `Bearer ${accessToken}` } };
    }

    async function photoOf(householdIds: string[]) {
      const as = at.staff;
      const { id } = await server.must('pictures.add', { as, params: { purpose: 'evidence' }, body: jpeg() });
      const body = { ruleId: at.ruleId, householdIds, points: 100, note: '', pictureIds: [id] };
      return { photo: id, ids: (await server.must('proposals.create', { as, body })).ids };
    }
    const isThere = async (id: string) =>
      (await server.call('pictures.get', { as: await server.asStaff('admin'), params: { id } })).status ===
      200;

    test('lets nothing go before its time', async () => {
      await server.refused('session.login', { body: { username: 'nobody', password: 'wrong' } });
      await server.must('kiosks.create', { as: server.admin, body: { name: '三号' } });
      const before = await Promise.all(
        (['sessions', 'authFailures', 'imports', 'pictures', 'commands'] as const).map(rows),
      );
      await sweepAfter(0.4);
      expect(
        await Promise.all(
          (['sessions', 'authFailures', 'imports', 'pictures', 'commands'] as const).map(rows),
        ),
      ).toEqual(before);
    });

    test('forgets wrong tries, codes nobody typed, and papers nobody confirmed', async () => {
      await sweepAfter(1.1);
      expect(await rows('authFailures')).toBe(0);
      const codes = await server.store.read(({ db, t }) =>
        db.select({ hash: t.kiosks.pairingHash, name: t.kiosks.name }).from(t.kiosks),
      );
      expect(codes).toContainEqual({ hash: null, name: '三号' });
      const as = await server.asStaff('admin');
      expect(await server.call('imports.get', { as, params: { id: at.importId } })).toMatchObject({
        status: 200,
      });
      await sweepAfter(RETENTION_DAYS.unconfirmedImports + 0.1);
      expect(await rows('imports')).toBe(0);
    });

    test('drops log-ins that ran out or were ended, and no other', async () => {
      const own = await server.asHousehold(at.household.id);
      const ended = await server.asHousehold(at.household.id);
      await server.must('me.logout', { as: ended, body: {} });
      const before = await rows('sessions');
      await sweepAfter(RETENTION_DAYS.endedLogIns + 0.1);
      const left = await server.store.read(({ db, t }) => db.select().from(t.sessions));
      expect(left.length).toBeLessThan(before);
      expect(
        left.every(({ subjectKind, revokedAtMs }) => subjectKind === 'household' && revokedAtMs === null),
      ).toBe(true);
      await server.must('me.view', { as: own });
      expect(await server.refused('me.view', { as: ended })).toBe('auth.required');
      // Staff log-ins have run out by then: log in again for what follows.
      server.clock.nowMs = startMs;
    });

    test('lets go of answers and of what was asked, never of the key', async () => {
      const admin = await server.asStaff('admin');
      const [plain, secret] = [newKey(), newKey()];
      const body = { head: '赵铁柱', group: '一组' };
      const { id } = await server.must('households.create', { as: admin, key: plain, body });
      const clerk = await server.asStaff('committee');
      await server.must('households.takePinSlips', { as: clerk, key: secret, body: { householdIds: [id] } });
      await sweepAfter(RETENTION_DAYS.secretAnswers + 0.1);
      expect(await kept(secret)).toMatchObject({ status: 410, response: {}, inputHash: '' });
      expect(await kept(plain)).toMatchObject({ status: 200, response: { head: '赵铁柱' } });
      await sweepAfter(RETENTION_DAYS.answers + 0.1);
      expect(await kept(plain)).toMatchObject({ status: 410, response: {}, inputHash: '' });
      const again = await server.call('households.create', { as: await logInAgain(admin), key: plain, body });
      expect([again.status, again.problem.code, again.problem.moved]).toEqual([
        409,
        'idempotency.conflict',
        'no',
      ]);
      const { items } = await server.must('households.list', {
        as: await server.asStaff('admin'),
        query: { q: '赵铁柱', limit: 20 },
      });
      expect(items).toHaveLength(1);
    });

    test('drops photos of what was withdrawn, sent back or posted long ago, unless another deed shows them', async () => {
      at = { ...at, staff: await server.asStaff('committee') };
      const approver = await server.asStaff('approver');
      const decide = (action: 'approve' | 'return' | 'withdraw', ids: string[]) =>
        server.must('proposals.decide', {
          as: action === 'withdraw' ? at.staff : approver,
          body: { action, ids, reason: '看不清' },
        });
      const withdrawn = await photoOf([at.household.id]);
      const returned = await photoOf([at.household.id]);
      const posted = await photoOf([at.household.id]);
      const shared = await photoOf([at.household.id, at.quietId]);
      await decide('withdraw', withdrawn.ids);
      await decide('withdraw', shared.ids.slice(0, 1));
      await decide('return', returned.ids);
      await decide('approve', posted.ids);
      const there = async () =>
        Promise.all([withdrawn, shared, returned, posted].map(({ photo }) => isThere(photo)));
      await sweepAfter(RETENTION_DAYS.withdrawnPhotos + 0.1);
      expect(await there()).toEqual([false, true, true, true]);
      expect(await isThere(at.evidenceId)).toBe(false);
      await sweepAfter(RETENTION_DAYS.returnedPhotos + 0.1);
      expect(await there()).toEqual([false, true, false, true]);
      await sweepAfter(RETENTION_DAYS.deedPhotos + 0.1);
      expect(await there()).toEqual([false, true, false, false]);
    });

    test('leaves the books as they are', async () => {
      const found = await verify(server.store, server.id, { clock: () => server.clock.nowMs });
      expect(found).toMatchObject({ ok: true });
      const before = await rows('journal');
      await sweepAfter(10_000);
      expect(await rows('journal')).toBe(before);
      expect(await verify(server.store, server.id, { clock: () => server.clock.nowMs })).toMatchObject({
        ok: true,
      });
      await server.must('board.view', { params: { villageId: server.id } });
    });

    test('is done by one process a day, however many there are', async () => {
      const another = await server.test.openAgain();
      let done = 0;
      const logger = pino(
        { level: 'info' },
        {
          write: (line: string) => {
            if (line.includes('"swept"')) done += 1;
          },
        },
      );
      const nowMs = server.clock.nowMs + 20 * DAY_MS;
      const round = async (clockMs: number, expected: number) => {
        const running = [server.store, another, server.store].map((store) =>
          startJobs([dailySweep(MODULES)], { store, clock: () => clockMs, logger, firstAfterMs: 0 }),
        );
        await vi.waitUntil(() => done === expected, { timeout: 20_000 });
        await Promise.all(running.map((one) => one.stop()));
      };
      await round(nowMs, 1);
      expect(done).toBe(1);
      await round(nowMs + DAY_MS, 2);
      expect(done).toBe(2);
      // The clock was days ahead and has been corrected.
      await round(nowMs - 5 * DAY_MS, 3);
      expect(done).toBe(3);
    });
  });
});
