import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnish, type Furnished } from '../support/samples.ts';
import { newKey, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('who approves, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('approves what was seen', () => {
    let server: TestServer;
    let own: Furnished;
    let approver: StaffCaller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '看');
      approver = await server.asStaff('approver');
    });
    afterAll(() => server.remove());

    async function household(head: string): Promise<string> {
      const { id } = await server.must('households.create', {
        as: server.admin,
        body: { head, group: '第一组' },
      });
      return id;
    }
    async function propose(householdId: string, points = 300, as = own.staff): Promise<string> {
      const body = { ruleId: own.ruleId, householdIds: [householdId], points, note: '扫街' };
      const { ids } = await server.must('proposals.create', { as, body });
      return ids[0] ?? '';
    }
    const read = (id: string) => server.must('proposals.get', { as: approver, params: { id } });
    const markOf = async (id: string) => (await read(id)).mark;
    const balanceOf = async (id: string) =>
      (await server.must('households.get', { as: approver, params: { id } })).balance;
    const approve = (ids: string[], marks?: string[], key = newKey()) =>
      server.call('proposals.decide', { as: approver, body: { action: 'approve', ids, marks }, key });
    const decide = (id: string, action: 'return' | 'resubmit') =>
      server.must('proposals.decide', {
        as: action === 'return' ? approver : own.staff,
        body: { action, ids: [id], reason: '写清' },
      });
    /** Another approver sends it back, and it comes again with another figure. */
    async function change(id: string, points: number): Promise<void> {
      await decide(id, 'return');
      const { note, effectiveOn, rule } = await read(id);
      await server.must('proposals.correct', {
        as: own.staff,
        body: { ids: [id], ruleId: rule?.id ?? '', points, note, effectiveOn, pictureIds: [] },
      });
    }

    it('and nothing without saying what was seen', async () => {
      const id = await propose(await household('郑二'));
      expect((await approve([id], [])).problem.code).toBe('request.invalid');
      expect((await read(id)).state).toBe('proposed');
    });

    it('and nothing that was edited and sent again meanwhile', async () => {
      const home = await household('周一');
      const id = await propose(home, 300);
      const seen = await markOf(id);
      const [listed] = (await server.must('proposals.list', { as: approver, query: { householdId: home } }))
        .items;
      expect(listed?.mark).toBe(seen);
      await change(id, 3000);
      const refused = await approve([id], [seen]);
      expect([refused.status, refused.problem.code, refused.problem.moved]).toEqual([
        409,
        'proposal.changed',
        'no',
      ]);
      expect([await balanceOf(home), (await read(id)).state]).toEqual([0, 'proposed']);
      expect((await approve([id], [await markOf(id)])).status).toBe(200);
      expect(await balanceOf(home)).toBe(3000);
    });

    it('nor what came back and was sent again as it was: there was a reason to be read', async () => {
      const id = await propose(await household('周二'));
      const seen = await markOf(id);
      await decide(id, 'return');
      await decide(id, 'resubmit');
      expect((await approve([id], [seen])).problem.code).toBe('proposal.changed');
    });

    it('all or none: one that has changed holds up the pile, and a mark is needed for each', async () => {
      const homes = [await household('周三'), await household('周四'), await household('周五')];
      const ids = await Promise.all(homes.map((home) => propose(home)));
      const seen = await Promise.all(ids.map(markOf));
      await change(ids[1] ?? '', 400);
      const refused = await approve(ids, seen);
      expect([refused.problem.code, refused.problem.params.count]).toEqual(['proposal.changed', 1]);
      expect(await Promise.all(homes.map(balanceOf))).toEqual([0, 0, 0]);
      const now = await Promise.all(ids.map(markOf));
      expect((await approve(ids, now.slice(0, 2))).problem.code).toBe('request.invalid');
      // The order does not matter, if each mark stands at its id's place.
      expect((await approve(ids.toReversed(), now.toReversed())).status).toBe(200);
      expect(await Promise.all(homes.map(balanceOf))).toEqual([300, 400, 300]);
    });

    it('nor a merge that would move other points than it showed', async () => {
      const [from, into] = [await household('周六'), await household('周七')];
      const { id } = await server.must('households.proposeChange', {
        as: own.staff,
        params: { id: from },
        body: { kind: 'merge', intoId: into, reason: '并户' },
      });
      const seen = await markOf(id);
      await approve([await propose(from, 700)]);
      expect((await approve([id], [seen])).problem.code).toBe('proposal.changed');
      expect(await balanceOf(into)).toBe(0);
      expect((await approve([id], [await markOf(id)])).status).toBe(200);
      expect(await balanceOf(into)).toBe(700);
    });

    it('once: the same asked again is answered the same, though it shows something else by then', async () => {
      const home = await household('周八');
      const id = await propose(home);
      const [seen, key] = [await markOf(id), newKey()];
      const first = await approve([id], [seen], key);
      expect(await markOf(id)).not.toBe(seen);
      expect((await approve([id], [seen], key)).data).toEqual(first.data);
      expect((await approve([id], ['another'], key)).problem.code).toBe('idempotency.conflict');
      expect(await balanceOf(home)).toBe(300);
    });

    it('in a race with an edit, either what was seen or nothing', async () => {
      const home = await household('周九');
      const id = await propose(home, 300);
      await decide(id, 'return');
      await decide(id, 'resubmit');
      const seen = await markOf(id);
      const [approved] = await Promise.all([approve([id], [seen]), change(id, 900).catch(() => null)]);
      expect(await balanceOf(home)).toBe(approved.status === 200 ? 300 : 0);
    });

    it('and is told when somebody proposed for the own family', async () => {
      const [home, other, elsewhere] = [
        await household('吴一'),
        await household('吴二'),
        await household('吴三'),
      ];
      const kin = await server.asStaff('committee', { householdIds: [home] });
      const isKin = async (id: string) => (await read(id)).proposerIsKin;
      expect(await isKin(await propose(home, 300, kin))).toBe(true);
      expect(await isKin(await propose(other, 300, kin))).toBe(false);
      expect(await isKin(await propose(home))).toBe(false);
      const { id } = await server.must('households.proposeChange', {
        as: kin,
        params: { id: elsewhere },
        body: { kind: 'merge', intoId: home, reason: '并户' },
      });
      expect(await isKin(id)).toBe(true);
    });
  });
});
