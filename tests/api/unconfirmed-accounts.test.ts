/** An account that waits to be confirmed proposes and hands in nothing: its password may be known to whoever made it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../support/office.ts';
import { goodsSample, ruleSample } from '../support/sample-parts.ts';
import { ageThing } from '../support/second-person.ts';
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

describe.each(ENGINES)('accounts that wait to be confirmed, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('do nothing that somebody decides on', () => {
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
    /** An account with a password that its maker knows. */
    async function puppet(roles: StaffRole[], as: StaffCaller = server.admin) {
      made += 1;
      const body = { username: `puppet${String(made)}`, displayName: `新来的${String(made)}`, roles };
      const { staff, oneTimePassword } = await server.must('staff.create', { as, body });
      return logIn(staff.username, oneTimePassword);
    }
    async function logIn(username: string, password: string): Promise<Caller> {
      const { accessToken, staff } = await server.must('session.login', { body: { username, password } });
      const as = { id: staff.id, headers: { Authorization: `Bearer ${accessToken}` } };
      await server.must('session.changePassword', { as, body: { current: password, next: PASSWORD } });
      return as;
    }
    const confirm = ({ id }: Caller) =>
      server.must('staff.confirm', { as: approver, params: { id }, body: {} });
    const award = (as: Caller) =>
      server.call('proposals.create', { as, body: { ruleId: rule, householdIds: [household], points: 100 } });
    const codeOf = async (call: ReturnType<typeof award>) => {
      const { status, problem } = await call;
      return status === 200 ? 'done' : problem.code;
    };

    it('propose no award and no change of a household, and read what the pages for it need', async () => {
      const own = await puppet(['committee']);
      expect(await codeOf(award(own))).toBe('auth.unconfirmed');
      const body = { kind: 'split', fresh: { head: '王大', group: '' }, points: 0, reason: '分家' } as const;
      const asked = { as: own, params: { id: household }, body };
      expect(await server.refused('households.proposeChange', asked)).toBe('auth.unconfirmed');
      await server.must('proposals.habits', { as: own });
      await server.must('proposals.standing', {
        as: own,
        query: { ruleId: rule, householdIds: household },
      });
      await confirm(own);
      expect(await codeOf(award(own))).toBe('done');
    });

    it('also where one person made the account and laid the administrator’s role down', async () => {
      const both = await server.asStaff(['admin', 'approver']);
      const own = await puppet(['committee'], both);
      const roles = ['approver' as const];
      await server.must('staff.update', { as: both, params: { id: both.id }, body: { roles } });
      await confirm(both);
      expect(await codeOf(award(own))).toBe('auth.unconfirmed');
    });

    it('nor after an administrator set the password; what was proposed before is decided as ever', async () => {
      const committee = await server.asStaff('committee');
      await confirm(committee);
      const { ids } = (await award(committee)).data;
      const params = { id: committee.id };
      const { oneTimePassword } = await server.must('staff.resetPassword', { as: server.admin, params });
      const thief = await logIn(committee.username, oneTimePassword);
      expect(await codeOf(award(thief))).toBe('auth.unconfirmed');
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids } });
    });

    it('bring no opening balances that come late with a paper', async () => {
      const own = await puppet(['admin']);
      const paper = {
        params: { kind: 'balances' as const },
        query: { filename: '余额.csv' },
        body: Buffer.from(csv('户号,户主,余额', '902,李强,300')),
      };
      expect(await server.refused('imports.read', { as: own, ...paper })).toBe('auth.unconfirmed');
      const read = await server.must('imports.read', { as: server.admin, ...paper });
      const commit = { params: { id: read.id }, body: {} };
      expect(await server.refused('imports.commit', { as: own, ...commit })).toBe('auth.unconfirmed');
    });

    it('hand no change in that nobody makes alone', async () => {
      const own = await puppet(['shopkeeper']);
      const { id } = await server.must('goods.create', { as: server.admin, body: goodsSample('锄头') });
      await ageThing(server, 'goods', id);
      const change = { params: { id }, body: { price: 1 } };
      expect(await server.refused('goods.update', { as: own, ...change })).toBe('change.needs_second');
      const body = { operation: 'goods.update' as const, ...change, reason: '便宜点' };
      expect(await server.refused('changes.propose', { as: own, body })).toBe('auth.unconfirmed');
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
      await server.must('proposals.decide', { as: second, body: { action: 'approve', ids } });
    });
  });
});
