import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importBalances, importPaper, importRoster } from '../../server/imports/index.ts';
import { createLedger } from '../support/ledger.ts';
import { paperReader } from '../../server/papers/index.ts';
import { csv, figures, Office, starter } from '../support/office.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const ROSTER = csv(
  '户号,村民小组,户主,人口,电话',
  '001,第一组,王明,4,13800000001',
  '002,第一组,李强,3,',
  '003,第二组,欧阳合爱,5,13800000003',
);

describe.each(ENGINES)('balances, rules and goods on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    /** Every test has a new village. */
    let office: Office;

    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      office = await Office.open(server);
    });

    test('opening balances: one entry a household, what does not add up waits for a person', async () => {
      await office.bring('roster', starter('roster-sample.xlsx'), 'r.xlsx');
      const state = await office.read('balances', starter('opening-balances-sample.xlsx'), 'b.xlsx');
      const { preview } = state;
      if (preview.kind !== 'balances') throw new Error('not balances');
      expect(preview.undecided.length).toBeGreaterThan(0);
      expect(state.effect.leftOut).toBe(preview.undecided.length);
      const { data } = await office.commit(state);
      expect(data.result?.journalNumbers).toHaveLength(state.effect.create);
      expect(await office.entries()).toBe(state.effect.create);
      const owed = preview.rows.reduce((sum, { balance }) => sum + balance, 0);
      expect((await server.must('village.summary', { as: office.admin })).pointsOwed).toBe(owed);

      const again = await office.read('balances', starter('opening-balances-sample.xlsx'), 'b.xlsx');
      expect(again.effect).toMatchObject({ create: 0, unchanged: preview.rows.length });
      await office.commit(again);
      expect(await office.entries()).toBe(state.effect.create);

      const decided = await office.read('balances', starter('opening-balances-sample.xlsx'), 'b.xlsx');
      const decisions = preview.undecided.map(({ sheet, sourceRow: row }) => ({ sheet, row, balance: 4200 }));
      const settled = await office.correct(decided.id, { decisions });
      expect(settled.effect).toMatchObject({ create: decisions.length, leftOut: 0 });
      await office.commit(settled);
      const { pointsOwed } = await server.must('village.summary', { as: office.admin });
      expect(pointsOwed).toBe(owed + 4200 * decisions.length);
    });

    test('a second opening balance that differs is named and left out, until the first is reversed', async () => {
      await office.bring('roster', ROSTER);
      const [one] = (await office.households()).items;
      const first = await office.bring('balances', csv('户号,户主,余额', '001,王明,12.5', '002,李强,0'));
      expect(first.result).toMatchObject({ created: 1, unchanged: 1 });
      const differing = csv('户号,户主,余额', '1,王明,20', '002,李强,7');
      const second = await office.read('balances', differing);
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
      await office.commit(second);

      const number = first.result?.journalNumbers[0] ?? 0;
      const approver = await server.asStaff('approver', { village: office.village });
      const { id } = await server.must('proposals.createReversal', {
        as: office.admin,
        body: { number, reason: '录错了' },
      });
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [id] } });
      const third = await office.bring('balances', differing);
      expect(third.result).toMatchObject({ created: 1, unchanged: 1 });
      expect((await office.bring('balances', differing)).result).toMatchObject({ created: 0, unchanged: 2 });
      const params = { id: one?.id ?? '' };
      expect(await server.must('households.get', { as: office.admin, params })).toMatchObject({
        balance: 2000,
      });
      const { items } = await server.must('households.passbook', { as: office.admin, params });
      expect(items.map(({ kind, amount }) => [kind, amount])).toEqual([
        ['opening', 2000],
        ['reversal', -1250],
        ['opening', 1250],
      ]);
    });

    test('balances go to nobody the paper does not clearly name', async () => {
      const twice = csv('户号,户主,村民小组', '001,王明,第一组', '002,王明,第二组', '003,李强,第一组');
      await office.bring('roster', twice);
      const byNumber = await office.read(
        'balances',
        csv('户号,户主,余额', '001,李强,5', '009,赵六,5', '003,李强,5'),
      );
      expect(byNumber.effect.problems.map(({ code, row, cell }) => [code, row, cell])).toEqual([
        ['village_other_head', 2, 'B2'],
        ['village_household_unknown', 3, 'A3'],
      ]);
      expect(figures(byNumber)).toEqual({ create: 1, update: 0, unchanged: 0, leftOut: 2 });
      const byName = await office.read('balances', csv('户主,余额', '王明,5', '李强,6', '李强,6', '周八,1'));
      expect(byName.effect.problems.map(({ code, row }) => [code, row])).toEqual([
        ['village_household_unclear', 2],
        ['village_balance_twice', 4],
        ['village_household_unknown', 5],
      ]);
      const byGroup = await office.bring('balances', csv('村民小组,户主,余额', '第二组,王明,5'));
      expect(byGroup.result?.created).toBe(1);
      expect((await office.households()).items.map(({ balance }) => balance)).toEqual([0, 500, 0]);
    });

    test('the rule book: new codes are added, changed wording is a version, the same paper is nothing', async () => {
      const first = await office.bring('rules', starter('rules.csv'));
      expect(first.effect).toMatchObject({ update: 0, unchanged: 0 });
      const { items } = await server.must('rules.list', { as: office.admin });
      expect(items).toHaveLength(first.result?.created ?? 0);
      const lists = items.filter(({ pointsMode }) => pointsMode === 'list');
      expect(lists.map(({ code, options }) => [code, options.length])).toEqual([
        ['F3', 4],
        ['H1', 6],
      ]);
      const marked = { isPrivate: true, isFitForOld: true };
      const a2 = items.find(({ code }) => code === 'A2');
      await server.must('rules.update', { as: office.admin, params: { id: a2?.id ?? '' }, body: marked });
      expect((await office.bring('rules', starter('rules.csv'))).result).toMatchObject({
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
      expect((await office.bring('rules', changed)).result).toMatchObject({ created: 1, updated: 1 });
      const now = (await server.must('rules.list', { as: office.admin })).items;
      // A paper says nothing of the marks: they stay.
      expect(now.find(({ code }) => code === 'A2')).toMatchObject(marked);
      const a3 = now.find(({ code }) => code === 'A3');
      expect(a3).toMatchObject({
        ...{ version: 2, points: 200 },
        caps: [{ period: 'month', scope: 'household', times: 1, points: null }],
      });
      expect(now.find(({ code }) => code === 'A1')?.version).toBe(1);
    });

    test('rules that score what points may not touch come in switched off', async () => {
      const paper = csv('编号,类别,内容,分值,启用', 'X1,乡风,无上访记录,+10,是', 'X2,乡风,参加清洁日,+5,是');
      await office.bring('rules', paper);
      const { items } = await server.must('rules.list', { as: office.admin });
      expect(items.map(({ code, enabled }) => [code, enabled])).toEqual([
        ['X1', false],
        ['X2', true],
      ]);
      expect((await office.bring('rules', paper)).result).toMatchObject({ updated: 0, unchanged: 2 });
    });

    test('goods come in with stock and cost, once', async () => {
      const paper = csv(
        '类别,名称,单位,积分,成本,条码,库存,限量',
        '日用,香皂,块,5,4.5,6907001014064,20,2',
        '粮油,大米5kg,袋,32,29,6907001008148,10,',
        '服务,理发,次,8,8,,,',
      );
      const state = await office.bring('goods', paper);
      expect(state.result).toMatchObject({ created: 3, updated: 0 });
      expect(state.result?.journalNumbers).toHaveLength(2);
      const { items } = await server.must('goods.list', { as: office.admin });
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
      const { stockCostFen } = await server.must('village.summary', { as: office.admin });
      expect(stockCostFen).toBe(20 * 450 + 10 * 2900);

      const again = await office.bring('goods', paper);
      expect(again.result).toMatchObject({ created: 0, updated: 0, unchanged: 3, journalNumbers: [] });
      const dearer = Buffer.from(
        paper.toString().replace('块,5,', '块,6,').replace('10,\n', '99,\n').replace('大米5kg', '大米 5kg'),
      );
      const shown = await office.read('goods', dearer);
      const { data: changed } = await office.commit(shown);
      expect(changed.result).toMatchObject({ created: 0, updated: 2, unchanged: 1, journalNumbers: [] });
      expect(shown.effect.problems.map(({ code, row }) => [code, row])).toEqual([['village_stock_kept', 3]]);
      expect(
        (await server.must('goods.list', { as: office.admin })).items.map(({ name, price, stock }) => [
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
      await office.bring('goods', starter('goods.csv'));
      const again = await office.bring('goods', starter('goods.csv'));
      expect(again.result).toMatchObject({ created: 0, updated: 0 });
    });

    test('a barcode of one item on the row of another is left out', async () => {
      await office.bring('goods', csv('名称,积分,条码', '香皂,5,6907001014064', '牙膏,8,6907001014439'));
      const state = await office.read('goods', csv('名称,积分,条码', '香皂,5,6907001014439'));
      expect(state.effect).toMatchObject({ create: 0, update: 0, leftOut: 1 });
      expect(state.effect.problems[0]).toMatchObject({ code: 'village_barcode_taken', cell: 'C2' });
    });

    describe('for the command line', () => {
      const tools = () => ({
        store: server.store,
        ledger: createLedger({ clock: () => server.clock.nowMs }),
        papers: paperReader(),
        random: (size: number) => randomBytes(size),
        clock: () => server.clock.nowMs,
      });
      const order = (bytes: Buffer, filename: string, dryRun = false) => ({
        villageId: office.village.id,
        paper: { bytes, filename },
        actorId: 'command_line',
        via: 'command_line' as const,
        dryRun,
      });

      test('a dry run says the same as the real one, and writes nothing', async () => {
        const paper = starter('roster-sample.xlsx');
        const dry = await importRoster(tools(), order(paper, 'r.xlsx', true));
        expect((await office.households()).total).toBe(0);
        const real = await importRoster(tools(), order(paper, 'r.xlsx'));
        expect({ ...real, dryRun: true }).toEqual(dry);
        expect(real.households).toBe((await office.households()).total);
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
        expect((await office.households()).total).toBe(0);
        await importRoster(tools(), order(paper, 'r.xlsx'));
        const half = {
          ...order(starter('opening-balances-sample.xlsx'), 'b.xlsx'),
          onProgress: () => {
            throw new Error('the lamp went out');
          },
        };
        await expect(importPaper(tools(), 'balances', half)).rejects.toThrow('the lamp went out');
        expect(await office.entries()).toBe(0);
      });
    });
  });
});
