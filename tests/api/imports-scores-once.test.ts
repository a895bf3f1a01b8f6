import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../support/office.ts';
import { asked, found, openScoreOffice, SCORES_DAY } from '../support/score-office.ts';
import { newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)(
  'a score sheet once, whole, by whoever may propose, on $engine',
  ({ engine, missing }) => {
    describe.skipIf(missing)('through the API', () => {
      let server: TestServer;

      beforeAll(async () => {
        server = await startTestServer(engine);
        server.clock.nowMs = Date.parse(`${SCORES_DAY}T04:00:00Z`);
      });
      afterAll(() => server.remove());
      const open = () => openScoreOffice(server);

      it('shows what stands twice on it, which somebody has to confirm', async () => {
        const { read, correct, refused, commit } = await open();
        const state = await read(
          csv(
            '户号,细则,分值,日期',
            '1,C3,5,2026-05-02',
            '001,评议加分,6,2026-05-02',
            '1,C3,5,2026-05-03',
            '2,C3,5,2026-05-02',
          ),
        );
        expect(found(state)).toEqual([['C3', 'warning', 'village_score_twice']]);
        expect(state.effect.create).toBe(4);
        expect([asked(state), await refused(state)]).toEqual([['score_twice'], 'paper.unanswered']);
        expect(asked(await correct(state.id, { seenTwice: 0 }))).toEqual(['score_twice']);
        const confirmed = await correct(state.id, { seenTwice: 1 });
        expect(asked(confirmed)).toEqual([]);
        expect((await commit(confirmed)).data.result).toMatchObject({ created: 4 });
      });

      it('a second time is told that all of it stands already, and nobody can say yes to that', async () => {
        const { read, correct, commit, refused, proposals } = await open();
        const paper = csv('户号,细则,分值,日期', '1,A1,5,2026-05-02', '2,B2,2,2026-05-02');
        const first = await read(paper);
        const key = newKey();
        const done = await commit(first, key);
        expect(done.data.result).toMatchObject({ created: 2 });
        expect((await commit(first, key)).data).toEqual(done.data);
        expect(await refused(first)).toBe('paper.committed');

        const again = await read(paper);
        expect(found(again)).toEqual([
          ['C2', 'warning', 'village_score_standing'],
          ['C3', 'warning', 'village_score_standing'],
          [null, 'error', 'village_score_all_standing'],
        ]);
        expect([asked(again), again.effect.create]).toEqual([[], 0]);
        expect(await refused(await correct(again.id, { seenStanding: 99 }))).toBe('paper.not_whole');
        expect(await proposals()).toBe(2);

        // One more deed: the others are asked about, and what was confirmed is no more than was seen.
        const more = await read(Buffer.concat([paper, csv('', '3,A1,5,2026-05-02')]));
        expect(asked(more)).toEqual(['score_standing']);
        expect(asked(await correct(more.id, { seenStanding: 1 }))).toEqual(['score_standing']);
        expect((await commit(await correct(more.id, { seenStanding: 2 }))).data.result).toMatchObject({
          created: 3,
        });
      });

      it('sent twice at once is proposed once', async () => {
        const { read, commit, proposals } = await open();
        const paper = csv('户号,细则,分值,日期', '1,A1,5,2026-05-02', '2,B2,2,2026-05-02');
        const [one, other] = [await read(paper), await read(paper)];
        const sent = await Promise.all([commit(one), commit(one), commit(other), commit(other)]);
        expect(sent.filter(({ status }) => status === 200)).toHaveLength(1);
        expect(await proposals()).toBe(2);
      });

      it('of more than 1200 deeds is refused with a sentence, and one of 1200 is taken', async () => {
        const { village, read, commit, refused, proposals } = await open();
        const days = Array.from(
          { length: 401 },
          (_, n) => `2026-05-${String((n % 20) + 1).padStart(2, '0')}`,
        );
        const lines = days.flatMap((day, n) =>
          [1, 2, 3].map((number) => `${number},C3,${(n % 19) + 1},${day},第${n}次`),
        );
        const header = '户号,细则,分值,日期,备注';
        const large = await read(csv(header, ...lines));
        expect(found(large)).toEqual([[null, 'error', 'score_too_many']]);
        expect(large.preview.problems[0]?.reason.zh).toContain('一次最多报 1200 件');
        expect(await refused(large)).toBe('paper.not_whole');
        expect(await proposals()).toBe(0);

        const most = await read(csv(header, ...lines.slice(0, 1200)));
        const twice = most.questions.find(({ code }) => code === 'score_twice')?.count ?? 0;
        const began = performance.now();
        const { data } = await commit(
          await server.must('imports.correctScores', {
            as: village.committee,
            params: { id: most.id },
            body: { seenTwice: twice },
          }),
        );
        expect(performance.now() - began).toBeLessThan(20_000);
        expect(data.result).toMatchObject({ created: 1200 });
        const { items } = await server.must('proposals.batches', {
          as: village.approver,
          query: { batchId: data.result?.batchId ?? '' },
        });
        // Every deed has another note: those of a rule and a day are told together.
        expect([items[0]?.count, items[0]?.deeds.length]).toEqual([1200, 20]);
      });

      it('is proposed by nobody who may not propose by hand', async () => {
        const { village, read } = await open();
        const paper = csv('户号,细则,分值,日期', '1,A1,5,2026-05-02');
        const state = await read(paper);
        const upload = { query: { filename: 'scores.csv' }, body: paper };
        const commit = { params: { id: state.id } };
        for (const role of ['approver', 'supervisor', 'judge'] as const) {
          const as = await server.asStaff(role, { village: village.village });
          expect(await server.refused('imports.readScores', { as, ...upload })).toBe('auth.forbidden');
          expect(await server.refused('imports.commitScores', { as, ...commit })).toBe('auth.forbidden');
        }
        // An administrator who has others to do it is barred here as there.
        const as = village.village.admin;
        const fourth = await server.asStaff('committee', { village: village.village });
        const keeper = await server.asStaff('shopkeeper', { village: village.village });
        for (const { id } of [fourth, keeper])
          await server.must('staff.confirm', { as: village.approver, params: { id }, body: {} });
        const byHand = await server.call('proposals.create', {
          as,
          body: { ruleId: 'any', householdIds: ['any'] },
        });
        const bySheet = await server.call('imports.readScores', { as, ...upload });
        expect([byHand.problem.code, bySheet.problem.code]).toEqual([
          'proposal.administrator',
          'proposal.administrator',
        ]);
      });

      it('belongs to whoever uploaded it, and is no paper of the village’s founding', async () => {
        const { village, read } = await open();
        const state = await read(csv('户号,细则,分值,日期', '1,A1,5,2026-05-02'));
        const params = { id: state.id };
        const other = await server.asStaff('committee', { village: village.village });
        await server.must('staff.confirm', { as: village.approver, params: { id: other.id }, body: {} });
        for (const id of ['imports.getScores', 'imports.commitScores'] as const)
          expect(await server.refused(id, { as: other, params })).toBe('paper.not_found');
        expect(
          await server.refused('imports.correctScores', { as: other, params, body: { day: '2026-05-01' } }),
        ).toBe('paper.not_found');
        const admin = village.village.admin;
        for (const id of ['imports.get', 'imports.commit'] as const)
          expect(await server.refused(id, { as: admin, params })).toBe('paper.not_found');
        const roster = await server.must('imports.read', {
          as: admin,
          params: { kind: 'roster' },
          query: { filename: 'r.csv' },
          body: csv('户号,户主', '9,孙丽'),
        });
        expect(await server.refused('imports.getScores', { as: admin, params: { id: roster.id } })).toBe(
          'paper.not_found',
        );
      });

      it('tells the book what was brought in and proposed', async () => {
        const { village, read, commit } = await open();
        const { id } = await read(csv('户号,细则,分值,日期', '1,A1,5,2026-05-02', '2,B2,,2026-05-02'));
        const { data } = await commit({ id });
        const acts = await server.store.read(({ db, t: { journal } }) =>
          db
            .select({ source: journal.source })
            .from(journal)
            .where(and(eq(journal.villageId, village.village.id), eq(journal.kind, 'act'))),
        );
        const sources = acts.map(({ source }) => source);
        expect(sources).toContain(`import:${id}`);
        expect(sources).toContain(`batch:${data.result?.batchId ?? ''}`);
      });
    });
  },
);
