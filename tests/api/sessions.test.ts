import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, startTestServer, type Caller, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each(ENGINES)('how long somebody is known on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('over processes and restarts', () => {
    let server: TestServer;
    let startMs = 0;
    beforeAll(async () => {
      server = await startTestServer(engine, { limits: { logInsPerMinute: 10_000 } });
      startMs = server.clock.nowMs;
    });
    afterAll(() => server.remove());
    afterEach(() => {
      server.clock.nowMs = startMs;
    });

    const cookieOf = (headers: Headers) => headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const refresh = (cookie: string) => server.call('session.refresh', { headers: { Cookie: cookie } });
    async function logIn(username: string): Promise<string> {
      const got = await server.call('session.login', { body: { username, password: PASSWORD } });
      return cookieOf(got.headers);
    }
    const at = (origin: string, path: string, { headers }: Pick<Caller, 'headers'>, body?: object) =>
      fetch(`${origin}/api/v1${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { ...headers, 'Content-Type': 'application/json', Accept: 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });

    describe.each([
      { roles: ['admin', 'committee'] as const, idleMs: 12 * HOUR, longestMs: 7 * DAY },
      { roles: ['committee'] as const, idleMs: 7 * DAY, longestMs: 30 * DAY },
      { roles: ['shopkeeper'] as const, idleMs: 7 * DAY, longestMs: 30 * DAY },
    ])('a log-in of $roles', ({ roles, idleMs, longestMs }) => {
      it('ends when nobody used it for its time', async () => {
        const { username } = await server.asStaff(roles);
        const [used, unused] = [await logIn(username), await logIn(username)];
        server.clock.nowMs += idleMs - 1;
        const renewed = await refresh(used);
        expect(renewed.status).toBe(200);
        server.clock.nowMs += 1;
        expect((await refresh(unused)).problem.code).toBe('auth.session_ended');
        expect((await refresh(cookieOf(renewed.headers))).status).toBe(200);
      });

      it('ends in the end however much it is used', async () => {
        const { username } = await server.asStaff(roles);
        let cookie = await logIn(username);
        let uses = 0;
        for (; server.clock.nowMs < startMs + longestMs + idleMs; uses += 1) {
          const got = await refresh(cookie);
          if (got.status !== 200) break;
          cookie = cookieOf(got.headers);
          server.clock.nowMs += idleMs / 2;
        }
        expect(uses).toBe(Math.ceil((2 * longestMs) / idleMs));
      });
    });

    it('a log-in whose owner became administrator lasts as long as those', async () => {
      const staff = await server.asStaff('committee');
      const cookie = await logIn(staff.username);
      const body = { roles: ['admin'] as ['admin'] };
      await server.must('staff.update', { as: server.admin, params: { id: staff.id }, body });
      server.clock.nowMs += 7 * DAY - 1;
      expect((await refresh(cookie)).headers.getSetCookie()[0]).toContain('Max-Age=0;');
      server.clock.nowMs += 1;
      expect((await refresh(await logIn(staff.username))).status).toBe(200);
    });

    it('an access token ends with its log-in, also when nothing is left of that', async () => {
      const staff = await server.asStaff('committee');
      let cookie = await logIn(staff.username);
      for (const days of [6, 12, 18, 24]) {
        server.clock.nowMs = startMs + days * DAY;
        cookie = cookieOf((await refresh(cookie)).headers);
      }
      server.clock.nowMs = startMs + 30 * DAY - MINUTE;
      const renewed = await refresh(cookie);
      const last = { headers: { Authorization: `Bearer ${renewed.data.accessToken}` } };
      expect((await at(server.url, '/village', last)).status).toBe(200);
      await server.must('session.logout', { headers: { Cookie: cookieOf(renewed.headers) }, body: {} });
      server.clock.nowMs += 2 * MINUTE;
      // Logging in anew clears away what has run out, and with it what said that it was ended.
      await logIn(staff.username);
      expect((await at(server.url, '/village', last)).status).toBe(401);
    });

    it('the server’s secret changes without anybody noticing', async () => {
      const staff = await server.asStaff('admin');
      const cookie = await logIn(staff.username);
      const { id } = await addHousehold(server);
      const phone = await server.asHousehold(id);
      const kiosk = await server.asKiosk();
      const create = (origin: string, key: string, as: Pick<Caller, 'headers'> = staff) =>
        at(
          origin,
          '/volunteers',
          { headers: { ...as.headers, 'Idempotency-Key': key } },
          { name: `接班${key}` },
        );
      const kept = (await (await create(server.url, 'before-the-change')).json()) as { pin: string };
      const current = 'a new secret of the tests, long enough too';
      const after = await server.another({ current, previous: [server.secrets.current] });
      expect((await at(after, '/village', staff)).status).toBe(200);
      expect((await at(after, '/me', phone)).status).toBe(200);
      expect((await at(after, '/kiosk/redemptions', kiosk)).status).toBe(200);
      // An answer with a PIN in it was sealed with the secret of before, and opens.
      expect(await (await create(after, 'before-the-change')).json()).toEqual(kept);
      const renewed = await at(after, '/session/refresh', { headers: { Cookie: cookie } }, {});
      expect(renewed.status).toBe(200);
      const { accessToken } = (await renewed.json()) as { accessToken: string };
      // Once nobody needs it any more the old one goes: what the new one signed counts, what the old one did not.
      const last = await server.another({ current, previous: [] });
      const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
      expect((await at(last, '/village', bearer(accessToken))).status).toBe(200);
      expect((await at(last, '/village', staff)).status).toBe(401);
      const lost = await create(last, 'before-the-change', bearer(accessToken));
      expect([lost.status, ((await lost.json()) as { code: string }).code]).toEqual([
        409,
        'idempotency.conflict',
      ]);
      expect((await at(last, '/me', phone)).status).toBe(200);
      expect((await at(last, '/kiosk/redemptions', kiosk)).status).toBe(200);
    });

    it('guesses are counted by account, device and address, whichever process and after a restart', async () => {
      const staff = await server.asStaff('committee');
      const kiosk = await server.asKiosk();
      const from = { 'X-Forwarded-For': '198.51.100.77' };
      const guess = (origin: string, username: string, headers: Record<string, string>) =>
        at(origin, '/session', { headers }, { username, password: 'wrong' });
      const signIn = (origin: string, volunteerId: string) =>
        at(origin, '/kiosk/shift', kiosk.device, { volunteerId, pin: '000000' });
      for (let tries = 0; tries < 5; tries += 1) await guess(server.url, staff.username, {});
      for (let tries = 0; tries < 50; tries += 1) {
        await guess(server.url, `somebody-${tries}`, from);
        await signIn(server.url, `nobody-${tries}`);
      }
      // A process started afterwards knows nothing but the database.
      const restarted = await server.another();
      const right = { username: staff.username, password: PASSWORD };
      const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
      expect(await codeOf(await at(restarted, '/session', { headers: {} }, right))).toBe('auth.locked');
      expect(await codeOf(await guess(restarted, 'somebody-else', from))).toBe('auth.locked');
      expect(await codeOf(await signIn(restarted, kiosk.volunteerId))).toBe('auth.locked');
      const other = await server.asKiosk();
      const { volunteerId, pin } = other;
      expect((await at(restarted, '/kiosk/shift', other.device, { volunteerId, pin })).status).toBe(200);
    });
  });
});
