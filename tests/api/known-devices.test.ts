import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A browser with its cookies. */
class Browser {
  readonly cookies = new Map<string, string>();
  readonly #server: TestServer;

  constructor(server: TestServer) {
    this.#server = server;
  }

  async logIn({ username }: StaffCaller, password = PASSWORD, more = {}): Promise<string> {
    const { status, problem, headers } = await this.#server.call('session.login', {
      body: { username, password },
      headers: { ...this.header(), ...more },
    });
    this.#keep(headers);
    return status === 200 ? 'in' : problem.code;
  }

  async refresh(): Promise<number> {
    const { status, headers } = await this.#server.call('session.refresh', { headers: this.header() });
    this.#keep(headers);
    return status;
  }

  header() {
    return { Cookie: Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join('; ') };
  }

  #keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
  }
}

describe.each(ENGINES)('a device that has logged in before, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('has a counter of its own', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine, { limits: { logInsPerMinute: 10_000 } });
    });
    afterAll(() => server.remove());

    async function known() {
      const staff = await server.asStaff('committee');
      const own = new Browser(server);
      expect(await own.logIn(staff)).toBe('in');
      return { staff, own };
    }
    async function wrong(browser: Browser, staff: StaffCaller, times = 5): Promise<string[]> {
      const said = [];
      for (let time = 0; time < times; time += 1) said.push(await browser.logIn(staff, 'wrong'));
      return said;
    }
    const LOCKS = [...Array.from({ length: 4 }, () => 'auth.wrong'), 'auth.locked'];

    it('so strangers who lock the name do not keep its owner out, who stays a stranger elsewhere', async () => {
      const { staff, own } = await known();
      const stranger = new Browser(server);
      expect(await wrong(stranger, staff)).toEqual(LOCKS);
      expect(await stranger.logIn(staff)).toBe('auth.locked');
      expect(await own.logIn(staff)).toBe('in');
      // A right password on the known device does not open the name to the strangers again.
      expect(await stranger.logIn(staff, 'wrong')).toBe('auth.locked');
      const forged = new Browser(server);
      for (const [name, value] of own.cookies)
        if (name.startsWith('jishan_device_'))
          forged.cookies.set(
            name,
            value.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')),
          );
      expect(await forged.logIn(staff)).toBe('auth.locked');
    });

    it('so wrong passwords on it lock it alone', async () => {
      const { staff, own } = await known();
      const other = new Browser(server);
      expect(await other.logIn(staff)).toBe('in');
      expect(await wrong(own, staff)).toEqual(LOCKS);
      expect(await own.logIn(staff)).toBe('auth.locked');
      expect(await other.logIn(staff)).toBe('in');
      expect(await new Browser(server).logIn(staff)).toBe('in');
      expect(await own.logIn(staff)).toBe('auth.locked');
      server.clock.nowMs += MINUTE;
      expect(await own.logIn(staff)).toBe('in');
    });

    it('for each account apart: who shares the computer is still a stranger to the others', async () => {
      const { staff, own } = await known();
      const colleague = await server.asStaff('approver');
      expect(await wrong(own, colleague)).toEqual(LOCKS);
      expect(await new Browser(server).logIn(colleague)).toBe('auth.locked');
      expect(await own.logIn(staff)).toBe('in');
      server.clock.nowMs += MINUTE;
      expect(await own.logIn(colleague)).toBe('in');
      expect(Array.from(own.cookies.keys()).filter((name) => name.startsWith('jishan_device_'))).toHaveLength(
        2,
      );
    });

    it('by a cookie that scripts cannot see, that says no name, and that other pages cannot use', async () => {
      const staff = await server.asStaff('committee');
      const { headers } = await server.call('session.login', {
        body: { username: staff.username, password: PASSWORD },
      });
      const [, cookie = ''] = headers.getSetCookie();
      expect(cookie).toMatch(
        /^jishan_device_[0-9a-f]{16}=[\w-]{43}\.\d+\.[\w-]{43}; Max-Age=34560000; Path=\/api\/v1\/session; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
      );
      expect(cookie).not.toContain(staff.username);
      expect(cookie).not.toContain(staff.id);
      const [own, stranger] = [new Browser(server), new Browser(server)];
      await own.logIn(staff);
      await wrong(stranger, staff);
      own.cookies.delete('jishan_refresh');
      expect(await own.logIn(staff, PASSWORD, { 'Sec-Fetch-Site': 'same-site' })).toBe('auth.locked');
      expect(await own.logIn(staff, PASSWORD, { 'Sec-Fetch-Site': 'same-origin' })).toBe('in');
    });

    it('kept while it is used, also by a log-in that is renewed', async () => {
      const { staff, own } = await known();
      const before = new Map(own.cookies);
      const name = Array.from(own.cookies.keys()).find((one) => one.startsWith('jishan_device_')) ?? '';
      own.cookies.delete(name);
      expect(await own.refresh()).toBe(200);
      expect(own.cookies.has(name)).toBe(true);
      expect(own.cookies.get(name)).not.toBe(before.get(name));
      const first = own.cookies.get(name);
      await own.refresh();
      expect(own.cookies.get(name)).toBe(first);
      server.clock.nowMs += 31 * DAY;
      expect(await own.logIn(staff)).toBe('in');
      expect(own.cookies.get(name)).not.toBe(first);
      expect(own.cookies.get(name)?.split('.')[0]).toBe(first?.split('.')[0]);
      server.clock.nowMs += 401 * DAY;
      await wrong(new Browser(server), staff);
      expect(await own.logIn(staff)).toBe('auth.locked');
    });

    it('and somebody who is logged in changes the password while strangers lock the name', async () => {
      const { staff } = await known();
      await wrong(new Browser(server), staff);
      const body = { current: PASSWORD, next: 'three brown hens' };
      expect((await server.call('session.changePassword', { as: staff, body })).status).toBe(200);
    });
  });
});
