import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg } from '../support/jpeg.ts';
import { furnish, type Furnished } from '../support/samples.ts';
import { type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('what came back, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is put right and sent again', () => {
    let server: TestServer;
    let own: Furnished;
    let approver: Caller;
    let today: string;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
      approver = await server.asStaff('approver');
      const [first] = (await server.must('proposals.list', { as: own.staff })).items;
      today = first?.effectiveOn ?? '';
    });
    afterAll(() => server.remove());

    async function returned(as: Caller = own.staff): Promise<string> {
      const body = { ruleId: own.ruleId, householdIds: [own.household.id], points: 300, note: '扫街' };
      const { ids } = await server.must('proposals.create', { as, body });
      await server.must('proposals.decide', {
        as: approver,
        body: { action: 'return', ids, reason: '写清时间' },
      });
      return ids[0] ?? '';
    }
    const corrected = (ids: readonly string[], change: object = {}) => ({
      as: own.staff,
      body: {
        ids: [...ids],
        ruleId: own.ruleId,
        points: 500,
        note: '扫街两小时',
        effectiveOn: today,
        pictureIds: [],
        ...change,
      },
    });
    const read = (id: string) => server.must('proposals.get', { as: own.staff, params: { id } });

    it('or laid aside: it waits for nobody, is found by its state, and can be taken up again', async () => {
      const id = await returned();
      const act = (action: 'lay_aside' | 'take_up' | 'resubmit', as: Caller = own.staff) =>
        server.call('proposals.decide', { as, body: { action, ids: [id] } });
      const waiting = async () => (await server.must('village.summary', { as: own.staff })).returnedToMe;
      const before = await waiting();
      expect((await act('lay_aside', approver)).problem.code).toBe('auth.forbidden');
      expect((await act('lay_aside')).data.state).toBe('laid_aside');
      expect(await waiting()).toBe(before - 1);
      expect((await act('resubmit')).problem.code).toBe('proposal.state');
      const { items } = await server.must('proposals.batches', {
        as: own.staff,
        query: { state: 'laid_aside', mine: 'true' },
      });
      expect(items.flatMap(({ first }) => first.map((row) => row.id))).toEqual([id]);
      expect((await act('take_up')).data.state).toBe('returned');
      expect(await waiting()).toBe(before);
      expect((await act('resubmit')).data.state).toBe('proposed');
      expect((await read(id)).history.map(({ to }) => to)).toEqual([
        ...['proposed', 'returned', 'laid_aside', 'returned', 'proposed'],
      ]);
    });

    it('with the history keeping what was changed', async () => {
      const ids = [await returned(), await returned()];
      const { id: pictureId } = await server.must('pictures.add', {
        as: own.staff,
        params: { purpose: 'evidence' },
        body: jpeg(),
      });
      await server.must('proposals.correct', corrected(ids, { pictureIds: [pictureId] }));
      const seen = await read(ids[1] ?? '');
      expect(seen).toMatchObject({
        state: 'proposed',
        points: 500,
        note: '扫街两小时',
        reason: null,
        pictureIds: [pictureId],
      });
      expect(seen.history.map(({ from, to, reason }) => [from, to, reason])).toEqual([
        [null, 'proposed', ''],
        ['proposed', 'returned', '写清时间'],
        ['returned', 'proposed', '+3 → +5'],
      ]);
      const { journalNumbers } = await server.must('proposals.decide', {
        as: approver,
        body: { action: 'approve', ids },
      });
      expect(journalNumbers).toHaveLength(2);
    });

    it('by whoever proposed it, and only while it is back', async () => {
      const id = await returned();
      const other = await server.asStaff('committee');
      const sent = corrected([id]);
      expect(await server.refused('proposals.correct', { ...sent, as: other })).toBe('proposal.not_yours');
      expect(await server.refused('proposals.correct', { ...sent, as: approver })).toBe('auth.forbidden');
      const { ids } = await server.must('proposals.create', {
        as: own.staff,
        body: { ruleId: own.ruleId, householdIds: [own.household.id], points: 300, note: '' },
      });
      expect(await server.refused('proposals.correct', corrected([id, ...ids]))).toBe('proposal.state');
      expect((await read(id)).state).toBe('returned');
      const key = newKey();
      await server.must('proposals.correct', { ...sent, key });
      await server.must('proposals.correct', { ...sent, key });
      expect(await server.refused('proposals.correct', sent)).toBe('proposal.state');
      expect((await read(id)).history).toHaveLength(3);
    });

    it('under rules that hold as for anything new', async () => {
      const id = await returned();
      expect(await server.refused('proposals.correct', corrected([id], { points: 200_000 }))).toBe(
        'rule.points',
      );
      expect(await server.refused('proposals.correct', corrected([id], { effectiveOn: '2999-01-01' }))).toBe(
        'proposal.future_day',
      );
      expect(await server.refused('proposals.correct', corrected([id], { pictureIds: ['nothing'] }))).toBe(
        'picture.not_found',
      );
      expect((await read(id)).points).toBe(300);
    });

    it('but a reversal is sent again as it is', async () => {
      const body = { number: own.entryNumber, reason: '记错了' };
      const { id } = await server.must('proposals.createReversal', { as: own.staff, body });
      await server.must('proposals.decide', {
        as: approver,
        body: { action: 'return', ids: [id], reason: '为什么' },
      });
      expect(await server.refused('proposals.correct', corrected([id]))).toBe('proposal.not_a_deed');
      await server.must('proposals.decide', { as: own.staff, body: { action: 'resubmit', ids: [id] } });
    });
  });
});
