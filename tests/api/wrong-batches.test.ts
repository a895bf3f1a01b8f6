import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BigVillage } from '../support/batches.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('a whole batch that was wrong, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is taken back by one proposal', () => {
    let server: TestServer;
    let village: BigVillage;
    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await BigVillage.open(server, 40);
    });
    afterAll(() => server.remove());

    async function posted(count: number) {
      const sent = await village.award(count);
      expect((await village.decide('approve', [sent])).status).toBe(200);
      return village.rows(sent.id);
    }
    const reverse = (batchId: string, body: object = {}, as = village.committee) =>
      server.call('proposals.reverseBatch', {
        as,
        params: { id: batchId },
        body: { reason: '记成了上个月', ...body },
      });
    async function approve(batchId: string) {
      return village.decide('approve', [await village.seen(batchId)]);
    }

    it('which a second person approves once, and every household is as before', async () => {
      const rows = await posted(39);
      const before = await village.pointsOwed();
      const { data } = await reverse(rows[0]?.batchId ?? '');
      expect([data.ids.length, data.skipped]).toEqual([39, []]);
      const seen = await village.seen(data.batchId);
      expect(seen).toMatchObject({
        ...{ count: 39, households: 39, points: -39 * 500, mayDecide: { count: 39 } },
        deeds: [{ kind: 'reversal', note: '记成了上个月', each: -500 }],
      });
      expect(await village.pointsOwed()).toBe(before);
      const own = await village.decide('approve', [await village.seen(data.batchId, village.committee)], {
        as: village.committee,
      });
      expect(own.problem.code).toBe('auth.forbidden');
      const approved = await approve(data.batchId);
      expect([approved.status, approved.data.journalNumbers.length]).toEqual([200, 39]);
      expect(await village.pointsOwed()).toBe(before - 39 * 500);
      const again = await reverse(rows[0]?.batchId ?? '');
      expect([again.status, again.problem.code]).toEqual([409, 'proposal.nothing_to_reverse']);
    });

    it('or a part of it; what is reversed already, waits or is closed is left out and said', async () => {
      const rows = await posted(6);
      const batchId = rows[0]?.batchId ?? '';
      const idOf = (place: number) => rows[place]?.id ?? '';
      const numberOf = (place: number) => rows[place]?.journalNumber ?? 0;
      const some = await reverse(batchId, { ids: [idOf(0), idOf(1)] });
      expect(some.data.ids).toHaveLength(2);
      await village.decide('approve', [
        { ...(await village.seen(some.data.batchId)), except: [some.data.ids[1] ?? ''] },
      ]);
      const leaving = await server.must('households.proposeChange', {
        as: village.committee,
        params: { id: rows[2]?.household.id ?? '' },
        body: { kind: 'departure', toId: null, reason: '迁走' },
      });
      await server.must('proposals.decide', {
        as: village.approver,
        body: { action: 'approve', ids: [leaving.id] },
      });
      const rest = await reverse(batchId, { except: [idOf(5)] });
      expect(rest.data.ids).toHaveLength(2);
      expect(rest.data.skipped).toEqual([
        { number: numberOf(0), why: 'reversed' },
        { number: numberOf(1), why: 'waiting' },
        { number: numberOf(2), why: 'closed' },
      ]);
      expect((await reverse(batchId, { ids: [idOf(0)] })).problem.code).toBe('proposal.nothing_to_reverse');
    });

    it('but not what was never posted, nor rows of another batch, nor by a reader', async () => {
      const waiting = await village.award(2);
      const rows = await posted(1);
      const elsewhere = (await village.rows(waiting.id))[0]?.id ?? '';
      const codes = [
        await reverse(waiting.id),
        await reverse('no-such-batch'),
        await reverse(rows[0]?.batchId ?? '', { ids: [elsewhere] }),
        await reverse(rows[0]?.batchId ?? '', { ids: [elsewhere], except: [elsewhere] }),
        await reverse(rows[0]?.batchId ?? '', {}, await server.asStaff('supervisor', village.office)),
      ].map(({ problem }) => problem.code);
      expect(codes).toEqual([
        ...['proposal.not_found', 'proposal.not_found', 'proposal.not_found'],
        ...['request.invalid', 'auth.forbidden'],
      ]);
    });

    it('and a reversal cannot be taken back by another one', async () => {
      const rows = await posted(2);
      const { data } = await reverse(rows[0]?.batchId ?? '');
      await approve(data.batchId);
      expect((await reverse(data.batchId)).problem.code).toBe('proposal.nothing_to_reverse');
    });
  });
});
