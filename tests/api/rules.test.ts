import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookActs } from '../../server/acts/index.ts';
import { addRules, type RuleFields } from '../../server/rules/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { Cap } from '../../shared/rules/caps.ts';
import { capOf } from '../support/capped.ts';
import { createLedger } from '../support/ledger.ts';
import { newKey, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const RULE = {
  category: '五美家庭',
  title: '庭院美',
  pointsMode: 'fixed',
  points: 500,
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
  proposer: '评',
  evidence: '打分表',
  limitText: '每月1次',
  caps: [{ period: 'month', scope: 'household', times: 1, points: null }],
  enabled: true,
} as const;

/** The fields of a rule in an act of a program that knew one cap. */
const { caps: _caps, ...WITHOUT_CAPS } = RULE;
const TOLD_BEFORE = { ...WITHOUT_CAPS, version: 1, limitPeriod: 'month', limitTimes: 2, limitPoints: 900 };

describe.each(ENGINES)('the rule book on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let as: StaffCaller;

    beforeAll(async () => {
      server = await startTestServer(engine);
      as = server.admin;
    });
    afterAll(() => server.remove());

    /** A rule as the migration leaves it, with the act of the program that made it. */
    async function fromBefore(villageId: string, code: string, cap: Cap): Promise<string> {
      const id = `old-${code}`;
      const nowMs = server.clock.nowMs;
      const ledger = createLedger({ clock: () => nowMs });
      const at = {
        villageId,
        actorId: 'admin',
        via: 'desk' as const,
        today: businessDay(nowMs, 'Asia/Shanghai'),
      };
      await server.store.transaction(async (tx) => {
        const fields = { ...RULE, caps: [cap] };
        await addRules(tx, villageId, [{ id, code, fields }], { actorId: 'admin', nowMs });
        const act = { act: 'rules.created', on: `rule:${id}`, is: { ...TOLD_BEFORE, code } } as AnyAct;
        await bookActs(ledger, tx, { ...at, newId: newKey }, [act]);
      });
      return id;
    }

    test('keeps its order, and tells how often each rule was proposed', async () => {
      for (const code of ['B2', 'A1', 'A10'])
        await server.must('rules.create', { as, body: { ...RULE, code } });
      const { items } = await server.must('rules.list', { as });
      expect(items.map(({ code, version, uses }) => [code, version, uses])).toEqual([
        ['B2', 1, 0],
        ['A1', 1, 0],
        ['A10', 1, 0],
      ]);
      const ruleId = items[1]?.id ?? '';
      for (const head of ['王明', '李明']) {
        const household = await server.must('households.create', { as, body: { head, group: '' } });
        await server.must('proposals.create', { as, body: { ruleId, householdIds: [household.id] } });
      }
      const again = await server.must('rules.list', { as });
      expect(again.items.map(({ uses }) => uses)).toEqual([0, 2, 0]);
      expect(
        await server.must('rules.update', { as, params: { id: ruleId }, body: { evidence: '照片' } }),
      ).toMatchObject({ uses: 2 });
    });

    test('refuses a code that is taken, whoever is first', async () => {
      const create = () => server.call('rules.create', { as, body: { ...RULE, code: 'C1' } });
      const got = await Promise.all([create(), create(), create()]);
      expect(got.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const { status, problem } of got) if (status !== 200) expect(problem.code).toBe('rule.code_taken');
    });

    test('adds a version for every change, and none for a change of nothing', async () => {
      const { id } = await server.must('rules.create', { as, body: { ...RULE, code: 'D1' } });
      const params = { id };
      const changed = await server.must('rules.update', {
        as,
        params,
        body: { points: 800, title: '庭院美（新）' },
      });
      expect(changed).toMatchObject({
        version: 2,
        points: 800,
        title: '庭院美（新）',
        evidence: '打分表',
        code: 'D1',
      });
      expect(await server.must('rules.update', { as, params, body: { points: 800 } })).toMatchObject({
        version: 2,
      });
      expect(await server.must('rules.update', { as, params, body: {} })).toMatchObject({ version: 2 });
      const { items } = await server.must('rules.versions', { as, params });
      expect(
        items.map(({ version, points, title, changedBy }) => [version, points, title, changedBy]),
      ).toEqual([
        [2, 800, '庭院美（新）', 'admin'],
        [1, 500, '庭院美', 'admin'],
      ]);
    });

    test('loses no change of several at once', async () => {
      const { id } = await server.must('rules.create', { as, body: { ...RULE, code: 'D2' } });
      const changes = [{ points: 700 }, { title: '同时改' }, { evidence: '照片' }, { proposer: '组' }];
      await Promise.all(changes.map((body) => server.must('rules.update', { as, params: { id }, body })));
      const { items } = await server.must('rules.versions', { as, params: { id } });
      expect(items.map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
      expect(items[0]).toMatchObject({ points: 700, title: '同时改', evidence: '照片', proposer: '组' });
    });

    test('refuses figures that do not fit, on creating and on changing', async () => {
      const create = (fields: object) =>
        server.refused('rules.create', { as, body: { ...RULE, code: 'E1', ...fields } });
      expect(await create({ points: null })).toBe('rule.points');
      expect(await create({ pointsMode: 'range', points: null, pointsMin: 500, pointsMax: 100 })).toBe(
        'rule.points',
      );
      expect(await create({ pointsMode: 'perUnit', perUnit: null })).toBe('rule.points');
      const { id } = await server.must('rules.create', { as, body: { ...RULE, code: 'E1' } });
      const update = { as, params: { id }, body: { pointsMode: 'range' as const } };
      expect(await server.refused('rules.update', update)).toBe('rule.points');
      const { items } = await server.must('rules.versions', { as, params: { id } });
      expect(items).toHaveLength(1);
    });

    test('puts nothing in force that scores petitions, faith, speech or births', async () => {
      const words = [
        ...['无越级上访行为', '不参加宗教活动', '公共场合辱骂他人', '违反计划生育政策'],
        ...['毁绿的罚款50元', '违约取消低保资格', '不交费不给开证明', '违建户不批宅基地', '禁止村民赴宴'],
      ];
      for (const [n, title] of words.entries()) {
        const body = { ...RULE, code: `F${n}`, title };
        expect(await server.refused('rules.create', { as, body })).toBe('rule.forbidden_subject');
        // An old book may have it, switched off; it stays so.
        const { id } = await server.must('rules.create', { as, body: { ...body, enabled: false } });
        const enable = { as, params: { id }, body: { enabled: true } };
        expect(await server.refused('rules.update', enable)).toBe('rule.forbidden_subject');
        const mended = await server.must('rules.update', {
          as,
          params: { id },
          body: { enabled: true, title: '参加村庄清洁日' },
        });
        expect(mended).toMatchObject({ enabled: true, version: 2 });
        const back = { as, params: { id }, body: { title } };
        expect(await server.refused('rules.update', back)).toBe('rule.forbidden_subject');
      }
    });

    test('keeps an older book true, whose acts tell the only cap of a rule in three fields', async () => {
      const { admin, id: villageId } = await server.addVillage('旧账村');
      const made = await fromBefore(villageId, 'A1', capOf('month', { times: 2, points: 900 }));
      const verify = () => server.must('ledger.verify', { as: admin, body: {} });
      expect(await verify()).toMatchObject({ ok: true });
      // Later acts tell all caps.
      const change = { as: admin, params: { id: made }, body: { title: '庭院更美' } };
      await server.must('rules.update', change);
      await server.must('rules.update', { ...change, body: { caps: [] } });
      expect(await verify()).toMatchObject({ ok: true });
      const { items } = await server.must('acts.list', { as: admin, query: { limit: 9 } });
      const told = items.find(({ act }) => act === 'rules.created')?.changes ?? [];
      expect(told.find(({ field }) => field === 'limitPeriod')).toMatchObject({ label: { zh: '限额期间' } });
      await fromBefore(villageId, 'A2', capOf('month', { times: 3, points: 900 }));
      expect(await verify()).toMatchObject({ ok: false, bad: { table: 'rule_versions.caps' } });
    });

    test('keeps an older book true, whose acts tell no marks of a rule and no options', async () => {
      const { admin, id: villageId } = await server.addVillage('无标记村');
      const made = await fromBefore(villageId, 'A1', capOf('month', { times: 2, points: 900 }));
      const verify = () => server.must('ledger.verify', { as: admin, body: {} });
      const change = { as: admin, params: { id: made }, body: { isFitForOld: true } };
      expect(await server.must('rules.update', change)).toMatchObject({
        ...{ version: 2, isFitForOld: true, isPrivate: false, options: [] },
      });
      expect(await verify()).toMatchObject({ ok: true });
      const { items } = await server.must('acts.list', { as: admin, query: { limit: 1 } });
      expect(items[0]?.changes.find(({ field }) => field === 'isFitForOld')).toMatchObject({
        ...{ was: false, is: true, unit: 'yesNo', label: { zh: '适合老人' } },
      });
      await store(villageId, made, 1, { isPrivate: true });
      expect(await verify()).toMatchObject({ ok: false, bad: { table: 'rule_versions.is_private' } });
      await store(villageId, made, 1, { isPrivate: false, options: [{ name: '本科', points: 500 }] });
      expect(await verify()).toMatchObject({ ok: false, bad: { table: 'rule_versions.options' } });
    });

    test('has no marks and no options unless somebody says so, and loses none by a change of something else', async () => {
      const plain = await server.must('rules.create', { as, body: { ...RULE, code: 'G1' } });
      expect(plain).toMatchObject({ options: [], isPrivate: false, isFitForOld: false });
      const options = [
        { name: '中职', points: 300 },
        { name: '本科', points: 500 },
      ];
      const body = {
        ...({ ...RULE, code: 'G2', pointsMode: 'list', points: null, options } as const),
        ...{ isPrivate: true, isFitForOld: true },
      };
      const { id } = await server.must('rules.create', { as, body });
      const kept = { pointsMode: 'list', options, isPrivate: true, isFitForOld: true };
      const change = { as, params: { id }, body: { evidence: '通知书' } };
      expect(await server.must('rules.update', change)).toMatchObject({ version: 2, ...kept });
      const { items } = await server.must('rules.versions', { as, params: { id } });
      expect(items).toMatchObject([
        { version: 2, evidence: '通知书', ...kept },
        { version: 1, evidence: '打分表', ...kept },
      ]);
    });

    test('refuses options that nobody could choose from', async () => {
      const create = (options: readonly object[], fields: object = {}) =>
        server.call('rules.create', {
          as,
          body: { ...RULE, code: 'H9', pointsMode: 'list', points: null, options, ...fields } as never,
        });
      const low = { name: '中职', points: 300 };
      const { status, problem } = await create([low, { name: '中 职', points: 500 }]);
      expect([status, problem.code, problem.moved]).toEqual([422, 'rule.options_incomplete', 'no']);
      expect(problem.detail).toContain('2 到 20 档');
      expect((await create([low])).problem.code).toBe('rule.options_incomplete');
      expect((await create([low, { name: ' ', points: 500 }])).problem.code).toBe('request.invalid');
      expect((await create([low, { name: '本科', points: 500 }], { points: 500 })).problem.code).toBe(
        'rule.points',
      );
      const named = await create([low, { name: '本科', points: 500 }], { pointsMode: 'fixed', points: 500 });
      expect(named.problem.code).toBe('rule.points');
    });

    /** Writes into a version of a rule, past the program. */
    async function store(
      villageId: string,
      ruleId: string,
      version: number,
      fields: Partial<Pick<RuleFields, 'options' | 'isPrivate'>>,
    ): Promise<void> {
      await server.store.transaction(({ db, t: { ruleVersions } }) =>
        db
          .update(ruleVersions)
          .set(fields)
          .where(
            and(
              eq(ruleVersions.villageId, villageId),
              eq(ruleVersions.ruleId, ruleId),
              eq(ruleVersions.version, version),
            ),
          )
          .returning({ version: ruleVersions.version }),
      );
    }

    test('is another village’s own', async () => {
      const { items } = await server.must('rules.list', { as });
      const other = await server.addVillage();
      const params = { id: items[0]?.id ?? '' };
      expect(await server.refused('rules.update', { as: other.admin, params, body: { points: 1 } })).toBe(
        'rule.not_found',
      );
      expect(await server.refused('rules.versions', { as: other.admin, params })).toBe('rule.not_found');
      expect((await server.must('rules.list', { as: other.admin })).items).toEqual([]);
    });
  });
});
