/** Nobody decides what an account proposed that is not confirmed yet: its password may be known to whoever made it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../support/office.ts';
import { goodsSample, ruleSample } from '../support/sample-parts.ts';
import { ageThing, handIn } from '../support/second-person.ts';
import {
  type Caller,
  PASSWORD,
  type StaffCaller,
  startTestServer,
  type TestServer,
  type TestVillage,
} from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';
import type { StaffRole } from '../../shared/roles.ts';

const WAITS = 'proposal.proposer_unconfirmed';

describe.each(ENGINES)('what an unconfirmed account proposes, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is decided by nobody', () => {
    let server: TestServer;
    let approver: StaffCaller;
    let household: string;
    let rule: string;
    let made = 0;
    beforeAll(async () => {
      server = await startTestServer(engine);
      approver = await server.asStaff('approver');
      ({ household, rule } = await furnished(server));
    });
    afterAll(() => server.remove());

    async function furnished({ admin: as }: TestVillage) {
      const { id } = await server.must('households.create', { as, body: { head: '王小明', group: '' } });
      const { id: ruleId } = await server.must('rules.create', { as, body: ruleSample('A1', '清扫') });
      return { household: id, rule: ruleId };
    }
    const furnishedHousehold = (head: string) =>
      server.must('households.create', { as: server.admin, body: { head, group: '' } });
    /** An account with a password that its maker knows. */
    async function puppet(roles: StaffRole[], as: StaffCaller = server.admin) {
      made += 1;
      const body = { username: `puppet${String(made)}`, displayName: `新来的${String(made)}`, roles };
      const { staff, oneTimePassword } = await server.must('staff.create', { as, body });
      return { name: body.displayName, ...(await logIn(staff.username, oneTimePassword)) };
    }
    async function logIn(username: string, password: string): Promise<Caller> {
      const { accessToken, staff } = await server.must('session.login', { body: { username, password } });
      const as = { id: staff.id, headers: { Authorization: `Bearer ${accessToken}` } };
      await server.must('session.changePassword', { as, body: { current: password, next: PASSWORD } });
      return as;
    }
    const confirm = ({ id }: Caller) =>
      server.must('staff.confirm', { as: approver, params: { id }, body: {} });
    const award = (as: Caller, points = 90_000) =>
      server.must('proposals.create', { as, body: { ruleId: rule, householdIds: [household], points } });
    const decide = (ids: string[], as: Caller = approver) =>
      server.call('proposals.decide', { as, body: { action: 'approve', ids } });

    it('also where one person made the account, laid the administrator’s role down and approves', async () => {
      const both = await server.asStaff(['admin', 'approver']);
      const own = await puppet(['committee'], both);
      const roles = ['approver' as const];
      await server.must('staff.update', { as: both, params: { id: both.id }, body: { roles } });
      server.clock.nowMs += 1;
      await confirm(both);
      server.clock.nowMs += 1;
      const { ids } = await award(own);
      expect((await decide(ids, both)).problem).toMatchObject({ code: WAITS, params: { name: own.name } });
      expect((await decide(ids)).problem.detail).toContain(`“${own.name}”`);
    });

    it('an award, a change of a household, a batch: until the account is confirmed', async () => {
      const own = await puppet(['committee']);
      const { ids, batchId } = await award(own);
      const split = await server.must('households.proposeChange', {
        as: own,
        params: { id: (await furnishedHousehold('李四')).id },
        body: { kind: 'split', fresh: { head: '王大', group: '' }, points: 0, reason: '分家' },
      });
      const [proposal] = (await server.must('proposals.list', { as: approver, query: { batchId } })).items;
      expect(proposal).toMatchObject({ mayDecide: false, whyNot: 'proposer_unconfirmed' });
      const batch = async () =>
        (await server.must('proposals.batches', { as: approver, query: { batchId } })).items[0];
      const [shown] = [await batch()];
      expect(shown).toMatchObject({
        mayDecide: { count: 0 },
        whyNot: [{ reason: 'proposer_unconfirmed', count: 1 }],
      });
      const waiting = async () => (await server.must('proposals.waiting', { as: approver })).waitingForMe;
      const before = await waiting();
      const whole = { batchId, mark: shown?.mark ?? '', except: [] };
      for (const action of ['approve', 'return'] as const)
        for (const chosen of [{ ids }, { ids: [split.id] }, { batches: [whole] }]) {
          const body = { action, reason: '再看看', ...chosen };
          expect(await server.refused('proposals.decide', { as: approver, body })).toBe(WAITS);
        }
      // A proposal of somebody else is not decided together with it: all or none.
      const fine = await server.must('proposals.create', {
        as: server.admin,
        body: { ruleId: rule, householdIds: [(await furnishedHousehold('赵五')).id], points: 100 },
      });
      expect((await decide([...fine.ids, ...ids])).problem.code).toBe(WAITS);
      expect((await decide(fine.ids)).status).toBe(200);
      await confirm(own);
      expect(await waiting()).toBe(before + 2);
      expect(await batch()).toMatchObject({ mayDecide: { count: 1 }, whyNot: [] });
      expect((await decide(ids)).status).toBe(200);
      await server.must('proposals.decide', {
        as: approver,
        body: { action: 'return', ids: [split.id], reason: '不分了' },
      });
    });

    it('nor what somebody proposed whose password an administrator set afterwards', async () => {
      const committee = await server.asStaff('committee');
      await confirm(committee);
      const { ids } = await award(committee);
      const params = { id: committee.id };
      const { oneTimePassword } = await server.must('staff.resetPassword', { as: server.admin, params });
      expect((await decide(ids)).problem.code).toBe(WAITS);
      const thief = await logIn(committee.username, oneTimePassword);
      expect((await decide((await award(thief)).ids)).problem.code).toBe(WAITS);
      await confirm(committee);
      expect((await decide(ids)).status).toBe(200);
    });

    it('nor opening balances that come late with a paper', async () => {
      const own = await puppet(['admin']);
      const bytes = Buffer.from(csv('户号,户主,余额', '902,李强,300'));
      const late = await server.must('households.create', {
        ...{ as: server.admin, body: { head: '李强', group: '', number: '902' } },
      });
      const paper = await server.must('imports.read', {
        as: own,
        params: { kind: 'balances' },
        query: { filename: '余额.csv' },
        body: bytes,
      });
      await server.must('imports.commit', { as: own, params: { id: paper.id }, body: {} });
      const { items } = await server.must('proposals.list', {
        as: approver,
        query: { householdId: late.id },
      });
      expect(items).toMatchObject([{ kind: 'opening', whyNot: 'proposer_unconfirmed' }]);
      expect((await decide(items.map(({ id }) => id))).problem.code).toBe(WAITS);
    });

    it('nor a change that nobody makes alone', async () => {
      const own = await puppet(['shopkeeper']);
      const { id } = await server.must('goods.create', { as: server.admin, body: goodsSample('锄头') });
      await ageThing(server, 'goods', id);
      const sent = { as: own, params: { id }, body: { price: 1 } };
      const change = await handIn(server, 'goods.update', sent);
      const params = { id: change.id };
      const seen = async () => server.must('changes.get', { as: approver, params });
      const waiting = async () => (await server.must('changes.list', { as: approver })).waitingForMe;
      const agree = () => server.call('changes.agree', { as: approver, params, body: { mark: change.mark } });
      expect(await seen()).toMatchObject({ mayDecide: false, whyNot: 'proposer_unconfirmed' });
      expect(await waiting()).toBe(0);
      expect((await agree()).problem).toMatchObject({ code: WAITS, params: { name: own.name } });
      const body = { note: '不改' };
      expect(await server.refused('changes.refuse', { as: approver, params, body })).toBe(WAITS);
      await confirm(own);
      expect(await seen()).toMatchObject({ mayDecide: true, whyNot: null });
      expect(await waiting()).toBe(1);
      expect((await agree()).status).toBe(200);
    });

    it('but before the books are open nothing needs that', async () => {
      const village = await server.addVillage('未开村', false);
      const second = await server.asStaff('approver', { village });
      const first = await furnished(village);
      const own = await puppet(['committee'], village.admin);
      const { ids } = await server.must('proposals.create', {
        as: own,
        body: { ruleId: first.rule, householdIds: [first.household], points: 100 },
      });
      expect((await server.must('proposals.waiting', { as: second })).waitingForMe).toBe(1);
      expect((await decide(ids, second)).status).toBe(200);
    });
  });
});
