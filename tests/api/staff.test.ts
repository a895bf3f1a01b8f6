import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('staff on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of a village', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());

    const create = (username: string, more: object = {}) =>
      server.call('staff.create', {
        as: server.admin,
        body: { username, displayName: `李${username}`, roles: ['committee'], householdIds: [], ...more },
      });

    it('start with a one-time password that opens nothing but its change', async () => {
      const { data } = await create('xiuying');
      expect(data.staff).toMatchObject({
        username: 'xiuying',
        roles: ['committee'],
        mustChangePassword: true,
        disabled: false,
      });
      const login = await server.must('session.login', {
        body: { username: 'xiuying', password: data.oneTimePassword },
      });
      const as = { id: data.staff.id, headers: { Authorization: `Bearer ${login.accessToken}` } };
      expect(await server.refused('households.list', { as })).toBe('auth.must_change_password');
      expect((await server.must('session.me', { as })).staff.mustChangePassword).toBe(true);
      await server.must('session.changePassword', {
        as,
        body: { current: data.oneTimePassword, next: 'three brown hens' },
      });
      expect((await server.must('households.list', { as })).items).toEqual([]);
    });

    it('have user names no two share, in any village', async () => {
      const other = await server.addVillage();
      await create('guilan');
      const again = await server.call('staff.create', {
        as: other.admin,
        body: { username: 'GuiLan', displayName: '桂兰', roles: ['committee'] },
      });
      expect([again.status, again.problem.code]).toEqual([409, 'staff.username_taken']);
      expect(again.problem.detail).toContain('“guilan”');
    });

    it('are declared kin only of households there are', async () => {
      expect((await create('kin', { householdIds: ['not-a-household'] })).problem.code).toBe(
        'household.not_found',
      );
      const household = await server.must('households.create', {
        as: server.admin,
        body: { head: '王小明', group: '一组' },
      });
      expect((await create('kin', { householdIds: [household.id] })).data.staff.householdIds).toEqual([
        household.id,
      ]);
      const other = await server.addVillage();
      const foreign = await server.call('staff.create', {
        as: other.admin,
        body: {
          username: 'foreignkin',
          displayName: '外人',
          roles: ['committee'],
          householdIds: [household.id],
        },
      });
      expect(foreign.problem.code).toBe('household.not_found');
    });

    it('declare more kin themselves, and leave it to another to take some off', async () => {
      const admin = await server.asStaff('admin');
      const add = (head: string) =>
        server.must('households.create', { as: admin, body: { head, group: '二组' } });
      const [own, kin] = [(await add('李大山')).id, (await add('李小山')).id];
      const declare = (as: typeof admin, householdIds: string[]) =>
        server.call('staff.update', { as, params: { id: admin.id }, body: { householdIds } });
      expect((await declare(admin, [own])).status).toBe(200);
      expect((await declare(admin, [kin, own])).data.householdIds).toEqual([kin, own]);
      for (const less of [[], [own], [kin]]) {
        const got = await declare(admin, less);
        expect([got.status, got.problem.code]).toEqual([403, 'staff.own_households']);
      }
      expect((await declare(server.admin, [own])).data.householdIds).toEqual([own]);
    });

    it('see a change of their roles at once, and are out when disabled', async () => {
      const person = await server.asStaff('supervisor');
      expect(await server.refused('goods.create', { as: person })).toBe('auth.forbidden');
      await server.must('staff.update', {
        as: server.admin,
        params: { id: person.id },
        body: { roles: ['shopkeeper'] },
      });
      expect(await server.refused('goods.create', { as: person })).toBe('request.invalid');
      await server.must('staff.update', {
        as: server.admin,
        params: { id: person.id },
        body: { disabled: true },
      });
      expect(await server.refused('goods.list', { as: person })).toBe('auth.session_ended');
      const { username, password } = person;
      expect(await server.refused('session.login', { body: { username, password } })).toBe('auth.wrong');
      await server.must('staff.update', {
        as: server.admin,
        params: { id: person.id },
        body: { disabled: false },
      });
      await server.must('session.login', { body: { username, password } });
    });

    it('always keep one administrator, also when two strike each other off at once', async () => {
      const village = await server.addVillage('只有两位管理员');
      const second = await server.asStaff('admin', { village });
      const strike = (as: { id: string; headers: Readonly<Record<string, string>> }, id: string) =>
        server.call('staff.update', { as, params: { id }, body: { disabled: true } });
      const both = await Promise.all([strike(village.admin, second.id), strike(second, village.admin.id)]);
      expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
      const left = both[0].status === 200 ? village.admin : second;
      expect(
        await server.refused('staff.update', {
          as: left,
          params: { id: left.id },
          body: { roles: ['committee'] },
        }),
      ).toBe('staff.last_admin');
      expect(
        await server.refused('staff.update', { as: left, params: { id: left.id }, body: { disabled: true } }),
      ).toBe('staff.last_admin');
      await server.must('staff.update', {
        as: left,
        params: { id: left.id },
        body: { roles: ['committee', 'admin'] },
      });
    });

    it('given a new password are logged out everywhere; the password comes again under the same key', async () => {
      const person = await server.asStaff('committee');
      const key = newKey();
      const reset = () =>
        server.call('staff.resetPassword', { as: server.admin, params: { id: person.id }, key });
      const first = await reset();
      expect(await server.refused('village.get', { as: person })).toBe('auth.session_ended');
      const again = await reset();
      expect(again.data).toEqual(first.data);
      expect(again.headers.get('Idempotency-Replayed')).toBe('true');
      await server.must('session.login', {
        body: { username: person.username, password: first.data.oneTimePassword },
      });
      const kept = await server.store.read(async ({ db, t }) => db.select().from(t.commands));
      expect(JSON.stringify(kept)).not.toContain(first.data.oneTimePassword);
    });

    it('of another village are not there', async () => {
      const other = await server.addVillage();
      const person = await server.asStaff('committee');
      for (const id of ['staff.update', 'staff.resetPassword'] as const) {
        expect(await server.refused(id, { as: other.admin, params: { id: person.id } })).toBe(
          'staff.not_found',
        );
      }
    });
  });
});
