/** The village's public board shows no more than the village agreed to, on both engines. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { deducted } from '../support/deductions.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const RULE = {
  pointsMode: 'fixed',
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
  proposer: '',
  evidence: '',
  limitText: '',
  caps: [],
  enabled: true,
} as const;
/** Everything is booked on 2 April, whatever day it is given. */
const BOOKED = { from: '2026-04-01', to: '2026-04-30' };
const MARCH = { from: '2026-03-01', to: '2026-03-31' };

describe.each(ENGINES)('notices on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    const rules: Record<string, string> = {};

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = Date.parse('2026-04-02T10:00:00+08:00');
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      rules.tidy = await rule('A1', '五美家庭', '庭院美', 500);
      rules.help = await rule('B1', '乡风家风', '帮邻居收麦', 300);
      rules.litter = await rule('N1', '村规民俗', '乱倒垃圾', -400);
    });
    afterAll(() => server.remove());

    async function rule(code: string, category: string, title: string, points: number): Promise<string> {
      const body = { ...RULE, code, category, title, points };
      return (await server.must('rules.create', { as: server.admin, body })).id;
    }

    async function book(
      ruleId: string | undefined,
      householdIds: string[],
      effectiveOn: string,
    ): Promise<number[]> {
      const note = '李四作证，电话 13800000000';
      const body = { ruleId: ruleId ?? '', householdIds, effectiveOn, note };
      const { ids } = await server.must('proposals.create', { as: committee, body });
      return (await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids } }))
        .journalNumbers;
    }

    const view = (query = BOOKED, as = committee) => server.must('notices.view', { as, query });

    it('tells good deeds that were booked in its days under their heads, the same deed on one line', async () => {
      const [one, two, three] = [
        await addHousehold(server, 0, '欧阳合爱'),
        await addHousehold(server, 0, '赵小红'),
        await addHousehold(server, 0, '钱多多'),
      ];
      await server.store.transaction(({ db, t: { households } }) =>
        db
          .update(households)
          .set({ showsName: true })
          .where(and(eq(households.villageId, server.id), eq(households.id, two.id)))
          .returning({ id: households.id }),
      );
      await book(rules.help, [three.id], '2026-03-02');
      await book(rules.tidy, [one.id, two.id], '2026-03-05');
      const { heads, deeds, households, isCut } = await view();
      expect(heads).toEqual([
        {
          name: '五美家庭',
          deeds: [
            {
              day: '2026-03-05',
              title: '庭院美',
              points: 500,
              households: [
                { name: '欧阳*爱', group: '第一组' },
                { name: '赵小红', group: '第一组' },
              ],
            },
          ],
        },
        {
          name: '乡风家风',
          deeds: [
            {
              day: '2026-03-02',
              title: '帮邻居收麦',
              points: 300,
              households: [{ name: '钱*多', group: '第一组' }],
            },
          ],
        },
      ]);
      expect({ deeds, households, isCut }).toEqual({ deeds: 3, households: 3, isCut: false });
    });

    it('never tells a deduction, what waits, a full name without consent or beside what was taken back, a number or a note', async () => {
      const bad = await addHousehold(server, 5000, '孙老五');
      const shy = await addHousehold(server, 0, '周有福来');
      await deducted(server, {
        ...{ as: committee, approver, ruleId: rules.litter ?? '', householdIds: [bad.id] },
        ...{ effectiveOn: '2026-03-10', note: '李四作证，电话 13800000000' },
      });
      await book(rules.tidy, [shy.id], '2026-03-11');
      const [wrong = 0] = await book(rules.tidy, [bad.id], '2026-03-12');
      const reversal = await server.must('proposals.createReversal', {
        as: committee,
        body: { number: wrong, reason: '不是他家' },
      });
      await server.must('proposals.decide', {
        as: approver,
        body: { action: 'approve', ids: [reversal.id] },
      });
      await server.must('proposals.create', {
        as: committee,
        body: { ruleId: rules.help ?? '', householdIds: [bad.id], effectiveOn: '2026-03-13' },
      });
      const seen = JSON.stringify(await view());
      expect(seen).toContain('周**来');
      for (const secret of [
        '周有福来',
        '孙老五',
        '乱倒垃圾',
        '村规民俗',
        '-400',
        '李四',
        '13800000000',
        bad.id,
        shy.id,
      ])
        expect(seen).not.toContain(secret);
    });

    it('carries the shop and the seal of the book as it is now', async () => {
      await server.must('village.update', {
        as: server.admin,
        body: { settings: { shopHours: '周六 8:00–11:00' } },
      });
      await addGoods(server, { name: '公示大米', price: 3200 }, { quantity: 3, costFen: 9000 });
      await addGoods(server, { name: '没货的油' });
      await addGoods(server, { name: '停兑的货', enabled: false });
      const { village, goods, book: sealed } = await view();
      expect(village).toEqual({ name: '前洼村', town: '谷旦镇', shopHours: '周六 8:00–11:00' });
      expect(goods).toEqual([
        {
          category: '米面粮油',
          name: '公示大米',
          drawing: 'rice-bag',
          unit: '袋',
          price: 3200,
          available: true,
        },
        {
          category: '米面粮油',
          name: '没货的油',
          drawing: 'oil-bottle',
          unit: '袋',
          price: 1000,
          available: false,
        },
      ]);
      const number = sealed?.number ?? 0;
      const last = await server.must('ledger.entry', { as: committee, params: { number } });
      expect(sealed).toEqual({ number, hash: last.hash, bookedAtMs: last.bookedAtMs });
      expect((await server.must('village.summary', { as: committee })).entries).toBe(number);
    });

    it('is empty where nothing was done, and has no seal where nothing was booked', async () => {
      expect((await view({ from: '2025-01-01', to: '2025-01-31' })).heads).toEqual([]);
      const fresh = await server.addVillage('新村');
      const empty = await view(MARCH, fresh.admin);
      expect(empty).toMatchObject({ heads: [], book: null, goods: [] });
    });

    it('refuses days that make no notice', async () => {
      const refused = (query: typeof MARCH) => server.refused('notices.view', { as: committee, query });
      expect(await refused({ from: '2026-03-02', to: '2026-03-01' })).toBe('notice.days');
      expect(await refused({ from: '2026-01-01', to: '2026-12-31' })).toBe('notice.days');
    });
  });
});
