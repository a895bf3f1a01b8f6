/** The board and the notice tell how few or many share the duties, and whose accounts changed, on both engines. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StaffCaller, startTestServer, type TestServer, type TestVillage } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('people in public on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let approver: StaffCaller;
    const days = { from: '2026-03-01', to: '2026-03-31' };
    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = Date.parse('2026-03-02T10:00:00+08:00');
      approver = await server.asStaff('approver');
    });
    afterAll(() => server.remove());

    const onBoard = async (village: TestVillage = server) =>
      (await server.must('board.view', { params: { villageId: village.id } })).people;
    const notice = (query = days, as = approver) => server.must('notices.view', { as, query });

    async function confirmed(role: 'committee' | 'supervisor'): Promise<void> {
      const { id } = await server.asStaff(role);
      await server.must('staff.confirm', { as: approver, params: { id }, body: {} });
    }

    /** Log-ins of March are over in April. */
    async function inApril() {
      server.clock.nowMs = Date.parse('2026-04-02T10:00:00+08:00');
      const as = await server.asStaff(['admin', 'approver']);
      return { admin: as, notice: () => notice({ from: '2026-04-01', to: '2026-04-02' }, as) };
    }

    it('say by which rules so few people work, as they become more', async () => {
      expect(await onBoard()).toEqual({
        rule: 'pair',
        staff: 2,
        volunteers: 0,
        waiting: [],
        still: null,
        hasSupervisor: false,
      });
      await confirmed('committee');
      await server.must('volunteers.create', { as: server.admin, body: { name: '周小妹' } });
      expect(await onBoard()).toMatchObject({ rule: 'administrator_proposes', staff: 3, volunteers: 1 });
      await confirmed('supervisor');
      const all = { rule: 'all', staff: 4, still: null, volunteers: 1, waiting: [], hasSupervisor: true };
      expect(await onBoard()).toEqual(all);
      expect((await notice()).people).toEqual(all);
    });

    it('are as few as are confirmed', async () => {
      const body = { username: 'newcomer', displayName: '新来的', roles: ['committee' as const] };
      await server.must('staff.create', { as: server.admin, body });
      expect(await onBoard()).toMatchObject({ staff: 4 });
    });

    it('say nothing until the books are open', async () => {
      expect(await onBoard(await server.addVillage('新村', false))).toBeNull();
    });

    it('stand on the back page with what was done to their accounts, and by whom', async () => {
      const body = { username: 'wang', displayName: '王审核', roles: ['approver' as const] };
      const { staff } = await server.must('staff.create', { as: server.admin, body });
      const params = { id: staff.id };
      await server.must('staff.confirm', { as: approver, params, body: {} });
      await server.must('staff.resetPassword', { as: server.admin, params });
      const { accounts, areAccountsCut } = await notice();
      expect(areAccountsCut).toBe(false);
      const ofWang = accounts.filter(({ person }) => person === '王审核');
      expect(ofWang.map(({ words, by }) => [words.zh, by])).toEqual([
        ['建了工作人员账号', 'admin'],
        ['确认了账号', 'approver'],
        ['给这位重设了密码', 'admin'],
      ]);
      expect(accounts.some(({ person }) => person === '周小妹')).toBe(true);
      expect(ofWang[0]?.changes.map(({ field }) => field)).toEqual(['displayName', 'roles']);
      expect(JSON.stringify(accounts)).not.toContain('"wang"');
    });

    it('are left out of the back page on other days, and so are kin', async () => {
      const { id } = await server.must('households.create', {
        as: server.admin,
        body: { head: '王小明', group: '' },
      });
      const kin = await server.must('staff.create', {
        as: server.admin,
        body: { username: 'accountant', displayName: '李会计', roles: ['committee'], householdIds: [id] },
      });
      const told = JSON.stringify(await notice());
      expect(told).toContain('李会计');
      for (const secret of [id, kin.oneTimePassword, '登记了本户']) expect(told).not.toContain(secret);
      expect((await notice({ from: '2026-04-01', to: '2026-04-02' })).accounts).toEqual([]);
      const april = await inApril();
      await server.must('staff.resetPassword', { as: april.admin, params: { id: kin.staff.id } });
      const { accounts } = await april.notice();
      expect(accounts.map(({ person }) => person)).toEqual(['李会计']);
    });

    it('fill one page at most, the newest of them', async () => {
      const { admin: as, notice: ofApril } = await inApril();
      const body = { username: 'busy', displayName: '忙得很', roles: ['committee' as const] };
      const { staff } = await server.must('staff.create', { as, body });
      for (let time = 0; time < 60; time += 1)
        await server.must('staff.resetPassword', { as, params: { id: staff.id } });
      const { accounts, areAccountsCut } = await ofApril();
      expect([accounts.length, areAccountsCut]).toEqual([60, true]);
      expect(accounts.every(({ person }) => person === '忙得很')).toBe(true);
    });
  });
});
