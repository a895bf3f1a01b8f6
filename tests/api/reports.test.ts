/** A report from a phone is checked by one person, approved by another, and posted once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../shared/business-day.ts';
import { capOf, PLAIN_RULE } from '../support/capped.ts';
import { typePin } from '../support/pins.ts';
import { newCardCode } from '../support/presence.ts';
import { type Caller, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { withSecond } from '../support/second-person.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const TODAY = '2027-11-10';
const noon = (day: string) => Date.parse(`${day}T12:00:00+08:00`);

describe.each(ENGINES)('reports on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let admin: StaffCaller;
    let leader: StaffCaller;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let supervisor: StaffCaller;
    /** Households and those whom they helped report under it: five points, fifteen a month. */
    let ruleId = '';
    let today = TODAY;
    let made = 0;

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      const as = server.admin;
      const caps = [capOf('month', { points: 1500 })];
      const body = { ...PLAIN_RULE, code: 'B9', title: '邻里互助', proposer: '户/邻', caps };
      ruleId = (await server.must('rules.create', { as, body })).id;
      [leader, committee, approver] = [
        await server.asStaff('group_leader'),
        await server.asStaff('committee'),
        await server.asStaff('approver'),
      ];
      supervisor = await server.asStaff('supervisor');
      admin = await server.asStaff('admin');
      await goOn(TODAY);
    });
    afterAll(() => server.remove());

    async function goOn(day: string): Promise<void> {
      today = day;
      server.clock.nowMs = noon(day);
      const again = (person: StaffCaller) => server.logInAgain(person);
      [admin, leader, committee, approver, supervisor] = [
        await again(admin),
        await again(leader),
        await again(committee),
        await again(approver),
        await again(supervisor),
      ];
    }

    /** A household of its own for a test, with its phone: the limits are a household's. */
    async function household(head = `户主${String((made += 1))}`) {
      const { id, number } = await addHousehold(server, 0, head, { ...server, admin });
      return { id, number, phone: await server.asHousehold(id) };
    }
    const report = (as: Caller, more: object = {}) =>
      server.call('reports.make', {
        as,
        body: { kind: 'own', ruleId, day: today, words: '帮孙家收了半天玉米', ...more },
      });
    const takeUp = (id: string, as: Caller = leader, more: object = {}) =>
      server.call('reports.takeUp', { as, params: { id }, body: { note: '问过孙家', ...more } });
    const notAccept = (id: string, as: Caller = leader) =>
      server.call('reports.notAccept', { as, params: { id }, body: { reason: '那天是雇的工' } });
    const decide = (action: 'approve' | 'return', id: string, as: Caller = approver) =>
      server.call('proposals.decide', { as, body: { action, ids: [id], reason: '看过了' } });
    const set = (settings: object) => server.call('village.update', { as: admin, body: { settings } });
    const view = (id: string, as: Caller = leader) => server.must('reports.get', { as, params: { id } });
    const own = async (as: Caller) => (await server.must('reports.own', { as })).items;
    const balance = async (as: Caller) => (await server.must('me.view', { as })).balance;
    const verified = async () => (await server.http.verifier.verify(server.id)).bad;

    it('goes from the phone to the ledger by way of two more people', async () => {
      const wang = await household('王小明');
      const { data: receipt } = await report(wang.phone);
      expect(receipt).toMatchObject({ number: 1, helper: null });
      expect(await balance(wang.phone)).toBe(0);
      expect((await server.must('village.summary', { as: leader })).reports).toEqual({ forMe: 1 });
      expect((await server.must('village.summary', { as: approver })).reports).toEqual({ forMe: 0 });
      expect(await view(receipt.id)).toMatchObject({
        ...{ state: 'waiting', mayCheck: true, proposal: null, reporter: null },
        household: { id: wang.id, head: '王小明' },
      });
      const { proposalId } = (await takeUp(receipt.id)).data;
      expect(await own(wang.phone)).toMatchObject([
        { number: 1, state: 'taken_up', proposal: { state: 'proposed', points: 500, entry: null } },
      ]);
      const proposal = await server.must('proposals.get', { as: approver, params: { id: proposalId } });
      expect(proposal).toMatchObject({ note: '问过孙家', effectiveOn: TODAY, points: 500, mayDecide: true });
      // The one who took it up is its proposer, and decides nothing.
      expect((await decide('approve', proposalId, leader)).problem.code).toBe('auth.forbidden');
      expect((await decide('approve', proposalId)).status).toBe(200);
      expect(await balance(wang.phone)).toBe(500);
      expect(await own(wang.phone)).toMatchObject([
        { proposal: { state: 'posted', points: 500, isReversed: false, isAnnounced: false } },
      ]);
      const behind = { proposalId };
      expect((await server.must('reports.list', { as: approver, query: behind })).items).toMatchObject([
        { number: 1, kind: 'own' },
      ]);
      expect(await verified()).toBeNull();
    });

    it('comes back to the group leader who took it up, who corrects it', async () => {
      const { phone } = await household();
      const { id } = (await report(phone)).data;
      const { proposalId } = (await takeUp(id)).data;
      await decide('return', proposalId);
      expect(await own(phone)).toMatchObject([{ proposal: { state: 'returned' } }]);
      const correct = {
        ids: [proposalId],
        ruleId,
        note: '孙家说是两个人',
        effectiveOn: today,
        pictureIds: [],
      };
      const corrected = await server.call('proposals.correct', { as: leader, body: correct });
      expect(corrected.status).toBe(200);
      expect((await decide('approve', proposalId)).status).toBe(200);
      expect(await balance(phone)).toBe(500);
      // A group leader proposes what was reported, and nothing else.
      const award = { ruleId, householdIds: [(await household()).id] };
      const { problem } = await server.call('proposals.create', { as: leader, body: award });
      expect(problem.code).toBe('auth.forbidden');
    });

    it('gives the points to whoever helped, named by number or as the board shows it', async () => {
      const helper = await household('欧阳建国');
      const helped = await household('李大娘');
      const named = (name: string, more: object = {}) =>
        report(helped.phone, { kind: 'helped', helper: name, words: '给我挑了一个月的水', ...more });
      const first = await named(helper.number);
      expect(first.data.helper).toEqual({ number: helper.number, name: '欧阳*国' });
      const shown = await named('欧阳*国家', { day: addDays(today, -1) });
      expect(shown.data.helper).toEqual({ number: helper.number, name: '欧阳*国' });
      expect((await named('没有这个人')).problem.code).toBe('report.no_helper');
      expect((await named('')).problem.code).toBe('report.no_helper');
      expect((await named(helped.number)).problem.code).toBe('report.own_helper');
      const double = await household('欧阳立国');
      expect((await named('欧阳*国')).problem.code).toBe('report.helper_unclear');
      expect(await view(first.data.id)).toMatchObject({
        ...{ household: { head: '欧阳建国' }, reporter: { head: '李大娘' } },
        words: '给我挑了一个月的水',
      });
      const { proposalId } = (await takeUp(first.data.id, committee)).data;
      await decide('approve', proposalId);
      expect([await balance(helper.phone), await balance(helped.phone)]).toEqual([500, 0]);
      // The witness sees how far it has come, and nothing of the other household's points.
      const items = await own(helped.phone);
      expect(items.at(-1)).toMatchObject({
        helper: { name: '欧阳*国' },
        proposal: { state: 'posted', points: null, entry: null },
      });
      expect(JSON.stringify(items)).not.toContain('欧阳建国');
      expect(await own(helper.phone)).toEqual([]);
      expect(await own(double.phone)).toEqual([]);
    });

    it('is one deed where both tell of it: the second is shown beside the first', async () => {
      const helper = await household('赵一一');
      const helped = await household();
      const mine = (await report(helper.phone)).data;
      const theirs = (await report(helped.phone, { kind: 'helped', helper: helper.number })).data;
      expect((await view(mine.id)).alike).toMatchObject([{ number: theirs.number, kind: 'helped' }]);
      expect((await view(theirs.id)).alike).toMatchObject([{ number: mine.number, kind: 'own' }]);
    });

    it('is taken up once, by whoever of two is quicker', async () => {
      const { id: householdId, phone } = await household();
      const { id } = (await report(phone)).data;
      const both = await Promise.all([takeUp(id, leader), takeUp(id, committee)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(both.find(({ status }) => status === 409)?.problem.code).toBe('report.state');
      const { items } = await server.must('proposals.list', { as: committee, query: { householdId } });
      expect(items).toHaveLength(1);
      expect((await notAccept(id)).problem.code).toBe('report.state');
    });

    it('is withdrawn by its household, before the check and never after it', async () => {
      const { phone } = await household();
      const other = await household();
      const { id } = (await report(phone)).data;
      const withdraw = (as: Caller, one = id) =>
        server.call('reports.withdrawOwn', { as, params: { id: one }, body: {} });
      expect((await withdraw(other.phone)).problem.code).toBe('report.not_found');
      const [away, taken] = await Promise.all([withdraw(phone), takeUp(id)]);
      expect([away.status, taken.status].sort()).toEqual([200, 409]);
      const { id: late } = (await report(phone, { day: addDays(today, -1) })).data;
      await notAccept(late);
      expect((await withdraw(phone, late)).problem.code).toBe('report.state');
      expect((await own(phone)).find((one) => one.id === late)).toMatchObject({
        ...{ state: 'not_accepted', reason: '那天是雇的工', proposal: null },
      });
      // A report that was withdrawn may be told again; one that was not accepted may not.
      expect((await report(phone, { day: addDays(today, -1) })).problem.code).toBe('report.twice');
    });

    it('is told once a day and rule, and only a few times at all', async () => {
      const { id: householdId, phone } = await household();
      const { number } = (await report(phone)).data;
      const twice = await report(phone);
      expect([twice.problem.code, twice.problem.params.number]).toEqual(['report.twice', number]);
      for (let ago = 1; ago < 5; ago += 1)
        expect((await report(phone, { day: addDays(today, -ago) })).status).toBe(200);
      expect((await report(phone, { day: addDays(today, -5) })).problem.code).toBe('report.too_many');
      // A day later those that wait count all the same.
      await goOn(addDays(today, 2));
      const later = await server.asHousehold(householdId);
      expect((await report(later)).problem.code).toBe('report.too_many');
      for (const { id } of (await own(later)).slice(0, 2)) await notAccept(id);
      expect((await report(later)).status).toBe(200);
    });

    it('is checked by nobody of either household, nor by their kin', async () => {
      const helper = await household();
      const helped = await household();
      const kin = await server.asStaff('committee', { householdIds: [helped.id] });
      const near = await server.asStaff('group_leader', { householdIds: [helper.id] });
      const { id } = (await report(helped.phone, { kind: 'helped', helper: helper.number })).data;
      for (const as of [kin, near]) {
        expect(await view(id, as)).toMatchObject({ mayCheck: false, whyNot: 'own_household' });
        expect((await takeUp(id, as)).problem.code).toBe('report.own_household');
        expect((await notAccept(id, as)).problem.code).toBe('report.own_household');
        expect((await server.must('village.summary', { as })).reports.forMe).toBeLessThan(
          (await server.must('village.summary', { as: leader })).reports.forMe,
        );
      }
      expect((await takeUp(id)).status).toBe(200);
    });

    it('is for households by their own phones, and checked by those alone who may', async () => {
      const { id, phone } = await household();
      for (const as of [approver, supervisor, leader])
        expect((await report(as)).problem.code).toBe('auth.forbidden');
      const made = (await report(phone)).data;
      for (const as of [approver, supervisor, phone])
        expect((await takeUp(made.id, as)).problem.code).toBe('auth.forbidden');
      expect(await view(made.id, supervisor)).toMatchObject({ mayCheck: false, whyNot: 'role' });
      const card = await newCardCode(server, id, committee);
      const pin = await typePin(server, id, committee);
      const { token } = await server.must('me.login', { body: { card, pin, helper: '外孙女' } });
      const helpers = { id, headers: { Authorization: `Household ${token}` } };
      expect((await server.must('me.view', { as: helpers })).reports).toBeNull();
      expect((await report(helpers)).problem.code).toBe('me.helper');
      expect((await server.call('reports.own', { as: helpers })).problem.code).toBe('me.helper');
      const query = { ruleId, day: today };
      expect((await server.call('reports.standing', { as: helpers, query })).problem.code).toBe('me.helper');
    });

    it('comes by no phone where the village does not want it, and those that wait go on', async () => {
      const before = await household();
      const never = await household();
      const offered = async (as: Caller) => (await server.must('me.view', { as })).reports;
      const mayReport = async () =>
        (await server.must('me.rules', { as: never.phone })).items.find(({ id }) => id === ruleId)
          ?.reportedAs;
      const ids = [];
      for (const ago of [0, 1, 2])
        ids.push((await report(before.phone, { day: addDays(today, -ago) })).data.id);
      const [first = '', second = '', third = ''] = ids;
      expect([await offered(before.phone), await offered(never.phone)]).toEqual(['open', 'open']);
      expect(await mayReport()).toEqual(['own', 'helped']);
      expect((await set({ phonesReport: false })).status).toBe(200);
      expect([await offered(before.phone), await offered(never.phone)]).toEqual(['past', null]);
      expect(await mayReport()).toEqual([]);
      // The setting is looked at before anything that was sent.
      for (const { phone } of [before, never])
        expect((await report(phone, { ruleId: 'none' })).problem.code).toBe('report.phones_off');
      expect(await own(before.phone)).toHaveLength(3);
      const list = await server.must('reports.list', { as: leader, query: { filter: 'waiting' } });
      expect(list).toMatchObject({ phonesReport: false, mayCheck: true });
      expect((await takeUp(first)).status).toBe(200);
      expect((await notAccept(second)).status).toBe(200);
      const sent = { as: before.phone, params: { id: third }, body: {} };
      expect((await server.call('reports.withdrawOwn', sent)).status).toBe(200);
      expect(await verified()).toBeNull();
      // It loosens nothing: one person alone switches it on again.
      expect((await set({ phonesReport: true })).status).toBe(200);
      expect((await report(never.phone)).status).toBe(200);
    });

    it('is checked by the committee alone where the village wants it so', async () => {
      const { phone } = await household();
      const { id } = (await report(phone)).data;
      const { id: other } = (await report(phone, { day: addDays(today, -1) })).data;
      const both = await server.asStaff(['committee', 'group_leader']);
      const seenBy = async (as: Caller) => {
        const { mayCheck } = await server.must('reports.list', { as });
        return [mayCheck, (await server.must('village.summary', { as })).reports.forMe > 0];
      };
      expect(await seenBy(leader)).toEqual([true, true]);
      expect((await set({ leadersCheckReports: false })).status).toBe(200);
      expect(await seenBy(leader)).toEqual([false, false]);
      expect(await view(id)).toMatchObject({ mayCheck: false, whyNot: 'committee_only' });
      for (const refused of [await takeUp(id), await notAccept(id)])
        expect(refused.problem.code).toBe('report.committee_only');
      expect((await takeUp(id, approver)).problem.code).toBe('auth.forbidden');
      for (const as of [committee, both]) {
        expect(await seenBy(as)).toEqual([true, true]);
        expect(await view(id, as)).toMatchObject({ mayCheck: true, whyNot: null });
      }
      expect((await takeUp(id, committee)).status).toBe(200);
      expect((await notAccept(other, both)).status).toBe(200);
      // A report that is over says so first.
      expect((await takeUp(id)).problem.code).toBe('report.state');
      expect((await set({ leadersCheckReports: true })).problem.code).toBe('change.needs_second');
      const settings = { leadersCheckReports: true };
      await withSecond(server, 'village.update', { as: admin, by: approver, body: { settings } });
      expect(await seenBy(leader)).toEqual([true, expect.any(Boolean)]);
      expect(await verified()).toBeNull();
    });

    it('stays within its village', async () => {
      const there = await server.addVillage('邻村');
      const stranger = await server.asStaff('committee', { village: there });
      const { id: farId } = await server.must('households.create', {
        ...{ as: there.admin, body: { head: '远房', group: '一组' } },
      });
      const far = await server.asHousehold(farId, there);
      const { phone } = await household();
      const { id } = (await report(phone)).data;
      for (const refused of [
        await takeUp(id, stranger),
        await notAccept(id, stranger),
        await server.call('reports.get', { as: stranger, params: { id } }),
        await server.call('reports.withdrawOwn', { as: far, params: { id }, body: {} }),
      ])
        expect(refused.problem.code).toBe('report.not_found');
      expect((await report(far)).problem.code).toBe('rule.not_found');
      expect((await server.must('reports.list', { as: stranger })).items).toEqual([]);
    });

    it('takes rules that the household may report, and days that have been', async () => {
      const as = admin;
      const rule = async (code: string, fields: object) =>
        (await server.must('rules.create', { as, body: { ...PLAIN_RULE, code, ...fields } })).id;
      const { phone } = await household();
      const panels = await rule('P1', { proposer: '评' });
      const costs = await rule('P2', { proposer: '户', points: -500 });
      const helpedOnly = await rule('P3', { proposer: '邻/组' });
      for (const one of [panels, costs, helpedOnly])
        expect((await report(phone, { ruleId: one })).problem.code).toBe('report.rule_not_open');
      const { items } = await server.must('me.rules', { as: phone });
      const said = new Map(items.map(({ id, reportedAs }) => [id, reportedAs]));
      expect([ruleId, panels, costs, helpedOnly].map((one) => said.get(one))).toEqual([
        ['own', 'helped'],
        [],
        [],
        ['helped'],
      ]);
      expect((await report(phone, { day: addDays(today, 1) })).problem.code).toBe('proposal.future_day');
    });

    it('shows the cap at reporting, and holds it when it is taken up', async () => {
      const { phone } = await household();
      const standing = async () =>
        (await server.must('reports.standing', { as: phone, query: { ruleId, day: today } })).caps;
      expect(await standing()).toMatchObject([{ period: 'month', points: 1500, used: { points: 0 } }]);
      const days = [0, 1, 2, 3].map((ago) => addDays(today, -ago));
      const ids: string[] = [];
      for (const day of days) ids.push((await report(phone, { day })).data.id);
      for (const id of ids.slice(0, 3)) expect((await takeUp(id)).status).toBe(200);
      expect(await standing()).toMatchObject([{ used: { times: 3, points: 1500 } }]);
      const over = await takeUp(ids[3] ?? '');
      expect(over.problem.code).toBe('rule.cap_points');
      // Nothing of it stands: the report waits as before.
      expect(await view(ids[3] ?? '')).toMatchObject({ state: 'waiting', mayCheck: true });
    });

    it('keeps number and state when its household is erased, and no words', async () => {
      const { id: householdId, phone } = await household('孙小满');
      const words = '孙小满给邻居送了一冬天的柴';
      const { id, number } = (await report(phone, { words })).data;
      await notAccept(id);
      const params = { id: householdId };
      const agree = async (proposed: { readonly id: string }) => {
        expect((await decide('approve', proposed.id)).status).toBe(200);
      };
      const leaving = { kind: 'departure', toId: null, reason: '迁走' } as const;
      await agree(await server.must('households.proposeChange', { as: committee, params, body: leaving }));
      const asked = { as: committee, params, body: { reason: '本户要求' } };
      await agree(await server.must('households.proposeErasure', asked));
      expect(await view(id)).toMatchObject({ number, state: 'not_accepted', words: '', reason: '' });
      expect(await verified()).toBeNull();
    });
  });
});
