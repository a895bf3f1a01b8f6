import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, businessDay, DAY_MS } from '../../shared/business-day.ts';
import { runCommand } from '../../server/commands/index.ts';
import { createAwards, decide, ownKinds } from '../../server/proposals/index.ts';
import { deducted } from '../support/deductions.ts';
import { createLedger } from '../support/ledger.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import {
  type AnswerOf,
  startTestServer,
  type StaffCaller,
  type TestServer,
  type TestVillage,
} from '../support/server.ts';
import { countSince } from '../support/rule-days.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const RULE = {
  category: '志愿服务',
  pointsMode: 'fixed',
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
  proposer: '组',
  evidence: '',
  limitText: '',
  caps: [],
  enabled: true,
} as const;

describe.each(ENGINES)('the public board on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let today = '';
    let deed = '';
    let offence = '';

    beforeAll(async () => {
      server = await startTestServer(engine);
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      today = businessDay(server.clock.nowMs, 'Asia/Shanghai');
      const as = server.admin;
      deed = (
        await server.must('rules.create', {
          as,
          body: { ...RULE, code: 'D1', title: '参加村庄清洁日', points: 500 },
        })
      ).id;
      offence = (
        await server.must('rules.create', {
          as,
          body: { ...RULE, code: 'N2', title: '乱倒垃圾', points: -300 },
        })
      ).id;
    });
    afterAll(() => server.remove());

    const view = (villageId = server.id) => server.must('board.view', { params: { villageId } });
    const deedsOf = async (name: string) => (await view()).deeds.filter(({ names }) => names.includes(name));

    async function post(ruleId: string, householdIds: string[], effectiveOn = today): Promise<number[]> {
      const body = { ruleId, householdIds, effectiveOn, note: '张三在场，电话 13800000000' };
      const { ids } = await server.must('proposals.create', { as: committee, body });
      return (await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids } }))
        .journalNumbers;
    }

    test('names the villages', async () => {
      const { items } = await server.must('board.villages');
      expect(items).toContainEqual({ id: server.id, name: '前洼村', town: '谷旦镇' });
      expect(await server.refused('board.view', { params: { villageId: 'nowhere' } })).toBe(
        'village.not_found',
      );
    });

    test('shows good deeds with masked names, and nothing else about anybody', async () => {
      const { id } = await addHousehold(server, 0, '欧阳合爱');
      await post(deed, [id]);
      expect(await deedsOf('欧阳*爱')).toEqual([
        {
          day: today,
          bookedOn: today,
          title: '参加村庄清洁日',
          category: '志愿服务',
          drawing: 'bamboo-broom',
          points: 500,
          households: 1,
          groups: ['第一组'],
          names: ['欧阳*爱'],
        },
      ]);
      const text = JSON.stringify(await view());
      for (const secret of ['欧阳合爱', '张三', '13800000000', id]) expect(text).not.toContain(secret);
    });

    test('names a household in full only when it agreed', async () => {
      const names = ['司徒美兰', '诸葛大勇', '上官小云'];
      const answers = [true, false, null];
      for (const [at, head] of names.entries()) {
        const { id } = await addHousehold(server, 0, head);
        await server.store.transaction(({ db, t }) =>
          db
            .update(t.households)
            .set({ showsName: answers[at] ?? null })
            .where(eq(t.households.id, id))
            .returning({ id: t.households.id }),
        );
        await post(deed, [id]);
      }
      expect(await deedsOf('司徒美兰')).toHaveLength(1);
      expect(await deedsOf('诸葛*勇')).toHaveLength(1);
      expect(await deedsOf('上官*云')).toHaveLength(1);
      const text = JSON.stringify(await view());
      for (const name of ['诸葛大勇', '上官小云']) expect(text).not.toContain(name);
    });

    test('keeps deductions, what waits, what was sent back and what was reversed to the office', async () => {
      const household = await addHousehold(server, 5000, '钱多多余');
      await deducted(server, { as: committee, approver, ruleId: offence, householdIds: [household.id] });
      const waiting = { ruleId: deed, householdIds: [household.id] };
      await server.must('proposals.create', { as: committee, body: waiting });
      const { ids } = await server.must('proposals.create', { as: committee, body: waiting });
      await server.must('proposals.decide', {
        as: approver,
        body: { action: 'return', ids, reason: '缺照片' },
      });
      const [number = 0] = await post(deed, [household.id]);
      expect(await deedsOf('钱**余')).toHaveLength(1);
      const reversal = await server.must('proposals.createReversal', {
        as: committee,
        body: { number, reason: '重复' },
      });
      await server.must('proposals.decide', {
        as: approver,
        body: { action: 'approve', ids: [reversal.id] },
      });
      expect(await deedsOf('钱**余')).toEqual([]);
    });

    test('shows the goods that are handed out, with what is there', async () => {
      const rice = await addGoods(server, { name: '公示大米', price: 3200 }, { quantity: 3, costFen: 9000 });
      const none = await addGoods(server, { name: '没货的油' });
      const haircut = await addGoods(server, { name: '理发', kind: 'service' });
      await addGoods(server, { name: '停兑的货', enabled: false });
      const { goods } = await view();
      const find = (id: string) => goods.find((item) => item.id === id);
      expect(find(rice.id)).toEqual({
        id: rice.id,
        category: '米面粮油',
        name: '公示大米',
        unit: '袋',
        price: 3200,
        stock: 3,
        available: true,
        pictureId: null,
        drawing: 'rice-bag',
        isNew: true,
      });
      expect(find(none.id)).toMatchObject({ stock: 0, available: false, isNew: false });
      expect(find(haircut.id)).toMatchObject({ stock: null, available: true });
      expect(JSON.stringify(goods)).not.toContain('停兑的货');
      expect(JSON.stringify(goods)).not.toContain('cost');
    });

    test('thanks the donors who agreed, and names no other', async () => {
      const give = async (donor: string, thanksDonor: boolean, source: 'donated' | 'bought' = 'donated') => {
        const { id, name } = await addGoods(server);
        const body = { quantity: 2, totalCostFen: 100, source, donor, thanksDonor };
        await server.must('goods.stockIn', { as: server.admin, params: { id }, body });
        return name;
      };
      const quilts = await give('县工会', true);
      const soap = await give('县工会', true);
      await give('不留名的人', false);
      await give('粮油批发部', true, 'bought');
      const { thanks } = await view();
      expect(thanks).toEqual([{ donor: '县工会', goods: [soap, quilts], day: today }]);
      expect(JSON.stringify(await view())).not.toContain('不留名的人');
    });

    test('says how points are earned: the rules that give some, the used ones first', async () => {
      const { rules } = await view();
      expect(rules[0]).toEqual({
        ...{ title: '参加村庄清洁日', category: '志愿服务', drawing: 'bamboo-broom', points: 500 },
        ...{ pointsMin: null, pointsMax: null, perUnit: null, options: [] },
      });
      expect(rules.map(({ title }) => title)).not.toContain('乱倒垃圾');
    });

    describe('of a village of its own', () => {
      let village: TestVillage;
      let people: { committee: StaffCaller; approver: StaffCaller };
      let households: string[];
      let ruleId = '';
      const startMs = Date.parse('2026-06-30T12:00:00+08:00');

      beforeAll(async () => {
        village = await server.addVillage('东坡村');
        people = {
          committee: await server.asStaff('committee', { village }),
          approver: await server.asStaff('approver', { village }),
        };
        const rule = { ...RULE, code: 'D1', title: '清洁日', points: 500 } as const;
        ruleId = (await server.must('rules.create', { as: village.admin, body: rule })).id;
        await server.store.transaction((tx) => countSince(tx, ruleId, '2020-01-01'));
        households = [];
        for (let count = 0; count < 5; count += 1)
          households.push((await addHousehold(server, 0, `户主某${'甲乙丙丁戊'[count] ?? ''}`, village)).id);
      });

      /** Deeds booked straight through the services, so many days before the day of the board. */
      async function book(daysAgo: number, count: number): Promise<void> {
        // The village was made after that day.
        const thenMs = startMs - daysAgo * DAY_MS;
        const ledger = createLedger({ clock: () => thenMs, guardsClock: false });
        let made = 0;
        const newId = () => `${String(daysAgo).padStart(4, '0')}-${String((made += 1)).padStart(6, '0')}`;
        await server.store.transaction(async (tx) => {
          const effectiveOn = addDays(businessDay(startMs, 'Asia/Shanghai'), -daysAgo);
          const work = { villageId: village.id, nowMs: thenMs, today: effectiveOn, newId };
          const actor = {
            kind: 'staff',
            id: people.approver.id,
            roles: ['approver'],
            householdIds: [],
            // These deeds are older than the account.
            confirmedAtMs: 0,
          } as const;
          for (let booked = 0; booked < count; booked += 5) {
            const some = households.slice(0, Math.min(5, count - booked));
            const awards = { ruleId, householdIds: some, note: '', effectiveOn };
            const proposing = createAwards.with(awards, { ...work, actorId: people.committee.id });
            const { ids } = await runCommand(tx, village.id, proposing);
            const approving = decide.with(
              { action: 'approve', ids, reason: '' },
              {
                ...{ ...work, actorId: actor.id, actor, ledger, settings: DEFAULT_SETTINGS },
                ...{ randomInt: () => 1, kinds: ownKinds },
              },
            );
            await runCommand(tx, village.id, approving);
          }
        });
      }

      async function boardDays(): Promise<Record<string, number>> {
        const before = server.clock.nowMs;
        server.clock.nowMs = startMs;
        const { deeds } = (await view(village.id)) satisfies AnswerOf<'board.view'>;
        server.clock.nowMs = before;
        const days: Record<string, number> = {};
        for (const { day, households: many } of deeds) days[day] = many;
        return days;
      }

      test('is empty before anything was done', async () => {
        expect(await boardDays()).toEqual({});
      });

      test('reaches back when little happened, but not for ever', async () => {
        await book(100, 5);
        expect(await boardDays()).toEqual({});
        for (const daysAgo of [40, 35, 30, 25, 20, 15, 10]) await book(daysAgo, 5);
        const days = Object.keys(await boardDays());
        expect(days).toEqual([
          '2026-06-20',
          '2026-06-15',
          '2026-06-10',
          '2026-06-05',
          '2026-05-31',
          '2026-05-26',
        ]);
      });

      test('tells the same deed of a day once, with all who did it', async () => {
        await book(1, 10);
        const before = server.clock.nowMs;
        server.clock.nowMs = startMs;
        const { deeds, month } = await view(village.id);
        server.clock.nowMs = before;
        expect(deeds[0]).toEqual({
          day: '2026-06-29',
          bookedOn: '2026-06-29',
          title: '清洁日',
          category: '志愿服务',
          drawing: 'bamboo-broom',
          points: 500,
          households: 5,
          groups: ['第一组'],
          names: ['户**戊', '户**丁', '户**丙', '户**乙', '户**甲'],
        });
        // Five households did 30 deeds of 5 points in June: those of 25, 20, 15 and 10 days ago, and ten yesterday.
        expect(month).toEqual({ households: 5, awarded: 30 * 500, pieces: 0 });
      });

      test('says what the shop can honour of what is owed', async () => {
        const { coverRatioPercent } = await view(village.id);
        expect(coverRatioPercent).toBe(0);
        // Fifty deeds of 5 points are 250 yuan at one yuan a point.
        await addGoods(server, {}, { quantity: 10, costFen: 12_500 }, village.admin);
        expect((await view(village.id)).coverRatioPercent).toBe(50);
      });
    });
  });
});
