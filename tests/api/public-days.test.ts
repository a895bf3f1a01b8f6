/** Everything that names a household or a donor in public has its day, after which the server gives it out no more. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PUBLIC_DAYS } from '../../shared/board/public-days.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { PLAIN_RULE } from '../support/capped.ts';
import { goodsSample } from '../support/samples.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const DONOR = '县农机站';

it('the page about personal data has a row for each, with its days', () => {
  const page = readFileSync(new URL('../../docs/privacy.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `public (\w+)` \|[^|]+\| (\d+) \|/gmu)];
  expect(Object.fromEntries(rows.map(([, name = '', days]) => [name, Number(days)]))).toEqual(PUBLIC_DAYS);
});

describe.each(ENGINES)('in public on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('the board', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let household: { readonly id: string };
    let ruleId = '';
    let postsOn = '';
    let beganMs = 0;

    beforeAll(async () => {
      server = await startTestServer(engine);
      beganMs = server.clock.nowMs;
      const as = server.admin;
      household = await addHousehold(server, 0, '赵四海');
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      ruleId = (await server.must('rules.create', { as, body: { ...PLAIN_RULE, code: 'A1' } })).id;
      const goods = await server.must('goods.create', { as, body: goodsSample('毛巾') });
      await server.must('goods.stockIn', {
        as,
        params: { id: goods.id },
        body: { quantity: 5, totalCostFen: 500, source: 'donated', donor: DONOR, thanksDonor: true },
      });
      await award();
      await server.must('village.update', { as, body: { settings: { noticeDays: 3 } } });
      const deed = await award();
      const { id } = await server.must('notices.make', { as: committee, body: {} });
      const { hash } = await server.must('notices.get', { as: committee, params: { id } });
      await server.must('notices.putUp', { as: committee, params: { id }, body: {} });
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      const objection = { kind: 'objection', proposalId: deed, words: '没看见' } as const;
      await server.must('objections.receive', { as: committee, body: objection });
      const { items } = await server.must('notices.list', { as: committee });
      postsOn = items[0]?.up?.postsOn ?? '';
    });
    afterAll(() => server.remove());

    async function award(): Promise<string> {
      const body = { ruleId, householdIds: [household.id] };
      const [id = ''] = (await server.must('proposals.create', { as: committee, body })).ids;
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [id] } });
      return id;
    }
    async function on(nowMs: number) {
      server.clock.nowMs = nowMs;
      return server.must('board.view', { params: { villageId: server.id } });
    }

    it('tells of a deed for its days, and not on the day after', async () => {
      const last = await on(beganMs + PUBLIC_DAYS.deeds * DAY_MS);
      expect(last.deeds).toMatchObject([{ names: ['赵*海'] }]);
      expect((await on(beganMs + (PUBLIC_DAYS.deeds + 1) * DAY_MS)).deeds).toEqual([]);
    });

    it('thanks a donor for as long', async () => {
      expect((await on(beganMs + PUBLIC_DAYS.thanks * DAY_MS)).thanks).toMatchObject([{ donor: DONOR }]);
      expect((await on(beganMs + (PUBLIC_DAYS.thanks + 1) * DAY_MS)).thanks).toEqual([]);
    });

    it('takes down a notice that an open objection keeps from ending', async () => {
      const ends = Date.parse(`${postsOn}T10:00:00+08:00`);
      expect((await on(beganMs)).notices).toMatchObject([
        { deeds: [{ isContested: true, names: ['赵*海'] }] },
      ]);
      expect((await on(ends + PUBLIC_DAYS.notices * DAY_MS)).notices).toHaveLength(1);
      expect((await on(ends + (PUBLIC_DAYS.notices + 1) * DAY_MS)).notices).toEqual([]);
    });

    it('names nobody any more after the last of these days', async () => {
      const longest = Math.max(...Object.values(PUBLIC_DAYS)) + 10;
      const text = JSON.stringify(await on(beganMs + longest * DAY_MS));
      expect([text.includes('赵'), text.includes(DONOR)]).toEqual([false, false]);
    });
  });
});
