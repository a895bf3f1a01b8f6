import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('duties that two people share, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('once there are people enough', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let shopkeeper: StaffCaller;
    let both: StaffCaller;
    let id: string;
    beforeAll(async () => {
      server = await startTestServer(engine);
      const as = server.admin;
      ({ id } = await server.must('households.create', { as, body: { head: '王小明', group: '第一组' } }));
      shopkeeper = await server.asStaff('shopkeeper');
      committee = await server.asStaff('committee');
      both = await server.asStaff(['committee', 'shopkeeper']);
    });
    afterAll(() => server.remove());

    const issue = (as: StaffCaller) => server.call('households.issueCard', { as, params: { id } });
    const givePin = (as: StaffCaller) =>
      server.call('households.resetPin', { as, params: { id }, body: { pin: '483920' } });

    it('lets few people do it all', async () => {
      for (const as of [server.admin, shopkeeper, committee, both])
        expect([(await issue(as)).status, (await givePin(as)).status]).toEqual([200, 200]);
      const { village } = await server.must('session.me', { as: shopkeeper });
      expect(village.dutiesSplit).toBe(false);
    });

    it('M11: who makes volunteers and kiosks gives out no card and no PIN, also beside another role', async () => {
      const approvers = [await server.asStaff('approver'), await server.asStaff('approver')];
      expect((await server.must('session.me', { as: shopkeeper })).village.dutiesSplit).toBe(false);
      approvers.push(await server.asStaff('approver'));
      expect((await server.must('session.me', { as: shopkeeper })).village.dutiesSplit).toBe(true);
      for (const as of [server.admin, shopkeeper, both]) {
        expect((await issue(as)).problem.code).toBe('auth.duties_split');
        expect((await givePin(as)).problem.code).toBe('auth.duties_split');
        const body = { householdIds: [id], replace: true };
        expect(await server.refused('households.makePins', { as, body })).toBe('auth.duties_split');
        expect(await server.refused('cards.list', { as })).toBe('auth.duties_split');
        await server.must('volunteers.create', { as, body: { name: `周${as.id.slice(0, 6)}` } });
      }
      // A person who makes accounts could make one for this.
      const answered = async () => [await issue(committee), await givePin(committee)];
      for (const { problem } of await answered()) expect(problem.code).toBe('auth.unconfirmed');
      const params = { id: committee.id };
      await server.must('staff.confirm', { as: await server.asStaff('approver'), params, body: {} });
      for (const { status } of await answered()) expect(status).toBe(200);
      const body = { name: '二号台' };
      expect(await server.refused('kiosks.create', { as: committee, body })).toBe('auth.forbidden');
    });

    it('lets an administrator do everything until the books are open', async () => {
      const other = await server.addVillage('新洼村', false);
      const as = other.admin;
      for (const role of ['approver', 'approver', 'approver', 'approver'] as const)
        await server.asStaff(role, { village: other });
      const made = await server.must('households.create', { as, body: { head: '李四', group: '' } });
      await server.must('households.issueCard', { as, params: { id: made.id } });
      expect((await server.must('session.me', { as })).village.dutiesSplit).toBe(false);
    });
  });
});
