import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OutcomeUnknown, type Store } from '../../db/index.ts';
import { resetPassword } from '../../server/staff/index.ts';
import { RENEW_AGAIN_MS } from '../../server/identity/sessions.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import { typePin } from '../support/pins.ts';
import { newCardCode } from '../support/presence.ts';
import {
  addressOf,
  type Caller,
  type LooseSent,
  PASSWORD,
  type ProblemBody,
  requestOf,
  serveOver,
  type StaffCaller,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { createLedger } from '../support/ledger.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

/** One read and one write that this kind of caller may do. */
interface Duties {
  readonly read: EndpointId;
  readonly write: EndpointId;
  readonly body: unknown;
}
const DESK: Duties = {
  read: 'session.me',
  write: 'session.changePassword',
  body: { current: PASSWORD, next: PASSWORD },
};
const PHONE: Duties = { read: 'me.view', write: 'me.setGoal', body: { goodsId: null } };
const SHIFT: Duties = { read: 'kiosk.recent', write: 'kiosk.find', body: { name: '王' } };
const DEVICE: Duties = {
  read: 'kiosk.state',
  write: 'kiosk.signIn',
  body: { volunteerId: 'nobody', pin: '000000' },
};

/** 'done', or the code of the refusal. */
async function told(origin: string, id: EndpointId, sent: LooseSent): Promise<string> {
  const response = await fetch(origin + addressOf(id, sent), requestOf(id, sent));
  const body: unknown = await response.json();
  return response.status === 200 ? 'done' : (body as ProblemBody).code;
}

/** Two processes on one database. Both know each caller before one of them revokes something. */
describe.each(ENGINES)('a revocation on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('counts with the next request in every process', () => {
    let server: TestServer;
    let elsewhere = '';
    beforeAll(async () => {
      server = await startTestServer(engine, { limits: { logInsPerMinute: 10_000 } });
      elsewhere = await server.another();
    });
    afterAll(() => server.remove());

    /** Asks the process that did not revoke first: it must not answer from memory. */
    const both = async (id: EndpointId, sent: LooseSent) => [
      await told(elsewhere, id, sent),
      await told(server.url, id, sent),
    ];
    const twice = (one: string) => [one, one];

    async function expectEnds(
      as: Caller,
      { read, write, body }: Duties,
      refusal: string,
      revoke: () => Promise<unknown>,
    ): Promise<void> {
      for (let round = 0; round < 2; round += 1) expect(await both(read, { as })).toEqual(twice('done'));
      await revoke();
      expect(await both(read, { as })).toEqual(twice(refusal));
      expect(await both(write, { as, body })).toEqual(twice(refusal));
    }

    async function logIn({ username }: StaffCaller): Promise<{ as: Caller; cookie: string }> {
      const got = await server.call('session.login', { body: { username, password: PASSWORD } });
      const [cookie = ''] = (got.headers.getSetCookie()[0] ?? '').split(';');
      return {
        as: { id: got.data.staff.id, headers: { Authorization: `Bearer ${got.data.accessToken}` } },
        cookie,
      };
    }

    describe('of staff', () => {
      const expectOut = (as: Caller, revoke: () => Promise<unknown>) =>
        expectEnds(as, DESK, 'auth.session_ended', revoke);
      const update = (staff: Caller, body: object) =>
        server.must('staff.update', { as: server.admin, params: { id: staff.id }, body });

      it('who were disabled', async () => {
        const staff = await server.asStaff('committee');
        await expectOut(staff, () => update(staff, { disabled: true }));
      });

      it('whose password was set by an administrator, or by a command beside the server', async () => {
        const first = await server.asStaff('committee');
        await expectOut(first, () =>
          server.must('staff.resetPassword', { as: server.admin, params: { id: first.id }, body: {} }),
        );
        const second = await server.asStaff('committee');
        const tools = {
          ledger: createLedger({ clock: () => server.clock.nowMs }),
          store: await server.test.openAgain(),
          random: (size: number) => new Uint8Array(size),
          clock: () => server.clock.nowMs,
        };
        await expectOut(second, () => resetPassword(tools, { username: second.username }));
      });

      it('who changed their password, on every log-in but the one they did it on', async () => {
        const staff = await server.asStaff('committee');
        const own = await logIn(staff);
        const body = { current: PASSWORD, next: `${PASSWORD}-too` };
        await expectOut(staff, () => server.must('session.changePassword', { as: own.as, body }));
        expect(await both('session.me', { as: own.as })).toEqual(twice('done'));
      });

      it('who logged out, or whose spent cookie came again', async () => {
        const staff = await server.asStaff('committee');
        const [left, stolen] = [await logIn(staff), await logIn(staff)];
        await expectOut(left.as, () =>
          server.must('session.logout', { headers: { Cookie: left.cookie }, body: {} }),
        );
        const refresh = () =>
          server.call('session.refresh', { headers: { Cookie: stolen.cookie }, body: {} });
        expect((await refresh()).status).toBe(200);
        await expectOut(stolen.as, async () => {
          server.clock.nowMs += RENEW_AGAIN_MS + 1;
          expect((await refresh()).problem.code).toBe('auth.session_ended');
        });
        expect(await both('session.me', { as: staff })).toEqual(twice('done'));
      });

      it('whose roles changed: what was theirs is closed, what is theirs now is open', async () => {
        const staff = await server.asStaff('admin');
        const body = { name: '后门' };
        for (let round = 0; round < 2; round += 1)
          expect(await both('staff.list', { as: staff })).toEqual(twice('done'));
        await update(staff, { roles: ['shopkeeper'] });
        expect(await both('staff.list', { as: staff })).toEqual(twice('auth.forbidden'));
        expect(await both('village.update', { as: staff, body })).toEqual(twice('auth.forbidden'));
        await update(staff, { roles: ['admin'] });
        expect(await both('village.update', { as: staff, body })).toEqual(twice('done'));
      });
    });

    describe('of a kiosk', () => {
      const expectOver = (as: Caller, revoke: () => Promise<unknown>) =>
        expectEnds(as, SHIFT, 'kiosk.shift_over', revoke);

      it('that was locked, with its volunteer or without', async () => {
        const kiosk = await server.asKiosk();
        await expectEnds(kiosk.device, DEVICE, 'kiosk.revoked', () =>
          server.must('kiosks.revoke', { as: server.admin, params: { id: kiosk.device.id }, body: {} }),
        );
        expect(await both(SHIFT.read, { as: kiosk })).toEqual(twice('kiosk.revoked'));
      });

      it('that is to be paired anew', async () => {
        const { device } = await server.asKiosk();
        await expectEnds(device, DEVICE, 'auth.required', () =>
          server.must('kiosks.newCode', { as: server.admin, params: { id: device.id }, body: {} }),
        );
      });

      it('whose shift was ended, by its volunteer or by the next', async () => {
        const kiosk = await server.asKiosk();
        await expectOver(kiosk, () => server.must('kiosk.signOut', { as: kiosk, body: {} }));
        const earlier = await server.asKiosk();
        const { volunteerId, pin, device } = earlier;
        await expectOver(earlier, () =>
          server.must('kiosk.signIn', { as: device, body: { volunteerId, pin } }),
        );
        expect(await both(DEVICE.read, { as: device })).toEqual(twice('done'));
      });

      it('whose volunteer was disabled, or got another PIN', async () => {
        for (const body of [{ disabled: true }, { newPin: true as const }]) {
          const kiosk = await server.asKiosk();
          await expectOver(kiosk, () =>
            server.must('volunteers.update', { as: server.admin, params: { id: kiosk.volunteerId }, body }),
          );
        }
      });
    });

    describe('of a household', () => {
      const expectOut = (as: Caller, revoke: () => Promise<unknown>) =>
        expectEnds(as, PHONE, 'auth.session_ended', revoke);

      it('whose phone was ended: by itself, by another of its phones, by the office', async () => {
        const { id } = await addHousehold(server);
        const kept = await server.asHousehold(id);
        const ids = async () => (await server.must('me.phones', { as: kept })).items.map((one) => one.id);
        const ends = [
          ['me.logout', (as: Caller) => ({ as })],
          ['me.endPhone', (_as: Caller, phoneId: string) => ({ as: kept, params: { id: phoneId } })],
          [
            'households.endPhone',
            (_as: Caller, phoneId: string) => ({ as: server.admin, params: { id, phoneId } }),
          ],
        ] as const;
        for (const [end, sent] of ends) {
          const before = await ids();
          const phone = await server.asHousehold(id);
          const [phoneId = ''] = (await ids()).filter((one) => !before.includes(one));
          await expectOut(phone, async () =>
            expect(await told(server.url, end, { ...sent(phone, phoneId), body: {} })).toBe('done'),
          );
        }
        expect(await both('me.view', { as: kept })).toEqual(twice('done'));
      });

      it('that got another PIN', async () => {
        const { id } = await addHousehold(server);
        await expectOut(await server.asHousehold(id), () => typePin(server, id));
      });

      it('whose account was closed', async () => {
        const { id } = await addHousehold(server);
        const [maker, approver] = [await server.asStaff('committee'), await server.asStaff('approver')];
        const body = { kind: 'departure', toId: null, reason: '搬走了' } as const;
        const change = await server.must('households.proposeChange', { as: maker, params: { id }, body });
        await expectOut(await server.asHousehold(id), () =>
          server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [change.id] } }),
        );
      });

      it('whose card was replaced: the old one opens nothing at any counter', async () => {
        const kiosk = await server.asKiosk();
        const { id } = await addHousehold(server);
        const office = await server.asStaff('committee');
        const issue = () => newCardCode(server, id, office);
        const card = await issue();
        const look = () => both('kiosk.lookup', { as: kiosk, body: { card } });
        expect(await look()).toEqual(twice('done'));
        await issue();
        expect(await look()).toEqual(twice('card.revoked'));
      });
    });
  });

  describe.skipIf(missing)('counts', () => {
    let test: TestStore;
    let server: TestServer;
    /** The number of snapshots read so far, and whether the next commit's answer gets lost. */
    const seen = { reads: 0, losesCommit: false };
    beforeAll(async () => {
      test = await openTestStore(engine);
      server = await serveOver({ ...test, store: watched(test.store) });
    });
    afterAll(() => server.remove());

    function watched(store: Store): Store {
      return {
        ...store,
        async read(work) {
          const value = await store.read(work);
          seen.reads += 1;
          return value;
        },
        async transaction(work, ofVillage) {
          const value = await store.transaction(work, ofVillage);
          if (!seen.losesCommit) return value;
          seen.losesCommit = false;
          throw new OutcomeUnknown('the answer was lost');
        },
      };
    }

    /** Sends the first half of a write and waits until its caller is authenticated. Returns how to send the rest. */
    async function half(id: EndpointId, as: Caller, body: unknown): Promise<() => Promise<string>> {
      const { headers, body: content } = requestOf(id, { as, body });
      const { hostname, port, host } = new URL(server.url);
      const bytes = Buffer.from(content as string);
      const fields = {
        ...(headers as object),
        Host: host,
        Connection: 'close',
        'Content-Length': bytes.length,
      };
      const lines = Object.entries(fields).map(([name, value]) => `${name}: ${String(value)}`);
      const before = seen.reads;
      const socket = connect(Number(port), hostname);
      socket.write([`POST ${addressOf(id, {})} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      socket.write(bytes.subarray(0, 5));
      await vi.waitUntil(() => seen.reads > before, { timeout: 20_000 });
      return async () => {
        socket.write(bytes.subarray(5));
        const answer = await text(socket);
        return answer.startsWith('HTTP/1.1 200') ? 'done' : (/"code":"([^"]+)"/.exec(answer)?.[1] ?? answer);
      };
    }

    it('though nobody knows whether it was committed', async () => {
      const staff = await server.asStaff('committee');
      for (let round = 0; round < 2; round += 1) await server.must('session.me', { as: staff });
      seen.losesCommit = true;
      const disable = { as: server.admin, params: { id: staff.id }, body: { disabled: true } };
      expect(await server.refused('staff.update', disable)).toBe('server.unknown_outcome');
      expect(await server.refused('session.me', { as: staff })).toBe('auth.session_ended');
    });

    it('against a write that was begun before and is sent to its end after', async () => {
      const admin = await server.asStaff('admin');
      const household = { head: '李晚到', group: '第一组' };
      const finish = await half('households.create', admin, household);
      await server.must('staff.update', {
        as: server.admin,
        params: { id: admin.id },
        body: { roles: ['shopkeeper'] },
      });
      expect(await finish()).toBe('auth.forbidden');
      const found = await server.must('households.list', { as: server.admin, query: { q: '李晚到' } });
      expect(found.items).toEqual([]);
      const kiosk = await server.asKiosk();
      const search = await half('kiosk.find', kiosk, { name: '王小明' });
      await server.must('kiosks.revoke', { as: server.admin, params: { id: kiosk.device.id }, body: {} });
      expect(await search()).toBe('kiosk.revoked');
    });

    it('against writes that wait for one commit and share a look-up', async () => {
      const { id } = await addGoods(server, {}, { quantity: 5, costFen: 500 });
      const as = await server.asStaff('shopkeeper');
      const body = { quantity: 1, totalCostFen: 100, source: 'bought' };
      const sixteen = () =>
        Promise.all(
          Array.from({ length: 16 }, () => told(server.url, 'goods.stockIn', { as, params: { id }, body })),
        );
      const stock = async () => {
        const { items } = await server.must('goods.list', { as: server.admin });
        return items.find((one) => one.id === id)?.stock;
      };
      expect(await sixteen()).toEqual(Array(16).fill('done'));
      expect(await stock()).toBe(21);

      const disable = { as: server.admin, params: { id: as.id }, body: { disabled: true } };
      const [answers] = await Promise.all([sixteen(), server.must('staff.update', disable)]);
      const done = answers.filter((one) => one === 'done').length;
      expect(await stock()).toBe(21 + done);
      expect(answers.filter((one) => one !== 'done')).toEqual(Array(16 - done).fill('auth.session_ended'));
      expect(await sixteen()).toEqual(Array(16).fill('auth.session_ended'));
      expect(await stock()).toBe(21 + done);
    });
  });
});
