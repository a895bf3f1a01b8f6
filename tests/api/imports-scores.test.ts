import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTables } from '../../server/papers/index.ts';
import { csv as table, encoded, workbook } from '../fixtures/papers/make.ts';
import { capOf, under } from '../support/capped.ts';
import { csv } from '../support/office.ts';
import { asked, found, openScoreOffice, SCORES_DAY } from '../support/score-office.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('a month’s score sheet on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = Date.parse(`${SCORES_DAY}T04:00:00Z`);
    });
    afterAll(() => server.remove());
    const open = () => openScoreOffice(server);

    it('as a list is looked at first, then proposed as one batch for somebody else to approve', async () => {
      const { village, read, commit, households, rules, proposals } = await open();
      const paper = csv(
        '户号,户主,细则,分值,日期,备注',
        '1,王明,A1,5,2026-05-02,带头',
        '2,李强,庭院美,,2026-05-03,',
        '3,赵刚,B2 看望老人,√,2026-05-03,',
        '3,赵刚,c3,12.5,2026-05-04,',
      );
      const state = await read(paper);
      expect(state).toMatchObject({
        ...{ kind: 'scores', state: 'read', questions: [] },
        effect: { create: 4, leftOut: 0, needsApproval: true, problems: [] },
        preview: { layout: 'list', rows: [{ rule: 'A1 庭院美', points: 500 }, { points: 500 }, {}, {}] },
      });
      expect(await proposals()).toBe(0);

      const { data } = await commit(state);
      expect(data).toMatchObject({ state: 'committed', result: { created: 4, journalNumbers: [] } });
      const batchId = data.result?.batchId ?? '';
      const { items } = await server.must('proposals.list', {
        as: village.approver,
        query: { batchId, order: 'oldest' },
      });
      expect(
        items.map(({ household, rule, points, effectiveOn, note, state: now }) => [
          ...[household.id, rule?.id, points, effectiveOn, note, now],
        ]),
      ).toEqual([
        [households.wang.id, rules.yard, 500, '2026-05-02', '带头', 'proposed'],
        [households.li.id, rules.yard, 500, '2026-05-03', '', 'proposed'],
        [households.zhao.id, rules.visit, 200, '2026-05-03', '', 'proposed'],
        [households.zhao.id, rules.judged, 1250, '2026-05-04', '', 'proposed'],
      ]);
      // The proposer does not approve; somebody else does.
      const ids = items.map(({ id }) => id);
      const marks = items.map(({ mark }) => mark);
      const approve = { action: 'approve', ids, marks } as const;
      expect(await server.refused('proposals.decide', { as: village.committee, body: approve })).toBe(
        'auth.forbidden',
      );
      await server.must('proposals.decide', { as: village.approver, body: approve });
      const params = { id: households.zhao.id };
      expect(await server.must('households.get', { as: village.approver, params })).toMatchObject({
        balance: 1450,
      });
      expect(await server.must('ledger.verify', { as: village.village.admin })).toMatchObject({ ok: true });
    });

    it('as a table asks for the day, and gives it to every deed', async () => {
      const { village, read, correct, commit, refused } = await open();
      const book = workbook([
        {
          rows: [
            ['清河村2026年4月评分总表', null, null, null, null, null, null],
            ['户号', '户主', '小组', 'A1', '看望老人', 'C3', '合计'],
            [1, '王明', '第一组', '√', null, 3, 8],
            [2, '李强', '第一组', 5, 2, null, 7],
            [3, '赵刚', '第二组', null, null, null, 0],
            ['合计', null, null, 10, 2, 3, 15],
          ],
          merges: ['A1:G1'],
        },
      ]);
      const state = await read(book, '四月.xlsx');
      // The title names another village, too.
      expect(asked(state)).toEqual(['other_title', 'score_day']);
      expect(state.questions.find(({ code }) => code === 'score_day')).toMatchObject({
        ...{ day: '2026-04-30', count: 4 },
      });
      expect(found(state)).toEqual([]);
      expect(await refused(state)).toBe('paper.unanswered');
      const chosen = await correct(state.id, { isRightTitle: true, day: '2026-04-28' });
      expect([asked(chosen), chosen.effect.create]).toEqual([[], 4]);
      const { data } = await commit(chosen);
      const { items } = await server.must('proposals.batches', {
        as: village.approver,
        query: { batchId: data.result?.batchId ?? '' },
      });
      expect(items).toMatchObject([{ count: 4, points: 1500, households: 2 }]);
      expect(items[0]?.deeds.every(({ effectiveOn }) => effectiveOn === '2026-04-28')).toBe(true);
    });

    it('is read in GB18030 as in UTF-8', async () => {
      const { read } = await open();
      const text = table([
        ['户号', '户主', '细则', '分值', '日期'],
        ['1', '王明', '庭院美', '5', '2026-05-02'],
      ]);
      for (const encoding of ['utf8', 'utf8-bom', 'gb18030'] as const) {
        const state = await read(encoded(text, encoding));
        expect([encoding, state.effect.create, found(state)]).toEqual([encoding, 1, []]);
      }
    });

    it('names every wrong cell, and writes nothing while one is wrong', async () => {
      const { village, admin, read, refused, households, proposals } = await open();
      await server.must('households.create', {
        as: admin,
        body: { number: '004', head: '王明', group: '第三组' },
      });
      const gone = await server.must('households.create', {
        as: admin,
        body: { number: '005', head: '周八', group: '第三组' },
      });
      await village.decide(
        'approve',
        (
          await server.must('households.proposeChange', {
            as: village.committee,
            params: { id: gone.id },
            body: { kind: 'departure', toId: null, reason: '外迁' },
          })
        ).id,
      );
      await village.rule({ code: 'M1', title: '送子参军', ...under('ever', { scope: 'member', times: 1 }) });
      await village.rule({ code: 'E1', title: '简办婚事', ...under('ever', { scope: 'event', times: 1 }) });
      const before = await proposals();
      const state = await read(
        csv(
          '户号,户主,细则,分值,日期,成员',
          '1,王明,A1,5,2026-05-02,',
          '9,孙丽,A1,5,2026-05-02,',
          ',王明,A1,5,2026-05-02,',
          '5,周八,A1,5,2026-05-02,',
          '2,赵刚,A1,5,2026-05-02,',
          '2,李强,X1,5,2026-05-02,',
          '2,李强,Z9,5,2026-05-02,',
          '2,李强,A1,6,2026-05-02,',
          '2,李强,C3,25,2026-05-02,',
          '2,李强,C3,√,2026-05-02,',
          '2,李强,C3,,2026-05-03,',
          '2,李强,B2,2,2026-05-21,',
          '2,李强,B2,2,2025-05-18,',
          '2,李强,M1,5,2026-05-02,',
          '2,李强,E1,5,2026-05-02,长子',
          '2,李强,B2,二,2026-05-02,',
          '2,李强,A1 孝老爱亲,5,2026-05-02,',
        ),
      );
      expect(found(state)).toEqual([
        ['D17', 'error', 'score_unreadable'],
        ['A3', 'error', 'village_household_unknown'],
        ['B4', 'error', 'village_household_unclear'],
        ['A5', 'error', 'village_household_closed'],
        ['B6', 'error', 'village_other_head'],
        ['C7', 'error', 'village_rule_unknown'],
        ['C8', 'error', 'village_rule_off'],
        ['D11', 'error', 'village_score_tick'],
        ['C18', 'error', 'village_rule_titled'],
        ['D9', 'error', 'village_score_points'],
        ['D10', 'error', 'village_score_points'],
        ['D12', 'error', 'village_score_points'],
        ['E13', 'error', 'village_score_future_day'],
        ['E14', 'error', 'village_score_future_day'],
        ['D15', 'error', 'village_score_member'],
        ['D16', 'error', 'village_score_event'],
      ]);
      for (const { reason } of state.effect.problems)
        expect([reason.zh, reason.en].join()).not.toMatch(/[{}[\]]/);
      const [points] = state.effect.problems.filter(({ cell }) => cell === 'D10');
      expect(points).toMatchObject({
        ...{ sheet: expect.any(String), row: 10, column: '分值', value: '25' },
        reason: { zh: expect.stringContaining('1 到 20 分'), en: expect.stringContaining('1 to 20') },
      });
      expect(state.effect).toMatchObject({ create: 0, needsApproval: true });
      expect(await refused(state)).toBe('paper.not_whole');
      expect(await proposals()).toBe(before);
      const params = { id: households.wang.id };
      expect(await server.must('households.get', { as: admin, params })).toMatchObject({ balance: 0 });
    });

    it('of a table names each wrong heading once, and the cells by their address', async () => {
      const { village, read, refused } = await open();
      await village.rule({ code: 'D4', title: '庭院美' });
      const state = await read(
        csv(
          '户号,户主,A1,不存在的,Z9,庭院美,C3,合计',
          '1,王明,5,3,2,5,√,10',
          '2,李强,5,3,2,5,3,9',
          '9,孙丽,5,,,,,5',
        ),
      );
      expect(found(state)).toEqual([
        ['D1', 'error', 'village_rule_unknown'],
        ['E1', 'error', 'village_rule_off'],
        ['F1', 'error', 'village_rule_unclear'],
        ['G2', 'error', 'village_score_tick'],
        ['A4', 'error', 'village_household_unknown'],
      ]);
      expect(await refused(state)).toBe('paper.unanswered');
    });

    it('compares its sums with its cells, and names a difference', async () => {
      const { read, correct, refused, commit } = await open();
      const header = '户号,户主,日期,A1,B2,小计,C3,小计,合计';
      const wrong = await read(csv(header, '1,王明,2026-05-02,√,2,7,3,3,11', '2,李强,2026-05-02,5,,5,,,5'));
      expect(found(wrong)).toEqual([['I2', 'error', 'village_score_sum']]);
      expect(wrong.effect.problems[0]?.reason.zh).toContain('加起来是 10');
      expect(await refused(wrong)).toBe('paper.not_whole');
      const right = await read(csv(header, '1,王明,2026-05-02,√,2,7,3,3,10', '2,李强,2026-05-02,5,,5,,,5'));
      expect([found(right), asked(right)]).toEqual([[], []]);
      expect((await commit(await correct(right.id, {}))).data.result).toMatchObject({ created: 4 });
    });

    it('never guesses what a 1 means, nor a figure under a rule by the hour', async () => {
      const { village, read, correct, refused, commit } = await open();
      await village.rule({
        code: 'H1',
        title: '义务劳动',
        pointsMode: 'perUnit',
        points: 200,
        perUnit: '小时',
      });
      const state = await read(csv('户号,户主,日期,A1,H1', '1,王明,2026-05-02,1,2', '2,李强,2026-05-02,√,4'));
      expect(asked(state)).toEqual(['score_ones', 'score_units']);
      expect(found(state)).toEqual([['D2', 'error', 'village_score_one']]);
      expect(await refused(state)).toBe('paper.unanswered');
      const half = await correct(state.id, { onesAreTicks: true });
      expect(asked(half)).toEqual(['score_units']);
      const hours = await correct(state.id, { onesAreTicks: true, unitFigures: 'units' });
      expect([asked(hours), found(hours)]).toEqual([[], []]);
      expect(hours.preview.rows.map(({ points }) => points)).toEqual([500, 400, 500, 800]);
      const points = await correct(state.id, { onesAreTicks: true, unitFigures: 'points' });
      expect(points.preview.rows.map(({ points: each }) => each)).toEqual([500, 200, 500, 400]);
      expect((await commit(points)).data.result).toMatchObject({ created: 4 });
    });

    it('keeps within caps: by what stands, and by what comes before on the paper', async () => {
      const { village, read, refused, correct, commit, households } = await open();
      await village.rule({ code: 'K1', title: '清扫', ...under('month', { times: 2 }) });
      const points = await village.rule({
        ...{ code: 'K2', title: '帮工', points: null, pointsMin: 100, pointsMax: 2000 },
        pointsMode: 'range',
        ...under('month', { points: 2000 }),
      });
      await village.proposed(points, households.li.id, { points: 1500, effectiveOn: '2026-05-01' });
      const state = await read(
        csv(
          '户号,户主,细则,分值,日期',
          '1,王明,K1,,2026-05-02',
          '1,王明,K1,,2026-05-03',
          '1,王明,K1,,2026-05-04',
          '1,王明,K1,,2026-04-04',
          '2,李强,K2,5,2026-05-02',
          '2,李强,K2,1,2026-05-03',
        ),
      );
      expect(found(state)).toEqual([
        ['D4', 'error', 'village_score_cap_times'],
        ['D7', 'error', 'village_score_cap_points'],
      ]);
      const [times, most] = state.effect.problems;
      expect(times?.reason.zh).toContain('001 王明：细则 K1 每月 2 次，本月已有 2 次');
      expect(most?.reason.zh).toContain('K2 每月最多 20 分，本月已有 20 分，还剩 0 分，这一格是 1 分');
      expect(await refused(state)).toBe('paper.not_whole');
      const fits = await read(
        csv('户号,户主,细则,分值,日期', '1,王明,K1,,2026-05-02', '2,李强,K2,5,2026-05-02'),
      );
      // Somebody else takes the place meanwhile.
      await village.proposed(points, households.li.id, { points: 100, effectiveOn: '2026-05-04' });
      expect(await refused(fits)).toBe('paper.not_whole');
      expect(found(await correct(fits.id, {}))).toEqual([['D3', 'error', 'village_score_cap_points']]);
      expect((await commit(fits)).status).toBe(422);
    });

    it('counts by member and event as a proposal by hand does', async () => {
      const { village, read, commit } = await open();
      const caps = [
        capOf('year', { scope: 'member', times: 1 }),
        capOf('ever', { scope: 'event', times: 2 }),
      ];
      await village.rule({ code: 'W1', title: '参赛', caps });
      const state = await read(
        csv(
          '户号,细则,日期,成员,事件',
          '1,W1,2026-05-02,长子,运动会',
          '1,W1,2026-05-02,次子,运动会',
          '1,W1,2026-05-02,长 子,歌会',
          '1,W1,2026-05-02,女儿,运 动会',
        ),
      );
      expect(found(state)).toEqual([
        ['B4', 'error', 'village_score_cap_times'],
        ['B5', 'error', 'village_score_cap_times'],
      ]);
      expect(state.effect.problems[0]?.reason.zh).toContain('长 子');
      const fits = await read(csv('户号,细则,日期,成员,事件', '1,W1,2026-05-02,长子,运动会'));
      const { data } = await commit(fits);
      const { items } = await server.must('proposals.list', {
        as: village.approver,
        query: { batchId: data.result?.batchId ?? '' },
      });
      expect(items).toMatchObject([{ member: '长子', event: '运动会' }]);
    });

    it('of fifty households and five rules is one batch', async () => {
      const { village, read, commit } = await open();
      for (const n of [1, 2, 3]) await village.rule({ code: `T${n}`, title: `细则${n}` });
      const lines = [];
      for (let n = 10; n < 60; n += 1) {
        await server.must('households.create', {
          as: village.village.admin,
          body: { number: String(n).padStart(3, '0'), head: `户主${n}`, group: '第九组' },
        });
        lines.push(`${n},户主${n},2026-05-06,√,${n % 2 === 0 ? '2' : ''},√,5,5分,${n % 2 === 0 ? 22 : 20}`);
      }
      const state = await read(csv('户号,户主,日期,A1,B2,T1,T2,T3,合计', ...lines));
      expect([state.effect.create, found(state), asked(state)]).toEqual([225, [], []]);
      const { data } = await commit(state);
      const { items } = await server.must('proposals.batches', {
        as: village.approver,
        query: { batchId: data.result?.batchId ?? '' },
      });
      expect(items).toMatchObject([{ count: 225, households: 50, points: 50 * 2000 + 25 * 200 }]);
      expect(items[0]?.deeds).toHaveLength(5);
      expect(await server.must('ledger.verify', { as: village.village.admin })).toMatchObject({ ok: true });
    });

    it('can be taken blank, filled in and brought back', async () => {
      const { village, read, correct, commit } = await open();
      // The code tells two rules of one wording apart.
      await village.rule({ code: '7', title: '庭院美', points: 300 });
      const as = village.committee;
      for (const format of ['csv', 'xlsx'] as const) {
        const { data } = await server.call('imports.blankScores', { as, params: { format } });
        const [first] = readTables(Buffer.from(await data.arrayBuffer()), `blank.${format}`).sheets;
        const rows = (first?.rows ?? []).map((row) => {
          const texts = Array.from(row, (cell) => cell?.text ?? '');
          return texts.slice(0, texts.findLastIndex((text) => text !== '') + 1);
        });
        expect(rows.slice(0, 3)).toEqual([
          ['户号', '户主', '村民小组', 'A1', 'B2', 'C3', '7', '合计'],
          ['', '', '', '庭院美 (+5)', '看望老人 (+2)', '评议加分', '庭院美 (+3)'],
          ['001', '王明', '第一组'],
        ]);
        expect(rows).toHaveLength(5);
      }
      const filled = csv(
        '户号,户主,村民小组,A1,B2,C3,7,合计',
        ',,,庭院美 (+5),看望老人 (+2),评议加分,庭院美 (+3),',
        '001,王明,第一组,√,,4,√,12',
      );
      const state = await correct((await read(filled)).id, { day: '2026-05-02' });
      expect([found(state), asked(state)]).toEqual([[], []]);
      expect((await commit(state)).data.result).toMatchObject({ created: 3 });
    });
  });
});
