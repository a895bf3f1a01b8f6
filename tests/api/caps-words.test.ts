import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Cap } from '../../shared/rules/caps.ts';
import { capOf, CappedVillage, under } from '../support/capped.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

/** A Wednesday, in the midst of month, quarter and year. */
const NOON = Date.parse('2026-05-20T04:00:00Z');
const PER_EVENT = under('ever', { scope: 'event', times: 1 });
const PER_MEMBER = under('year', { scope: 'member', times: 2 });
const EACH_PLACE = { caps: [...PER_EVENT.caps, capOf('year', { points: 1000 })] };
const RANGE = { pointsMode: 'range', points: null, pointsMin: 100, pointsMax: 2000 } as const;

describe.each(ENGINES)('caps that count by member and by event on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('several of a rule', () => {
    let server: TestServer;
    let village: CappedVillage;
    let household = '';
    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      server.clock.nowMs = NOON;
      village = await CappedVillage.open(server);
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
    const seen = (id: string) => server.must('proposals.get', { as: village.committee, params: { id } });
    const correction = (id: string, ruleId: string, more: object) => ({
      as: village.committee,
      body: { ids: [id], ruleId, note: '', effectiveOn: '2026-05-20', pictureIds: [], ...more },
    });

    describe('all hold', () => {
      test('once a day, and no more than so many points a quarter', async () => {
        const caps = [capOf('day', { times: 1 }), capOf('quarter', { points: 1000 })];
        const rule = await village.rule({ caps });
        expect(await codeOf(rule, household, { effectiveOn: '2026-05-18' })).toBe('done');
        expect(await codeOf(rule, household, { effectiveOn: '2026-05-18' })).toBe('rule.cap_times');
        expect(await codeOf(rule, household, { effectiveOn: '2026-05-19' })).toBe('done');
        const { problem } = await village.propose(rule, household);
        expect(problem.code).toBe('rule.cap_points');
        expect(problem.params).toMatchObject({ period: 'quarter', limit: 1000, used: 1000, left: 0 });
        expect(problem.params).not.toHaveProperty('about');
        expect(await codeOf(rule, household, { effectiveOn: '2026-03-31' })).toBe('done');
        expect(await village.standing(rule, [household], { effectiveOn: '2026-05-19' })).toMatchObject({
          caps: [
            { period: 'day', times: 1, points: null, first: '2026-05-19', last: '2026-05-19' },
            { period: 'quarter', times: null, points: 1000, first: '2026-04-01', last: '2026-06-30' },
          ],
          items: [
            {
              uses: [
                { times: 1, points: 500 },
                { times: 2, points: 1000 },
              ],
            },
          ],
        });
      });

      test('a cap of the household holds beside that of each event, whatever is typed', async () => {
        const rule = await village.rule(EACH_PLACE);
        expect(await codeOf(rule, household, { event: '东头水渠' })).toBe('done');
        expect(await codeOf(rule, household, { event: '西头水渠' })).toBe('done');
        expect(await codeOf(rule, household, { event: '南头水渠' })).toBe('rule.cap_points');
      });

      test('four at most', async () => {
        const caps = (['day', 'week', 'month', 'quarter', 'year'] as const).map((period) =>
          capOf(period, { times: 9 }),
        );
        expect((await village.rule({ caps: caps.slice(1) })).length).toBeGreaterThan(0);
        await expect(village.rule({ caps })).rejects.toThrow('request.invalid');
      });
    });

    describe('by member', () => {
      test('each has a count of its own, and the same word is the same member', async () => {
        const rule = await village.rule({ ...PER_MEMBER, code: 'F3', title: '升学' });
        expect(await codeOf(rule, household, { member: '长子' })).toBe('done');
        expect(await codeOf(rule, household, { member: ' 长 子 ' })).toBe('done');
        expect(await codeOf(rule, household, { member: '次子' })).toBe('done');
        const { problem } = await village.propose(rule, household, { member: '长子。' });
        expect(problem.params).toMatchObject({ about: '长子。', period: 'year', limit: 2, used: 2 });
        expect(problem.detail).toContain('“F3 升学”（长子。）每年 2 次，今年已有 2 次');
        expect(await codeOf(rule, household, { member: '长子', effectiveOn: '2025-12-31' })).toBe('done');
        expect(await codeOf(rule, await village.household(), { member: '长子' })).toBe('done');
      });

      test('points of a member are summed up', async () => {
        const rule = await village.rule({ ...RANGE, ...under('year', { scope: 'member', points: 2000 }) });
        expect(await codeOf(rule, household, { member: '长子', points: 1500 })).toBe('done');
        expect(await codeOf(rule, household, { member: '次子', points: 1500 })).toBe('done');
        expect(await codeOf(rule, household, { member: '次子', points: 600 })).toBe('rule.cap_points');
      });
    });

    describe('by event', () => {
      test('the same counts once, also in another year; another one counts for itself', async () => {
        const rule = await village.rule({ ...PER_EVENT, code: 'B5', title: '喜事新办' });
        await village.posted(rule, household, { event: '张家喜宴', effectiveOn: '2025-11-01' });
        const { problem } = await village.propose(rule, household, { event: '张家 喜宴' });
        expect(problem.params).toMatchObject({ about: '张家 喜宴', when: 'ever', limit: 1, used: 1 });
        expect(problem.detail).toContain('“B5 喜事新办”（张家 喜宴）一共 1 次，至今已有 1 次。');
        expect(await codeOf(rule, household, { event: '李家喜宴' })).toBe('done');
        const other = await village.household();
        expect(await codeOf(rule, [household, other], { event: '王家喜宴' })).toBe('done');
        expect(await codeOf(rule, other, { event: '张家喜宴' })).toBe('done');
      });

      test('what is sent back, withdrawn or reversed frees its event', async () => {
        const rule = await village.rule(PER_EVENT);
        const event = '张家喜宴';
        await village.decide('return', await village.proposed(rule, household, { event }));
        await village.decide('withdraw', await village.proposed(rule, household, { event }));
        const number = await village.posted(rule, household, { event });
        expect(await codeOf(rule, household, { event })).toBe('rule.cap_times');
        await village.decide('approve', await village.reversal(number));
        expect(await codeOf(rule, household, { event })).toBe('done');
      });

      test('a deed that is corrected to another event leaves the first free, and takes the other', async () => {
        const rule = await village.rule(PER_EVENT);
        const id = await village.proposed(rule, household, { event: '张家喜宴' });
        await village.decide('return', id);
        await server.must('proposals.correct', correction(id, rule, { event: '李家喜宴' }));
        expect(await seen(id)).toMatchObject({ event: '李家喜宴', member: null, state: 'proposed' });
        expect(await codeOf(rule, household, { event: '李家喜宴' })).toBe('rule.cap_times');
        const second = await village.proposed(rule, household, { event: '张家喜宴' });
        await village.decide('return', second);
        const taken = correction(second, rule, { event: '李家喜宴' });
        expect(await server.refused('proposals.correct', taken)).toBe('rule.cap_times');
        await village.decide('resubmit', second);
        expect((await village.decide('approve', id, second)).status).toBe(200);
      });
    });

    describe('the words', () => {
      test('are required by the caps that count by them', async () => {
        const both = await village.rule({
          caps: [...PER_MEMBER.caps, ...PER_EVENT.caps],
          code: 'F4',
          title: '参军',
        });
        const { problem, status } = await village.propose(both, household, { event: '入伍' });
        expect([status, problem.code, problem.moved]).toEqual([422, 'proposal.member_missing', 'no']);
        expect(problem.detail).toContain('“F4 参军”按人计算限额');
        expect(await codeOf(both, household, { member: '长子' })).toBe('proposal.event_missing');
        expect(await codeOf(both, household, { member: ' ', event: '入伍' })).toBe('proposal.member_missing');
        const id = await village.proposed(both, household, { member: '长子', event: ' 入伍 ' });
        expect(await seen(id)).toMatchObject({ member: '长子', event: '入伍' });
        await village.decide('return', id);
        expect(await server.refused('proposals.correct', correction(id, both, { member: '长子' }))).toBe(
          'proposal.event_missing',
        );
      });

      test('are asked for when a deed is sent again under a rule that has come to count by them', async () => {
        const rule = await village.rule({});
        const id = await village.proposed(rule, household);
        await village.decide('return', id);
        await village.changeRule(rule, PER_EVENT);
        const { status, problem } = await village.decide('resubmit', id);
        expect([status, problem.code]).toEqual([422, 'proposal.event_missing']);
        await server.must('proposals.correct', correction(id, rule, { event: '张家喜宴' }));
        expect(await seen(id)).toMatchObject({ event: '张家喜宴', state: 'proposed' });
      });

      test('are not kept where no cap asks for them', async () => {
        const words = { member: '长子', event: '张家喜宴' };
        const bare = { member: null, event: null };
        const [free, ofHousehold, ofEvent] = [
          await village.rule({}),
          await village.rule(under('month', { times: 3 })),
          await village.rule(PER_EVENT),
        ];
        for (const rule of [free, ofHousehold])
          expect(await seen(await village.proposed(rule, household, words))).toMatchObject(bare);
        const id = await village.proposed(ofEvent, household, words);
        expect(await seen(id)).toMatchObject({ ...bare, event: '张家喜宴' });
        await village.decide('return', id);
        await server.must('proposals.correct', correction(id, free, words));
        expect(await seen(id)).toMatchObject(bare);
      });

      test('stand in the note of the entry, and the books verify', async () => {
        const caps = [...PER_MEMBER.caps, ...PER_EVENT.caps];
        const rule = await village.rule({ caps });
        const words = { member: '长子', event: '县一中录取' };
        const number = await village.posted(rule, household, { ...words, note: '看过通知书' });
        const bare = await village.posted(rule, household, { member: '次子', event: '参军' });
        const as = village.approver;
        const noteOf = async (of: number) =>
          (await server.must('ledger.entry', { as, params: { number: of } })).text.note;
        expect(await noteOf(number)).toBe('县一中录取 · 长子 · 看过通知书');
        expect(await noteOf(bare)).toBe('参军 · 次子');
        await village.changeRule(rule, PER_EVENT);
        const { admin } = village.village;
        expect(await server.must('ledger.verify', { as: admin, body: {} })).toMatchObject({ ok: true });
      });
    });

    describe('told before anything is sent', () => {
      test('with the words as far as they are known', async () => {
        const caps = [capOf('year', { times: 5 }), ...PER_MEMBER.caps, ...PER_EVENT.caps];
        const rule = await village.rule({ caps });
        await village.posted(rule, household, { member: '长子', event: '张家喜宴' });
        await village.proposed(rule, household, { member: '次子', event: '李家喜宴' });
        const [all, none] = [
          { times: 2, points: 1000, waiting: 1 },
          { times: 0, points: 0, waiting: 0 },
        ];
        const [posted, waiting] = [
          { times: 1, points: 500, waiting: 0 },
          { times: 1, points: 500, waiting: 1 },
        ];
        const uses = async (words: object) =>
          (await village.standing(rule, [household], words)).items[0]?.uses;
        expect(await uses({})).toEqual([all, none, none]);
        expect(await uses({ member: '长 子' })).toEqual([all, posted, none]);
        expect(await uses({ member: '长子', event: '李家喜宴' })).toEqual([all, posted, waiting]);
        expect(await uses({ event: '王家喜宴', effectiveOn: '2025-12-31' })).toBeUndefined();
        expect(await uses({ event: '张家喜宴', effectiveOn: '2025-12-31' })).toEqual([none, none, posted]);
      });
    });

    describe('at approving', () => {
      test('a deed keeps its place under all caps of the version it was made under', async () => {
        const rule = await village.rule({});
        const ids = [await village.proposed(rule, household), await village.proposed(rule, household)];
        await village.changeRule(rule, { caps: [capOf('day', { times: 1 }), ...PER_EVENT.caps] });
        expect(await codeOf(rule, household, { event: '张家喜宴' })).toBe('rule.cap_times');
        expect((await village.decide('approve', ...ids)).status).toBe(200);
      });

      test('of too many for two caps no version lets more than it lets', async () => {
        const rule = await village.rule({ caps: [capOf('month', { times: 3 }), capOf('day', { times: 3 })] });
        const ids = [];
        for (let n = 0; n < 3; n += 1) ids.push(await village.proposed(rule, household));
        // Whichever version is asked, one of its two caps is passed by the third.
        await stored(rule, 1, [capOf('month', { times: 2 }), capOf('day', { times: 3 })]);
        await village.changeRule(rule, { caps: [capOf('month', { times: 3 }), capOf('day', { times: 2 })] });
        const [first = '', second = '', third = ''] = ids;
        expect((await village.decide('approve', first, second)).status).toBe(200);
        const { problem } = await village.decide('approve', third);
        expect([problem.code, problem.params.period]).toEqual(['rule.cap_times', 'month']);
        await village.changeRule(rule, { caps: [capOf('month', { times: 3 }), capOf('day', { times: 3 })] });
        expect((await village.decide('approve', third)).status).toBe(200);
      });
    });

    /** Writes other caps into a version of a rule, past the program. */
    async function stored(ruleId: string, version: number, caps: readonly Cap[]): Promise<void> {
      await server.store.transaction(async (tx) => {
        const { ruleVersions } = tx.t;
        await tx.db
          .update(ruleVersions)
          .set({ caps })
          .where(and(eq(ruleVersions.ruleId, ruleId), eq(ruleVersions.version, version)))
          .returning({ version: ruleVersions.version });
      });
    }
  });
});
