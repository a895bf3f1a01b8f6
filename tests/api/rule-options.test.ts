/** A rule that names several, each with its points: a deed under it is one of them, and the entry says which, on both engines. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CappedVillage, under } from '../support/capped.ts';
import { counted, reminded } from '../support/deductions.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const NOON = Date.parse('2026-05-20T04:00:00Z');
const SCHOOLS = [
  { name: '中职', points: 300 },
  { name: '本科', points: 500 },
  { name: '硕', points: 1000 },
  { name: '留学', points: 1000 },
] as const;
const LIST = {
  title: '子女升学：中职3/本科5/硕10/留学10',
  pointsMode: 'list',
  options: SCHOOLS,
  ...{ points: null, pointsMin: null, pointsMax: null },
} as const;

describe.each(ENGINES)('a rule with options, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let village: CappedVillage;
    let household = '';
    let code = '';
    let rule = '';
    let made = 0;

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = NOON;
      village = await CappedVillage.open(server);
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      household = await village.household();
      code = `F${String((made += 1))}`;
      rule = await village.rule({ ...LIST, code });
    });

    const seen = (id: string) => server.must('proposals.get', { as: village.approver, params: { id } });
    const noteOf = async (number: number) => {
      const { text, lines } = await server.must('ledger.entry', {
        ...{ as: village.approver, params: { number } },
      });
      return [text.title, text.note, Math.max(...lines.map(({ amount }) => amount))];
    };
    const correction = (id: string, fields: object) => ({
      as: village.committee,
      body: {
        ...{ ids: [id], ruleId: rule, note: '', effectiveOn: '2026-05-20', pictureIds: [] },
        ...fields,
      },
    });

    test('takes a deed that names one of them, with its points or without', async () => {
      expect(await seen(await village.proposed(rule, household, { option: '中职' }))).toMatchObject({
        ...{ points: 300, option: '中职', kind: 'award', state: 'proposed' },
      });
      const both = await village.proposed(rule, household, { option: ' 本科 ', points: 500 });
      expect(await seen(both)).toMatchObject({ points: 500, option: '本科' });
    });

    test('finds the option by its points, where no other has them', async () => {
      const id = await village.proposed(rule, household, { points: 500 });
      expect(await seen(id)).toMatchObject({ points: 500, option: '本科' });
    });

    test('refuses any other points, and says what there is to choose from', async () => {
      for (const said of [
        {},
        { points: 400 },
        { points: 2000 },
        { points: -300 },
        // Two options have these points: which one it is has to be said.
        { points: 1000 },
        { option: '高中' },
        { option: '中职', points: 500 },
      ]) {
        const { status, problem } = await village.propose(rule, household, said);
        expect([said, status, problem.code, problem.moved]).toEqual([
          ...[said, 422, 'rule.option_missing', 'no'],
        ]);
      }
      const { problem } = await village.propose(rule, household, { points: 400 });
      expect(problem.detail).toBe(
        `“${code} 子女升学：中职3/本科5/硕10/留学10”要从几档里选一档：中职 +3、本科 +5、硕 +10、留学 +10；没有提交，积分没有变动。请选准一档，分值照那一档。`,
      );
      const query = { householdId: household };
      expect((await server.must('proposals.list', { as: village.committee, query })).items).toEqual([]);
    });

    test('the entry says which it was, also where two have the same points, and the books verify', async () => {
      const abroad = await village.posted(rule, household, { option: '留学', note: '看过录取书' });
      const master = await village.posted(rule, household, { option: '硕' });
      const title = `${code} ${LIST.title}`;
      expect(await noteOf(abroad)).toEqual([title, '留学 · 看过录取书', 1000]);
      expect(await noteOf(master)).toEqual([title, '硕', 1000]);
      const as = await server.asHousehold(household, village.village);
      const { lines } = await server.must('me.view', { as });
      expect(lines.map(({ text }) => text.note)).toEqual(['硕', '留学 · 看过录取书']);
      const { admin } = village.village;
      expect(await server.must('ledger.verify', { as: admin, body: {} })).toMatchObject({ ok: true });
    });

    test('a deed stays what it was when the options change', async () => {
      const id = await village.proposed(rule, household, { option: '中职' });
      await village.changeRule(rule, {
        options: [
          { name: '中职', points: 200 },
          { name: '本科', points: 500 },
        ],
      });
      const { data } = await village.decide('approve', id);
      expect(await noteOf(data.journalNumbers[0] ?? 0)).toEqual([...[`${code} ${LIST.title}`, '中职', 300]]);
      expect((await village.propose(rule, household, { points: 300 })).problem.code).toBe(
        'rule.option_missing',
      );
      const { admin } = village.village;
      expect(await server.must('ledger.verify', { as: admin, body: {} })).toMatchObject({ ok: true });
    });

    test('a deed that came back is corrected to another of them, and the history says so', async () => {
      const id = await village.proposed(rule, household, { option: '中职' });
      const before = (await seen(id)).mark;
      await village.decide('return', id);
      expect(await server.refused('proposals.correct', correction(id, { points: 400 }))).toBe(
        'rule.option_missing',
      );
      await server.must('proposals.correct', correction(id, { option: '硕', points: 1000 }));
      const { mark, history, ...now } = await seen(id);
      expect(now).toMatchObject({ points: 1000, option: '硕', state: 'proposed' });
      expect(mark).not.toBe(before);
      expect(history.at(-1)?.reason).toBe('中职 → 硕 · +3 → +10');
      await village.decide('return', id);
      // The points are the same: only the option tells them apart.
      await server.must('proposals.correct', correction(id, { option: '留学' }));
      const again = await seen(id);
      expect([again.option, again.history.at(-1)?.reason]).toEqual(['留学', '硕 → 留学']);
      await village.decide('return', id);
      const plain = await village.rule({ title: '庭院美' });
      await server.must('proposals.correct', correction(id, { ruleId: plain, option: '留学' }));
      expect(await seen(id)).toMatchObject({ option: null, points: 500 });
      expect((await village.decide('approve', id)).status).toBe(200);
    });

    test('a batch is one option for all of its households', async () => {
      const homes = await village.households(3);
      const { data } = await village.propose(rule, homes, { option: '本科' });
      const { items } = await server.must('proposals.batches', {
        ...{ as: village.approver, query: { batchId: data.batchId } },
      });
      expect(items[0]).toMatchObject({ count: 3, points: 1500, deeds: [{ each: 500 }] });
      expect(items[0]?.first.map(({ option }) => option)).toEqual(['本科', '本科', '本科']);
    });

    test('that takes points away goes by the same way', async () => {
      const harm = await village.rule({
        ...{ ...LIST, code: 'N2', title: '乱倒垃圾' },
        options: [
          { name: '轻微', points: -200 },
          { name: '严重', points: -500 },
        ],
      });
      await village.posted(rule, household, { option: '硕' });
      await reminded(server, { ruleId: harm, householdIds: [household], villageId: village.village.id });
      const taken = await village.proposed(harm, household, { option: '轻微' });
      await village.decide('approve', taken);
      const [number = 0] = await counted(server, [taken], village.village.id);
      expect(await noteOf(number)).toEqual(['N2 乱倒垃圾', '轻微', 200]);
      expect((await village.propose(harm, household, { points: 200 })).problem.code).toBe(
        'rule.option_missing',
      );
    });

    test('counts under its caps by the points of each', async () => {
      const capped = await village.rule({ ...LIST, code: 'X9', ...under('year', { points: 1200 }) });
      await village.proposed(capped, household, { option: '硕' });
      const { problem } = await village.propose(capped, household, { option: '中职' });
      expect([problem.code, problem.params.left]).toEqual(['rule.cap_points', 200]);
    });
  });
});
