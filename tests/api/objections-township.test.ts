/** An answer that a supervisor let stand goes up to the township: a sheet is printed, and what comes back is keyed in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLAIN_RULE } from '../support/capped.ts';
import { type Caller, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('the township, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let second: StaffCaller;
    let supervisor: StaffCaller;
    let phone: Caller;
    let wang: { readonly id: string };
    let entry = 0;

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      const as = server.admin;
      const { id: ruleId } = await server.must('rules.create', { as, body: { ...PLAIN_RULE, code: 'A1' } });
      wang = await addHousehold(server, 0, '王小明');
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      second = await server.asStaff('approver');
      supervisor = await server.asStaff('supervisor');
      await server.must('staff.confirm', { as: approver, params: { id: supervisor.id }, body: {} });
      phone = await server.asHousehold(wang.id);
      const body = { ruleId, householdIds: [wang.id] };
      const { ids } = await server.must('proposals.create', { as: committee, body });
      const decided = await server.must('proposals.decide', {
        as: approver,
        body: { action: 'approve', ids },
      });
      [entry = 0] = decided.journalNumbers;
    });
    afterAll(() => server.remove());

    const view = (id: string, as: Caller = supervisor) =>
      server.must('objections.get', { as, params: { id } });
    const refer = (id: string, as: Caller, namesObjector = false) =>
      server.call('objections.refer', { as, params: { id }, body: { namesObjector } });
    const township = (id: string, answer: 'confirm' | 'overrule', as: Caller, reason = '镇里看过材料') =>
      server.call('objections.township', { as, params: { id }, body: { answer, reason } });

    /** It came by the phone, or on paper without a name; it was answered, appealed and let stand. */
    async function settled(by: 'phone' | 'paper', words: string): Promise<string> {
      const about = { kind: 'objection', entry, words } as const;
      const { id } =
        by === 'phone'
          ? await server.must('objections.make', { as: phone, body: about })
          : await server.must('objections.receive', { as: committee, body: about });
      const params = { id };
      const answered = { outcome: 'rejected', reason: '核对过签到表' } as const;
      await server.must('objections.answer', { as: second, params, body: answered });
      if (by === 'phone')
        await server.must('objections.appealOwn', { as: phone, params, body: { reason: '不服' } });
      else await server.must('objections.appeal', { as: committee, params, body: { reason: '不服' } });
      expect((await refer(id, supervisor)).problem.code).toBe('objection.state');
      expect((await township(id, 'confirm', supervisor)).problem.code).toBe('objection.state');
      const judged = { verdict: 'stand', reason: '看过签到表' } as const;
      await server.must('objections.judge', { as: supervisor, params, body: judged });
      return id;
    }

    it('gets a sheet that somebody who is told who objected prints, and printing is an act', async () => {
      const id = await settled('phone', '应该记两次');
      expect((await view(id)).mayRefer).toBe(true);
      expect((await view(id, approver)).mayRefer).toBe(false);
      expect((await refer(id, approver)).problem.code).toBe('objection.had_part');
      expect((await refer(id, committee)).problem.code).toBe('auth.forbidden');
      expect((await refer(id, server.admin)).problem.code).toBe('auth.forbidden');
      expect((await refer(id, second)).status).toBe(200);
      expect((await refer(id, supervisor, true)).status).toBe(200);
      expect((await view(id)).referrals).toMatchObject([{ namesObjector: false }, { namesObjector: true }]);
      const { items } = await server.must('acts.list', {
        as: server.admin,
        query: { act: 'objections.referred' },
      });
      expect(items).toHaveLength(2);
      expect(JSON.stringify(items)).not.toContain(wang.id);
      expect((await server.http.verifier.verify(server.id)).bad).toBeNull();
    });

    it('may find otherwise: no points move, and the household reads it', async () => {
      const { items } = await server.must('objections.list', {
        as: supervisor,
        query: { filter: 'answered' },
      });
      const id = items[0]?.id ?? '';
      const before = (await server.must('households.get', { as: committee, params: { id: wang.id } }))
        .balance;
      expect((await township(id, 'overrule', approver)).problem.code).toBe('objection.had_part');
      expect((await township(id, 'overrule', second, '王小明家应当记两次')).problem.code).toBe('text.unfit');
      expect((await township(id, 'overrule', second)).status).toBe(200);
      expect(await view(id)).toMatchObject({ state: 'overruled', outcome: 'rejected', mayRefer: false });
      const after = (await server.must('households.get', { as: committee, params: { id: wang.id } })).balance;
      expect(after).toBe(before);
      expect((await server.must('objections.own', { as: phone })).items[0]).toMatchObject({
        ...{ state: 'overruled', township: '镇里看过材料', judgement: '看过签到表' },
      });
      expect((await township(id, 'confirm', supervisor)).problem.code).toBe('objection.state');
      expect((await server.http.verifier.verify(server.id)).bad).toBeNull();
    });

    it('may let it stand; whoever left no name cannot be named', async () => {
      const id = await settled('paper', '那天他没来');
      expect((await refer(id, supervisor, true)).problem.code).toBe('objection.unnamed');
      expect((await refer(id, supervisor)).status).toBe(200);
      expect((await township(id, 'confirm', supervisor)).status).toBe(200);
      expect((await view(id)).history.at(-1)).toMatchObject({ to: 'confirmed', reason: '镇里看过材料' });
      const list = await server.must('objections.list', { as: supervisor, query: { filter: 'answered' } });
      expect(list.items.map(({ state }) => state)).toEqual(['confirmed', 'overruled']);
      expect((await server.http.verifier.verify(server.id)).bad).toBeNull();
    });
  });
});
