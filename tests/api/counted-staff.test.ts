/** Duties stay split for ten days after people lost confirmation or office, and the village reads of it, on both engines. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, businessDay, DAY_MS } from '../../shared/business-day.ts';
import type { StaffRole } from '../../shared/roles.ts';
import { ruleSample } from '../support/sample-parts.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('people by whose number duties are split, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('in a village of four', () => {
    let server: TestServer;
    let admin: StaffCaller;
    let approver: StaffCaller;
    let committee: StaffCaller;
    let shopkeeper: StaffCaller;
    let household: string;
    let rule: string;
    beforeEach(async () => {
      server = await startTestServer(engine, { isTold: true });
      ({ admin } = server);
      approver = await server.asStaff('approver');
      committee = await confirmed('committee');
      shopkeeper = await confirmed('shopkeeper');
      const as = admin;
      household = (await server.must('households.create', { as, body: { head: '王小明', group: '' } })).id;
      rule = (await server.must('rules.create', { as, body: ruleSample('A1', '清扫') })).id;
      server.clock.nowMs += 1000;
      expect(await onBoard()).toMatchObject({ rule: 'all', staff: 4, still: null });
    });
    afterEach(() => server.remove());

    async function confirmed(role: StaffRole): Promise<StaffCaller> {
      const person = await server.asStaff(role);
      await server.must('staff.confirm', { as: approver, params: { id: person.id }, body: {} });
      return person;
    }
    async function logIn({ id, username, password }: StaffCaller): Promise<StaffCaller> {
      const { accessToken } = await server.must('session.login', { body: { username, password } });
      return { id, username, password, headers: { Authorization: `Bearer ${accessToken}` } };
    }
    /** Log-ins are over after so long. */
    async function pass(days: number) {
      server.clock.nowMs += days * DAY_MS;
      [admin, approver] = [await logIn(admin), await logIn(approver)];
    }
    const disable = ({ id }: StaffCaller, disabled = true) =>
      server.must('staff.update', { as: admin, params: { id }, body: { disabled } });
    const reset = ({ id }: StaffCaller) =>
      server.must('staff.resetPassword', { as: admin, params: { id }, body: {} });
    const confirm = ({ id }: StaffCaller) =>
      server.must('staff.confirm', { as: approver, params: { id }, body: {} });
    const onBoard = async () =>
      (await server.must('board.view', { params: { villageId: server.id } })).people;
    const inDays = (days: number) => businessDay(server.clock.nowMs + days * DAY_MS, 'Asia/Shanghai');
    /** Everything that an administrator does not do where people are enough. */
    async function tried(as = admin): Promise<(string | number)[]> {
      const params = { id: household };
      const body = { ruleId: rule, householdIds: [household], points: 100 };
      const got = [
        await server.call('households.issueCard', { as, params }),
        await server.call('households.resetPin', { as, params, body: { pin: '483920' } }),
        await server.call('proposals.create', { as, body }),
      ];
      const { dutiesSplit } = (await server.must('session.me', { as })).village;
      return [
        ...got.map(({ status, problem }) => (status === 200 ? 200 : problem.code)),
        String(dutiesSplit),
      ];
    }
    const REFUSED = ['auth.duties_split', 'auth.duties_split', 'proposal.administrator', 'true'];
    const DONE = [200, 200, 200, 'false'];

    it('an administrator who disables somebody ends nothing for ten days', async () => {
      expect(await tried()).toEqual(REFUSED);
      await disable(shopkeeper);
      expect(await tried()).toEqual(REFUSED);
      const still = { confirmed: 3, counted: 4, until: inDays(10) };
      expect(await onBoard()).toMatchObject({ rule: 'all', staff: 3, still });
      const query = { from: inDays(0), to: inDays(0) };
      expect((await server.must('notices.view', { as: approver, query })).people).toEqual(await onBoard());
      expect((await server.must('village.summary', { as: approver })).stillShared).toEqual(still);
      await pass(10 - 1 / 24);
      expect(await tried()).toEqual(REFUSED);
      await pass(1 / 24);
      expect(await onBoard()).toMatchObject({ rule: 'administrator_proposes', staff: 3, still: null });
      expect((await server.must('village.summary', { as: approver })).stillShared).toBeNull();
      expect(await tried()).toEqual(DONE);
      expect(await server.must('ledger.verify', { as: admin, body: {} })).toMatchObject({ ok: true });
    });

    it('nor one who resets two passwords, takes kin away or gives a role', async () => {
      await reset(committee);
      await reset(shopkeeper);
      expect(await tried()).toEqual(REFUSED);
      expect(await onBoard()).toMatchObject({
        rule: 'all',
        staff: 2,
        still: { counted: 4, until: inDays(10) },
      });
      // A person who is confirmed again counts as before.
      await confirm(committee);
      await confirm(shopkeeper);
      expect(await onBoard()).toMatchObject({ rule: 'all', staff: 4, still: null });
      const roles = ['shopkeeper' as const, 'book_keeper' as const];
      await server.must('staff.update', { as: admin, params: { id: shopkeeper.id }, body: { roles } });
      expect(await tried()).toEqual(REFUSED);
      await pass(3);
      await reset(committee);
      await reset(shopkeeper);
      await disable(shopkeeper);
      expect(await tried()).toEqual(REFUSED);
      await pass(10);
      expect(await onBoard()).toMatchObject({ rule: 'pair', staff: 2, still: null });
      expect(await tried()).toEqual(DONE);
    });

    it('nor one who lays the role down, or moves somebody to the supervisor’s seat', async () => {
      const second = await server.asStaff('admin');
      await disable(shopkeeper);
      await server.must('staff.update', {
        as: second,
        params: { id: committee.id },
        body: { roles: ['supervisor'] },
      });
      await server.must('staff.update', {
        as: second,
        params: { id: admin.id },
        body: { roles: ['committee'] },
      });
      expect(await tried(second)).toEqual(REFUSED);
      expect(await onBoard()).toMatchObject({ rule: 'all', staff: 2, still: { counted: 5 } });
      const both = await server.asStaff(['admin', 'approver']);
      server.clock.nowMs += 1;
      const laidDown = { params: { id: both.id }, body: { roles: ['approver' as const] } };
      expect((await server.must('staff.update', { as: second, ...laidDown })).confirmedAtMs).toBeNull();
      expect(await onBoard()).toMatchObject({ rule: 'all', staff: 2, still: { counted: 6 } });
      expect(await server.must('ledger.verify', { as: second, body: {} })).toMatchObject({ ok: true });
    });

    it('a new account counts once it is confirmed, and not for being changed', async () => {
      await disable(shopkeeper);
      await pass(10);
      const body = { username: 'newcomer', displayName: '新来的', roles: ['committee' as const] };
      const { staff } = await server.must('staff.create', { as: admin, body });
      const newcomer = { ...committee, id: staff.id };
      server.clock.nowMs += 1000;
      await reset(newcomer);
      await disable(newcomer);
      server.clock.nowMs += 1000;
      await disable(newcomer, false);
      expect(await onBoard()).toMatchObject({ rule: 'administrator_proposes', staff: 3, still: null });
      // Nor does somebody who comes back long after.
      await disable(shopkeeper, false);
      expect(await onBoard()).toMatchObject({ rule: 'administrator_proposes', staff: 3, still: null });
      expect(await tried()).toEqual(DONE);
      await confirm(newcomer);
      expect(await onBoard()).toMatchObject({ rule: 'all', staff: 4, still: null });
      await disable(newcomer);
      expect(await onBoard()).toMatchObject({
        rule: 'all',
        staff: 3,
        still: { counted: 4, until: inDays(10) },
      });
    });

    it('is told of nowhere where the smaller number has the same rule', async () => {
      const fifth = await confirmed('book_keeper');
      await disable(fifth);
      expect(await onBoard()).toMatchObject({ rule: 'all', staff: 4, still: null });
      await pass(2);
      await disable(shopkeeper);
      const until = addDays(inDays(0), 10);
      expect(await onBoard()).toMatchObject({ rule: 'all', staff: 3, still: { counted: 5, until } });
    });
  });
});
