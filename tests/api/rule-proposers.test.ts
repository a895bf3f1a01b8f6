/** A rule says who reports a deed. Nobody reports it for their own household where the rule leaves that to others. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLAIN_RULE } from '../support/capped.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('who may propose on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('by what the rule says', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let own: { readonly id: string };
    let other: { readonly id: string };
    let codes = 0;

    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await addHousehold(server, 0, '王小明');
      other = await addHousehold(server, 0, '赵四');
      approver = await server.asStaff('approver');
      committee = await server.asStaff('committee', { householdIds: [own.id] });
    });
    afterAll(() => server.remove());

    async function rule(proposer: string): Promise<string> {
      codes += 1;
      const body = { ...PLAIN_RULE, code: `P${String(codes)}`, proposer };
      return (await server.must('rules.create', { as: server.admin, body })).id;
    }
    const propose = (ruleId: string, ...households: readonly { readonly id: string }[]) => ({
      as: committee,
      body: { ruleId, householdIds: households.map(({ id }) => id) },
    });

    it.each(['评', '组', '委', '邻', '评/组', '村委', '评议员、小组长'])(
      'whoever writes down what %s report does not do it for the own household',
      async (proposer) => {
        const id = await rule(proposer);
        expect((await server.must('proposals.create', propose(id, other))).ids).toHaveLength(1);
        const { status, problem } = await server.call('proposals.create', propose(id, own));
        expect([status, problem.code, problem.moved]).toEqual([403, 'rule.wrong_proposer', 'no']);
        expect(problem.detail).toContain('王小明');
      },
    );

    it.each(['户', '户/组', '本人', '', '—', '红白理事会', '户/红白理事会'])(
      'a rule that says “%s” leaves the own household free, or to people',
      async (proposer) => {
        const id = await rule(proposer);
        expect((await server.must('proposals.create', propose(id, own, other))).ids).toHaveLength(2);
      },
    );

    it('a batch with the own household is refused whole', async () => {
      const id = await rule('评');
      const waiting = () => server.must('proposals.list', { as: committee });
      expect(await server.refused('proposals.create', propose(id, other, own))).toBe('rule.wrong_proposer');
      expect(
        (await server.must('rules.list', { as: committee })).items.find((one) => one.id === id)?.uses,
      ).toBe(0);
      expect((await waiting()).items.filter(({ rule: of }) => of?.id === id)).toEqual([]);
    });

    it('holds too where a deed that came back is corrected to another rule', async () => {
      const [free, bound] = [await rule('户'), await rule('评')];
      const { ids } = await server.must('proposals.create', propose(free, own));
      const back = { action: 'return' as const, ids, reason: '换一条' };
      await server.must('proposals.decide', { as: approver, body: back });
      const correction = { ids, note: '', effectiveOn: today(), pictureIds: [] };
      const to = (ruleId: string) => ({ as: committee, body: { ...correction, ruleId } });
      expect(await server.refused('proposals.correct', to(bound))).toBe('rule.wrong_proposer');
      expect((await server.must('proposals.correct', to(free))).ids).toEqual(ids);
    });

    const today = () =>
      new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(server.clock.nowMs);
  });
});
