import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { withCard } from '../support/presence.ts';
import { basketSample, goodsSample, ruleSample } from '../support/sample-parts.ts';
import {
  type Caller,
  PASSWORD,
  type StaffCaller,
  startTestServer,
  type TestServer,
  type TestVillage,
} from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('opening the books on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of a new village', () => {
    let server: TestServer;
    let village: TestVillage;
    let admin: StaffCaller;
    let approver: StaffCaller;
    let kiosk: Caller;
    const household = { id: '' };
    const goods = { id: '' };
    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await server.addVillage('新洼村', false);
      admin = village.admin;
      const as = admin;
      household.id = (await server.must('households.create', { as, body: { head: '王小明', group: '' } })).id;
      goods.id = (await server.must('goods.create', { as, body: goodsSample('大米') })).id;
      await server.must('goods.stockIn', {
        as,
        params: { id: goods.id },
        body: { quantity: 10, totalCostFen: 1000, source: 'bought' },
      });
    });
    afterAll(() => server.remove());

    const seen = () => server.must('village.opening', { as: admin });

    it('shows what was made, and who is missing', async () => {
      expect(await seen()).toMatchObject({
        openedAtMs: null,
        households: 1,
        cards: 1,
        goods: 1,
        points: 0,
        lacks: ['approver', 'volunteer'],
        mayOpen: false,
      });
      const { head } = await seen();
      expect(await server.refused('village.open', { as: admin, body: { head } })).toBe('auth.forbidden');
      approver = await server.asStaff('approver', { village });
      expect(await server.refused('village.open', { as: approver, body: { head } })).toBe(
        'village.opening_people',
      );
    });

    it('lets nobody redeem before', async () => {
      kiosk = await server.asKiosk(village);
      const body = await withCard(server, kiosk, basketSample(household.id, goods.id));
      expect(await server.refused('kiosk.redeem', { as: kiosk, body })).toBe('village.not_open');
    });

    it('is confirmed by a second person, who saw the book as it is', async () => {
      const both = await server.asStaff(['admin', 'approver'], { village });
      const { head } = await seen();
      expect(await server.refused('village.open', { as: both, body: { head } })).toBe('auth.forbidden');
      await server.must('households.create', { as: admin, body: { head: '李四', group: '' } });
      expect(await server.refused('village.open', { as: approver, body: { head } })).toBe(
        'village.opening_changed',
      );
      const now = await seen();
      const opened = await server.must('village.open', { as: approver, body: { head: now.head } });
      expect(opened).toMatchObject({ mayOpen: false, lacks: [], openedAtMs: expect.any(Number) as number });
      expect(await server.refused('village.open', { as: approver, body: { head: opened.head } })).toBe(
        'village.opened',
      );
      const { items } = await server.must('acts.list', { as: admin, query: { act: 'village.opened' } });
      expect(items[0]).toMatchObject({ by: 'approver' });
      expect(items[0]?.changes.find(({ field }) => field === 'households')?.is).toBe(2);
    });

    it('lets points be brought in by two people only from then on', async () => {
      const rule = await server.must('rules.create', { as: admin, body: ruleSample('A1', '清扫') });
      const { ids } = await server.must('proposals.create', {
        as: admin,
        body: { ruleId: rule.id, householdIds: [household.id], points: 90_000 },
      });
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids } });
      const body = await withCard(server, kiosk, basketSample(household.id, goods.id));
      await server.must('kiosk.redeem', { as: kiosk, body });
    });
  });

  describe.skipIf(missing)('and a second person who is another person', () => {
    let server: TestServer;
    let admin: StaffCaller;
    let approver: StaffCaller;
    let ids: string[];
    beforeAll(async () => {
      server = await startTestServer(engine);
      ({ admin } = server);
      approver = await server.asStaff('approver');
      const as = admin;
      const { id } = await server.must('households.create', { as, body: { head: '王小明', group: '' } });
      const rule = await server.must('rules.create', { as, body: ruleSample('A1', '清扫') });
      const committee = await server.asStaff('committee');
      ({ ids } = await server.must('proposals.create', {
        as: committee,
        body: { ruleId: rule.id, householdIds: [id], points: 50_000 },
      }));
    });
    afterAll(() => server.remove());

    /** Logs somebody in with the password that was given out, and sets one of their own. */
    async function logIn(username: string, password: string): Promise<Caller> {
      const { accessToken, staff } = await server.must('session.login', { body: { username, password } });
      const as = { id: staff.id, headers: { Authorization: `Bearer ${accessToken}` } };
      await server.must('session.changePassword', { as, body: { current: password, next: PASSWORD } });
      return as;
    }
    const approve = (as: Caller) =>
      server
        .call('proposals.decide', { as, body: { action: 'approve', ids } })
        .then(({ problem }) => problem);

    it('M12: an approver whom an administrator made alone decides nothing', async () => {
      const body = {
        username: 'puppet',
        displayName: '李审核',
        roles: ['approver' as const],
        householdIds: [],
      };
      const { staff, oneTimePassword } = await server.must('staff.create', { as: admin, body });
      const puppet = await logIn('puppet', oneTimePassword);
      expect((await approve(puppet)).code).toBe('proposal.unconfirmed');
      const params = { id: staff.id };
      expect(await server.refused('staff.confirm', { as: puppet, params, body: {} })).toBe(
        'staff.confirm_own',
      );
      expect(await server.refused('staff.confirm', { as: admin, params, body: {} })).toBe('auth.forbidden');
      server.clock.nowMs += 1;
      await server.must('staff.confirm', { as: approver, params, body: {} });
      expect((await approve(puppet)).code).toBe('proposal.before_confirmed');
      const mine = await server.must('acts.list', { as: admin, query: { act: 'staff.confirmed' } });
      expect(mine.items[0]).toMatchObject({ by: 'approver', thing: { name: '李审核' } });
    });

    it('M12: nor does one whose password an administrator set, whose role he gave, or whose kin he took away', async () => {
      const { oneTimePassword } = await server.must('staff.resetPassword', {
        as: admin,
        params: { id: approver.id },
        body: {},
      });
      const again = await logIn(approver.username, oneTimePassword);
      expect((await approve(again)).code).toBe('proposal.unconfirmed');
      const committee = await server.asStaff('committee');
      const roles = ['committee' as const, 'approver' as const];
      await server.must('staff.update', { as: admin, params: { id: committee.id }, body: { roles } });
      expect((await approve(committee)).code).toBe('proposal.unconfirmed');
      const { items } = await server.must('households.list', { as: admin });
      const kin = await server.asStaff('approver', { householdIds: [items[0]?.id ?? ''] });
      await server.must('staff.update', { as: admin, params: { id: kin.id }, body: { householdIds: [] } });
      expect((await approve(kin)).code).toBe('proposal.unconfirmed');
    });

    it('M12: an administrator decides nothing, also beside another role', async () => {
      const both = await server.asStaff(['admin', 'approver']);
      expect((await approve(both)).code).toBe('proposal.administrator');
      // Laying the role down makes nobody a decider: somebody else confirms it first.
      const laidDown = { as: both, params: { id: both.id }, body: { roles: ['approver' as const] } };
      await server.must('staff.update', laidDown);
      expect((await approve(both)).code).toBe('proposal.unconfirmed');
      expect((await approve(admin)).code).toBe('auth.forbidden');
    });

    it('proposes nothing either where there are people enough', async () => {
      const village = await server.addVillage('人少村');
      const as = village.admin;
      const { id } = await server.must('households.create', { as, body: { head: '王小明', group: '' } });
      const rule = await server.must('rules.create', { as, body: ruleSample('A1', '清扫') });
      const body = { ruleId: rule.id, householdIds: [id], points: 100 };
      await server.must('proposals.create', { as, body });
      for (let more = 0; more < 3; more += 1) await server.asStaff('approver', { village });
      expect(await server.refused('proposals.create', { as, body })).toBe('proposal.administrator');
    });

    it('M12: takes nobody’s name, nor one that looks the same', async () => {
      const roles = ['committee' as const];
      const make = (username: string, displayName: string) =>
        server.call('staff.create', { as: admin, body: { username, displayName, roles, householdIds: [] } });
      expect((await make('wang1', 'Wang 强')).status).toBe(200);
      for (const [index, name] of ['wang强', 'Ｗａｎｇ强', 'W\u0430ng 强'].entries())
        expect((await make(`other${String(index)}`, name)).problem.code).toBe('staff.name_taken');
    });

    it('keeps the supervisor’s seat apart from every other role, and from kin', async () => {
      const { items } = await server.must('households.list', { as: admin });
      const householdIds = [items[0]?.id ?? ''];
      const make = (displayName: string, roles: ('supervisor' | 'committee')[]) =>
        server.call('staff.create', {
          as: admin,
          body: { username: `s${displayName.length}${roles.length}`, displayName, roles, householdIds },
        });
      expect((await make('甲', ['supervisor', 'committee'])).problem.code).toBe('staff.supervisor_alone');
      await server.asStaff('committee', { householdIds });
      expect((await make('乙甲', ['supervisor'])).problem.code).toBe('staff.supervisor_kin');
    });
  });

  describe.skipIf(missing)('where no decider is left', () => {
    it('a supervisor whom nobody has confirmed is not heard beside one who is', async () => {
      const server = await startTestServer(engine);
      const [approver, own] = [await server.asStaff('approver'), await server.asStaff('supervisor')];
      const supervisor = await server.asStaff('supervisor');
      await server.must('staff.confirm', { as: approver, params: { id: supervisor.id }, body: {} });
      const as = server.admin;
      await server.must('staff.update', { as, params: { id: approver.id }, body: { disabled: true } });
      const body = {
        username: 'puppet',
        displayName: '新审核',
        roles: ['approver' as const],
        householdIds: [],
      };
      const { staff } = await server.must('staff.create', { as, body });
      const confirm = { params: { id: staff.id }, body: {} };
      expect(await server.refused('staff.confirm', { as: own, ...confirm })).toBe('auth.forbidden');
      expect(await server.refused('staff.confirm', { as: supervisor, ...confirm })).toBe(
        'staff.confirm_early',
      );
      await server.remove();
    });

    it('no volunteer hands out whom only the maker could confirm: the books do not open with those alone', async () => {
      const server = await startTestServer(engine);
      const village = await server.addVillage('三人村', false);
      const as = await server.asStaff(['approver', 'shopkeeper'], { village });
      await server.asStaff('committee', { village });
      await server.must('volunteers.create', { as, body: { name: '自己人' } });
      const lacks = async () => (await server.must('village.opening', { as })).lacks;
      expect(await lacks()).toEqual(['volunteer']);
      await server.must('volunteers.create', { as: village.admin, body: { name: '张志愿' } });
      expect(await lacks()).toEqual([]);
      await server.remove();
    });

    it('an administrator and a supervisor confirm one together, after three days', async () => {
      const server = await startTestServer(engine);
      const supervisor = await server.asStaff('supervisor');
      const body = {
        username: 'next',
        displayName: '新审核',
        roles: ['approver' as const],
        householdIds: [],
      };
      const { staff } = await server.must('staff.create', { as: server.admin, body });
      const confirm = { as: supervisor, params: { id: staff.id }, body: {} };
      expect(await server.refused('staff.confirm', confirm)).toBe('staff.confirm_early');
      const { people } = await server.must('board.view', { params: { villageId: server.id } });
      const since = businessDay(server.clock.nowMs, 'Asia/Shanghai');
      const until = addDays(since, 3);
      expect(people?.waiting).toContainEqual({ name: '新审核', since, until });
      server.clock.nowMs += 3 * 24 * 60 * 60_000;
      const { accessToken } = await server.must('session.login', {
        body: { username: supervisor.username, password: supervisor.password },
      });
      const as = { id: supervisor.id, headers: { Authorization: `Bearer ${accessToken}` } };
      expect(await server.must('staff.confirm', { ...confirm, as })).toMatchObject({
        confirmedAtMs: server.clock.nowMs,
      });
      const after = await server.must('board.view', { params: { villageId: server.id } });
      expect(after.people?.waiting.map(({ name }) => name)).not.toContain('新审核');
      await server.remove();
    });
  });
});
