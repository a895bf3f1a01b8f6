import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BigVillage } from '../support/batches.ts';
import { csv } from '../support/office.ts';
import { newKey, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('batches on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('are whole', () => {
    let server: TestServer;
    let village: BigVillage;
    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await BigVillage.open(server, 1200);
    });
    afterAll(() => server.remove());

    const kinOf = (...places: number[]): Promise<StaffCaller> =>
      server.asStaff('approver', {
        village: village.office.village,
        householdIds: places.map((place) => village.households[place] ?? ''),
      });

    it.each([312, 1200])(
      'a batch of %i is counted and summed over all of its rows, and begins where it begins',
      async (size) => {
        const batch = await village.award(size);
        expect(batch).toMatchObject({
          count: size,
          points: size * 500,
          households: size,
          states: [{ state: 'proposed', count: size, points: size * 500 }],
          deeds: [
            {
              kind: 'award',
              note: '三月评比',
              each: 500,
              count: size,
              points: size * 500,
              rule: { code: 'A1' },
            },
          ],
          reasons: [],
          proposedBy: 'committee',
          isMine: false,
          kin: 0,
          mayDecide: { count: size, points: size * 500 },
          whyNot: [],
        });
        expect(batch.first.map(({ household }) => household.head)).toEqual(
          [1, 2, 3, 4, 5, 6].map((n) => `户主${n}`),
        );
        const rows = await village.rows(batch.id);
        expect(rows.map(({ household }) => household.id)).toEqual(village.households.slice(0, size));
        expect((await village.decide('withdraw', [batch], { as: village.committee })).data.ids).toHaveLength(
          size,
        );
      },
    );

    it('a batch of 1,200 is approved whole, in one commit, by one sentence', async () => {
      const [before, owed] = [await village.entries(), await village.pointsOwed()];
      const batch = await village.award(1200);
      const key = newKey();
      const { status, data } = await village.decide('approve', [batch], { key });
      expect([status, data.state, data.ids.length]).toEqual([200, 'posted', 1200]);
      const first = data.journalNumbers[0] ?? 0;
      expect(data.journalNumbers).toEqual(Array.from({ length: 1200 }, (_, n) => first + n));
      expect(await village.entries()).toBe(before + 1200);
      expect(await village.pointsOwed()).toBe(owed + 600_000);

      const again = await village.decide('approve', [batch], { key });
      expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([200, 'true']);
      expect(again.data).toEqual(data);
      expect(await village.entries()).toBe(before + 1200);
      const posted = await village.seen(batch.id, village.approver, 'posted');
      expect(posted).toMatchObject({
        count: 1200,
        mayDecide: { count: 0, points: 0 },
        whyNot: [{ reason: 'state', count: 1200 }],
      });
    });

    it('no more than 1,200 are decided in one go, however they are chosen: the refusal says how many it would be', async () => {
      const [first, second] = [await village.award(800), await village.award(401)];
      const before = await village.entries();
      const { status, problem } = await village.decide('approve', [first, second]);
      expect([status, problem.code, problem.moved, problem.params]).toEqual([
        422,
        'proposal.too_many_chosen',
        'no',
        { count: 1201, limit: 1200 },
      ]);
      expect(problem.detail).toContain('1200');
      expect(await village.entries()).toBe(before);
      const [one] = await village.rows(second.id);
      const { data } = await village.decide('approve', [first, { ...second, except: [one?.id ?? ''] }]);
      expect(data.ids).toHaveLength(1200);
      expect((await village.decide('return', [await village.seen(second.id)])).status).toBe(200);
    });

    it('opening balances that come late make batches that can be decided whole', async () => {
      const { office } = village;
      const lines = (more: string) => Array.from({ length: 1201 }, (_, n) => `${n + 1},户主${n + 1},${more}`);
      await office.bring('roster', csv('户号,户主,村民小组', ...lines('第一组')));
      const brought = await office.bring('balances', csv('户号,户主,余额', ...lines('2')));
      expect(brought).toMatchObject({ effect: { needsApproval: true }, result: { created: 1201 } });
      const { items } = await server.must('proposals.batches', {
        as: village.approver,
        query: { state: 'proposed' },
      });
      expect(items.map(({ count }) => count)).toEqual([1, 1200]);
      for (const batch of items) expect((await village.decide('return', [batch])).status).toBe(200);
    });

    it('what was unticked stays where it is, and all the rest is approved', async () => {
      const batch = await village.award(312);
      const rows = await village.rows(batch.id);
      const except = [rows[7]?.id ?? '', rows[311]?.id ?? ''];
      const { data } = await village.decide('approve', [{ ...batch, except }]);
      expect([data.ids.length, data.journalNumbers.length]).toEqual([310, 310]);
      const left = await village.rows(batch.id, { state: 'proposed' });
      expect(left.map(({ id }) => id)).toEqual(except);
      const seen = await village.seen(batch.id);
      expect([seen.count, seen.points, seen.mayDecide]).toEqual([2, 1000, { count: 2, points: 1000 }]);
      expect((await village.decide('return', [seen])).data.ids).toEqual(except);
    });

    it('nobody decides on the own household in a batch: it is decided without it, and the rest waits for another', async () => {
      const as = await kinOf(3, 310);
      const { id } = await village.award(312);
      const batch = await village.seen(id, as);
      expect(batch).toMatchObject({
        count: 312,
        points: 156_000,
        mayDecide: { count: 310, points: 155_000 },
        whyNot: [{ reason: 'own_household', count: 2 }],
      });
      const { data } = await village.decide('approve', [batch], { as });
      expect(data.ids).toHaveLength(310);
      const left = await village.rows(id, { state: 'proposed' });
      expect(left.map(({ household }) => household.id)).toEqual([
        village.households[3],
        village.households[310],
      ]);
      const mine = await village.seen(id, as);
      expect(mine.mayDecide.count).toBe(0);
      expect((await village.decide('approve', [mine], { as })).problem.code).toBe('proposal.own_household');
      expect((await village.decide('approve', [await village.seen(id)])).data.ids).toHaveLength(2);
    });

    it('a family declared after somebody looked changes what the batch shows: nothing is decided', async () => {
      const as = await kinOf();
      const { id } = await village.award(20);
      const batch = await village.seen(id, as);
      await server.must('staff.update', {
        as: village.office.admin,
        params: { id: as.id },
        body: { householdIds: [village.households[5] ?? ''] },
      });
      const before = await village.entries();
      expect((await village.decide('approve', [batch], { as })).problem.code).toBe('proposal.changed');
      expect(await village.entries()).toBe(before);
      const now = await village.seen(id, as);
      expect((await village.decide('return', [now], { as })).data.ids).toHaveLength(19);
    });

    it('a proposer sees why not, and decides on none of it', async () => {
      const both = await server.asStaff(['committee', 'approver'], { village: village.office.village });
      const { id } = await village.award(30, both);
      const mine = await village.seen(id, both);
      expect([mine.isMine, mine.mayDecide.count, mine.whyNot]).toEqual([
        true,
        0,
        [{ reason: 'own_entry', count: 30 }],
      ]);
      expect((await village.decide('approve', [mine], { as: both })).problem.code).toBe('proposal.own_entry');
      const supervisor = await server.asStaff('supervisor', { village: village.office.village });
      const theirs = await village.seen(id, supervisor);
      expect([theirs.mayDecide.count, theirs.whyNot]).toEqual([0, [{ reason: 'role', count: 30 }]]);
      expect((await village.decide('approve', [theirs], { as: supervisor })).problem.code).toBe(
        'auth.forbidden',
      );
      expect((await village.decide('withdraw', [theirs])).problem.code).toBe('auth.forbidden');
      expect((await village.decide('withdraw', [theirs], { as: village.committee })).problem.code).toBe(
        'proposal.not_yours',
      );
    });

    it('what has changed since it was seen is refused whole, and nothing moves', async () => {
      const batch = await village.award(312);
      const [row] = batch.first;
      const one = { action: 'return' as const, ids: [row?.id ?? ''], reason: '几号？' };
      await server.must('proposals.decide', { as: village.approver, body: one });
      const before = await village.entries();
      expect((await village.decide('approve', [batch])).problem.code).toBe('proposal.changed');
      const resubmit = { action: 'resubmit' as const, ids: one.ids };
      await server.must('proposals.decide', { as: village.committee, body: resubmit });
      // All 312 wait again with the same points, but one of them came back: it has a history to be read.
      const again = await village.seen(batch.id);
      expect([again.count, again.mark === batch.mark]).toEqual([312, false]);
      expect((await village.decide('approve', [batch])).problem.code).toBe('proposal.changed');
      expect(await village.entries()).toBe(before);
      expect((await village.rows(batch.id, { state: 'proposed' })).length).toBe(312);
      expect((await village.decide('approve', [again])).data.journalNumbers).toHaveLength(312);
      expect((await village.decide('approve', [again])).problem.code).toBe('proposal.state');
    });

    it('of two who approve at once one does, and the other moves nothing', async () => {
      const other = await server.asStaff('approver', { village: village.office.village });
      const { id } = await village.award(312);
      const [mine, theirs] = [await village.seen(id), await village.seen(id, other)];
      const before = await village.entries();
      const both = await Promise.all([
        village.decide('approve', [mine]),
        village.decide('approve', [theirs], { as: other }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await village.entries()).toBe(before + 312);
    });

    it('several batches and single proposals are decided in one commit, or none of them', async () => {
      const [one, other] = [await village.award(12), await village.award(9)];
      const { ids } = await server.must('proposals.create', {
        as: village.committee,
        body: { ruleId: village.ruleId, householdIds: village.households.slice(0, 2), points: 500 },
      });
      const choices = [one, other].map(({ id, mark }) => ({ batchId: id, mark }));
      const body = { action: 'approve' as const, ids, batches: choices };
      const stale = [{ ...choices[0], batchId: one.id, mark: 'as-it-was-yesterday' }, ...choices.slice(1)];
      const before = await village.entries();
      const send = (more: object) =>
        server.call('proposals.decide', { as: village.approver, body: { ...body, ...more } });
      expect((await send({ batches: stale })).problem.code).toBe('proposal.changed');
      expect((await send({ marks: ['no', 'such'] })).problem.code).toBe('proposal.changed');
      expect(await village.entries()).toBe(before);
      const { data } = await send({});
      expect([data.ids.length, data.journalNumbers.length]).toEqual([23, 23]);
      expect(data.ids).toEqual([...data.ids].sort());
    });

    it('what is left out must be of the batch, and something must be left', async () => {
      const [batch, other] = [await village.award(3), await village.award(3)];
      const foreign = other.first.map(({ id }) => id);
      expect(
        (await village.decide('approve', [{ ...batch, except: foreign.slice(0, 1) }])).problem.code,
      ).toBe('proposal.not_found');
      const all = batch.first.map(({ id }) => id);
      expect((await village.decide('approve', [{ ...batch, except: all }])).problem.code).toBe(
        'proposal.none_chosen',
      );
      // A batch that is named twice leaves out the rows that either of the two leaves out.
      const twice = await village.decide('approve', [
        { ...batch, except: all.slice(0, 1) },
        { ...batch, except: all.slice(1, 2) },
      ]);
      expect(twice.data.ids).toEqual(all.slice(2));
      const nothing = { as: village.approver, body: { action: 'approve' as const } };
      expect(await server.refused('proposals.decide', nothing)).toBe('request.invalid');
      const unknown = [{ id: newKey(), mark: batch.mark }];
      expect((await village.decide('approve', unknown)).problem.code).toBe('proposal.not_found');
      const stranger = await server.asStaff('approver');
      expect((await village.decide('approve', [other], { as: stranger })).problem.code).toBe(
        'proposal.not_found',
      );
      const { items } = await server.must('proposals.batches', {
        as: stranger,
        query: { batchId: other.id },
      });
      expect(items).toEqual([]);
    });

    it('a batch that was sent back is corrected whole, also without some of it', async () => {
      const sent = await village.award(312);
      await village.decide('return', [sent]);
      const back = await village.seen(sent.id, village.committee, 'returned');
      expect(back).toMatchObject({
        count: 312,
        isMine: true,
        reasons: [{ reason: '核对', by: 'approver', count: 312 }],
      });
      const body = {
        ruleId: village.ruleId,
        points: 300,
        note: '三月二十日',
        effectiveOn: back.deeds[0]?.effectiveOn ?? '',
        pictureIds: [],
      };
      const except = back.first.slice(0, 2).map(({ id }) => id);
      const correct = (mark: string, key = newKey()) =>
        server.call('proposals.correct', {
          as: village.committee,
          key,
          body: { ...body, batch: { batchId: sent.id, mark, except } },
        });
      expect((await correct(sent.mark)).problem.code).toBe('proposal.changed');
      const key = newKey();
      const { data } = await correct(back.mark, key);
      expect(data.ids).toHaveLength(310);
      expect((await correct(back.mark, key)).data).toEqual(data);
      expect((await correct(back.mark)).problem.code).toBe('proposal.changed');

      const now = await village.seen(sent.id);
      expect([now.count, now.points]).toEqual([310, 310 * 300]);
      await server.must('proposals.decide', {
        as: village.committee,
        body: { action: 'resubmit', ids: except },
      });
      // Two deeds in one batch are shown as two.
      const mixed = await village.seen(sent.id);
      expect([mixed.count, mixed.points]).toEqual([312, 310 * 300 + 2 * 500]);
      expect(mixed.deeds.map(({ each, note, count }) => [each, note, count])).toEqual([
        [300, '三月二十日', 310],
        [500, '三月评比', 2],
      ]);
      expect((await village.decide('approve', [mixed])).data.journalNumbers).toHaveLength(312);
    });
  });
});
