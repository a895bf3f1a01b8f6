/** An objection holds a deed on notice until it is answered, and whoever objects is not told to whom it concerns. */
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLAIN_RULE } from '../support/capped.ts';
import { typePin } from '../support/pins.ts';
import { newCardCode } from '../support/presence.ts';
import { withSecond } from '../support/second-person.ts';
import { type Caller, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const at = (day: string, time = '10:00') => Date.parse(`${day}T${time}:00+08:00`);

describe.each(ENGINES)('objections on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let committee: StaffCaller;
    /** Approves deeds; the other two answer objections. */
    let approver: StaffCaller;
    let second: StaffCaller;
    let third: StaffCaller;
    let supervisor: StaffCaller;
    let ruleId = '';
    let wang: { readonly id: string };
    let zhao: { readonly id: string };
    let leaver: { readonly id: string };
    let admin: StaffCaller;
    let phone: Caller;
    let zhaoPhone: Caller;

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      const as = server.admin;
      ruleId = (await server.must('rules.create', { as, body: { ...PLAIN_RULE, code: 'A1' } })).id;
      wang = await addHousehold(server, 1000, '王小明');
      zhao = await addHousehold(server, 1000, '赵四');
      leaver = await addHousehold(server, 0, '钱七');
      admin = await server.asStaff('admin');
      committee = await server.asStaff('committee');
      [approver, second, third] = [
        await server.asStaff('approver'),
        await server.asStaff('approver'),
        await server.asStaff('approver'),
      ];
      supervisor = await server.asStaff('supervisor');
      await server.must('staff.confirm', { as: approver, params: { id: supervisor.id }, body: {} });
      await server.must('village.update', { as, body: { settings: { noticeDays: 3 } } });
      await goOn('2027-11-02');
    });
    afterAll(() => server.remove());

    const again = (person: StaffCaller) => server.logInAgain(person);
    /** The same people log in again on another day. */
    async function goOn(day: string, time?: string): Promise<void> {
      server.clock.nowMs = at(day, time);
      [admin, committee, approver, second, third, supervisor] = [
        await again(admin),
        await again(committee),
        await again(approver),
        await again(second),
        await again(third),
        await again(supervisor),
      ];
      phone = await server.asHousehold(wang.id);
      zhaoPhone = await server.asHousehold(zhao.id);
    }

    const decide = (action: 'approve' | 'resubmit' | 'recall', ids: string[], as = approver) =>
      server.call('proposals.decide', { as, body: { action, ids, reason: '看过了' } });
    async function onNotice(...households: readonly { readonly id: string }[]): Promise<string[]> {
      const body = { ruleId, householdIds: households.map(({ id }) => id) };
      const { ids } = await server.must('proposals.create', { as: committee, body });
      await decide('approve', ids);
      return ids;
    }
    /** Hangs what is approved. Its points move when the third whole day is over. */
    async function hang(): Promise<string> {
      const { id } = await server.must('notices.make', { as: committee, body: {} });
      // Nobody waits two days for a supervisor here.
      const { hash } = await server.must('notices.get', { as: committee, params: { id } });
      await server.must('notices.review', { as: supervisor, params: { id }, body: { hash } });
      await server.must('notices.putUp', { as: committee, params: { id }, body: {} });
      return id;
    }
    const notice = (id: string) => server.must('notices.get', { as: committee, params: { id } });
    const stateOf = async (id: string) =>
      (await server.must('proposals.get', { as: committee, params: { id } })).state;
    const pointsOf = async ({ id }: { readonly id: string }) =>
      (await server.must('households.get', { as: committee, params: { id } })).balance;
    const paper = (proposalId: string, more: object = {}) =>
      server.must('objections.receive', {
        as: committee,
        body: { kind: 'objection', proposalId, words: '那天他没来', name: '李大娘', ...more },
      });
    const view = (id: string, as: Caller = second) => server.must('objections.get', { as, params: { id } });
    const answer = (id: string, outcome: 'upheld' | 'partly' | 'rejected', as: Caller = second) =>
      server.call('objections.answer', { as, params: { id }, body: { outcome, reason: '问过三个人' } });
    async function runClock(): Promise<void> {
      const job = server.http.jobs.find(({ name }) => name === 'posting at the end of notices');
      const clock = () => server.clock.nowMs;
      const { signal } = new AbortController();
      await job?.run({ store: server.store, clock, logger: pino({ level: 'silent' }), signal });
    }
    const verified = async () => (await server.http.verifier.verify(server.id)).bad;

    it('holds the deed past the end of its notice, and posts it at once when the last one is rejected', async () => {
      const [own = '', other = ''] = await onNotice(wang, zhao);
      const id = await hang();
      const mine = await server.must('objections.make', {
        as: phone,
        body: { kind: 'objection', proposalId: own, words: '我家是两次，只算了一次' },
      });
      const written = await paper(own);
      expect([mine.number, written.number, mine.dueOn]).toEqual([1, 2, '2027-11-07']);
      expect(await stateOf(own)).toBe('contested');
      expect((await decide('recall', [own], second)).problem.code).toBe('proposal.state');
      expect((await server.must('me.view', { as: phone })).coming).toMatchObject([
        { step: 'on_notice', isContested: true },
      ]);
      const board = await server.must('board.view', { params: { villageId: server.id } });
      expect(board.notices).toMatchObject([
        { deeds: [{ isContested: false }, { isContested: true }], objections: { open: 2, rejected: 0 } },
      ]);
      await goOn('2027-11-06', '00:01');
      await runClock();
      expect([await stateOf(own), await stateOf(other)]).toEqual(['contested', 'posted']);
      expect(await notice(id)).toMatchObject({ state: 'up' });
      expect((await answer(mine.id, 'rejected')).status).toBe(200);
      await runClock();
      expect([await stateOf(own), await pointsOf(wang)]).toEqual(['contested', 1000]);
      expect((await answer(written.id, 'rejected')).status).toBe(200);
      expect(await stateOf(own)).toBe('on_notice');
      await runClock();
      expect([await stateOf(own), await pointsOf(wang)]).toEqual(['posted', 1500]);
      const told = await notice(id);
      expect(told).toMatchObject({ state: 'ended' });
      expect(told.objections).toMatchObject([
        { number: 1, title: PLAIN_RULE.title, outcome: 'rejected', reason: '问过三个人' },
        { number: 2, outcome: 'rejected' },
      ]);
      expect(JSON.stringify(told)).not.toContain('李大娘');
      const { history } = await server.must('proposals.get', { as: committee, params: { id: own } });
      expect(history.map(({ to, by }) => [to, by])).toEqual([
        ['proposed', 'committee'],
        ['on_notice', 'approver'],
        ['contested', ''],
        ['on_notice', ''],
        ['posted', ''],
      ]);
      expect(await verified()).toBeNull();
    });

    it('sends the deed back when one is upheld, and lets nobody approve it while another is open', async () => {
      await goOn('2027-11-08');
      const [deed = ''] = await onNotice(wang);
      const first = await hang();
      const [one, other] = [await paper(deed), await paper(deed)];
      expect((await answer(one.id, 'partly')).status).toBe(200);
      const returned = await server.must('proposals.get', { as: committee, params: { id: deed } });
      expect(returned).toMatchObject({ state: 'returned', reason: '问过三个人' });
      await decide('resubmit', [deed], committee);
      expect((await decide('approve', [deed])).problem.code).toBe('proposal.contested');
      expect((await answer(other.id, 'rejected')).status).toBe(200);
      expect((await decide('approve', [deed])).status).toBe(200);
      const next = await hang();
      expect((await notice(first)).lines).toMatchObject([{ state: 'recalled' }]);
      expect((await notice(next)).lines).toMatchObject([{ state: 'on_notice' }]);
      const body = { as: committee, params: { id: one.id }, body: { reason: '还是不对' } };
      expect(await server.refused('objections.withdraw', { ...body, as: second })).toBe('objection.state');
      await goOn('2027-11-12');
      await runClock();
      expect(await stateOf(deed)).toBe('posted');
      expect(await verified()).toBeNull();
    });

    it('is answered by nobody who had a part in the deed, is kin, or decides nothing', async () => {
      const kin = await server.asStaff('approver', { householdIds: [wang.id] });
      const [deed = ''] = await onNotice(wang);
      await hang();
      const { id } = await paper(deed);
      const why = async (as: Caller) => (await answer(id, 'rejected', as)).problem.code;
      expect(await why(approver)).toBe('objection.had_part');
      expect(await why(kin)).toBe('objection.own_household');
      expect(await why(committee)).toBe('auth.forbidden');
      expect(await why(supervisor)).toBe('auth.forbidden');
      const both = await server.asStaff(['admin', 'approver']);
      expect(await why(both)).toBe('objection.not_fit');
      server.clock.nowMs += 1000;
      expect(await why(await server.asStaff('approver'))).toBe('objection.not_fit');
      const seen = await Promise.all(
        [committee, approver, kin, both, second, supervisor].map(async (as) => {
          const { words, objector, whyNot } = await view(id, as);
          return [words !== null, objector?.name ?? null, whyNot];
        }),
      );
      expect(seen).toEqual([
        [false, null, 'role'],
        [false, null, 'had_part'],
        [false, null, 'own_household'],
        [false, null, 'not_fit'],
        [true, '李大娘', null],
        [true, '李大娘', 'role'],
      ]);
      const list = await server.must('objections.list', { as: approver, query: { filter: 'open' } });
      expect(JSON.stringify(list)).not.toMatch(/李大娘|那天他没来/u);
      expect((await server.must('village.summary', { as: second })).objections).toMatchObject({ forMe: 1 });
      expect((await server.must('village.summary', { as: approver })).objections).toMatchObject({ forMe: 0 });
      const withdraw = (as: Caller) =>
        server.call('objections.withdraw', { as, params: { id }, body: { reason: '他说算了' } });
      expect((await withdraw(approver)).problem.code).toBe('objection.had_part');
      expect((await withdraw(second)).status).toBe(200);
      expect(await stateOf(deed)).toBe('on_notice');
    });

    it('tells no book, no act and no other phone which household objects', async () => {
      await goOn('2027-11-22');
      const [deed = ''] = await onNotice(wang);
      await hang();
      const words = '他家那天没有人';
      const made = await server.must('objections.make', {
        as: zhaoPhone,
        body: { kind: 'objection', proposalId: deed, words },
      });
      const acts = await server.must('acts.list', { as: admin, query: { limit: 2 } });
      expect(acts.items.map(({ act, by, via }) => [act, by, via])).toEqual([
        ['proposals.contested', '异议人 / objector', 'phone'],
        ['objections.received', '异议人 / objector', 'phone'],
      ]);
      for (const one of [acts, await view(made.id, approver), await view(made.id, committee)])
        expect(JSON.stringify(one)).not.toMatch(new RegExp(`${zhao.id}|赵四|${words}`, 'u'));
      expect(await view(made.id)).toMatchObject({
        words,
        objector: { household: { id: zhao.id, head: '赵四' } },
      });
      expect((await server.must('objections.own', { as: phone })).items).not.toContainEqual(
        expect.objectContaining({ id: made.id }),
      );
      const mine = { as: zhaoPhone, params: { id: made.id }, body: {} };
      expect(await server.refused('objections.withdrawOwn', { ...mine, as: phone })).toBe(
        'objection.not_found',
      );
      const keyed = { as: second, params: { id: made.id }, body: { reason: '算了' } };
      expect(await server.refused('objections.withdraw', keyed)).toBe('objection.by_phone');
      expect(await stateOf(deed)).toBe('contested');
      await server.must('objections.withdrawOwn', mine);
      expect(await stateOf(deed)).toBe('on_notice');
      await goOn('2027-11-26');
      await runClock();
      expect(await stateOf(deed)).toBe('posted');
    });

    it('about an entry moves nothing, and goes to a supervisor, who may send it to others', async () => {
      const before = await pointsOf(wang);
      const { items } = await server.must('me.passbook', { as: phone, query: { limit: 1 } });
      const body = { kind: 'objection', entry: items[0]?.number, words: '应该是两分' } as const;
      expect(await server.refused('objections.make', { as: zhaoPhone, body })).toBe('objection.no_deed');
      const { id } = await server.must('objections.make', { as: phone, body });
      expect(await server.refused('objections.make', { as: phone, body })).toBe('objection.twice');
      expect((await answer(id, 'rejected')).status).toBe(200);
      const own = async () => (await server.must('objections.own', { as: phone })).items[0];
      expect(await own()).toMatchObject({
        ...{ id, state: 'answered', outcome: 'rejected', reason: '问过三个人' },
        appealUntil: '2027-12-01',
      });
      const appeal = { as: phone, params: { id }, body: { reason: '没有问我' } };
      await server.must('objections.appealOwn', appeal);
      expect(await server.refused('objections.appealOwn', appeal)).toBe('objection.state');
      expect((await server.must('village.summary', { as: supervisor })).objections.appeals).toBe(1);
      const judge = (as: Caller, verdict: 'stand' | 'send_back') =>
        server.call('objections.judge', { as, params: { id }, body: { verdict, reason: '换人看看' } });
      expect((await judge(second, 'stand')).status).toBe(403);
      await goOn('2027-11-28');
      expect((await judge(supervisor, 'send_back')).status).toBe(200);
      expect(await view(id, third)).toMatchObject({ state: 'open', outcome: null, dueOn: '2027-12-03' });
      expect((await answer(id, 'upheld')).problem.code).toBe('objection.answered_before');
      expect((await answer(id, 'upheld', third)).status).toBe(200);
      expect(await server.refused('objections.appealOwn', appeal)).toBe('objection.no_appeal');
      expect(await pointsOf(wang)).toBe(before);
      expect(await verified()).toBeNull();
    });

    it('holds the deed again when it is appealed in time, and refuses an appeal that is late', async () => {
      const [deed = ''] = await onNotice(zhao);
      await hang();
      const { id } = await paper(deed);
      await answer(id, 'rejected');
      const appeal = (of: string) => ({ as: committee, params: { id: of }, body: { reason: '他不服' } });
      await server.must('objections.appeal', appeal(id));
      expect(await stateOf(deed)).toBe('contested');
      await server.must('objections.judge', {
        as: supervisor,
        params: { id },
        body: { verdict: 'stand', reason: '看过签到表' },
      });
      expect(await stateOf(deed)).toBe('on_notice');
      const late = await paper(deed);
      expect(await view(late.id)).toMatchObject({ standing: 'on_track', isLate: false });
      await goOn('2027-12-02');
      expect(await view(late.id)).toMatchObject({ standing: 'at_risk' });
      await goOn('2027-12-04');
      expect(await view(late.id)).toMatchObject({ standing: 'overdue' });
      expect((await server.must('village.summary', { as: committee })).objections.overdue).toBe(1);
      const overdue = await server.must('objections.list', { as: committee, query: { filter: 'overdue' } });
      expect(overdue.items.map((one) => one.id)).toEqual([late.id]);
      await answer(late.id, 'rejected');
      expect(await view(late.id)).toMatchObject({ standing: null, isLate: true });
      await goOn('2027-12-10');
      expect(await server.refused('objections.appeal', appeal(late.id))).toBe('objection.appeal_late');
      await runClock();
      expect(await stateOf(deed)).toBe('posted');
    });

    it('is either in time or about the entry, when it comes together with the clock', async () => {
      for (let round = 0; round < 6; round += 1) {
        server.clock.nowMs += 86_400_000;
        await goOn(new Date(server.clock.nowMs).toISOString().slice(0, 10));
        const [deed = ''] = await onNotice(zhao);
        await hang();
        const before = await pointsOf(zhao);
        server.clock.nowMs += 4 * 86_400_000;
        await goOn(new Date(server.clock.nowMs).toISOString().slice(0, 10));
        const [made] = await Promise.all([paper(deed), runClock(), runClock()]);
        const { deed: seen } = await view(made.id);
        const isPosted = (await stateOf(deed)) === 'posted';
        expect([seen?.entry !== null, await pointsOf(zhao)]).toEqual([
          isPosted,
          before + (isPosted ? 500 : 0),
        ]);
        expect(await stateOf(deed)).toBe(isPosted ? 'posted' : 'contested');
        expect((await answer(made.id, 'rejected')).status).toBe(200);
        await runClock();
        expect(await pointsOf(zhao)).toBe(before + 500);
      }
      expect(await verified()).toBeNull();
    });

    it('takes a few of a phone, none of a helper, and none about what is neither on notice nor posted', async () => {
      const suggest = (n: number) =>
        server.call('objections.make', {
          as: phone,
          body: { kind: 'suggestion', words: `建议 ${String(n)}` },
        });
      const made = [];
      for (let n = 0; n < 5; n += 1) made.push(await suggest(n));
      expect(made.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect((await suggest(6)).problem.code).toBe('objection.too_many');
      server.clock.nowMs += 86_400_001;
      committee = await again(committee);
      phone = await server.asHousehold(wang.id);
      expect((await suggest(7)).problem.code).toBe('objection.too_many');
      const first = made[0]?.data.id ?? '';
      await server.must('objections.withdrawOwn', { as: phone, params: { id: first }, body: {} });
      expect((await suggest(8)).status).toBe(200);
      const card = await newCardCode(server, wang.id, committee);
      const login = { card, pin: await typePin(server, wang.id, committee), helper: '外孙女小雅' };
      const { token } = await server.must('me.login', { body: login });
      const helper = { id: wang.id, headers: { Authorization: `Household ${token}` } };
      expect(await server.refused('objections.own', { as: helper })).toBe('me.helper');
      const helping = { as: helper, body: { kind: 'suggestion', words: '帮着提' } } as const;
      expect(await server.refused('objections.make', helping)).toBe('me.helper');
      const body = { ruleId, householdIds: [wang.id] };
      const { ids } = await server.must('proposals.create', { as: committee, body });
      const objecting = { kind: 'objection', proposalId: ids[0] ?? '', words: '不对' } as const;
      expect(await server.refused('objections.receive', { as: committee, body: objecting })).toBe(
        'objection.deed_closed',
      );
      expect(await server.refused('objections.make', { as: zhaoPhone, body: objecting })).toBe(
        'proposal.not_found',
      );
    });

    it('waits longer for its answer only if two people agree', async () => {
      admin = await again(admin);
      const sent = { as: admin, body: { settings: { objectionDays: 9 } } };
      expect(await server.refused('village.update', sent)).toBe('change.needs_second');
      await withSecond(server, 'village.update', { ...sent, by: await again(second) });
      await server.must('village.update', { as: admin, body: { settings: { objectionDays: 2 } } });
      expect(await verified()).toBeNull();
    });

    it('keeps numbers and outcomes when the household of the objector is erased, and no words', async () => {
      const today = new Date(server.clock.nowMs + 86_400_000).toISOString().slice(0, 10);
      await goOn(today);
      const leaving = await server.asHousehold(leaver.id);
      const [deed = ''] = await onNotice(zhao);
      await hang();
      const body = { kind: 'objection', proposalId: deed, words: '钱家看见的，没去' } as const;
      const { id, number } = await server.must('objections.make', { as: leaving, body });
      const approve = async (proposed: { readonly id: string }) => {
        expect((await decide('approve', [proposed.id])).status).toBe(200);
      };
      const params = { id: leaver.id };
      await approve(
        await server.must('households.proposeChange', {
          ...{ as: committee, params },
          body: { kind: 'departure', toId: null, reason: '迁走' },
        }),
      );
      await approve(
        await server.must('households.proposeErasure', {
          as: committee,
          params,
          body: { reason: '本户要求' },
        }),
      );
      expect(await view(id)).toMatchObject({ number, state: 'open', words: '' });
      expect(await stateOf(deed)).toBe('contested');
      expect((await answer(id, 'upheld')).status).toBe(200);
      expect(await stateOf(deed)).toBe('returned');
      expect(await verified()).toBeNull();
    });
  });
});
