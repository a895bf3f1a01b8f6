/** An approved award is on notice, and the clock posts it at the end: never before, and once. On both engines. */
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fatesOf } from '../../server/proposals/index.ts';
import { PLAIN_RULE } from '../support/capped.ts';
import { counted, reminded } from '../support/deductions.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const DAYS = 5;
/** More than are posted in one commit. */
const MANY = 240;
const at = (day: string, time = '10:00') => Date.parse(`${day}T${time}:00+08:00`);

describe.each(ENGINES)('notices of approved awards, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let ruleId = '';
    let cappedId = '';
    let deductionId = '';
    let household: { readonly id: string };
    let other: { readonly id: string };
    const many: { readonly id: string }[] = [];

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      const rule = (body: object) =>
        server.must('rules.create', { as: server.admin, body: { ...PLAIN_RULE, ...body } });
      ruleId = (await rule({ code: 'A1' })).id;
      cappedId = (
        await rule({ code: 'A2', caps: [{ period: 'month', scope: 'household', times: 1, points: null }] })
      ).id;
      deductionId = (await rule({ code: 'D1', points: -100 })).id;
      household = await addHousehold(server, 1000, '王小明');
      other = await addHousehold(server, 1000, '赵四');
      for (let n = 0; n < MANY; n += 1) many.push(await addHousehold(server, 0, `户${String(n)}`));
      await goOn('2027-11-02');
    });
    afterAll(() => server.remove());

    /** Log-ins end before the next month. */
    async function goOn(day: string, time?: string): Promise<void> {
      server.clock.nowMs = at(day, time);
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
    }

    async function setDays(noticeDays: number | null): Promise<void> {
      const as = await server.asStaff('admin');
      await server.must('village.update', { as, body: { settings: { noticeDays } } });
    }

    async function propose(
      households: readonly { readonly id: string }[],
      more: object = {},
    ): Promise<string[]> {
      const body = { ruleId, householdIds: households.map(({ id }) => id), ...more };
      return (await server.must('proposals.create', { as: committee, body })).ids;
    }

    const decide = (action: 'approve' | 'recall' | 'resubmit', ids: string[], as = approver) =>
      server.must('proposals.decide', {
        as,
        body: { action, ids, reason: action === 'recall' ? '记错了人' : '' },
      });
    async function approved(
      households: readonly { readonly id: string }[],
      more?: object,
    ): Promise<string[]> {
      const ids = await propose(households, more);
      await decide('approve', ids);
      return ids;
    }
    const make = async () => (await server.must('notices.make', { as: committee, body: {} })).id;
    const putUp = (id: string) => server.must('notices.putUp', { as: committee, params: { id }, body: {} });
    const notice = (id: string) => server.must('notices.get', { as: committee, params: { id } });
    const proposal = (id: string) => server.must('proposals.get', { as: committee, params: { id } });
    const pointsOf = async ({ id }: { readonly id: string }) =>
      (await server.must('households.get', { as: committee, params: { id } })).balance;
    /** The job, as another server on the same database runs it. `onAsked` is told how often it has asked for the time. */
    async function runClock({
      signal = new AbortController().signal,
      onAsked = () => undefined,
    }: { signal?: AbortSignal; onAsked?: (times: number) => void } = {}): Promise<void> {
      const job = server.http.jobs.find(({ name }) => name === 'posting at the end of notices');
      let times = 0;
      const clock = () => {
        times += 1;
        onAsked(times);
        return server.clock.nowMs;
      };
      await job?.run({ store: server.store, clock, logger: pino({ level: 'silent' }), signal });
    }
    const verified = async () =>
      (await server.must('ledger.verify', { as: await server.asStaff('admin'), body: {} })).ok;

    it('posts at once in a village without notices', async () => {
      const [id = ''] = await approved([household]);
      expect(await proposal(id)).toMatchObject({ state: 'posted' });
      expect(await pointsOf(household)).toBe(1500);
    });

    it('puts an award on notice, and nothing else', async () => {
      await setDays(DAYS);
      const [id = ''] = await propose([household], { effectiveOn: '2027-11-01' });
      expect(await decide('approve', [id])).toMatchObject({
        state: 'on_notice',
        onNotice: 1,
        journalNumbers: [],
      });
      expect(await proposal(id)).toMatchObject({
        state: 'on_notice',
        decidedBy: 'approver',
        journalNumber: null,
      });
      expect(await pointsOf(household)).toBe(1500);
      await reminded(server, { ruleId: deductionId, householdIds: [household.id] });
      const [taken = ''] = await propose([household], { ruleId: deductionId });
      expect(await decide('approve', [taken])).toMatchObject({ state: 'on_notice', onNotice: 1 });
      await counted(server, [taken]);
      expect(await proposal(taken)).toMatchObject({ state: 'posted' });
      expect(await server.must('notices.list', { as: committee })).toMatchObject({
        items: [],
        noticeDays: DAYS,
        waiting: { count: 1, points: 500 },
      });
    });

    it('posts when the whole days are over, on the day of the deed, by the clock, and once', async () => {
      const id = await make();
      expect(await server.refused('notices.make', { as: committee, body: {} })).toBe('notice.nothing');
      expect(await notice(id)).toMatchObject({
        number: 1,
        state: 'made',
        count: 1,
        points: 500,
        review: null,
        up: null,
      });
      await runClock();
      await goOn('2027-11-03', '23:30');
      await putUp(id);
      expect(await server.refused('notices.putUp', { as: committee, params: { id }, body: {} })).toBe(
        'notice.hangs',
      );
      expect(await notice(id)).toMatchObject({
        state: 'up',
        up: { on: '2027-11-03', postsOn: '2027-11-09', isUnreviewed: true },
        lines: [
          {
            state: 'on_notice',
            day: '2027-11-01',
            title: PLAIN_RULE.title,
            points: 500,
            name: '王*明',
            entry: null,
          },
        ],
      });
      await goOn('2027-11-08', '23:59');
      await runClock();
      expect(await pointsOf(household)).toBe(1400);
      // The server was off when the day began, and two run now.
      await goOn('2027-11-11');
      await Promise.all([runClock(), runClock(), runClock()]);
      expect(await pointsOf(household)).toBe(1900);
      const after = await notice(id);
      expect(after).toMatchObject({ state: 'ended', lines: [{ state: 'posted' }] });
      const number = after.lines[0]?.entry ?? 0;
      const found = await server.must('ledger.entry', { as: committee, params: { number } });
      expect(found).toMatchObject({
        kind: 'award',
        effectiveOn: '2027-11-01',
        bookedBy: '公示期满 / end of notice',
      });
      const { history } = await proposal(after.lines[0]?.proposalId ?? '');
      expect(history.map(({ to }) => to)).toEqual(['proposed', 'on_notice', 'posted']);
      expect(await server.refused('notices.putUp', { as: committee, params: { id }, body: {} })).toBe(
        'notice.over',
      );
      expect(await verified()).toBe(true);
    });

    it('is seen on the board with masked names, and on the phone of the household, until it is posted', async () => {
      const body = { ruleId, householdIds: [household.id, other.id], note: '电话 13800000000' };
      const waiting = (await server.must('proposals.create', { as: committee, body })).ids;
      const coming = async () => {
        const phone = await server.asHousehold(household.id);
        return (await server.must('me.view', { as: phone })).coming;
      };
      const board = () => server.must('board.view', { params: { villageId: server.id } });
      const deed = { title: PLAIN_RULE.title, day: '2027-11-11', points: 500 };
      expect(await coming()).toMatchObject([{ ...deed, step: 'proposed', notice: null, postsOn: null }]);
      await decide('approve', waiting);
      expect(await coming()).toMatchObject([{ ...deed, step: 'approved', notice: null, postsOn: null }]);
      const id = await make();
      // No supervisor is in office: a board may show it, and its days begin when a person or a paired device says that it hangs.
      expect((await board()).notices).toMatchObject([{ number: 2, isUp: false }]);
      await putUp(id);
      expect(await coming()).toMatchObject([
        { ...deed, step: 'on_notice', notice: 2, postsOn: '2027-11-17' },
      ]);
      const shown = await board();
      expect(shown.notices).toMatchObject([
        { number: 2, postsOn: '2027-11-17', deeds: [{ ...deed, households: 2, names: ['王*明', '赵*'] }] },
      ]);
      expect(JSON.stringify(shown)).not.toMatch(/13800000000|王小明/u);
      await decide('recall', [waiting[0] ?? '']);
      expect((await board()).notices).toMatchObject([{ deeds: [{ households: 1, names: ['赵*'] }] }]);
      expect(await coming()).toEqual([]);
      await goOn('2027-11-17', '00:00');
      await runClock();
      expect((await board()).notices).toEqual([]);
      expect(await pointsOf(household)).toBe(1900);
      expect(await pointsOf(other)).toBe(1500);
    });

    it('begins its days anew when it was taken down early', async () => {
      const [deed = ''] = await approved([household]);
      const id = await make();
      await putUp(id);
      await goOn('2027-11-22');
      await server.must('notices.takeDown', { as: committee, params: { id }, body: {} });
      expect(await server.refused('notices.takeDown', { as: committee, params: { id }, body: {} })).toBe(
        'notice.not_up',
      );
      await goOn('2027-11-24');
      await runClock();
      expect(await notice(id)).toMatchObject({ state: 'down', up: null, isDownSince: '2027-11-22' });
      await putUp(id);
      await goOn('2027-11-29');
      await runClock();
      expect(await proposal(deed)).toMatchObject({ state: 'on_notice' });
      await goOn('2027-11-30', '00:01');
      await runClock();
      expect(await proposal(deed)).toMatchObject({ state: 'posted', effectiveOn: '2027-11-17' });
      await server.must('notices.takeDown', { as: committee, params: { id }, body: {} });
      expect(await notice(id)).toMatchObject({ state: 'ended', isDownSince: '2027-11-30' });
    });

    it('posts nothing that was taken off, and not by an old notice what is approved again', async () => {
      const before = await pointsOf(other);
      const [first = '', second = ''] = await approved([household, other]);
      const id = await make();
      await putUp(id);
      const missing = server.refused('proposals.decide', {
        as: approver,
        body: { action: 'recall', ids: [second] },
      });
      expect(await missing).toBe('proposal.reason_missing');
      expect(await decide('recall', [second])).toMatchObject({ state: 'returned' });
      await decide('resubmit', [second], committee);
      await decide('approve', [second]);
      expect(await notice(id)).toMatchObject({
        lines: expect.arrayContaining([expect.objectContaining({ proposalId: second, state: 'recalled' })]),
      });
      await goOn('2027-12-07');
      await runClock();
      expect(await proposal(first)).toMatchObject({ state: 'posted' });
      expect(await proposal(second)).toMatchObject({ state: 'on_notice' });
      expect(await pointsOf(other)).toBe(before);
      const next = await make();
      await putUp(next);
      await goOn('2027-12-14');
      await runClock();
      expect(await pointsOf(other)).toBe(before + 500);
      expect(await verified()).toBe(true);
    });

    it('ends a notice of which everything was taken off', async () => {
      const ids = await approved([other]);
      const id = await make();
      await putUp(id);
      await decide('recall', ids);
      await goOn('2027-12-21');
      await runClock();
      expect(await notice(id)).toMatchObject({ state: 'ended', lines: [{ state: 'recalled', entry: null }] });
    });

    it('counts under the cap while it is on notice, and keeps the account open', async () => {
      await approved([household], { ruleId: cappedId });
      const body = { ruleId: cappedId, householdIds: [household.id] };
      expect(await server.refused('proposals.create', { as: committee, body })).toBe('rule.cap_times');
      const leaving = { kind: 'departure' as const, toId: null, reason: '迁走' };
      const change = { as: committee, params: { id: household.id }, body: leaving };
      expect(await server.refused('households.proposeChange', change)).toBe('household.waiting');
    });

    it('waits two days for a supervisor, and keeps the mark', async () => {
      const supervisor = await server.asStaff('supervisor');
      const id = await make();
      const review = (hash: string, as = supervisor) =>
        server.call('notices.review', { as, params: { id }, body: { hash, remark: '看过了' } });
      const { hash } = await notice(id);
      expect((await review(hash)).problem.code).toBe('signature.unconfirmed');
      await server.must('staff.confirm', { as: approver, params: { id: supervisor.id }, body: {} });
      expect(await server.refused('notices.putUp', { as: committee, params: { id }, body: {} })).toBe(
        'notice.unreviewed',
      );
      expect((await review('0'.repeat(64))).problem.code).toBe('signature.changed');
      expect((await review(hash, committee)).status).toBe(403);
      expect((await server.must('village.summary', { as: supervisor })).notices).toMatchObject({
        toReview: 1,
        toPutUp: 1,
      });
      expect((await review(hash)).status).toBe(200);
      expect((await review(hash)).problem.code).toBe('signature.signed');
      await putUp(id);
      expect(await notice(id)).toMatchObject({
        review: { by: 'supervisor', remark: '看过了' },
        up: { isUnreviewed: false },
      });
      await approved([other]);
      const late = await make();
      const { madeAtMs } = await notice(late);
      server.clock.nowMs = madeAtMs + 47 * 3_600_000;
      committee = await server.asStaff('committee');
      expect(await server.refused('notices.putUp', { as: committee, params: { id: late }, body: {} })).toBe(
        'notice.unreviewed',
      );
      server.clock.nowMs = madeAtMs + 49 * 3_600_000;
      committee = await server.asStaff('committee');
      await putUp(late);
      expect(await notice(late)).toMatchObject({ up: { isUnreviewed: true } });
    });

    it('is posted in parts, and goes on where another server stopped', async () => {
      await goOn('2028-01-04');
      const ids = await approved(many, { effectiveOn: '2028-01-03' });
      const id = await make();
      server.clock.nowMs += 49 * 3_600_000;
      await goOn('2028-01-07');
      await putUp(id);
      await goOn('2028-01-13');
      const stops = new AbortController();
      await runClock({ signal: stops.signal, onAsked: (times) => (times < 3 ? undefined : stops.abort()) });
      const posted = async () =>
        [...(await server.store.read((reader) => fatesOf(reader, server.id, ids))).values()].filter(
          ({ state }) => state === 'posted',
        ).length;
      expect(await posted()).toBeGreaterThan(0);
      expect(await posted()).toBeLessThan(MANY);
      await runClock();
      expect(await posted()).toBe(MANY);
      expect(await verified()).toBe(true);
    });

    it('approves a pile of which one award goes on notice while a reversal is posted', async () => {
      await goOn('2028-01-14');
      const { items } = await server.must('ledger.entries', {
        as: committee,
        query: { householdId: many[0]?.id ?? '', kind: 'award' },
      });
      const body = { number: items[0]?.number ?? 0, reason: '记错了人' };
      const { id: reversal } = await server.must('proposals.createReversal', { as: committee, body });
      const [award = ''] = await propose([other]);
      const decided = await decide('approve', [award, reversal]);
      expect(decided).toMatchObject({ onNotice: 1, journalNumbers: [expect.any(Number)] });
      expect(await proposal(award)).toMatchObject({ state: 'on_notice' });
      expect(await proposal(reversal)).toMatchObject({ state: 'posted' });
      expect(await verified()).toBe(true);
    });

    it('asks a second person for fewer days', async () => {
      const body = { settings: { noticeDays: 3 } };
      const as = await server.asStaff('admin');
      expect(await server.refused('village.update', { as, body })).toBe('change.needs_second');
      const tooFew = { settings: { noticeDays: 2 } };
      expect(await server.refused('village.update', { as, body: tooFew })).toBe('request.invalid');
      const more = { as, body: { settings: { noticeDays: 7 } } };
      expect((await server.must('village.update', more)).settings.noticeDays).toBe(7);
    });
  });
});
