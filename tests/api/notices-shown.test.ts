/** A board on a paired device hangs a notice by showing it, and has to on each of its days. On both engines. */
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PUBLIC_DAYS } from '../../shared/board/public-days.ts';
import { addDays } from '../../shared/business-day.ts';
import { PLAIN_RULE } from '../support/capped.ts';
import { type Caller, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const at = (day: string, time = '10:00') => Date.parse(`${day}T${time}:00+08:00`);

describe.each(ENGINES)('notices that a board shows, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let screen: Caller;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let supervisor: StaffCaller;
    let household: { readonly id: string };
    let ruleId = '';

    beforeAll(async () => {
      server = await startTestServer(engine);
      const as = server.admin;
      ruleId = (await server.must('rules.create', { as, body: { ...PLAIN_RULE, code: 'A1' } })).id;
      household = await addHousehold(server, 0, '王小明');
      screen = (await server.asKiosk()).device;
      await server.must('village.update', { as, body: { settings: { noticeDays: 3 } } });
      server.clock.nowMs = at('2027-11-02');
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      supervisor = await server.asStaff('supervisor');
      await server.must('staff.confirm', { as: approver, params: { id: supervisor.id }, body: {} });
    });
    afterAll(() => server.remove());

    async function goOn(day: string, time?: string): Promise<void> {
      server.clock.nowMs = at(day, time);
      for (const person of [committee, approver, supervisor])
        Object.assign(person, await server.logInAgain(person));
    }

    /** A notice of this household's deeds, one on each of so many days. */
    async function made(count = 1): Promise<{ id: string; number: number }> {
      for (let n = 0; n < count; n += 1) {
        const effectiveOn = addDays('2027-09-01', n);
        const body = { ruleId, householdIds: [household.id], effectiveOn };
        const { ids } = await server.must('proposals.create', { as: committee, body });
        await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids } });
      }
      const { id } = await server.must('notices.make', { as: committee, body: {} });
      return { id, number: (await notice(id)).number };
    }

    const show = async (...numbers: number[]) =>
      (await server.must('notices.show', { as: screen, body: { numbers } })).noted;
    const notice = (id: string) => server.must('notices.get', { as: committee, params: { id } });
    const onBoard = async () =>
      (await server.must('board.view', { params: { villageId: server.id } })).notices;
    const review = async (id: string) =>
      server.must('notices.review', {
        as: supervisor,
        params: { id },
        body: { hash: (await notice(id)).hash, remark: '' },
      });
    async function runClock(): Promise<void> {
      const job = server.http.jobs.find(({ name }) => name === 'posting at the end of notices');
      const clock = () => server.clock.nowMs;
      const signal = new AbortController().signal;
      await job?.run({ store: server.store, clock, logger: pino({ level: 'silent' }), signal });
    }
    const balance = async () =>
      (await server.must('households.get', { as: committee, params: { id: household.id } })).balance;

    it('do not begin before a supervisor has signed, or has had the time', async () => {
      const { id, number } = await made();
      expect(await onBoard()).toEqual([]);
      expect(await show(number)).toEqual([]);
      expect(await notice(id)).toMatchObject({ state: 'made', up: null });
      await review(id);
      expect(await onBoard()).toMatchObject([{ number, isUp: false, isWhole: true, postsOn: '2027-11-06' }]);
    });

    it('hang from the first showing on, and post after days on each of which they were shown', async () => {
      const number = (await onBoard())[0]?.number ?? 0;
      expect(await show(number, 99)).toEqual([number]);
      expect(await show(number)).toEqual([number]);
      expect(await show(number)).toEqual([]);
      const [first] = (await server.must('notices.list', { as: committee })).items;
      expect(first).toMatchObject({
        state: 'up',
        missedOn: null,
        up: { by: '超市', on: '2027-11-02', postsOn: '2027-11-06', isByScreen: true, isUnreviewed: false },
      });
      expect(await onBoard()).toMatchObject([{ number, isUp: true }]);
      for (const day of ['2027-11-03', '2027-11-04', '2027-11-05']) {
        await goOn(day);
        await runClock();
        expect(await show(number)).toEqual([number]);
      }
      await goOn('2027-11-06', '00:00');
      await Promise.all([runClock(), runClock()]);
      expect(await balance()).toBe(500);
      expect(await notice(first?.id ?? '')).toMatchObject({ state: 'ended', missedOn: null });
    });

    it('begin anew after a day on which the board was off, and not by what it shows the day after', async () => {
      const { id, number } = await made();
      await review(id);
      await show(number);
      await goOn('2027-11-07');
      await show(number);
      // It was off on the 8th, and the clock came late.
      await goOn('2027-11-10', '00:01');
      expect(await show(number)).toEqual([number]);
      await runClock();
      expect(await notice(id)).toMatchObject({ state: 'down', up: null, missedOn: '2027-11-08' });
      expect(await balance()).toBe(500);
      expect(await show(number)).toEqual([number]);
      expect(await notice(id)).toMatchObject({ state: 'up', missedOn: null, up: { postsOn: '2027-11-14' } });
      for (const day of ['11', '12', '13']) {
        await goOn(`2027-11-${day}`);
        await show(number);
      }
      await goOn('2027-11-14');
      await runClock();
      expect(await balance()).toBe(1000);
    });

    it('wait for a person once one took them down, and need no board once one noted the paper', async () => {
      const { id, number } = await made();
      await review(id);
      await show(number);
      await server.must('notices.takeDown', { as: committee, params: { id }, body: {} });
      expect(await show(number)).toEqual([]);
      expect(await onBoard()).toEqual([]);
      await server.must('notices.putUp', { as: committee, params: { id }, body: {} });
      expect(await show(number)).toEqual([]);
      await goOn('2027-11-18');
      await runClock();
      expect(await balance()).toBe(1500);
    });

    it('are no notices with more deeds than a board shows: those need their paper', async () => {
      const { id, number } = await made(43);
      await review(id);
      expect(await onBoard()).toMatchObject([{ number, isUp: false, isWhole: false }]);
      expect(await show(number)).toEqual([]);
      expect(await notice(id)).toMatchObject({ state: 'made' });
    });

    it('are given out for a month from the day on which they were made', async () => {
      const waits = async (days: number) => {
        await goOn(addDays('2027-11-18', days));
        return (await onBoard()).length;
      };
      expect([await waits(PUBLIC_DAYS.notices), await waits(PUBLIC_DAYS.notices + 1)]).toEqual([1, 0]);
    });

    it('are told by paired devices alone', async () => {
      const body = { numbers: [1] };
      for (const as of [committee, approver, await server.asHousehold(household.id)])
        expect((await server.call('notices.show', { as, body })).status).toBe(403);
      expect((await server.call('notices.show', { body })).status).toBe(401);
      expect((await server.must('ledger.verify', { as: await server.asStaff('admin'), body: {} })).ok).toBe(
        true,
      );
    });
  });
});
