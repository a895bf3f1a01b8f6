import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RENEW_AGAIN_MS } from '../../server/identity/sessions.ts';
import { createAdmin, resetPassword } from '../../server/staff/index.ts';
import {
  PASSWORD,
  startTestServer,
  type Caller,
  type StaffCaller,
  type TestServer,
} from '../support/server.ts';
import { createLedger } from '../support/ledger.ts';
import { ENGINES } from '../support/stores.ts';
import { PASSWORD_COST, workOf } from '../support/work.ts';

const minuteMs = 60_000;

/** The refresh cookie of an answer, split into pair and attributes. */
function cookieOf(headers: Headers): { token: string; attributes: string } {
  const [pair = '', ...attributes] = (headers.getSetCookie()[0] ?? '').split('; ');
  return { token: pair, attributes: attributes.sort().join('; ') };
}

describe.each(ENGINES)('log-ins on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of staff', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());

    async function logIn(staff: StaffCaller): Promise<{ cookie: string; attributes: string; as: Caller }> {
      const got = await server.call('session.login', {
        body: { username: staff.username, password: PASSWORD },
      });
      const { token, attributes } = cookieOf(got.headers);
      return {
        cookie: token,
        attributes,
        as: { id: staff.id, headers: { Authorization: `Bearer ${got.data.accessToken}` } },
      };
    }
    const refresh = (cookie: string) => server.call('session.refresh', { headers: { Cookie: cookie } });
    const mayRead = async (as: Caller) => (await server.call('village.get', { as })).status === 200;

    it('give an access token, who it is, and a refresh cookie scripts cannot see', async () => {
      const staff = await server.asStaff('committee');
      const got = await server.call('session.login', {
        body: { username: ` ${staff.username.toUpperCase()} `, password: PASSWORD },
      });
      expect(got.data).toMatchObject({
        expiresInS: 600,
        staff: { id: staff.id, roles: ['committee'] },
        village: { id: server.id },
      });
      expect(JSON.stringify(got.data)).not.toContain(cookieOf(got.headers).token.split('=')[1]);
      expect(cookieOf(got.headers).attributes).toMatch(
        /^Expires=[^;]+; HttpOnly; Max-Age=604800; Path=\/api\/v1\/session; SameSite=Strict$/,
      );
      const secure = await server.call('session.login', {
        body: { username: staff.username, password: PASSWORD },
        headers: { 'X-Forwarded-Proto': 'https' },
      });
      expect(cookieOf(secure.headers).attributes).toContain('Secure');
    });

    it('answer a wrong name and a wrong password alike, and lock both after five tries', async () => {
      const staff = await server.asStaff('committee');
      for (const username of [staff.username, 'nobody-at-all']) {
        const left = [];
        for (let round = 0; round < 4; round += 1) {
          const { status, problem } = await server.call('session.login', {
            body: { username, password: 'wrong' },
          });
          expect([status, problem.code]).toEqual([401, 'auth.wrong']);
          left.push(problem.params.left);
        }
        expect(left).toEqual([4, 3, 2, 1]);
        const fifth = await server.call('session.login', { body: { username, password: 'wrong' } });
        expect([fifth.status, fifth.problem.code, fifth.problem.params.seconds]).toEqual([
          429,
          'auth.locked',
          60,
        ]);
        expect(fifth.headers.get('Retry-After')).toBe('60');
      }
      expect(
        await server.refused('session.login', { body: { username: staff.username, password: PASSWORD } }),
      ).toBe('auth.locked');
    });

    it('wait twice as long after each wrong try, and open again for the right one', async () => {
      const staff = await server.asStaff('committee');
      const wrong = () =>
        server.call('session.login', { body: { username: staff.username, password: 'wrong' } });
      for (let round = 0; round < 5; round += 1) await wrong();
      const waits = [];
      for (let round = 0; round < 3; round += 1) {
        server.clock.nowMs += 10 * minuteMs;
        waits.push((await wrong()).problem.params.seconds);
      }
      expect(waits).toEqual([120, 240, 480]);
      server.clock.nowMs += 8 * minuteMs;
      const { status } = await server.call('session.login', {
        body: { username: staff.username, password: PASSWORD },
      });
      expect(status).toBe(200);
      expect((await wrong()).problem.params.left).toBe(4);
    });

    it('stay locked for another process on the same database', async () => {
      const staff = await server.asStaff('committee');
      for (let round = 0; round < 5; round += 1) {
        await server.call('session.login', { body: { username: staff.username, password: 'wrong' } });
      }
      const again = await server.test.openAgain();
      const { t, rows } = await again.read(async ({ db, t }) => ({
        t,
        rows: await db.select().from(t.authFailures).where(eq(t.authFailures.failures, 5)),
      }));
      expect(t).toBeDefined();
      expect(rows.some((row) => row.lockedUntilMs > server.clock.nowMs)).toBe(true);
      expect(JSON.stringify(rows)).not.toContain(staff.username);
    });

    it('let no more than five of many simultaneous guesses be checked', async () => {
      const staff = await server.asStaff('committee');
      const guesses = Array.from({ length: 40 }, (_, index) =>
        server.call('session.login', { body: { username: staff.username, password: `guess-${index}` } }),
      );
      const codes = (await Promise.all(guesses)).map(({ problem }) => problem.code);
      expect(codes.filter((code) => code === 'auth.wrong')).toHaveLength(4);
      expect(codes.filter((code) => code === 'auth.locked')).toHaveLength(36);
    });

    it('cost as much work for a name nobody has, and for somebody disabled', async () => {
      const as = await server.asStaff('admin');
      // These accounts are created through the API, so that their hashes have the program's real cost.
      const create = async (username: string) =>
        (
          await server.must('staff.create', {
            as,
            body: { username, displayName: `李${username}`, roles: ['committee'], householdIds: [] },
          })
        ).staff.id;
      await create('somebody');
      const id = await create('disabled');
      await server.must('staff.update', { as, params: { id }, body: { disabled: true } });
      for (const username of ['somebody', 'nobody-at-all-2', 'disabled']) {
        const work = await workOf(() =>
          server.refused('session.login', { body: { username, password: 'wrong' } }),
        );
        expect(work).toEqual({ result: 'auth.wrong', verified: [PASSWORD_COST] });
      }
    });

    it('of one person at the same moment all succeed', async () => {
      const staff = await server.asStaff('committee');
      const all = await Promise.all(Array.from({ length: 12 }, () => logIn(staff)));
      expect(new Set(all.map(({ cookie }) => cookie)).size).toBe(12);
    });

    it('lock an address that tries many names', async () => {
      const headers = { 'X-Forwarded-For': '203.0.113.7' };
      const attempt = (username: string, password: string, from = headers) =>
        server.call('session.login', { body: { username, password }, headers: from });
      for (let round = 0; round < 50; round += 1) await attempt(`name-${round}`, 'wrong');
      const staff = await server.asStaff('committee');
      expect((await attempt(staff.username, PASSWORD)).problem.code).toBe('auth.locked');
      expect((await attempt(staff.username, PASSWORD, { 'X-Forwarded-For': '203.0.113.8' })).status).toBe(
        200,
      );
    });

    it('renew with the cookie, which is new each time', async () => {
      const staff = await server.asStaff('committee');
      const first = await logIn(staff);
      const second = await refresh(first.cookie);
      expect(second.status).toBe(200);
      expect(second.data.staff.id).toBe(staff.id);
      expect(cookieOf(second.headers).token).not.toBe(first.cookie);
      const third = await refresh(cookieOf(second.headers).token);
      expect(third.status).toBe(200);
    });

    it('end when a spent refresh token comes again', async () => {
      const staff = await server.asStaff('committee');
      const other = await logIn(staff);
      const first = await logIn(staff);
      const second = await refresh(first.cookie);
      server.clock.nowMs += RENEW_AGAIN_MS + 1;
      expect((await refresh(first.cookie)).problem.code).toBe('auth.session_ended');
      expect((await refresh(cookieOf(second.headers).token)).problem.code).toBe('auth.session_ended');
      expect(await mayRead(first.as)).toBe(false);
      expect(await mayRead(other.as)).toBe(true);
    });

    it('survive two pages of one browser renewing at once, and a renewal whose answer was lost', async () => {
      const first = await logIn(await server.asStaff('committee'));
      const both = await Promise.all([refresh(first.cookie), refresh(first.cookie)]);
      server.clock.nowMs += RENEW_AGAIN_MS;
      const tokens = [...both, await refresh(first.cookie)].map(({ headers }) => cookieOf(headers).token);
      expect(new Set(tokens).size).toBe(3);
      for (const token of tokens) expect((await refresh(token)).status).toBe(200);
    });

    it('cannot be renewed without a cookie, with a made-up one, or after a week', async () => {
      expect(await server.refused('session.refresh')).toBe('auth.session_ended');
      expect((await refresh(`jishan_refresh=${'x'.repeat(43)}`)).problem.code).toBe('auth.session_ended');
      const { cookie } = await logIn(await server.asStaff('committee'));
      server.clock.nowMs += 7 * 24 * 60 * minuteMs;
      expect((await refresh(cookie)).problem.code).toBe('auth.session_ended');
    });

    it('of a household are neither renewed nor ended as those of staff', async () => {
      const { id } = await server.must('households.create', {
        as: await server.asStaff('admin'),
        body: { head: '王小明', group: '一组' },
      });
      const phone = await server.asHousehold(id);
      const token = phone.headers.Authorization?.split(' ')[1] ?? '';
      expect((await refresh(`jishan_refresh=${token}`)).problem.code).toBe('auth.session_ended');
      expect((await server.call('me.view', { as: phone })).status).toBe(200);
    });

    it('are neither renewed nor ended by a page of another origin', async () => {
      const { cookie } = await logIn(await server.asStaff('committee'));
      for (const from of ['same-site', 'cross-site']) {
        const headers = { Cookie: cookie, 'Sec-Fetch-Site': from };
        for (const id of ['session.refresh', 'session.logout'] as const) {
          const got = await server.call(id, { headers });
          expect([got.problem.code, got.headers.getSetCookie()]).toEqual(['auth.forbidden', []]);
        }
      }
      const own = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' };
      expect((await server.call('session.refresh', { headers: own })).status).toBe(200);
    });

    it('end at log-out: access token and cookie', async () => {
      const { cookie, as } = await logIn(await server.asStaff('committee'));
      expect(await mayRead(as)).toBe(true);
      const out = await server.call('session.logout', { as, headers: { Cookie: cookie } });
      expect(cookieOf(out.headers).token).toBe('jishan_refresh=');
      expect(await server.refused('village.get', { as })).toBe('auth.session_ended');
      expect((await refresh(cookie)).problem.code).toBe('auth.session_ended');
    });

    it('run out after ten minutes', async () => {
      const { as } = await logIn(await server.asStaff('committee'));
      server.clock.nowMs += 10 * minuteMs;
      expect(await server.refused('village.get', { as })).toBe('auth.expired');
    });

    it('end elsewhere when the password is changed, and need the old one for it', async () => {
      const staff = await server.asStaff('committee');
      const [here, elsewhere] = [await logIn(staff), await logIn(staff)];
      const change = (current: string, next: string) =>
        server.call('session.changePassword', { as: here.as, body: { current, next } });
      expect((await change('wrong', 'three brown hens')).problem.code).toBe('auth.wrong');
      expect((await change(PASSWORD, '1234567890')).problem.code).toBe('auth.weak_password');
      expect((await change(PASSWORD, PASSWORD)).problem.code).toBe('auth.weak_password');
      expect((await change(PASSWORD, 'short')).problem.code).toBe('request.invalid');
      expect((await change(PASSWORD, 'three brown hens')).status).toBe(200);
      expect(await mayRead(here.as)).toBe(true);
      expect(await mayRead(elsewhere.as)).toBe(false);
      expect((await refresh(elsewhere.cookie)).problem.code).toBe('auth.session_ended');
      expect((await refresh(here.cookie)).status).toBe(200);
      expect(
        await server.refused('session.login', { body: { username: staff.username, password: PASSWORD } }),
      ).toBe('auth.wrong');
    });

    it('from another village’s token show that village only', async () => {
      const other = await server.addVillage('另一村');
      expect((await server.must('village.get', { as: other.admin })).id).toBe(other.id);
      const names = (await server.must('staff.list', { as: other.admin })).items.map(({ id }) => id);
      expect(names).toEqual([other.admin.id]);
    });

    it('by an administrator of the command line work, and clear a lock', async () => {
      const tools = {
        ledger: createLedger({ clock: () => server.clock.nowMs }),
        store: server.store,
        random: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
        clock: () => server.clock.nowMs,
      };
      const made = await createAdmin(tools, {
        villageId: server.id,
        username: 'Zhang.Wei',
        displayName: '张伟',
      });
      expect(made).toMatchObject({ username: 'zhang.wei', oneTime: true });
      await expect(
        createAdmin(tools, { villageId: server.id, username: 'zhang.wei', displayName: '张大伟' }),
      ).rejects.toMatchObject({
        code: 'staff.username_taken',
      });
      for (let round = 0; round < 5; round += 1) {
        await server.call('session.login', { body: { username: 'zhang.wei', password: 'wrong' } });
      }
      const { password } = await resetPassword(tools, { username: ' Zhang.Wei' });
      const { staff } = await server.must('session.login', { body: { username: 'zhang.wei', password } });
      expect(staff).toMatchObject({ mustChangePassword: true, roles: ['admin'] });
      await expect(resetPassword(tools, { username: 'nobody' })).rejects.toMatchObject({
        code: 'staff.not_found',
      });
    });
  });
});
