/** A month gives no more points than its budget: in every way in, at once, over a month's turn, and switched on or off. */
import { and, eq, like } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetAccount } from '../../server/budget/ledger-kinds.ts';
import { PLAIN_RULE } from '../support/capped.ts';
import { deducted } from '../support/deductions.ts';
import { createLedger, householdAccount, trialBalance } from '../support/ledger.ts';
import { csv } from '../support/office.ts';
import { openScoreOffice } from '../support/score-office.ts';
import { withSecond } from '../support/second-person.ts';
import { newKey, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const AT_ONCE = 50;
/** Each award of these tests gives so much, unless told otherwise. */
const FIVE = 500;
const at = (day: string, time = '10:00') => Date.parse(`${day}T${time}:00+08:00`);

interface Settings {
  readonly budgetHundredths?: number | null;
  readonly budgetHeads?: readonly { head: string; hundredths: number }[];
  readonly noticeDays?: number | null;
}

describe.each(ENGINES)('a monthly budget on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let admin: StaffCaller;
    /** Under 五美家庭 and under 乡风家风. */
    let ruleId = '';
    let otherRuleId = '';
    let deductionId = '';
    const households: { readonly id: string }[] = [];

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      const rule = async (body: object) =>
        (await server.must('rules.create', { as: server.admin, body: { ...PLAIN_RULE, ...body } })).id;
      ruleId = await rule({ code: 'A1' });
      otherRuleId = await rule({ code: 'B1', category: '乡风家风', title: '敬老' });
      deductionId = await rule({ code: 'D1', points: -100 });
      for (let n = 0; n < AT_ONCE; n += 1)
        households.push(await addHousehold(server, 1000, `户主${String(n + 1)}`));
    });
    afterAll(() => server.remove());

    /** Log-ins end before the next month. */
    async function goOn(day: string, time?: string): Promise<void> {
      server.clock.nowMs = at(day, time);
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      admin = await server.asStaff('admin');
    }
    const house = (index: number) => households[index]?.id ?? '';
    const propose = async (count: number, more: object = {}): Promise<string[]> => {
      const householdIds = households.slice(0, count).map(({ id }) => id);
      return (
        await server.must('proposals.create', { as: committee, body: { ruleId, householdIds, ...more } })
      ).ids;
    };
    const approve = (ids: readonly string[]) =>
      server.call('proposals.decide', {
        as: approver,
        body: { action: 'approve', ids: [...ids], reason: '' },
      });
    async function award(count: number, more: object = {}): Promise<number[]> {
      const { status, data, problem } = await approve(await propose(count, more));
      if (status !== 200) throw new Error(JSON.stringify(problem));
      return data.journalNumbers;
    }
    async function refused(count: number, more: object = {}) {
      const ids = await propose(count, more);
      const { problem } = await approve(ids);
      await server.must('proposals.decide', { as: committee, body: { action: 'withdraw', ids, reason: '' } });
      return problem;
    }
    async function reverse(number: number): Promise<void> {
      const body = { number, reason: '重复记分' };
      const { id } = await server.must('proposals.createReversal', { as: committee, body });
      expect((await approve([id])).status).toBe(200);
    }
    const set = (settings: Settings) =>
      server.call('village.update', { as: admin, body: { settings: settings as never } });
    const setByTwo = (settings: Settings) =>
      withSecond(server, 'village.update', { as: admin, by: approver, body: { settings } });
    const view = () => server.must('budget.view', { as: committee });
    const total = async () => (await view()).total;
    const entry = (number: number) => server.must('ledger.entry', { as: committee, params: { number } });
    const verified = async () => (await server.http.verifier.verify(server.id)).bad;
    async function run(name: string): Promise<void> {
      const job = server.http.jobs.find((one) => one.name === name);
      const { signal } = new AbortController();
      const clock = () => server.clock.nowMs;
      await job?.run({ store: server.store, clock, logger: pino({ level: 'silent' }), signal });
    }
    const closeMonths = () => run('return of what months left of their budgets');
    const runClock = () => run('posting at the end of notices');
    const fillsOf = (month: string) =>
      server.store.read(({ db, t: { journal } }) =>
        db.$count(
          journal,
          and(eq(journal.villageId, server.id), like(journal.idempotencyKey, `budget.${month}.%`)),
        ),
      );
    const held = async (kind: string) => {
      const totals = await server.store.read((reader) => trialBalance(reader, server.id));
      const found = totals.find((one) => one.kind === kind);
      return (found?.positive ?? 0) + (found?.negative ?? 0);
    };

    it('comes from what the village issues while there is none', async () => {
      await goOn('2027-03-10');
      const [number = 0] = await award(1);
      expect((await entry(number)).lines.map(({ accountId }) => accountId)).toEqual([
        'issued:village:POINT',
        `household:${house(0)}:POINT`,
      ]);
      expect(await view()).toMatchObject({ isOn: false, total: null, parts: [] });
    });

    it('is set in the midst of a month by one person, and counts from then on', async () => {
      expect((await set({ budgetHundredths: 2000, budgetHeads: [] })).status).toBe(200);
      expect(await total()).toMatchObject({ allotted: 2000, spent: 0, left: 2000 });
      const [number = 0] = await award(1);
      expect((await entry(number)).lines[0]).toMatchObject({
        accountId: 'budget:2027-03:POINT',
        ownerName: '2027-03',
        amount: -FIVE,
        balanceAfter: 1500,
      });
      expect(await total()).toMatchObject({ allotted: 2000, spent: FIVE, left: 1500 });
    });

    it('refuses what is too much as a whole, and says how much is left', async () => {
      const problem = await refused(4);
      expect(problem).toMatchObject({ code: 'budget.used_up', status: 409, moved: 'no' });
      expect(problem.detail).toContain('还剩 15 分');
      expect(problem.detail).toContain('要 20 分');
      await award(3);
      expect(await total()).toMatchObject({ spent: 2000, left: 0 });
      expect((await refused(1)).code).toBe('budget.used_up');
    });

    it('is held by the floor of its account, whoever books', async () => {
      const ledger = createLedger({ clock: () => server.clock.nowMs });
      const outcome = await server.store.transaction((tx) =>
        ledger.post(tx, {
          kind: 'award',
          ...{
            villageId: server.id,
            effectiveOn: '2027-03-10',
            idempotencyKey: newKey(),
            actorId: approver.id,
          },
          source: 'proposal:none',
          lines: [
            { account: budgetAccount('2027-03', null), amount: -1 },
            { account: householdAccount(house(0)), amount: 1 },
          ],
        }),
      );
      expect(outcome).toMatchObject({ ok: false, code: 'budget.used_up', params: { balance: 0, needed: 1 } });
    });

    it('holds for a score sheet, too', async () => {
      const { village, read, commit } = await openScoreOffice(server);
      const settings = { budgetHundredths: 1000 };
      await server.must('village.update', { as: village.village.admin, body: { settings } });
      const state = await read(
        csv('户号,户主,细则,分值,日期', '1,王明,A1,5,2027-03-02', '3,赵刚,C3,12.5,2027-03-03'),
      );
      const { data } = await commit(state);
      const query = { batchId: data.result?.batchId ?? '', order: 'oldest' as const };
      const { items } = await server.must('proposals.list', { as: village.approver, query });
      const ids = items.map(({ id }) => id);
      expect((await village.decide('approve', ...ids)).problem.code).toBe('budget.used_up');
      expect((await village.decide('approve', ids[0] ?? '')).status).toBe(200);
      expect((await village.decide('approve', ids[1] ?? '')).problem.detail).toContain('还剩 5 分');
    });

    it('lets a deduction pass, and gets nothing from it', async () => {
      const householdIds = households.slice(0, 1).map(({ id }) => id);
      await deducted(server, { as: committee, approver, ruleId: deductionId, householdIds });
      expect(await total()).toMatchObject({ spent: 2000, left: 0 });
    });

    it('gets back what is reversed within the month', async () => {
      const [number = 0] = (
        await server.must('ledger.entries', { as: committee, query: { kind: 'award', limit: 1 } })
      ).items.map((one) => one.number);
      await reverse(number);
      expect(await total()).toMatchObject({ spent: 1500, left: FIVE });
      await award(1, { ruleId: otherRuleId });
      expect(await total()).toMatchObject({ spent: 2000, left: 0 });
      expect(await verified()).toBeNull();
    });

    it('is raised by two, and lowered by one: what was given stays given', async () => {
      expect((await set({ budgetHundredths: 3000 })).problem.code).toBe('change.needs_second');
      expect((await set({ budgetHundredths: null })).problem.code).toBe('change.needs_second');
      await setByTwo({ budgetHundredths: 3000 });
      expect(await total()).toMatchObject({ allotted: 3000, spent: 2000, left: 1000 });
      expect((await set({ budgetHundredths: 2500 })).status).toBe(200);
      expect(await total()).toMatchObject({ allotted: 2500, spent: 2000, left: 500 });
      expect((await set({ budgetHundredths: 100 })).status).toBe(200);
      expect(await total()).toMatchObject({ allotted: 2000, spent: 2000, left: 0 });
      await setByTwo({ budgetHundredths: 2500 });
      expect(await total()).toMatchObject({ allotted: 2500, left: 500 });
    });

    it('is switched off by two, and counts what it gave when it is switched on again', async () => {
      await setByTwo({ budgetHundredths: null });
      expect(await held('budget')).toBe(0);
      const [number = 0] = await award(2);
      expect((await entry(number)).lines[0]?.accountId).toBe('issued:village:POINT');
      expect((await set({ budgetHundredths: 2600 })).status).toBe(200);
      expect(await total()).toMatchObject({ allotted: 2600, spent: 2000, left: 600 });
      expect(await verified()).toBeNull();
    });

    it('has parts of categories, which are no more than the whole', async () => {
      await goOn('2027-04-03');
      const heads = (own: number) => [{ head: '五美家庭', hundredths: own }];
      expect((await set({ budgetHundredths: 2000, budgetHeads: heads(2100) })).problem.code).toBe(
        'budget.heads_over',
      );
      expect((await set({ budgetHundredths: 2000, budgetHeads: heads(1000) })).status).toBe(200);
      expect((await view()).parts).toMatchObject([
        { head: null, allotted: 1000, left: 1000 },
        { head: '五美家庭', allotted: 1000, left: 1000 },
      ]);
      await award(2);
      expect((await refused(1)).detail).toContain('五美家庭');
      const [number = 0] = await award(1, { ruleId: otherRuleId });
      expect((await entry(number)).lines[0]?.accountId).toBe('budget:2027-04:POINT');
      // A part cannot grow from what others have given already, nor at the cost of another without a second person.
      expect((await set({ budgetHeads: heads(1500) })).problem.code).toBe('change.needs_second');
      await setByTwo({ budgetHeads: heads(2000) });
      expect((await view()).parts).toMatchObject([
        { head: null, allotted: FIVE, left: 0 },
        { head: '五美家庭', allotted: 1500, left: FIVE },
      ]);
      expect((await refused(1, { ruleId: otherRuleId })).code).toBe('budget.used_up');
      await award(1);
      expect(await total()).toMatchObject({ allotted: 2000, spent: 2000, left: 0 });
      const owners = (
        await server.must('ledger.entries', { as: committee, query: { kind: 'award', limit: 1 } })
      ).items;
      expect((await entry(owners[0]?.number ?? 0)).lines[0]?.ownerName).toBe('2027-04 五美家庭');
      expect(await verified()).toBeNull();
    });

    it('fills each month once, though two servers begin it together after a month without any', async () => {
      await goOn('2027-06-01', '00:00');
      // The others had nothing, and may share all of it now.
      await setByTwo({ budgetHundredths: 1500, budgetHeads: [] });
      await goOn('2027-07-01', '00:00');
      const addresses = [server.url, await server.another()];
      const ids: string[] = [];
      for (const { id } of households) {
        const body = { ruleId, householdIds: [id] };
        ids.push((await server.must('proposals.create', { as: committee, body })).ids[0] ?? '');
      }
      const marks = new Map<string, string>();
      for (const id of ids)
        marks.set(id, (await server.must('proposals.get', { as: approver, params: { id } })).mark);
      const codes = await Promise.all(
        ids.map(async (id, index) => {
          const response = await fetch(`${addresses[index % 2] ?? ''}/api/v1/proposals/decisions`, {
            method: 'POST',
            headers: {
              'Content-Type': 'application/json',
              'Idempotency-Key': newKey(),
              ...approver.headers,
            },
            body: JSON.stringify({ action: 'approve', ids: [id], marks: [marks.get(id)], reason: '' }),
          });
          const { code = 'done' } = (await response.json()) as { code?: string };
          return code;
        }),
      );
      const done = codes.filter((code) => code === 'done').length;
      expect([done, new Set(codes)]).toEqual([3, new Set(['done', 'budget.used_up'])]);
      expect(await total()).toMatchObject({ allotted: 1500, spent: 1500, left: 0, waiting: 47 * FIVE });
      expect(await fillsOf('2027-07')).toBe(1);
      const left = ids.filter((_, index) => codes[index] !== 'done');
      await server.must('proposals.decide', {
        as: committee,
        body: { action: 'withdraw', ids: left, reason: '' },
      });
      expect(await verified()).toBeNull();
    });

    it('gives back what a month left, once, also what is reversed later', async () => {
      await goOn('2027-08-15');
      await closeMonths();
      const [number = 0] = await award(1);
      expect(await held('budget')).toBe(1000);
      await goOn('2027-09-01', '00:00');
      const issued = await held('issued');
      await Promise.all([closeMonths(), closeMonths()]);
      expect([await held('budget'), await held('issued')]).toEqual([0, issued + 1000]);
      await reverse(number);
      expect(await held('budget')).toBe(FIVE);
      expect(await total()).toMatchObject({ allotted: 1500, spent: 0, left: 1500 });
      await closeMonths();
      await closeMonths();
      expect([await held('budget'), await held('issued')]).toEqual([0, issued + 1000 + FIVE]);
      await award(1);
      await closeMonths();
      // The month of today stays as it is.
      expect(await held('budget')).toBe(1000);
      expect(await verified()).toBeNull();
    });

    it('tells the month’s awards as if they came from what the village issues', async () => {
      const { months } = await server.must('village.home', { as: committee });
      expect(months.slice(-3).map(({ month, given }) => [month, given])).toEqual([
        ['2027-07', 1500],
        ['2027-08', FIVE],
        ['2027-09', 0],
      ]);
      expect((await server.must('village.summary', { as: committee })).awardedThisMonth).toBe(0);
      const board = await server.must('village.dashboard', { as: committee, query: { months: 2 } });
      expect(board.months.map(({ given }) => given)).toEqual([FIVE, 0]);
    });

    it('leaves an award on notice that it has no points for, and posts it in the next month', async () => {
      await goOn('2027-10-02');
      expect((await set({ budgetHundredths: 1000, noticeDays: 3 })).status).toBe(200);
      const ids = await propose(3);
      expect((await approve(ids)).data).toMatchObject({ onNotice: 3 });
      expect(await total()).toMatchObject({ spent: 0, onNotice: 1500, left: 1000 });
      const { id } = await server.must('notices.make', { as: committee, body: {} });
      await goOn('2027-10-05');
      await server.must('notices.putUp', { as: committee, params: { id }, body: {} });
      await goOn('2027-10-09', '00:01');
      await runClock();
      const states = async () => {
        const all = ids.map((one) => server.must('proposals.get', { as: committee, params: { id: one } }));
        return (await Promise.all(all)).map(({ state }) => state).sort();
      };
      expect(await states()).toEqual(['on_notice', 'posted', 'posted']);
      const notice = () => server.must('notices.get', { as: committee, params: { id } });
      expect(await notice()).toMatchObject({ state: 'up', waitsForBudget: 1 });
      const coming = async () => {
        const phones = await Promise.all(
          households.slice(0, 3).map(({ id: one }) => server.asHousehold(one)),
        );
        const views = await Promise.all(phones.map((as) => server.must('me.view', { as })));
        return views.flatMap((one) => one.coming);
      };
      expect(await coming()).toMatchObject([{ waitsForBudget: true, postsOn: '2027-11-01' }]);
      expect((await set({ budgetHundredths: FIVE - 1 })).status).toBe(200);
      // A whole month has too few points for it now.
      expect(await coming()).toMatchObject([{ waitsForBudget: true, postsOn: null }]);
      await setByTwo({ budgetHundredths: 1000 });
      await Promise.all([runClock(), runClock()]);
      expect(await states()).toEqual(['on_notice', 'posted', 'posted']);
      expect(await total()).toMatchObject({ spent: 1000, onNotice: FIVE, left: 0 });
      await goOn('2027-11-01', '00:00');
      await Promise.all([runClock(), runClock(), closeMonths()]);
      await runClock();
      expect(await states()).toEqual(['posted', 'posted', 'posted']);
      expect(await notice()).toMatchObject({ state: 'ended', waitsForBudget: 0 });
      expect(await total()).toMatchObject({ spent: FIVE, left: FIVE });
      expect(await verified()).toBeNull();
    });
  });
});
