import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csv, Office, starter } from '../support/office.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('opening balances that come late, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('are nobody’s alone', () => {
    let server: TestServer;
    let office: Office;
    beforeAll(async () => {
      server = await startTestServer(engine);
      office = await Office.open(server);
    });
    afterAll(() => server.remove());

    test('once points are awarded, an opening balance needs a second person', async () => {
      await office.bring('roster', csv('户号,户主', '001,王明', '002,李强', '003,赵六'));
      await office.bring('balances', csv('户号,户主,余额', '001,王明,5'));
      await office.bring('rules', starter('rules.csv'));
      const [one, two] = (await office.households()).items;
      const rule = (await server.must('rules.list', { as: office.admin })).items.find(
        ({ pointsMode }) => pointsMode === 'fixed',
      );
      const approver = await server.asStaff('approver', { village: office.village });
      const approve = (ids: string[]) =>
        server.call('proposals.decide', { as: approver, body: { action: 'approve', ids } });
      const { ids } = await server.must('proposals.create', {
        as: office.admin,
        body: { ruleId: rule?.id ?? '', householdIds: [one?.id ?? ''] },
      });
      expect((await approve(ids)).status).toBe(200);

      const late = csv('户号,户主,余额', '002,李强,300', '003,赵六,40');
      const entries = await office.entries();
      expect((await office.read('balances', late)).effect.needsApproval).toBe(true);
      const brought = await office.bring('balances', late);
      expect(brought).toMatchObject({
        effect: { needsApproval: true },
        result: { created: 2, journalNumbers: [] },
      });
      expect(await office.entries()).toBe(entries);
      const again = await office.read('balances', late);
      expect([again.effect.create, again.effect.problems.map(({ code }) => code)]).toEqual([
        0,
        ['village_balance_waiting', 'village_balance_waiting'],
      ]);

      const { items } = await server.must('proposals.list', {
        as: approver,
        query: { state: 'proposed' },
      });
      const waiting = items.filter(({ kind }) => kind === 'opening');
      expect(waiting.map(({ points, mayDecide }) => [points, mayDecide]).sort()).toEqual([
        [30000, true],
        [4000, true],
      ]);
      const [first, second] = waiting.map(({ id }) => id);
      const alone = { action: 'approve' as const, ids: [first ?? ''] };
      expect(await server.refused('proposals.decide', { as: office.admin, body: alone })).toBe(
        'auth.forbidden',
      );

      // Sent back, and brought in again: only one of the two may ever be posted.
      await server.must('proposals.decide', {
        as: approver,
        body: { action: 'return', ids: [second ?? ''], reason: '凭据呢' },
      });
      await office.bring('balances', late);
      const resubmit = { action: 'resubmit' as const, ids: [second ?? ''] };
      await server.must('proposals.decide', { as: office.admin, body: resubmit });
      const all = (await server.must('proposals.list', { as: approver, query: { state: 'proposed' } })).items;
      const openings = all.filter(({ kind }) => kind === 'opening').map(({ id }) => id);
      expect(openings).toHaveLength(3);
      expect((await approve(openings)).problem.code).toBe('proposal.opening_stands');
      expect(await office.entries()).toBe(entries);
      const [another] = openings.filter((id) => id !== first && id !== second);
      expect((await approve([first ?? '', another ?? ''])).status).toBe(200);
      expect((await approve([second ?? ''])).problem.code).toBe('proposal.opening_stands');
      const after = (await office.households()).items.map(({ number, balance }) => [number, balance]);
      expect(after.slice(1)).toEqual([
        [two?.number, 30000],
        ['003', 4000],
      ]);
      expect((await office.read('balances', late)).effect).toMatchObject({ create: 0, unchanged: 2 });
    });
  });
});
