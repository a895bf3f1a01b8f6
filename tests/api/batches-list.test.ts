import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BigVillage, type Batch } from '../support/batches.ts';
import { jpeg } from '../support/jpeg.ts';
import { csv } from '../support/office.ts';
import { type AnswerOf, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';
import { ENGINES } from '../support/stores.ts';

/** Answers how SQLite plans each question about proposals that was asked meanwhile. */
async function plansOf(ask: () => Promise<unknown>): Promise<string[]> {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  await ask();
  const databases = prepare.mock.contexts as Database.Database[];
  const asked = new Map(prepare.mock.calls.map(([text], call) => [text, databases[call]]));
  prepare.mockRestore();
  return Array.from(asked).flatMap(([text, database]) => {
    if (!database || !/^select\b[^]*\bfrom "proposals"/.test(text)) return [];
    const unknown = Array.from(text.matchAll(/\?/g), () => null);
    const steps = database.prepare(`explain query plan ${text}`).all(...unknown) as { detail: string }[];
    return steps.map(({ detail }) => detail).join('; ');
  });
}

type Query = { state?: 'proposed' | 'returned' | 'posted'; mine?: 'true' | 'false'; limit?: number };

describe.each(ENGINES)('the list of batches on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('shows', () => {
    let server: TestServer;
    let village: BigVillage;
    let committee: StaffCaller;
    let approver: StaffCaller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await BigVillage.open(server, 20);
      ({ committee, approver } = village);
    });
    afterAll(() => server.remove());

    const at = (place: number) => village.households[place] ?? '';
    async function propose(places: readonly number[], more: object = {}, as = committee): Promise<string> {
      const body = { ruleId: village.ruleId, householdIds: places.map(at), points: 500, ...more };
      return (await server.must('proposals.create', { as, body })).batchId;
    }
    const approve = (ids: readonly string[]) =>
      server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [...ids] } });
    async function pages(query: Query, as = approver): Promise<Batch[][]> {
      const found: Batch[][] = [];
      let before: string | undefined;
      do {
        const page: AnswerOf<'proposals.batches'> = await server.must('proposals.batches', {
          as,
          query: { ...query, before },
        });
        found.push(page.items);
        before = page.next ?? undefined;
      } while (before !== undefined);
      return found;
    }

    async function newest(limit: number): Promise<[Batch, Batch]> {
      const query = { state: 'proposed' as const, limit };
      const { items } = await server.must('proposals.batches', { as: approver, query });
      return items as [Batch, Batch];
    }

    it('each batch once, the newest first, page by page, filtered by state and by whose it is', async () => {
      const own = await server.asStaff('committee', { village: village.office.village });
      const mine: string[] = [];
      for (let n = 0; n < 5; n += 1) mine.unshift(await propose([0, 1, 2], {}, own));
      const theirs = await propose([3, 4]);
      const waiting = await pages({ state: 'proposed', limit: 2 });
      expect(waiting.map((page) => page.map(({ id }) => id))).toEqual([
        [theirs, mine[0]],
        [mine[1], mine[2]],
        [mine[3], mine[4]],
      ]);
      expect((await pages({ mine: 'true' }, own)).flat().map(({ id }) => id)).toEqual(mine);
      expect((await pages({ mine: 'false' }, own)).flat().map(({ id }) => id)).toEqual([theirs]);

      const half = mine[2] ?? '';
      const [row] = (await village.seen(half)).first;
      await approve([row?.id ?? '']);
      const ofState = async (query: Query): Promise<Batch> => {
        const found = (await pages(query)).flat().find(({ id }) => id === half);
        if (!found) throw new Error('the batch is not there');
        return found;
      };
      expect((await ofState({ state: 'proposed' })).count).toBe(2);
      expect((await ofState({ state: 'posted' })).count).toBe(1);
      const whole = await ofState({});
      expect([whole.count, whole.points, whole.states]).toEqual([
        3,
        1500,
        [
          { state: 'posted', count: 1, points: 500 },
          { state: 'proposed', count: 2, points: 1000 },
        ],
      ]);
      // The mark is that of the whole batch, whichever part of it was asked for.
      expect(whole.mark).toBe((await ofState({ state: 'proposed' })).mark);
      expect((await ofState({ state: 'posted' })).mark).toBe(whole.mark);
    });

    it('photos once, and how many are about the proposer’s own family', async () => {
      const kin = await server.asStaff('committee', {
        village: village.office.village,
        householdIds: [at(1), at(7)],
      });
      const { id } = await server.must('pictures.add', {
        as: kin,
        params: { purpose: 'evidence' },
        body: jpeg(),
      });
      const batch = await village.seen(await propose([0, 1, 2], { pictureIds: [id] }, kin));
      expect([batch.pictureIds, batch.kin]).toEqual([[id], 1]);
      expect(batch.first.map(({ proposerIsKin }) => proposerIsKin)).toEqual([false, true, false]);
    });

    it('opening balances as one batch, with a sum but no points that all of them have', async () => {
      await approve((await village.seen(await propose([0]))).first.map(({ id }) => id));
      const late = [
        '户号,户主,余额',
        ...Array.from({ length: 9 }, (_, n) => `${n + 11},户主${n + 11},${n + 1}`),
      ];
      await village.office.bring('balances', csv(...late));
      const [batch] = await newest(1);
      expect(batch).toMatchObject({
        count: 9,
        points: 4500,
        households: 9,
        deeds: [{ kind: 'opening', rule: null, each: null, count: 9, points: 4500 }],
        mayDecide: { count: 9, points: 4500 },
      });
      expect(batch.first).toHaveLength(6);
      expect((await village.decide('approve', [batch])).data.journalNumbers).toHaveLength(9);
    });

    it('reversals, merges and erasures as batches of one, with what a merge would move now', async () => {
      const { journalNumbers } = await approve(
        (await village.seen(await propose([5, 6]))).first.map(({ id }) => id),
      );
      const reversal = await server.must('proposals.createReversal', {
        as: committee,
        body: { number: journalNumbers[0] ?? 0, reason: '记错了户' },
      });
      const merge = await server.must('households.proposeChange', {
        as: committee,
        params: { id: at(6) },
        body: { kind: 'merge', intoId: at(8), reason: '搬到一起' },
      });
      const [merging, reversing] = await newest(2);
      expect(reversing).toMatchObject({
        count: 1,
        points: -500,
        deeds: [{ kind: 'reversal', rule: null, note: '记错了户', each: -500 }],
        first: [{ id: reversal.id, reversesNumber: journalNumbers[0] }],
      });
      expect(merging).toMatchObject({
        count: 1,
        points: -500,
        deeds: [{ kind: 'merge', each: -500, points: -500 }],
        first: [{ id: merge.id, points: -500 }],
      });
      // The balance grows meanwhile: the merge would move more, and the mark is another.
      const other = await village.seen(await propose([6, 7], { points: 200 }));
      await approve(other.first.slice(0, 1).map(({ id }) => id));
      const now = await village.seen(merging.id);
      expect([now.points, now.deeds[0]?.points, now.mayDecide.points, now.states[0]?.points]).toEqual([
        -700, -700, -700, -700,
      ]);
      expect(now.mark).not.toBe(merging.mark);
      expect((await village.decide('approve', [merging])).problem.code).toBe('proposal.changed');
      const both = await village.decide('approve', [now, reversing]);
      expect(both.data.journalNumbers).toHaveLength(2);

      const erasure = await server.must('households.proposeErasure', {
        as: committee,
        params: { id: at(6) },
        body: { reason: '本户要求' },
      });
      const [erasing] = await newest(1);
      expect(erasing).toMatchObject({ count: 1, points: 0, first: [{ id: erasure.id, kind: 'erasure' }] });
    });

    it('a reversal that touches the caller’s family through the other household is not the caller’s to decide', async () => {
      const kin = await server.asStaff('approver', {
        village: village.office.village,
        householdIds: [at(10)],
      });
      const merge = await server.must('households.proposeChange', {
        as: committee,
        params: { id: at(9) },
        body: { kind: 'merge', intoId: at(10), reason: '搬到一起' },
      });
      const { batchId } = await server.must('proposals.get', { as: kin, params: { id: merge.id } });
      const batch = await village.seen(batchId, kin);
      expect([batch.mayDecide.count, batch.whyNot]).toEqual([0, [{ reason: 'own_household', count: 1 }]]);
      expect((await village.decide('approve', [batch], { as: kin })).problem.code).toBe(
        'proposal.own_household',
      );
    });
  });
});

describe('questions about batches on SQLite', () => {
  let server: TestServer;
  let village: BigVillage;
  beforeAll(async () => {
    server = await startTestServer('sqlite');
    village = await BigVillage.open(server, 8);
  });
  afterAll(() => server.remove());

  it('read the staff once for a page', async () => {
    await village.award(3);
    const { statements } = await statementsOf(() =>
      server.must('proposals.batches', { as: village.approver, query: { state: 'proposed' } }),
    );
    const staff = statements.filter(
      ({ text }) => /\bfrom "staff"/.test(text) && text.includes('display_name'),
    );
    expect(staff).toHaveLength(1);
  });

  it('read no more of what was withdrawn than a page of it', async () => {
    const sizes: string[] = [];
    for (let round = 0; round < 24; round += 1) {
      const { id, mark } = await village.award(8);
      const { data } = await village.decide('withdraw', [{ id, mark }], { as: village.committee });
      expect(data.ids).toHaveLength(8);
      sizes.unshift(id);
    }
    const ids: string[] = [];
    let before: string | undefined;
    do {
      const page: AnswerOf<'proposals.batches'> = await server.must('proposals.batches', {
        as: village.approver,
        query: { state: 'withdrawn', limit: 7, before },
      });
      ids.push(...page.items.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(ids).toEqual(sizes);
  });

  it('are answered without a walk through the whole history', async () => {
    const { id, mark } = await village.award(8);
    const list = (query: object) => server.must('proposals.batches', { as: village.approver, query });
    const plans = await plansOf(async () => {
      for (const state of ['proposed', 'returned'])
        for (const before of [undefined, id]) await list({ state, before });
      await village.seen(id);
      await village.rows(id, { state: 'proposed' });
      await village.decide('return', [{ id, mark }]);
      await list({ state: 'returned' });
      for (const before of [undefined, id]) {
        await list({ state: 'withdrawn', before });
        await list({ state: 'withdrawn', mine: 'false', before });
        await list({ mine: 'true', before });
      }
    });
    const whole =
      /SEARCH proposals USING (?:COVERING )?INDEX \S+ \(village_id=\?(?: AND (?:id|batch_id)[<>]\?)?\)/;
    const walks = (plan: string) => whole.test(plan) || plan.includes('SCAN proposals');
    expect(plans.length).toBeGreaterThan(8);
    expect(plans.filter(walks)).toEqual([]);
    // Nearly all rows are posted: the batches are read in their order until the page is full.
    const posted = await plansOf(() => list({ state: 'posted', before: id }));
    expect(posted.filter(walks)).toEqual([expect.stringContaining('proposals_by_batch')]);
  });
});
