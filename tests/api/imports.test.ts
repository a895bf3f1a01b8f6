import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importBalances, importPaper, importRoster } from '../../server/imports/index.ts';
import { createLedger } from '../../server/ledger/index.ts';
import type { PaperKind, ReadingOptions } from '../../shared/contract/papers.ts';
import {
  type AnswerOf,
  newKey,
  startTestServer,
  type TestServer,
  type TestVillage,
} from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

type State = AnswerOf<'imports.get'>;

const starter = (name: string) => readFileSync(new URL(`../../db/starter/${name}`, import.meta.url));
const csv = (...lines: string[]) => Buffer.from(lines.join('\n'));

const ROSTER = csv(
  '户号,村民小组,户主,人口,电话',
  '001,第一组,王明,4,13800000001',
  '002,第一组,李强,3,',
  '003,第二组,欧阳合爱,5,13800000003',
);

describe.each(ENGINES)('imports on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    /** A village of its own for every test. */
    let village: TestVillage;

    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      village = await server.addVillage(`村${newKey().slice(0, 6)}`);
    });

    function read(kind: PaperKind, body: Buffer, filename = 'paper.csv'): Promise<State> {
      return server.must('imports.read', { as: village.admin, params: { kind }, query: { filename }, body });
    }

    function correct(id: string, body: ReadingOptions): Promise<State> {
      return server.must('imports.correct', { as: village.admin, params: { id }, body });
    }

    function commit({ id }: State, key = newKey()) {
      return server.call('imports.commit', { as: village.admin, params: { id }, key });
    }

    async function bring(kind: PaperKind, body: Buffer, filename?: string): Promise<State> {
      const got = await commit(await read(kind, body, filename));
      if (got.status !== 200) throw new Error(JSON.stringify(got.problem));
      return got.data;
    }

    async function households() {
      const { items, total } = await server.must('households.list', {
        as: village.admin,
        query: { limit: 200 },
      });
      return { items, total };
    }

    async function entries(): Promise<number> {
      return (await server.must('village.summary', { as: village.admin })).entries;
    }

    const figures = ({ effect: { create, update, unchanged, leftOut } }: State) => ({
      create,
      update,
      unchanged,
      leftOut,
    });

    test('a roster is shown first, and nothing is written until confirmed', async () => {
      const state = await read('roster', starter('roster-sample.xlsx'), '花名册.xlsx');
      expect(state).toMatchObject({
        state: 'read',
        kind: 'roster',
        filename: '花名册.xlsx',
        progress: null,
        result: null,
      });
      expect(state.preview.columns.head?.letter).toMatch(/^[A-Z]$/);
      expect(state.effect.create).toBe(state.preview.counts.rows);
      expect((await households()).total).toBe(0);

      const { data } = await commit(state);
      expect(data.state).toBe('committed');
      expect(data.result).toMatchObject({
        created: state.effect.create,
        updated: 0,
        unchanged: 0,
        journalNumbers: [],
      });
      const { items, total } = await households();
      expect(total).toBe(state.effect.create);
      const cards = await server.store.read(({ db, t }) => db.select().from(t.cards));
      const ofVillage = cards.filter((card) => card.villageId === village.id);
      expect(new Set(ofVillage.map(({ householdId }) => householdId)).size).toBe(total);
      expect(ofVillage).toHaveLength(total);
      expect(items[0]?.card).not.toBeNull();
      expect(items.every(({ hasPin }) => !hasPin)).toBe(true);
    });

    test('the same roster twice changes nothing', async () => {
      const first = await bring('roster', starter('roster-sample.xlsx'), 'a.xlsx');
      const before = (await households()).items;
      const again = await read('roster', starter('roster-sample.xlsx'), 'a.xlsx');
      const { leftOut } = first.effect;
      expect(figures(again)).toEqual({ create: 0, update: 0, unchanged: first.result?.created, leftOut });
      const { data } = await commit(again);
      expect(data.result).toMatchObject({ created: 0, updated: 0, unchanged: first.result?.created });
      expect((await households()).items).toEqual(before);
    });

    test('one import is written once, whoever confirms it how often', async () => {
      const state = await read('roster', ROSTER);
      const key = newKey();
      const got = await Promise.all([
        commit(state, key),
        commit(state, key),
        commit(state),
        commit(state),
        commit(state),
      ]);
      const written = got.filter(({ status }) => status === 200);
      for (const { status, problem } of got) if (status !== 200) expect(problem.code).toBe('paper.committed');
      expect(written.length === 1 || written.length === 2).toBe(true);
      expect((await households()).total).toBe(3);
      const late = { as: village.admin, params: { id: state.id }, body: { headerRow: 1 } };
      expect(await server.refused('imports.correct', late)).toBe('paper.committed');
    });

    test('two uploads of one roster confirmed at once make every household once', async () => {
      const states = await Promise.all([
        read('roster', ROSTER),
        read('roster', ROSTER),
        read('roster', ROSTER),
      ]);
      const got = await Promise.all(states.map((state) => commit(state)));
      expect(got.map(({ data }) => data.result?.created).sort()).toEqual([0, 0, 3]);
      expect((await households()).total).toBe(3);
    });

    test('a later roster changes what it says and keeps what it leaves blank; a new head is named', async () => {
      await bring('roster', ROSTER);
      const later = csv(
        '户号,村民小组,户主,人口,电话',
        '1,第一组,王明,,',
        '2,第一组,李小强,3,13900000002',
        '003,第三组,欧阳合爱,5,',
        '004,第三组,赵六,2,',
      );
      const state = await read('roster', later);
      expect(figures(state)).toEqual({ create: 1, update: 2, unchanged: 1, leftOut: 0 });
      expect(state.effect.problems).toEqual([
        expect.objectContaining({
          severity: 'warning',
          code: 'village_head_differs',
          cell: 'C3',
          row: 3,
          value: '李小强',
        }),
      ]);
      expect(state.effect.problems[0]?.reason.zh).toContain('李强');
      await commit(state);
      const { items } = await households();
      expect(items.map(({ number, group, head, size, phone }) => [number, group, head, size, phone])).toEqual(
        [
          ['001', '第一组', '王明', 4, '13800000001'],
          ['002', '第一组', '李小强', 3, '13900000002'],
          ['003', '第三组', '欧阳合爱', 5, '13800000003'],
          ['004', '第三组', '赵六', 2, null],
        ],
      );
    });

    test('a roster without numbers gets them, also beside households that have some, and finds them again', async () => {
      await server.must('households.create', {
        as: village.admin,
        body: { head: '先来', group: '第一组', number: '002' },
      });
      const paper = csv('户主,村民小组', '王明,第一组', '李强,第一组', '王明,第二组');
      const state = await read('roster', paper);
      expect(figures(state)).toEqual({ create: 3, update: 0, unchanged: 0, leftOut: 0 });
      expect(state.effect.problems.map(({ code }) => code)).toEqual([
        'village_number_given',
        'village_number_given',
      ]);
      await commit(state);
      const listed = (await households()).items.map(
        ({ number, head, group }) => `${number} ${head} ${group}`,
      );
      expect(listed).toEqual(['001 王明 第一组', '002 先来 第一组', '003 李强 第一组', '004 王明 第二组']);
      const again = await bring(
        'roster',
        csv('户主,村民小组', '赵六,第二组', '王明,第二组', '李强,第一组', '王明,第一组'),
      );
      expect(again.result).toMatchObject({ created: 1, updated: 0, unchanged: 3 });
      expect((await households()).items.map(({ number }) => number)).toEqual([
        '001',
        '002',
        '003',
        '004',
        '005',
      ]);
    });

    test('columns are corrected by hand', async () => {
      const paper = csv('甲,乙,丙', '王明,第一组,7', '李强,第二组,8');
      const state = await read('roster', paper);
      expect(state.effect.create).toBe(0);
      expect((await commit(state)).problem.code).toBe('paper.nothing');
      const corrected = await correct(state.id, {
        headerRow: 1,
        columns: { head: 'A', group: 'B', number: 'C' },
      });
      expect(corrected.effect.create).toBe(2);
      expect(await server.must('imports.get', { as: village.admin, params: { id: state.id } })).toEqual(
        corrected,
      );
      await commit(state);
      expect((await households()).items.map(({ head, group }) => [head, group])).toEqual([
        ['王明', '第一组'],
        ['李强', '第二组'],
      ]);
    });

    test('of what was written only figures are kept; an upload nobody confirms goes after a week', async () => {
      const state = await bring('roster', ROSTER);
      expect(JSON.stringify(state.preview)).not.toContain('王明');
      const waiting = await read('roster', ROSTER);
      const rows = () =>
        server.store.read(async ({ db, t }) =>
          (await db.select().from(t.imports)).filter((row) => row.villageId === village.id),
        );
      const [kept] = (await rows()).filter((row) => row.id === state.id);
      expect(kept?.bytes.length).toBe(0);
      expect(JSON.stringify(kept)).not.toMatch(/王明|13800000001/);
      server.clock.nowMs += 8 * 86_400_000;
      village = { ...village, admin: await server.asStaff('admin', { village }) };
      const later = await read('roster', ROSTER);
      expect((await rows()).map(({ id }) => id).sort()).toEqual([state.id, later.id].sort());
      const gone = { as: village.admin, params: { id: waiting.id } };
      expect(await server.refused('imports.get', gone)).toBe('paper.not_found');
    });

    test('what cannot be read is refused, and so are strangers', async () => {
      const refusedRead = (as: TestVillage['admin'], body: Buffer, filename: string) =>
        server.refused('imports.read', { as, params: { kind: 'roster' }, query: { filename }, body });
      expect(await refusedRead(village.admin, randomBytes(3000), 'photo.xlsx')).toBe('paper.unreadable');
      expect(
        await refusedRead(
          village.admin,
          Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(500)]),
          'a.xlsx',
        ),
      ).toBe('paper.unreadable');
      const committee = await server.asStaff('committee', { village });
      expect(await refusedRead(committee, ROSTER, 'a.csv')).toBe('auth.forbidden');
      const state = await read('roster', ROSTER);
      const other = await server.addVillage();
      const theirs = { as: other.admin, params: { id: state.id } };
      expect(await server.refused('imports.get', theirs)).toBe('paper.not_found');
      expect(await server.refused('imports.commit', theirs)).toBe('paper.not_found');
      expect(await server.refused('imports.correct', { ...theirs, body: {} })).toBe('paper.not_found');
    });

    test('opening balances: one entry a household, what does not add up waits for a person', async () => {
      await bring('roster', starter('roster-sample.xlsx'), 'r.xlsx');
      const state = await read('balances', starter('opening-balances-sample.xlsx'), 'b.xlsx');
      const { preview } = state;
      if (preview.kind !== 'balances') throw new Error('not balances');
      expect(preview.undecided.length).toBeGreaterThan(0);
      expect(state.effect.leftOut).toBe(preview.undecided.length);
      const { data } = await commit(state);
      expect(data.result?.journalNumbers).toHaveLength(state.effect.create);
      expect(await entries()).toBe(state.effect.create);
      const owed = preview.rows.reduce((sum, { balance }) => sum + balance, 0);
      expect((await server.must('village.summary', { as: village.admin })).pointsOwed).toBe(owed);

      const again = await read('balances', starter('opening-balances-sample.xlsx'), 'b.xlsx');
      expect(again.effect).toMatchObject({ create: 0, unchanged: preview.rows.length });
      await commit(again);
      expect(await entries()).toBe(state.effect.create);

      const decided = await read('balances', starter('opening-balances-sample.xlsx'), 'b.xlsx');
      const decisions = preview.undecided.map(({ sheet, sourceRow: row }) => ({ sheet, row, balance: 4200 }));
      const settled = await correct(decided.id, { decisions });
      expect(settled.effect).toMatchObject({ create: decisions.length, leftOut: 0 });
      await commit(settled);
      const { pointsOwed } = await server.must('village.summary', { as: village.admin });
      expect(pointsOwed).toBe(owed + 4200 * decisions.length);
    });

    test('a second opening balance that differs is named and left out, until the first is reversed', async () => {
      await bring('roster', ROSTER);
      const [one] = (await households()).items;
      const first = await bring('balances', csv('户号,户主,余额', '001,王明,12.5', '002,李强,0'));
      expect(first.result).toMatchObject({ created: 1, unchanged: 1 });
      const differing = csv('户号,户主,余额', '1,王明,20', '002,李强,7');
      const second = await read('balances', differing);
      expect(figures(second)).toEqual({ create: 1, update: 0, unchanged: 0, leftOut: 1 });
      expect(second.effect.problems).toEqual([
        expect.objectContaining({
          severity: 'error',
          code: 'village_balance_differs',
          row: 2,
          cell: 'C2',
          value: '20',
        }),
      ]);
      expect(second.effect.problems[0]?.reason.zh).toContain('12.5');
      await commit(second);

      const number = first.result?.journalNumbers[0] ?? 0;
      const approver = await server.asStaff('approver', { village });
      const { id } = await server.must('proposals.createReversal', {
        as: village.admin,
        body: { number, reason: '录错了' },
      });
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [id] } });
      const third = await bring('balances', differing);
      expect(third.result).toMatchObject({ created: 1, unchanged: 1 });
      expect((await bring('balances', differing)).result).toMatchObject({ created: 0, unchanged: 2 });
      const params = { id: one?.id ?? '' };
      expect(await server.must('households.get', { as: village.admin, params })).toMatchObject({
        balance: 2000,
      });
      const { items } = await server.must('households.passbook', { as: village.admin, params });
      expect(items.map(({ kind, amount }) => [kind, amount])).toEqual([
        ['opening', 2000],
        ['reversal', -1250],
        ['opening', 1250],
      ]);
    });

    test('balances go to nobody the paper does not clearly name', async () => {
      const twice = csv('户号,户主,村民小组', '001,王明,第一组', '002,王明,第二组', '003,李强,第一组');
      await bring('roster', twice);
      const byNumber = await read(
        'balances',
        csv('户号,户主,余额', '001,李强,5', '009,赵六,5', '003,李强,5'),
      );
      expect(byNumber.effect.problems.map(({ code, row, cell }) => [code, row, cell])).toEqual([
        ['village_other_head', 2, 'B2'],
        ['village_household_unknown', 3, 'A3'],
      ]);
      expect(figures(byNumber)).toEqual({ create: 1, update: 0, unchanged: 0, leftOut: 2 });
      const byName = await read('balances', csv('户主,余额', '王明,5', '李强,6', '李强,6', '周八,1'));
      expect(byName.effect.problems.map(({ code, row }) => [code, row])).toEqual([
        ['village_household_unclear', 2],
        ['village_balance_twice', 4],
        ['village_household_unknown', 5],
      ]);
      const byGroup = await bring('balances', csv('村民小组,户主,余额', '第二组,王明,5'));
      expect(byGroup.result?.created).toBe(1);
      expect((await households()).items.map(({ balance }) => balance)).toEqual([0, 500, 0]);
    });

    test('the rule book: new codes are added, changed wording is a version, the same paper is nothing', async () => {
      const first = await bring('rules', starter('rules.csv'));
      expect(first.effect).toMatchObject({ update: 0, unchanged: 0 });
      const { items } = await server.must('rules.list', { as: village.admin });
      expect(items).toHaveLength(first.result?.created ?? 0);
      expect((await bring('rules', starter('rules.csv'))).result).toMatchObject({
        created: 0,
        updated: 0,
        unchanged: items.length,
      });
      const changed = Buffer.from(
        starter('rules.csv')
          .toString()
          .replace('厨厕美', '厨房厕所美')
          .replace('A1,五美家庭', 'A99,五美家庭'),
      );
      expect((await bring('rules', changed)).result).toMatchObject({ created: 1, updated: 1 });
      const now = (await server.must('rules.list', { as: village.admin })).items;
      const a3 = now.find(({ code }) => code === 'A3');
      expect(a3).toMatchObject({ version: 2, points: 200, limitPeriod: 'month', limitTimes: 1 });
      expect(now.find(({ code }) => code === 'A1')?.version).toBe(1);
    });

    test('rules that score what points may not touch come in switched off', async () => {
      const paper = csv('编号,类别,内容,分值,启用', 'X1,乡风,无上访记录,+10,是', 'X2,乡风,参加清洁日,+5,是');
      await bring('rules', paper);
      const { items } = await server.must('rules.list', { as: village.admin });
      expect(items.map(({ code, enabled }) => [code, enabled])).toEqual([
        ['X1', false],
        ['X2', true],
      ]);
      expect((await bring('rules', paper)).result).toMatchObject({ updated: 0, unchanged: 2 });
    });

    test('goods come in with stock and cost, once', async () => {
      const paper = csv(
        '类别,名称,单位,积分,成本,条码,库存,限量',
        '日用,香皂,块,5,4.5,6907001014064,20,2',
        '粮油,大米5kg,袋,32,29,6907001008148,10,',
        '服务,理发,次,8,8,,,',
      );
      const state = await bring('goods', paper);
      expect(state.result).toMatchObject({ created: 3, updated: 0 });
      expect(state.result?.journalNumbers).toHaveLength(2);
      const { items } = await server.must('goods.list', { as: village.admin });
      expect(
        items.map(({ name, stock, price, costFen, monthlyLimit }) => [
          name,
          stock,
          price,
          costFen,
          monthlyLimit,
        ]),
      ).toEqual([
        ['香皂', 20, 500, 450, 2],
        ['大米5kg', 10, 3200, 2900, null],
        ['理发', null, 800, 800, null],
      ]);
      const { stockCostFen } = await server.must('village.summary', { as: village.admin });
      expect(stockCostFen).toBe(20 * 450 + 10 * 2900);

      const again = await bring('goods', paper);
      expect(again.result).toMatchObject({ created: 0, updated: 0, unchanged: 3, journalNumbers: [] });
      const dearer = Buffer.from(
        paper.toString().replace('块,5,', '块,6,').replace('10,\n', '99,\n').replace('大米5kg', '大米 5kg'),
      );
      const changed = await bring('goods', dearer);
      expect(changed.result).toMatchObject({ created: 0, updated: 2, unchanged: 1, journalNumbers: [] });
      expect(changed.effect.problems.map(({ code, row }) => [code, row])).toEqual([
        ['village_stock_kept', 3],
      ]);
      expect(
        (await server.must('goods.list', { as: village.admin })).items.map(({ name, price, stock }) => [
          name,
          price,
          stock,
        ]),
      ).toEqual([
        ['香皂', 600, 20],
        ['大米 5kg', 3200, 10],
        ['理发', 800, null],
      ]);
    });

    test('the starter papers make a whole village', async () => {
      await bring('goods', starter('goods.csv'));
      const again = await bring('goods', starter('goods.csv'));
      expect(again.result).toMatchObject({ created: 0, updated: 0 });
    });

    test('a barcode of one item on the row of another is left out', async () => {
      await bring('goods', csv('名称,积分,条码', '香皂,5,6907001014064', '牙膏,8,6907001014439'));
      const state = await read('goods', csv('名称,积分,条码', '香皂,5,6907001014439'));
      expect(state.effect).toMatchObject({ create: 0, update: 0, leftOut: 1 });
      expect(state.effect.problems[0]).toMatchObject({ code: 'village_barcode_taken', cell: 'C2' });
    });

    describe('for the command line', () => {
      const tools = () => ({
        store: server.store,
        ledger: createLedger({ clock: () => server.clock.nowMs }),
        random: (size: number) => randomBytes(size),
        clock: () => server.clock.nowMs,
      });
      const order = (bytes: Buffer, filename: string, dryRun = false) => ({
        villageId: village.id,
        paper: { bytes, filename },
        actorId: 'system',
        dryRun,
      });

      test('a dry run says the same as the real one, and writes nothing', async () => {
        const paper = starter('roster-sample.xlsx');
        const dry = await importRoster(tools(), order(paper, 'r.xlsx', true));
        expect((await households()).total).toBe(0);
        const real = await importRoster(tools(), order(paper, 'r.xlsx'));
        expect({ ...real, dryRun: true }).toEqual(dry);
        expect(real.households).toBe((await households()).total);
        for (const { row, cell, reason } of real.problems) {
          expect(reason).not.toBe('');
          expect(cell === null || cell.endsWith(String(row))).toBe(true);
        }
        const balances = await importBalances(
          tools(),
          order(starter('opening-balances-sample.xlsx'), 'b.xlsx'),
        );
        expect(balances.journalNumbers).toHaveLength(balances.created);
      });

      test('a failure on the way leaves nothing behind', async () => {
        const paper = starter('roster-sample.xlsx');
        const broken = {
          ...order(paper, 'r.xlsx'),
          onProgress: () => {
            throw new Error('the lamp went out');
          },
        };
        await expect(importPaper(tools(), 'roster', broken)).rejects.toThrow('the lamp went out');
        expect((await households()).total).toBe(0);
        await importRoster(tools(), order(paper, 'r.xlsx'));
        let posted = 0;
        const half = {
          ...order(starter('opening-balances-sample.xlsx'), 'b.xlsx'),
          onProgress: () => {
            if ((posted += 1) > 50) throw new Error('the lamp went out');
          },
        };
        await expect(importPaper(tools(), 'balances', half)).rejects.toThrow('the lamp went out');
        expect(await entries()).toBe(0);
      });
    });

    test('5,000 households with their cards within ten seconds, and how far it is can be asked', async () => {
      const rows = Array.from({ length: 5000 }, (_, n) => {
        const given =
          String.fromCharCode(0x4e00 + ((n * 7) % 20_000)) + String.fromCharCode(0x4e00 + (n % 5000));
        return `${1000 + n},第${1 + (n % 20)}组,张${given},${1 + (n % 7)},138${String(10_000_000 + n)}`;
      });
      const began = performance.now();
      const state = await read('roster', csv('户号,村民小组,户主,人口,电话', ...rows));
      expect(figures(state)).toEqual({ create: 5000, update: 0, unchanged: 0, leftOut: 0 });
      let isDone = false;
      const committed = commit(state).finally(() => (isDone = true));
      const seen: number[] = [];
      while (!isDone) {
        const { progress } = await server.must('imports.get', {
          as: village.admin,
          params: { id: state.id },
        });
        if (progress) seen.push(progress.done / progress.total);
      }
      expect((await committed).data.result?.created).toBe(5000);
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(seen.every((share, n) => share >= (seen[n - 1] ?? 0) && share <= 1)).toBe(true);
      // On SQLite the one transaction leaves nobody a turn to ask before it is done.
      if (engine === 'postgres') expect(seen.length).toBeGreaterThan(0);
    });
  });
});
