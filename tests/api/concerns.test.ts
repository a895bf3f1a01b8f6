import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/business-day.ts';
import { capOf, CappedVillage, under } from '../support/capped.ts';
import { jpeg } from '../support/jpeg.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const NOON = Date.parse('2026-05-20T04:00:00Z');

describe.each(ENGINES)('what wants a look, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('among what waits', () => {
    let server: TestServer;
    let village: CappedVillage;
    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = NOON;
      village = await CappedVillage.open(server);
    });
    afterAll(() => server.remove());

    const propose = (ruleId: string, householdIds: string[], more: object = {}) =>
      server.must('proposals.create', {
        as: village.committee,
        body: { ruleId, householdIds, ...more },
      });
    const concerns = async (...batchIds: string[]) =>
      (
        await server.must('proposals.concerns', {
          as: village.committee,
          query: { batchIds: batchIds.join(',') },
        })
      ).items;

    it('is nothing where nothing is wrong', async () => {
      const rule = await village.rule({});
      const { batchId } = await propose(rule, [await village.household(), await village.household()]);
      expect(await concerns(batchId)).toEqual([]);
    });

    it('is the same deed of the same household and day, the later one, with the earlier one named', async () => {
      const rule = await village.rule({});
      const [twice, once] = [await village.household(), await village.household()];
      const first = await propose(rule, [twice]);
      const second = await propose(rule, [once, twice]);
      expect(await concerns(first.batchId)).toEqual([]);
      const [found] = await concerns(first.batchId, second.batchId);
      expect(found).toMatchObject({
        ...{ batchId: second.batchId, count: 1, kinds: [{ kind: 'same_deed', count: 1 }] },
        rows: [
          {
            proposal: { household: { id: twice } },
            concerns: [
              {
                kind: 'same_deed',
                cap: null,
                other: { id: first.ids[0], points: 500, journalNumber: null },
                awards: null,
              },
            ],
          },
        ],
      });
      const yesterday = await propose(rule, [once], { effectiveOn: '2026-05-19' });
      expect(await concerns(yesterday.batchId)).toEqual([]);
    });

    it('is no deed about another member or event: words tell two deeds of a day apart', async () => {
      const caps = [
        capOf('year', { scope: 'member', times: 9 }),
        capOf('ever', { scope: 'event', times: 2 }),
      ];
      const rule = await village.rule({ caps });
      const household = await village.household();
      const sent = (member: string, event: string) => propose(rule, [household], { member, event });
      const [first, other, elsewhere] = [
        await sent('长子', '修渠'),
        await sent('次子', '修渠'),
        await sent('长子', '补路'),
      ];
      expect(await concerns(first.batchId, other.batchId, elsewhere.batchId)).toEqual([]);
      const again = await sent('长 子', '补路');
      expect(await concerns(again.batchId)).toMatchObject([
        {
          kinds: [{ kind: 'same_deed', count: 1 }],
          rows: [{ concerns: [{ other: { id: elsewhere.ids[0] } }] }],
        },
      ]);
    });

    it('names the event of which there are too many under the cap of today', async () => {
      const rule = await village.rule(under('ever', { scope: 'event', times: 2 }));
      const household = await village.household();
      await propose(rule, [household], { effectiveOn: '2026-05-11', event: '修渠' });
      const later = await propose(rule, [household], { event: '修 渠' });
      await village.changeRule(rule, under('ever', { scope: 'event', times: 1 }));
      const [found] = await concerns(later.batchId);
      expect(found?.rows[0]?.concerns).toMatchObject([
        { kind: 'over_cap', cap: { period: 'ever', about: '修 渠', limit: 1, used: 1 } },
      ]);
    });

    it('is a deed after which little is left of a cap, from the third that it lets through on', async () => {
      const few = await village.rule(under('month', { times: 2 }));
      const rule = await village.rule(under('month', { points: 2000 }));
      const household = await village.household();
      const kinds = async (of: string) => {
        const { batchId } = await propose(of, [household], { effectiveOn: '2026-05-11' });
        return (await concerns(batchId)).flatMap(({ rows }) => rows.flatMap((one) => one.concerns));
      };
      // Each of them is told twice that day as well.
      const ofCap = async (of: string) => (await kinds(of)).filter(({ kind }) => kind !== 'same_deed');
      expect([await ofCap(few), await ofCap(few)]).toEqual([[], []]);
      expect([await ofCap(rule), await ofCap(rule), await ofCap(rule)]).toEqual([[], [], []]);
      expect(await ofCap(rule)).toMatchObject([
        { kind: 'near_cap', cap: { figure: 'points', period: 'month', limit: 2000, used: 1500 } },
      ]);
    });

    it('is a deed without a photo where its rule asks for one', async () => {
      const rule = await village.rule({ evidence: '前后照片' });
      const { id: pictureId } = await server.must('pictures.add', {
        as: village.committee,
        params: { purpose: 'evidence' },
        body: jpeg(),
      });
      const bare = await propose(rule, [await village.household()]);
      const shown = await propose(rule, [await village.household()], { pictureIds: [pictureId] });
      const found = await concerns(bare.batchId, shown.batchId);
      expect(found.map(({ batchId, kinds }) => [batchId, kinds])).toEqual([
        [bare.batchId, [{ kind: 'no_photo', count: 1 }]],
      ]);
    });

    it('is a deed that names no paper and nobody who saw it, where its rule asks for one', async () => {
      const rule = await village.rule({ evidence: '受助人确认' });
      const bare = await propose(rule, [await village.household()]);
      const named = await propose(rule, [await village.household()], { note: '李奶奶签了字' });
      expect(
        (await concerns(bare.batchId, named.batchId)).map(({ batchId, kinds }) => [batchId, kinds]),
      ).toEqual([[bare.batchId, [{ kind: 'no_evidence', count: 1 }]]]);
    });

    it('is a deed over the cap that its rule has now, though it was within that of its own day', async () => {
      const rule = await village.rule(under('month', { times: 2 }));
      const household = await village.household();
      await propose(rule, [household], { effectiveOn: '2026-05-11' });
      const later = await propose(rule, [household]);
      expect(await concerns(later.batchId)).toEqual([]);
      await village.changeRule(rule, under('month', { times: 1 }));
      const [found] = await concerns(later.batchId);
      expect(found?.rows[0]?.concerns).toEqual([
        {
          kind: 'over_cap',
          ...{ other: null, awards: null },
          cap: {
            ...{ figure: 'times', period: 'month', about: null, first: '2026-05-01', last: '2026-05-31' },
            ...{ limit: 1, used: 1 },
          },
        },
      ]);
    });

    it('is a household whose awards all came from the same proposer, and many more than others have', async () => {
      const own = await CappedVillage.open(server);
      const second = await server.asStaff('committee', { village: own.village });
      const rule = await own.rule({});
      const [favoured, other] = [await own.household(), await own.household()];
      const first = await own.posted(rule, favoured, { effectiveOn: '2026-05-01' });
      for (const day of ['02', '03', '04', '05'])
        await own.posted(rule, favoured, { effectiveOn: `2026-05-${day}` });
      await own.posted(rule, other, { effectiveOn: '2026-05-01' });
      const told = async () => {
        const id = await own.proposed(rule, favoured);
        const { batchId } = await server.must('proposals.get', { as: own.committee, params: { id } });
        const { items } = await server.must('proposals.concerns', {
          as: own.approver,
          query: { batchIds: batchId },
        });
        await own.decide('withdraw', id);
        return items.flatMap(({ rows }) => rows.flatMap(({ concerns }) => concerns));
      };
      // One person proposes everything here.
      expect(await told()).toEqual([]);
      const { ids } = await server.must('proposals.create', {
        as: second,
        body: { ruleId: rule, householdIds: [other], effectiveOn: '2026-05-02' },
      });
      await own.decide('approve', ...ids);
      expect(await told()).toEqual([{ kind: 'one_proposer', cap: null, other: null, awards: 5 }]);
      const supervisor = await server.asStaff('supervisor', { village: own.village });
      const { items } = await server.must('village.look', { as: supervisor, query: { limit: 100 } });
      expect(items.filter(({ kind }) => kind === 'one_proposer').map(({ count }) => count)).toEqual([5]);
      await own.decide('approve', await own.reversal(first));
      expect(await told()).toEqual([]);
    });

    it('is no longer anything once it is decided', async () => {
      const rule = await village.rule({ evidence: '照片' });
      const sent = await propose(rule, [await village.household()]);
      expect(await concerns(sent.batchId)).toHaveLength(1);
      await server.must('proposals.decide', {
        as: village.committee,
        body: { action: 'withdraw', ids: sent.ids },
      });
      expect(await concerns(sent.batchId)).toEqual([]);
    });

    it('reaches whoever watches the books when it was approved all the same, one line for each proposer', async () => {
      const supervisor = await server.asStaff('supervisor', { village: village.village });
      const told = async (as = supervisor) =>
        (await server.must('village.look', { as, query: { limit: 100 } })).items
          .filter(({ kind }) => kind !== 'new_rule' && kind !== 'fast')
          .map(({ kind, count, points }) => [kind, count, points]);
      const approve = (ids: readonly string[]) =>
        server.must('proposals.decide', { as: village.approver, body: { action: 'approve', ids: [...ids] } });
      const [photo, twice, capped] = [
        await village.rule({ evidence: '前后照片' }),
        await village.rule({}),
        await village.rule(under('month', { times: 2 })),
      ];
      const before = await told();
      const [one, other, third] = [
        await village.household(),
        await village.household(),
        await village.household(),
      ];
      await approve((await propose(photo, [one, other, third])).ids);
      await approve((await propose(twice, [one])).ids);
      await approve((await propose(twice, [one, other])).ids);
      expect(await told()).toEqual(
        expect.arrayContaining([...before, ['no_evidence', 3, 1500], ['same_deed', 1, 500]]),
      );
      const scarce = await village.rule(under('month', { times: 3 }));
      for (const day of ['2026-05-12', '2026-05-13', '2026-05-14'])
        await approve((await propose(scarce, [third], { effectiveOn: day })).ids);
      expect(await told()).toContainEqual(['near_cap', 1, 500]);
      // A cap that is stricter from the next day on is no reproach to what was approved before.
      const early = [
        ...(await propose(capped, [one], { effectiveOn: '2026-05-11' })).ids,
        ...(await propose(capped, [one])).ids,
      ];
      await approve(early);
      server.clock.nowMs += DAY_MS;
      const admin = await server.asStaff('admin', { village: village.village });
      await server.must('rules.update', {
        as: admin,
        params: { id: capped },
        body: under('month', { times: 1 }),
      });
      const watching = await server.asStaff('supervisor', { village: village.village });
      const later = (await told(watching)).map(([kind]) => kind);
      expect(later).toContain('same_deed');
      expect(later).not.toContain('over_cap');
    });
  });
});
