/** A deduction comes after a reminder, is decided by two, answered by its household, and takes no more than there is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../shared/business-day.ts';
import type { ProposalAction } from '../../shared/proposals/states.ts';
import { PLAIN_RULE } from '../support/capped.ts';
import { counted, reminded, runCountingClock } from '../support/deductions.ts';
import { type Caller, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const noonOf = (day: string, time = '10:00') => Date.parse(`${day}T${time}:00+08:00`);
const WORDS = '西墙根堆着柴草，请清走';

describe.each(ENGINES)('deductions on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let admin: StaffCaller;
    let committee: StaffCaller;
    let approver: StaffCaller;
    /** Answers objections to what the approver decided. */
    let second: StaffCaller;
    let supervisor: StaffCaller;
    let litter = '';
    let noise = '';
    let award = '';
    let today = '';

    const rule = async (code: string, points: number) => {
      const body = { ...PLAIN_RULE, code, title: `${code}的事`, points };
      return (await server.must('rules.create', { as: server.admin, body })).id;
    };

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      litter = await rule('N1', -500);
      noise = await rule('N2', -200);
      award = await rule('A1', 500);
      admin = await server.asStaff('admin');
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      second = await server.asStaff('approver');
      supervisor = await server.asStaff('supervisor');
      await server.must('staff.confirm', { as: approver, params: { id: supervisor.id }, body: {} });
      await goOn('2027-11-02');
    });
    afterAll(() => server.remove());

    const again = (person: StaffCaller) => server.logInAgain(person);
    /** The same people log in again on another day. */
    async function goOn(day: string, time?: string): Promise<void> {
      server.clock.nowMs = noonOf(day, time);
      today = day;
      [admin, committee, approver] = [await again(admin), await again(committee), await again(approver)];
      [second, supervisor] = [await again(second), await again(supervisor)];
      // The caller who adds households.
      Object.assign(server.admin, await again(server.admin));
    }

    const remind = async (householdId: string, more: object = {}) =>
      (
        await server.must('deductions.remind', {
          as: committee,
          body: { householdId, ruleId: litter, words: WORDS, dueOn: addDays(today, 2), ...more },
        })
      ).id;
    const deliver = (id: string, as: Caller = committee) =>
      server.call('deductions.deliver', { as, params: { id }, body: { way: 'paper' } });
    const tell = (id: string) =>
      server.must('deductions.tell', { as: committee, params: { id }, body: { way: 'paper' } });
    const reminder = (id: string, as: Caller = committee) =>
      server.must('deductions.reminder', { as, params: { id } });
    const propose = (householdId: string, ruleId = litter) =>
      server.call('proposals.create', { as: committee, body: { ruleId, householdIds: [householdId] } });
    const whyNot = async (householdId: string, ruleId = litter) =>
      (await propose(householdId, ruleId)).problem.code;
    const decide = (action: ProposalAction, id: string, as = approver) =>
      server.call('proposals.decide', { as, body: { action, ids: [id], reason: '看过了' } });
    const proposal = (id: string) => server.must('proposals.get', { as: committee, params: { id } });
    const pointsOf = async (id: string) =>
      (await server.must('households.get', { as: committee, params: { id } })).balance;
    const verified = async () => (await server.http.verifier.verify(server.id)).bad;
    /** A deduction that is approved and not told, with its reminder. */
    async function approved(householdId: string): Promise<{ id: string; reminderId: string }> {
      const [reminderId = ''] = await reminded(server, { ruleId: litter, householdIds: [householdId] });
      const { data } = await propose(householdId);
      const id = data.ids[0] ?? '';
      await decide('approve', id);
      return { id, reminderId };
    }

    it('is refused without a reminder about just this rule, delivered, whose day is over and not long ago', async () => {
      const { id: home } = await addHousehold(server, 1000, '王小明');
      const phone = await server.asHousehold(home);
      expect(await whyNot(home)).toBe('deduction.no_reminder');
      const first = await remind(home);
      expect(await whyNot(home)).toBe('deduction.not_delivered');
      expect((await deliver(first)).status).toBe(200);
      expect((await deliver(first)).problem.code).toBe('reminder.state');
      const early = await propose(home);
      expect(early.problem).toMatchObject({ code: 'deduction.too_early', params: { day: '2027-11-04' } });
      expect(await whyNot(home, noise)).toBe('deduction.no_reminder');
      expect(await reminder(first)).toMatchObject({ standing: 'waits', deliveredWay: 'paper' });
      await goOn('2027-11-04', '23:30');
      expect(await whyNot(home)).toBe('deduction.too_early');
      await goOn('2027-11-05', '00:01');
      expect(await reminder(first)).toMatchObject({ standing: 'ready', lapsesAfter: '2028-02-02' });
      await goOn('2028-02-03');
      expect(await whyNot(home)).toBe('deduction.lapsed');
      expect(await reminder(first)).toMatchObject({ standing: 'lapsed' });
      const next = await remind(home);
      expect((await deliver(next)).status).toBe(200);
      await goOn('2028-02-06');
      const { data, status } = await propose(home);
      expect(status).toBe(200);
      expect(await reminder(next)).toMatchObject({
        standing: 'proposed',
        deduction: { proposalId: data.ids[0], points: -500 },
      });
      // One reminder leads to one deduction; the older one has lapsed.
      expect(await whyNot(home)).toBe('deduction.lapsed');
      expect(
        (await server.must('deductions.own', { as: await server.asHousehold(home) })).items[0],
      ).toMatchObject({
        standing: 'ready',
        deduction: null,
      });
      expect(phone.id).toBe(home);
      const list = () => server.must('deductions.reminders', { as: committee, query: { filter: 'open' } });
      const isListed = async () => (await list()).items.some(({ id }) => id === next);
      await decide('return', data.ids[0] ?? '');
      expect(await reminder(next)).toMatchObject({ standing: 'returned' });
      expect(await isListed()).toBe(true);
      await decide('lay_aside', data.ids[0] ?? '', committee);
      expect(await reminder(next)).toMatchObject({ standing: 'laid_aside' });
      expect(await isListed()).toBe(false);
      await decide('take_up', data.ids[0] ?? '', committee);
      await decide('resubmit', data.ids[0] ?? '', committee);
      expect(await reminder(next)).toMatchObject({ standing: 'proposed' });
      await decide('withdraw', data.ids[0] ?? '', committee);
      expect(await reminder(next)).toMatchObject({ standing: 'ready', deduction: null });
      expect((await propose(home)).status).toBe(200);
      expect(await verified()).toBeNull();
    });

    it('keeps the words of the rule under which its household was reminded', async () => {
      await goOn('2028-02-10');
      const ruleId = await rule('N9', -100);
      const { id: home } = await addHousehold(server, 1000, '孙五');
      const phone = await server.asHousehold(home);
      const first = await remind(home, { ruleId });
      const reworded = async (title: string) => {
        server.clock.nowMs += 1000;
        await server.must('rules.update', { as: server.admin, params: { id: ruleId }, body: { title } });
        server.clock.nowMs += 1000;
      };
      // It counts at once: what follows that day is under other words.
      await reworded('路上堆了沙子');
      const { id: neighbour } = await addHousehold(server, 1000, '周六');
      const second = await remind(neighbour, { ruleId });
      await reworded('路上停了车');
      expect((await reminder(first)).rule).toMatchObject({ code: 'N9', title: 'N9的事' });
      expect((await reminder(second)).rule).toMatchObject({ code: 'N9', title: '路上堆了沙子' });
      const { items } = await server.must('deductions.reminders', {
        as: committee,
        query: { householdId: home },
      });
      expect(items.map((one) => one.rule.title)).toEqual(['N9的事']);
      const own = await server.must('deductions.own', { as: phone });
      expect(own.items.map(({ title }) => title)).toEqual(['N9的事']);
      const sent = { as: server.admin, params: { id: home } };
      const { data } = await server.call('households.personalData', sent);
      const file = data instanceof Blob ? await data.text() : '';
      expect(file).toContain('N9的事');
      expect(file).not.toContain('路上停了车');
    });

    it('cannot be got by a correction, and a reminder that is late, closed or about one’s own household counts for nothing', async () => {
      const { id: home } = await addHousehold(server, 1000, '赵四');
      const { data } = await propose(home, award);
      const id = data.ids[0] ?? '';
      await server.must('proposals.decide', {
        as: approver,
        body: { action: 'return', ids: [id], reason: '不对' },
      });
      const body = { ids: [id], ruleId: litter, note: '', effectiveOn: today, pictureIds: [] };
      expect(await server.refused('proposals.correct', { as: committee, body })).toBe('deduction.other_rule');

      const late = await remind(home);
      await goOn(addDays(today, 3));
      expect((await deliver(late)).problem.code).toBe('reminder.day_over');
      const close = (which: string, end: 'put_right' | 'withdrawn', as: Caller = committee) =>
        server.call('deductions.close', { as, params: { id: which }, body: { end } });
      expect((await close(late, 'withdrawn')).status).toBe(200);
      expect((await close(late, 'withdrawn')).problem.code).toBe('reminder.state');
      const [ready = ''] = await reminded(server, { ruleId: litter, householdIds: [home] });
      const twice = { householdId: home, ruleId: litter, words: WORDS, dueOn: addDays(today, 1) };
      expect(await server.refused('deductions.remind', { as: committee, body: twice })).toBe(
        'reminder.stands',
      );
      const kin = await server.asStaff('committee', { householdIds: [home] });
      expect((await close(ready, 'put_right', kin)).problem.code).toBe('proposal.own_household');
      expect((await close(ready, 'put_right')).status).toBe(200);
      expect(await whyNot(home)).toBe('deduction.no_reminder');

      const refused = (more: object) =>
        server.refused('deductions.remind', { as: committee, body: { ...twice, ...more } });
      expect(await refused({ dueOn: today })).toBe('reminder.due_day');
      expect(await refused({ dueOn: addDays(today, 91) })).toBe('reminder.due_day');
      expect(await refused({ seenOn: addDays(today, 1) })).toBe('proposal.future_day');
      expect(await refused({ ruleId: award })).toBe('reminder.no_deduction');
      expect(await server.refused('deductions.remind', { as: kin, body: twice })).toBe(
        'proposal.own_household',
      );
      expect(await verified()).toBeNull();
    });

    it('waits for the days of its household, and is counted by the clock once, on any of two servers, however late', async () => {
      const { id: home } = await addHousehold(server, 1000, '孙五');
      await goOn('2028-03-01');
      const { id, reminderId } = await approved(home);
      expect(await proposal(id)).toMatchObject({ state: 'on_notice', journalNumber: null });
      expect(await reminder(reminderId)).toMatchObject({ standing: 'to_tell', answerDays: 5 });
      expect((await server.must('village.summary', { as: committee })).reminders).toBeGreaterThan(0);
      // It is on no notice, and nobody's award.
      const notices = await server.must('notices.list', { as: committee });
      expect([
        notices.waiting.count,
        await server.refused('notices.make', { as: committee, body: {} }),
      ]).toEqual([0, 'notice.nothing']);
      await goOn('2028-03-20');
      await runCountingClock(server);
      expect(await pointsOf(home)).toBe(1000);
      expect(await tell(reminderId)).toEqual({ id: reminderId, answerUntil: '2028-03-25' });
      expect(
        await server.refused('deductions.tell', {
          ...{ as: committee, params: { id: reminderId }, body: { way: 'paper' } },
        }),
      ).toBe('reminder.state');
      await goOn('2028-03-25', '23:58');
      await runCountingClock(server);
      expect(await pointsOf(home)).toBe(1000);
      await goOn('2028-04-20');
      const other = await server.test.openAgain();
      await Promise.all([
        runCountingClock(server),
        runCountingClock(server, other),
        runCountingClock(server),
      ]);
      await runCountingClock(server, other);
      await other.close();
      expect(await pointsOf(home)).toBe(500);
      const shown = await proposal(id);
      expect(shown).toMatchObject({ state: 'posted', decidedBy: 'approver' });
      const entry = await server.must('ledger.entry', {
        as: committee,
        params: { number: shown.journalNumber ?? 0 },
      });
      expect(entry).toMatchObject({ kind: 'deduction', effectiveOn: '2028-03-01' });
      expect(await reminder(reminderId)).toMatchObject({ standing: 'counted' });
      expect(await verified()).toBeNull();
    });

    it('is agreed to by the phone of the household alone, and counts then', async () => {
      const { id: home } = await addHousehold(server, 1000, '钱七');
      const { id: other } = await addHousehold(server, 0, '李八');
      const reminderId = await remind(home);
      const phone = await server.asHousehold(home);
      const neighbour = await server.asHousehold(other);
      const params = { id: reminderId };
      expect((await server.must('me.view', { as: phone })).reminders).toBe(1);
      expect((await server.must('me.view', { as: neighbour })).reminders).toBe(0);
      expect((await server.must('deductions.own', { as: neighbour })).items).toEqual([]);
      expect(await server.refused('deductions.seen', { as: neighbour, params, body: {} })).toBe(
        'reminder.not_found',
      );
      await server.must('deductions.seen', { as: phone, params, body: {} });
      expect(await reminder(reminderId)).toMatchObject({ standing: 'waits', deliveredWay: 'phone' });
      await goOn(addDays(today, 3));
      const own = await server.asHousehold(home);
      const { data } = await propose(home);
      const agree = (as: Caller) => server.call('deductions.agree', { as, params, body: {} });
      await decide('approve', data.ids[0] ?? '');
      expect((await agree(own)).problem.code).toBe('deduction.too_late');
      expect((await server.must('deductions.own', { as: own })).items[0]).toMatchObject({
        standing: 'to_tell',
        maySee: true,
        words: WORDS,
        deduction: { points: -500, mayAnswer: false },
      });
      await server.must('deductions.seen', { as: own, params, body: {} });
      // Recalled and approved anew it is told anew.
      await decide('recall', data.ids[0] ?? '');
      await decide('resubmit', data.ids[0] ?? '', committee);
      server.clock.nowMs += 1000;
      await decide('approve', data.ids[0] ?? '');
      expect((await agree(own)).problem.code).toBe('deduction.too_late');
      await server.must('deductions.seen', { as: own, params, body: {} });
      expect((await agree(own)).status).toBe(200);
      expect((await agree(own)).problem.code).toBe('deduction.too_late');
      await runCountingClock(server);
      expect(await pointsOf(home)).toBe(500);
      const { items } = await server.must('acts.list', { as: admin, query: { limit: 40 } });
      const told = items.filter(({ act }) => act === 'deductions.told' || act === 'deductions.agreed');
      expect(told[0]).toMatchObject({ act: 'deductions.agreed', by: '被提醒的农户 / reminded household' });
      expect(JSON.stringify(told)).not.toMatch(new RegExp(`${home}|钱七|${WORDS}`, 'u'));
      expect(await verified()).toBeNull();
    });

    it('is held by an explanation until people who had no part in it have answered', async () => {
      const { id: home } = await addHousehold(server, 1000, '周九');
      const { id, reminderId } = await approved(home);
      await tell(reminderId);
      const phone = await server.asHousehold(home);
      const explain = () =>
        server.must('objections.make', {
          ...{ as: phone, body: { kind: 'objection', proposalId: id, words: '柴草是隔壁的' } },
        });
      const answer = (objection: string, outcome: 'upheld' | 'rejected', as = second) =>
        server.call('objections.answer', {
          as,
          params: { id: objection },
          body: { outcome, reason: '看过了' },
        });
      const one = await explain();
      expect(await reminder(reminderId)).toMatchObject({ standing: 'explained' });
      await goOn(addDays(today, 6));
      await runCountingClock(server);
      expect(await pointsOf(home)).toBe(1000);
      expect((await answer(one.id, 'rejected', approver)).problem.code).toBe('objection.had_part');
      expect((await answer(one.id, 'rejected')).status).toBe(200);
      await runCountingClock(server);
      expect([await pointsOf(home), (await proposal(id)).state]).toEqual([500, 'posted']);

      const { id: fair } = await addHousehold(server, 1000, '吴十');
      const right = await approved(fair);
      await tell(right.reminderId);
      // On paper, too.
      const paper = { kind: 'objection', proposalId: right.id, words: '已经清走了', name: '' } as const;
      const keyed = await server.must('objections.receive', { as: committee, body: paper });
      expect((await answer(keyed.id, 'upheld')).status).toBe(200);
      expect(await proposal(right.id)).toMatchObject({ state: 'returned' });
      await goOn(addDays(today, 10));
      await runCountingClock(server);
      expect(await pointsOf(fair)).toBe(1000);
      expect(await verified()).toBeNull();
    });

    it('takes what there is and no more, and says so; a household without points loses none', async () => {
      const { id: home } = await addHousehold(server, 300, '郑一');
      const first = await approved(home);
      const [number = 0] = await counted(server, [first.id]);
      expect(await pointsOf(home)).toBe(0);
      const phone = await server.asHousehold(home);
      const { items } = await server.must('me.passbook', { as: phone, query: { limit: 1 } });
      expect(items).toMatchObject([{ number, amount: -300, asked: -500, balanceAfter: 0 }]);
      const params = { id: home };
      const desk = await server.must('households.passbook', { as: committee, params, query: { limit: 1 } });
      expect(desk.items).toMatchObject([{ amount: -300, asked: -500 }]);

      const nothing = await approved(home);
      const [act = 0] = await counted(server, [nothing.id]);
      expect([await pointsOf(home), (await proposal(nothing.id)).state]).toEqual([0, 'posted']);
      const told = await server.must('acts.list', { as: admin, query: { limit: 1 } });
      expect(told.items).toMatchObject([{ number: act, act: 'deductions.nothing_taken' }]);

      // Taken back, it gives what it took.
      const body = { number, reason: '记错了' };
      const { id: reversal } = await server.must('proposals.createReversal', { as: committee, body });
      await decide('approve', reversal);
      expect(await pointsOf(home)).toBe(300);
      expect(await verified()).toBeNull();
    });

    it('takes two of one household in one go to zero, and leaves what is set aside', async () => {
      const { id: home } = await addHousehold(server, 700, '冯二');
      const [one, other] = [await approved(home), await approved(home)];
      const numbers = await counted(server, [one.id, other.id]);
      expect([numbers.length, await pointsOf(home)]).toEqual([2, 0]);
      expect(await verified()).toBeNull();
    });

    it('is refused at its cell of a score sheet, and taken after a reminder', async () => {
      const { id: home, number } = await addHousehold(server, 1000, '陈三');
      const paper = Buffer.from(`户号,细则,分值,日期\n${number},N1,-5,${today}\n`);
      const read = async () => {
        const query = { filename: `扣分${String(server.clock.nowMs)}.csv` };
        const { id } = await server.must('imports.readScores', { as: committee, query, body: paper });
        server.clock.nowMs += 1000;
        return server.must('imports.getScores', { as: committee, params: { id } });
      };
      expect(JSON.stringify(await read())).toContain('还没有提醒过');
      await reminded(server, { ruleId: litter, householdIds: [home] });
      expect(JSON.stringify(await read())).not.toContain('还没有提醒过');
    });

    it('is seen by nobody who does not keep it', async () => {
      const { id: home } = await addHousehold(server, 1000, '褚四');
      const { reminderId } = await approved(home);
      for (const role of ['group_leader', 'judge', 'book_keeper'] as const) {
        const as = await server.asStaff(role);
        expect(await server.refused('deductions.reminder', { as, params: { id: reminderId } })).toBe(
          'auth.forbidden',
        );
      }
      expect(await reminder(reminderId, supervisor)).toMatchObject({ standing: 'to_tell' });
      const board = JSON.stringify(await server.must('board.view', { params: { villageId: server.id } }));
      for (const secret of ['褚', 'N1的事', WORDS]) expect(board).not.toContain(secret);
    });
  });
});
