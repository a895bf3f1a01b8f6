import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CappedVillage } from '../support/capped.ts';
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
              },
            ],
          },
        ],
      });
      const yesterday = await propose(rule, [once], { effectiveOn: '2026-05-19' });
      expect(await concerns(yesterday.batchId)).toEqual([]);
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

    it('is a deed over the cap that its rule has now, though it was within that of its own day', async () => {
      const rule = await village.rule({ limitPeriod: 'month', limitTimes: 2 });
      const household = await village.household();
      await propose(rule, [household], { effectiveOn: '2026-05-11' });
      const later = await propose(rule, [household]);
      expect(await concerns(later.batchId)).toEqual([]);
      await village.changeRule(rule, { limitTimes: 1 });
      const [found] = await concerns(later.batchId);
      expect(found?.rows[0]?.concerns).toEqual([
        {
          kind: 'over_cap',
          other: null,
          cap: {
            ...{ figure: 'times', period: 'month', first: '2026-05-01', last: '2026-05-31' },
            ...{ limit: 1, used: 1 },
          },
        },
      ]);
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
  });
});
