import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { capOf, CappedVillage, under } from '../support/capped.ts';
import { reminded } from '../support/deductions.ts';
import { csv, Office } from '../support/office.ts';
import { withSecond } from '../support/second-person.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const ONCE = { limitText: '每月1次', ...under('month', { times: 1 }) };
/** A Wednesday, in the midst of month, quarter and year. */
const NOON = Date.parse('2026-05-20T04:00:00Z');

describe.each(ENGINES)('the caps of rules on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('counted from what stands', () => {
    let server: TestServer;
    let village: CappedVillage;
    let once = '';
    let household = '';
    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = NOON;
      village = await CappedVillage.open(server);
      once = await village.rule({ ...ONCE, code: 'A1' });
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      server.clock.nowMs = NOON;
      household = await village.household();
    });

    const codeOf = async (...given: Parameters<CappedVillage['propose']>) => {
      const { status, problem } = await village.propose(...given);
      return status === 200 ? 'done' : problem.code;
    };
    const proposals = async (householdId: string) => {
      const query = { householdId };
      return (await server.must('proposals.list', { as: village.committee, query })).items.length;
    };

    describe('at proposing', () => {
      test('what waits takes its place, and the refusal says whose, under which rule, and what stands', async () => {
        expect(await codeOf(once, household)).toBe('done');
        const { status, problem } = await village.propose(once, household);
        expect({ status, code: problem.code, moved: problem.moved }).toEqual({
          status: 422,
          code: 'rule.cap_times',
          moved: 'no',
        });
        const { number } = await server.must('households.get', {
          as: village.committee,
          params: { id: household },
        });
        expect(problem.params).toEqual({
          ...{ number, head: '王小明', group: '第一组', code: 'A1', title: '庭院美' },
          ...{ period: 'month', when: 'month', limit: 1, used: 1, waiting: 1 },
        });
        expect(problem.detail).toBe(
          `超过细则的上限：第一组 ${number} 号 王小明，“A1 庭院美”每月 1 次，本月已有 1 次（其中 1 笔待审核）。积分没有变动。请去掉已到上限的农户再试。`,
        );
        expect(await proposals(household)).toBe(1);
      });

      test('what is posted stands, and is said without what waits', async () => {
        await village.posted(once, household);
        const { problem } = await village.propose(once, household);
        expect(problem.detail).toContain('每月 1 次，本月已有 1 次。积分没有变动。');
        expect(problem.params).not.toHaveProperty('waiting');
      });

      test('other households and other rules are not concerned', async () => {
        const other = await village.rule(ONCE);
        expect(await codeOf(once, household)).toBe('done');
        expect(await codeOf(other, household)).toBe('done');
        expect(await codeOf(once, await village.household())).toBe('done');
      });

      test('a rule without a cap is given as often as it is proposed', async () => {
        const free = await village.rule({ limitText: '每场1次' });
        for (let n = 0; n < 3; n++) expect(await codeOf(free, household)).toBe('done');
      });

      test('what is sent back or withdrawn gives its place back', async () => {
        const returned = await village.proposed(once, household);
        await village.decide('return', returned);
        const withdrawn = await village.proposed(once, household);
        await village.decide('withdraw', withdrawn);
        expect(await codeOf(once, household)).toBe('done');
      });

      test('a reversal gives back when it is posted, and not while it waits', async () => {
        const number = await village.posted(once, household);
        const reversal = await village.reversal(number);
        expect(await codeOf(once, household)).toBe('rule.cap_times');
        await village.decide('approve', reversal);
        expect(await codeOf(once, household)).toBe('done');
        expect(await codeOf(once, household)).toBe('rule.cap_times');
      });

      test('points are capped whole: what is left is named, and nothing is cut', async () => {
        const hours = await village.rule({
          ...{ code: 'D11', title: '帮工', pointsMode: 'perUnit', points: 100, perUnit: '小时' },
          ...under('month', { points: 2000 }),
        });
        await village.posted(hours, household, { points: 1500 });
        await village.proposed(hours, household, { points: 200 });
        const { problem } = await village.propose(hours, household, { points: 500 });
        expect(problem.code).toBe('rule.cap_points');
        expect(problem.params).toMatchObject({ limit: 2000, used: 1700, left: 300, wanted: 500, waiting: 1 });
        expect(problem.detail).toContain(
          '“D11 帮工”每月最多 20 分，本月已有 17 分（其中 1 笔待审核），还剩 3 分，这一笔是 5 分。积分没有变动。',
        );
        expect(await codeOf(hours, household, { points: 300 })).toBe('done');
        expect(await codeOf(hours, household, { points: 50 })).toBe('rule.cap_points');
      });

      test('times and points hold together, whichever is met first', async () => {
        const both = await village.rule({
          ...{ pointsMode: 'range', points: null, pointsMin: 100, pointsMax: 2000 },
          ...under('month', { times: 2, points: 2000 }),
        });
        expect(await codeOf(both, household, { points: 1900 })).toBe('done');
        expect(await codeOf(both, household, { points: 200 })).toBe('rule.cap_points');
        expect(await codeOf(both, household, { points: 100 })).toBe('done');
        expect(await codeOf(both, household, { points: 100 })).toBe('rule.cap_times');
      });

      test('deductions count by what they take', async () => {
        const litter = await village.rule({ points: -200, ...under('month', { points: 400 }) });
        const about = { ruleId: litter, householdIds: [household], villageId: village.village.id };
        await reminded(server, about);
        expect(await codeOf(litter, household)).toBe('done');
        await reminded(server, about);
        expect(await codeOf(litter, household)).toBe('done');
        await reminded(server, about);
        expect(await codeOf(litter, household)).toBe('rule.cap_points');
        expect((await village.standing(litter, [household])).items).toEqual([
          { householdId: household, uses: [{ times: 2, points: 400, waiting: 2 }] },
        ]);
      });

      test('of many the first few are named and the rest counted; nothing is proposed for anybody', async () => {
        const all = await village.households(9);
        await village.proposed(once, all.slice(0, 7));
        const { problem } = await village.propose(once, all);
        expect(problem.code).toBe('rule.cap_times');
        expect(problem.params).toMatchObject({ head: '户主1', count: 7 });
        expect(
          String(problem.params.others)
            .split('\n')
            .map((name) => name.split(' ')[1]),
        ).toEqual([...['户主2', '户主3', '户主4', '户主5']]);
        expect(problem.detail).toMatch(
          /；还有 \S+ 户主2、\S+ 户主3、\S+ 户主4、\S+ 户主5，一共 7 户。积分没有变动。/,
        );
        expect(await proposals(all[8] ?? '')).toBe(0);
        const english = await server.call('proposals.create', {
          as: village.committee,
          body: { ruleId: once, householdIds: all },
          headers: { 'Accept-Language': 'en' },
        });
        expect(english.problem.detail).toMatch(
          /allows 1 × a month, and this month already has 1 \(1 of them waiting\); also \S+ 户主2, .+, 7 households in all\. No points moved\./,
        );
      });
    });

    describe('by the day of the deed', () => {
      /** The first day of the period, its last, the day before, the day after. */
      const periods = [
        ['day', '2026-05-19', '2026-05-19', '2026-05-18', '2026-05-20'],
        ['week', '2026-05-11', '2026-05-17', '2026-05-10', '2026-05-18'],
        ['month', '2026-04-01', '2026-04-30', '2026-03-31', '2026-05-01'],
        ['quarter', '2026-01-01', '2026-03-31', '2025-12-31', '2026-04-01'],
        ['year', '2025-06-01', '2025-12-31', null, '2026-01-01'],
      ] as const;

      test.each(periods)('a %s lasts from %s to %s', async (period, first, last, before, after) => {
        const rule = await village.rule(under(period, { times: 1 }));
        expect(await codeOf(rule, household, { effectiveOn: first })).toBe('done');
        expect(await codeOf(rule, household, { effectiveOn: last })).toBe('rule.cap_times');
        for (const other of [before, after])
          if (other !== null) expect(await codeOf(rule, household, { effectiveOn: other })).toBe('done');
        const { caps, items } = await village.standing(rule, [household], { effectiveOn: last });
        expect(items).toMatchObject([{ uses: [{ times: 1 }] }]);
        expect(caps).toMatchObject([{ period, scope: 'household', last }]);
      });

      test('a period that is over is named by its days', async () => {
        await village.proposed(once, household, { effectiveOn: '2026-04-03' });
        const { problem } = await village.propose(once, household, { effectiveOn: '2026-04-28' });
        expect(problem.params).toMatchObject({ when: '2026-04-01/2026-04-30' });
        expect(problem.detail).toContain('每月 1 次，2026-04-01 至 2026-04-30 已有 1 次');
        const daily = await village.rule(under('day', { times: 1 }));
        await village.proposed(daily, household, { effectiveOn: '2026-05-02' });
        const again = await village.propose(daily, household, { effectiveOn: '2026-05-02' });
        expect(again.problem.detail).toContain('每天 1 次，2026-05-02 已有 1 次');
      });

      test('today is a day of the village, not of the server', async () => {
        // Half past midnight of the first of May in Shanghai; still April in Urumqi.
        server.clock.nowMs = Date.parse('2026-04-30T16:30:00Z');
        const far = await CappedVillage.open(server);
        await withSecond(server, 'village.update', {
          ...{ as: far.village.admin, by: far.approver },
          body: { settings: { timeZone: 'Asia/Urumqi' } },
        });
        const at = [
          { place: village, rule: await village.rule(ONCE), into: household },
          { place: far, rule: await far.rule(ONCE), into: await far.household() },
        ];
        for (const { place, rule, into } of at) {
          await place.proposed(rule, into, { effectiveOn: '2026-04-10' });
        }
        const [here, there] = await Promise.all(at.map(({ place, rule, into }) => place.propose(rule, into)));
        expect(here?.status).toBe(200);
        expect(there?.problem.code).toBe('rule.cap_times');
      });
    });

    describe('at sending again', () => {
      test('a place that was taken meanwhile is gone, whether the deed is corrected or not', async () => {
        const returned = await village.proposed(once, household);
        await village.decide('return', returned);
        const second = await village.proposed(once, household);
        expect((await village.decide('resubmit', returned)).problem.code).toBe('rule.cap_times');
        const correction = { ids: [returned], ruleId: once, note: '', pictureIds: [] };
        const as = village.committee;
        expect(
          await server.refused('proposals.correct', {
            as,
            body: { ...correction, effectiveOn: '2026-05-19' },
          }),
        ).toBe('rule.cap_times');
        // Its new day counts, not the old one.
        await server.must('proposals.correct', { as, body: { ...correction, effectiveOn: '2026-04-19' } });
        expect(await codeOf(once, household, { effectiveOn: '2026-04-02' })).toBe('rule.cap_times');
        expect((await village.decide('approve', returned, second)).status).toBe(200);
      });

      test('a corrected deed counts with its new points', async () => {
        const range = await village.rule({
          ...{ pointsMode: 'range', points: null, pointsMin: 100, pointsMax: 2000 },
          ...under('month', { points: 2000 }),
        });
        const id = await village.proposed(range, household, { points: 2000 });
        await village.decide('return', id);
        await server.must('proposals.correct', {
          as: village.committee,
          body: {
            ids: [id],
            ruleId: range,
            points: 300,
            note: '',
            effectiveOn: '2026-05-20',
            pictureIds: [],
          },
        });
        expect(await codeOf(range, household, { points: 1800 })).toBe('rule.cap_points');
        expect(await codeOf(range, household, { points: 1700 })).toBe('done');
      });

      test('several deeds of one household that are corrected together count for each other', async () => {
        const free = await village.rule({});
        const ids = [await village.proposed(free, household), await village.proposed(free, household)];
        await village.decide('return', ...ids);
        const body = { ids, ruleId: once, note: '', effectiveOn: '2026-05-20', pictureIds: [] };
        expect(await server.refused('proposals.correct', { as: village.committee, body })).toBe(
          'rule.cap_times',
        );
      });
    });

    describe('at approving and posting', () => {
      /** Stores deeds without asking anybody, like those from a time before caps were held. */
      async function stored(ruleId: string, count: number): Promise<string[]> {
        const first = await village.proposed(ruleId, household);
        return server.store.transaction(async (tx) => {
          const { proposals: table, proposalEvents } = tx.t;
          const [row] = await tx.db.select().from(table).where(eq(table.id, first));
          const [event] = await tx.db
            .select()
            .from(proposalEvents)
            .where(eq(proposalEvents.proposalId, first));
          if (!row || !event) throw new Error('it is not there');
          const ids = Array.from({ length: count - 1 }, (_, n) => `${first}-${String(n)}`);
          for (const id of ids) {
            await tx.db
              .insert(table)
              .values({ ...row, id })
              .returning({ id: table.id });
            await tx.db
              .insert(proposalEvents)
              .values({ ...event, proposalId: id })
              .returning({ step: proposalEvents.step });
          }
          return [first, ...ids];
        });
      }

      test('of too many that wait the first are posted, and no later one ever is', async () => {
        const twice = await village.rule(under('month', { times: 2 }));
        const [first = '', second = '', third = ''] = await stored(twice, 3);
        const together = await village.decide('approve', first, second, third);
        expect(together.problem.code).toBe('rule.cap_times');
        expect(together.problem.params).toMatchObject({ head: '王小明', limit: 2, used: 2 });
        expect((await village.decide('approve', third)).problem.code).toBe('rule.cap_times');
        expect((await village.decide('approve', second)).status).toBe(200);
        expect((await village.decide('approve', third)).problem.code).toBe('rule.cap_times');
        expect((await village.decide('approve', first)).status).toBe(200);
        const { problem } = await village.decide('approve', third);
        expect(problem.detail).toContain('本月已有 2 次。积分没有变动。');
        expect((await village.standing(twice, [household])).items).toMatchObject([
          { uses: [{ times: 3, waiting: 1 }] },
        ]);
      });

      test('a stricter rule that comes later refuses nothing that waits, and takes nothing new', async () => {
        const rule = await village.rule(under('month', { times: 3 }));
        const ids = [];
        for (let n = 0; n < 3; n++) ids.push(await village.proposed(rule, household));
        await village.changeRule(rule, under('month', { times: 1 }));
        expect(await codeOf(rule, household)).toBe('rule.cap_times');
        expect((await village.decide('approve', ...ids)).status).toBe(200);
      });

      test('a looser rule that comes later takes no place from what waited, in whichever order they are posted', async () => {
        const rule = await village.rule(under('month', { times: 1 }));
        const early = await village.proposed(rule, household);
        await village.changeRule(rule, under('month', { times: 3 }));
        const later = [await village.proposed(rule, household), await village.proposed(rule, household)];
        expect(await codeOf(rule, household)).toBe('rule.cap_times');
        for (const id of [...later.toReversed(), early])
          expect((await village.decide('approve', id)).status).toBe(200);
      });

      test('what came back under a looser rule takes no place from what was proposed meanwhile', async () => {
        const loosened = await village.rule(under('month', { times: 1 }));
        const returned = await village.proposed(loosened, household);
        await village.decide('return', returned);
        const between = await village.proposed(loosened, household);
        await village.changeRule(loosened, under('month', { times: 2 }));
        expect((await village.decide('resubmit', returned)).status).toBe(200);
        // Approved together with what only the cap of its own version lets.
        const tightened = await village.rule(under('month', { times: 2 }));
        const two = [
          await village.proposed(tightened, household),
          await village.proposed(tightened, household),
        ];
        await village.changeRule(tightened, under('month', { times: 1 }));
        expect((await village.decide('approve', between, ...two)).status).toBe(200);
        expect((await village.decide('approve', returned)).status).toBe(200);
      });

      test('what comes back takes its place under the rule of today', async () => {
        const rule = await village.rule(under('month', { times: 2 }));
        const returned = await village.proposed(rule, household);
        await village.decide('return', returned);
        await village.changeRule(rule, under('month', { times: 1 }));
        const second = await village.proposed(rule, household);
        expect((await village.decide('resubmit', returned)).problem.code).toBe('rule.cap_times');
        expect((await village.decide('approve', second)).status).toBe(200);
      });

      test('what a split household used stays with it, and what a merged one used ends with it', async () => {
        await village.posted(once, household);
        const as = village.committee;
        const split = await server.must('households.proposeChange', {
          as,
          params: { id: household },
          body: { kind: 'split', fresh: { head: '王二', group: '第一组' }, points: 0, reason: '分家' },
        });
        await village.decide('approve', split.id);
        const { items } = await server.must('households.list', { as, query: { q: '王二', limit: 1 } });
        const fresh = items[0]?.id ?? '';
        expect(await codeOf(once, household)).toBe('rule.cap_times');
        await village.posted(once, fresh);
        const quiet = await village.household('孙大爷');
        const merge = await server.must('households.proposeChange', {
          as,
          params: { id: fresh },
          body: { kind: 'merge', intoId: quiet, reason: '并户' },
        });
        await village.decide('approve', merge.id);
        expect(await codeOf(once, quiet)).toBe('done');
      });
    });

    describe('told before anything is sent', () => {
      test('by household, with what waits; households without a deed are left out', async () => {
        const other = await village.household();
        const quiet = await village.household();
        await village.posted(once, household);
        await village.proposed(once, other);
        expect(await village.standing(once, [household, other, quiet])).toEqual({
          caps: [{ ...capOf('month', { times: 1 }), first: '2026-05-01', last: '2026-05-31' }],
          items: expect.arrayContaining([
            { householdId: household, uses: [{ times: 1, points: 500, waiting: 0 }] },
            { householdId: other, uses: [{ times: 1, points: 500, waiting: 1 }] },
          ]) as object,
        });
        const free = await village.rule({});
        expect(await village.standing(free, [household])).toEqual({ caps: [], items: [] });
      });

      test('a hundred in one go, and not one more', async () => {
        const ids = Array.from({ length: 101 }, (_, n) => `h${String(n)}`);
        expect((await village.standing(once, ids.slice(1))).items).toEqual([]);
        const query = { ruleId: once, householdIds: ids.join(',') };
        expect(await server.refused('proposals.standing', { as: village.committee, query })).toBe(
          'request.invalid',
        );
      });

      test('a day of the future is refused as at proposing', async () => {
        const query = { ruleId: once, householdIds: household, effectiveOn: '2026-05-21' };
        expect(await server.refused('proposals.standing', { as: village.committee, query })).toBe(
          'proposal.future_day',
        );
      });
    });

    describe('in the rule book', () => {
      test.each([
        ['a cap without a figure', [capOf('month', {})]],
        ['no points', [capOf('month', { points: 0 })]],
        ['points below nothing', [capOf('month', { points: -400 })]],
        ['a cap without a figure beside a whole one', [...ONCE.caps, capOf('ever', { scope: 'event' })]],
        ['two caps of one period and scope', [...ONCE.caps, capOf('month', { points: 400 })]],
      ])('%s is refused in plain words', async (_, caps) => {
        const body = { ...ruleBody, code: 'X1', caps };
        const { problem } = await server.call('rules.create', { as: village.village.admin, body });
        expect(problem.code).toBe('rule.cap_incomplete');
        expect(problem.detail).toContain('没有保存');
        const change = { as: village.village.admin, params: { id: once }, body: { caps } };
        expect(await server.refused('rules.update', change)).toBe('rule.cap_incomplete');
      });

      test('a rule whose cap is incomplete from before is changed and switched off, also by an import, while the cap is left alone', async () => {
        const place = await CappedVillage.open(server);
        const old = await place.rule({ code: 'B1' });
        await server.store.transaction(async (tx) => {
          const { ruleVersions } = tx.t;
          await tx.db
            .update(ruleVersions)
            .set(under('month', {}))
            .where(eq(ruleVersions.ruleId, old))
            .returning({ version: ruleVersions.version });
        });
        const office = new Office(server, place.village);
        const read = await office.read(
          'rules',
          csv('编号,内容,分值', 'B1,房前屋后干净,+5', 'B2,按时交费,+2'),
        );
        expect(read.effect.problems).toEqual([]);
        expect(read.effect).toMatchObject({ create: 1, update: 1, leftOut: 0 });
        const of = { as: place.village.admin, params: { id: old } };
        const off = await server.must('rules.update', { ...of, body: { enabled: false } });
        expect(off).toMatchObject({ enabled: false, ...under('month', {}) });
        expect(await server.refused('rules.update', { ...of, body: under('year', {}) })).toBe(
          'rule.cap_incomplete',
        );
        const whole = await server.must('rules.update', { ...of, body: under('month', { times: 2 }) });
        expect(whole).toMatchObject(under('month', { times: 2 }));
      });
    });
  });
});

const ruleBody = {
  category: '五美家庭',
  title: '庭院美',
  pointsMode: 'fixed',
  points: 500,
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
  proposer: '',
  evidence: '',
  limitText: '',
  caps: [],
  enabled: true,
} as const;
