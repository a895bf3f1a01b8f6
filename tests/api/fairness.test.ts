/** The fairness page: each figure against sums made by hand from deeds known one by one, on both engines. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STAFF_ROLES } from '../../shared/roles.ts';
import { PLAIN_RULE } from '../support/capped.ts';
import { type FairVillage, openFairVillage } from '../support/fair-village.ts';
import { withCard } from '../support/presence.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addGoods } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('how fairly points are given, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let village: FairVillage;
    let [tidy, kind, litter] = ['', '', ''];
    const home: Record<string, string> = {};

    /**
     * March: everybody is awarded 5, but one. June: Zhao proposes 2 × 5 for the first group, Li 10 for the second, and a
     * deduction of 4 in the third. July: an award of March and one of June are taken back, and so is the deduction; a household moves away.
     * August: a deed of May is handed in late; a household is new.
     */
    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await openFairVillage(server, '2026-03-02');
      const rule = async (code: string, points: number) =>
        (
          await server.must('rules.create', {
            as: server.admin,
            body: { ...PLAIN_RULE, code, title: `事${code}`, points },
          })
        ).id;
      [tidy, kind, litter] = [await rule('A1', 500), await rule('B1', 1000), await rule('N1', -400)];
      for (const [name, group] of [
        ...[
          ['one', '一组'],
          ['two', '一组'],
          ['three', '二组'],
          ['four', '二组'],
        ],
        ...[
          ['five', '二组'],
          ['six', '三组'],
          ['gone', '三组'],
        ],
      ] as [string, string][])
        home[name] = await village.household(name, group);
      const early = await village.award('zhao', tidy, some('one', 'two', 'three', 'four', 'gone', 'six'));
      await village.goOn('2026-06-05');
      const june = await village.award('zhao', tidy, some('one', 'two'));
      await village.award('li', kind, some('three'), { by: 'ma' });
      const [wrong = 0] = await village.award('li', litter, some('six'));
      await village.goOn('2026-07-10');
      await village.takeBack([early[2] ?? 0, june[1] ?? 0, wrong]);
      await village.moveAway(home.gone ?? '');
      await village.goOn('2026-08-20');
      await village.award('li', kind, some('four'), { effectiveOn: '2026-05-30' });
      home.fresh = await village.household('fresh', '一组');
    });
    afterAll(() => server.remove());

    const some = (...names: string[]) => names.map((name) => home[name] ?? '');
    const view = (query: object = {}) => server.must('fairness.view', { as: village.watcher, query });
    const quiet = (query: object = {}) => server.must('fairness.quiet', { as: village.watcher, query });

    it('compares groups by household: what was booked in three months, whenever it was done', async () => {
      const { from, to, groups, total } = await view();
      expect([from, to]).toEqual(['2026-06-01', '2026-08-20']);
      expect(total).toEqual({
        ...{ given: 3000, awards: 4, takenBack: 1000, awardsTakenBack: 2 },
        ...{ deducted: 0, deductions: 1, households: 4 },
      });
      expect(
        groups.map(({ name, given, takenBack, households, awarded, each }) => [
          name,
          given,
          takenBack,
          households,
          awarded,
          each,
        ]),
      ).toEqual([
        // A new household counts from its first day on, one that moved away until its last.
        ['一组', 1000, 500, 3, 2, 167],
        ['二组', 2000, 500, 3, 2, 500],
        ['三组', 0, 0, 2, 0, 0],
      ]);
    });

    it('counts a household only in a stretch in which it had an account', async () => {
      const householdsOf = async (query: object) =>
        (await view(query)).groups.map(({ households }) => households);
      expect(await householdsOf({ months: 1, until: '2026-06' })).toEqual([2, 3, 2]);
      expect(await householdsOf({ months: 1, until: '2026-08' })).toEqual([3, 3, 1]);
    });

    it('takes back in the month of the reversal, from the rule and the people of the deed', async () => {
      const july = await view({ months: 1, until: '2026-07' });
      expect([july.from, july.to]).toEqual(['2026-07-01', '2026-07-31']);
      expect(
        july.rules.map(({ id, given, awards, takenBack, awardsTakenBack, deducted, deductions }) => [
          id,
          given,
          awards,
          takenBack,
          awardsTakenBack,
          deducted,
          deductions,
        ]),
      ).toEqual(
        [
          [tidy, 0, 0, 1000, 2, 0, 0],
          [litter, 0, 0, 0, 0, -400, 0],
        ].sort(([one], [other]) => ((one ?? '') < (other ?? '') ? -1 : 1)),
      );
      expect(july.proposers.map(({ id, takenBack, deducted }) => [id, takenBack, deducted]).sort()).toEqual(
        [
          [village.idOf('li'), 0, -400],
          [village.idOf('zhao'), 1000, 0],
        ].sort(),
      );
    });

    it('tells who proposed and who approved how much, and whether one pair did it all', async () => {
      const { proposers, approvers } = await view();
      expect(
        proposers.map(({ id, given, awards, households, percent, sameApprover }) => [
          id,
          given,
          awards,
          households,
          percent,
          sameApprover,
        ]),
      ).toEqual([
        [
          village.idOf('li'),
          2000,
          2,
          2,
          67,
          { id: expect.any(String) as string, name: 'approver', percent: 50 },
        ],
        [village.idOf('zhao'), 1000, 2, 2, 33, { id: village.idOf('wang'), name: 'approver', percent: 100 }],
      ]);
      expect(approvers.map(({ id, given, percent }) => [id, given, percent])).toEqual([
        [village.idOf('wang'), 2000, 67],
        [village.idOf('ma'), 1000, 33],
      ]);
    });

    it('opens the entries of each figure, and they make the figure', async () => {
      const { groups, rules, proposers, approvers, from, to } = await view();
      const sumOf = async (query: object) => {
        const { items, points, count, ...rest } = await server.must('fairness.entries', {
          as: village.watcher,
          query: { ...query, limit: 200 },
        });
        expect([rest.from, rest.to, rest.next, count]).toEqual([from, to, null, items.length]);
        expect(items.reduce((sum, item) => sum + item.points, 0)).toBe(points);
        return points;
      };
      const filtered = [
        ...groups.map(({ name, ...sums }) => ({ by: { group: name }, sums })),
        ...rules.map(({ id, ...sums }) => ({ by: { ruleId: id ?? '-' }, sums })),
        ...proposers.map(({ id, ...sums }) => ({ by: { proposerId: id ?? '-' }, sums })),
        ...approvers.map(({ id, ...sums }) => ({ by: { approverId: id ?? '-' }, sums })),
      ];
      expect(filtered).toHaveLength(10);
      for (const { by, sums } of filtered) {
        expect(await sumOf({ ...by, figure: 'given' })).toBe(sums.given);
        expect(await sumOf({ ...by, figure: 'taken_back' })).toBe(0 - sums.takenBack);
        expect(await sumOf({ ...by, figure: 'deducted' })).toBe(0 - sums.deducted);
      }
      expect(await sumOf({ group: '没有这个组' })).toBe(0);
    });

    it('tells each entry as the ledger has it, page by page, the newest first', async () => {
      const list = (query: object) => server.must('fairness.entries', { as: village.watcher, query });
      const first = await list({ limit: 3 });
      const rest = await list({ limit: 200, before: first.next ?? 0 });
      expect([first.count, rest.count, rest.next]).toEqual([8, 8, null]);
      const all = [...first.items, ...rest.items];
      expect(all.map(({ number }) => number)).toEqual(
        all.map(({ number }) => number).toSorted((a, b) => b - a),
      );
      expect(all[0]).toMatchObject({
        ...{ figure: 'given', day: '2026-05-30', title: 'B1 事B1', points: 1000, reversesNumber: null },
        household: { id: home.four, head: 'four', group: '二组' },
        ...{ proposedBy: 'committee', approvedBy: 'approver' },
      });
      for (const { number, points, day, reversesNumber } of all) {
        const entry = await server.must('ledger.entry', { as: village.watcher, params: { number } });
        expect(entry).toMatchObject({ points, reversesNumber, effectiveOn: day });
      }
    });

    it('lists whom to visit: nothing that stands in three months, neither new nor gone', async () => {
      const { since, canTell, count, items } = await quiet();
      expect([since, canTell, count]).toEqual(['2026-05-20', true, 3]);
      expect(items.map(({ id, group, lastMonth }) => [id, group, lastMonth])).toEqual([
        // An award that was taken back is none.
        [home.two, '一组', '2026-03'],
        [home.five, '二组', null],
        [home.six, '三组', '2026-03'],
      ]);
      const page = await quiet({ skip: 1, limit: 1 });
      expect([page.count, page.next, page.items.map(({ id }) => id)]).toEqual([3, 2, [home.five]]);
    });

    it('says that it cannot tell while points are given for less than three months', async () => {
      const other = await server.addVillage('新村');
      const as = await server.asStaff('supervisor', { village: other });
      expect(await server.must('fairness.quiet', { as })).toMatchObject({
        canTell: false,
        count: 0,
        items: [],
      });
      const empty = await server.must('fairness.view', { as });
      expect(empty).toMatchObject({ groups: [], rules: [], proposers: [], approvers: [], striking: [] });
      expect(empty.cover).toMatchObject({
        coverRatioPercent: null,
        pace: { since: null, days: 0, redeemed: 0, aMonth: null, monthsLeft: null },
      });
    });

    it('is read by those who watch and those whose doings it shows, and by nobody else', async () => {
      const may = new Set(['admin', 'committee', 'approver', 'supervisor']);
      for (const id of ['fairness.view', 'fairness.entries', 'fairness.quiet'] as const) {
        for (const role of STAFF_ROLES) {
          const { status } = await server.call(id, { as: await server.asStaff(role) });
          expect([id, role, status]).toEqual([id, role, may.has(role) ? 200 : 403]);
        }
        expect(await server.refused(id)).toBe('auth.required');
        expect(await server.refused(id, { as: await server.asHousehold(home.one ?? '') })).toBe(
          'auth.forbidden',
        );
      }
    });

    it('looks at no more than a year', async () => {
      expect(await server.refused('fairness.view', { as: village.watcher, query: { months: 13 } })).toBe(
        'request.invalid',
      );
      expect(
        await server.refused('fairness.view', { as: village.watcher, query: { until: '2026-13' } }),
      ).toBe('request.invalid');
    });

    it('says what the shop can honour, and for how long, as soon as that can be told', async () => {
      const rice = await addGoods(server, { name: '大米', price: 300 }, { quantity: 10, costFen: 3000 });
      const pace = async () => (await view()).cover.pace;
      expect(await pace()).toMatchObject({ since: null, monthsLeft: null });
      const redeem = async () => {
        const kiosk = await server.asKiosk();
        const wanted = {
          householdId: home.four ?? '',
          lines: [{ goodsId: rice.id, quantity: 1 }],
          expectedPoints: 300,
        };
        await server.must('kiosk.redeem', { as: kiosk, body: await withCard(server, kiosk, wanted) });
      };
      await redeem();
      expect(await pace()).toMatchObject({
        since: '2026-08-20',
        days: 1,
        redeemed: 300,
        aMonth: null,
        monthsLeft: null,
      });
      await village.goOn('2026-09-18');
      const { cover } = await view();
      const summary = await server.must('village.summary', { as: village.watcher });
      expect(cover).toMatchObject({
        pointsOwed: summary.pointsOwed,
        stockCostFen: 2700,
        coverRatioPercent: summary.coverRatioPercent,
        pointValueFen: 100,
      });
      // 3 points in 30 days are 3.04 in a month.
      expect(cover.pace).toEqual({
        since: '2026-08-20',
        days: 30,
        redeemed: 300,
        aMonth: 304,
        monthsLeft: 8.8,
      });
    });
  });
});
