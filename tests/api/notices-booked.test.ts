/** A notice cannot be avoided by the day that a deed is given: it tells what was booked, on both engines. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLAIN_RULE } from '../support/capped.ts';
import { type AnswerOf, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const RULE = { ...PLAIN_RULE, code: 'A1' };
const at = (day: string) => Date.parse(`${day}T10:00:00+08:00`);

describe.each(ENGINES)('the notice of what was booked, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let ruleId = '';
    let household: { readonly id: string };

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = at('2026-11-02');
      ruleId = (await server.must('rules.create', { as: server.admin, body: RULE })).id;
      household = await addHousehold(server, 0, '王小明');
      await addHousehold(server, 4200, '赵四');
      await goOn('2026-11-02');
    });
    afterAll(() => server.remove());

    /** Log-ins end before the next month. */
    async function goOn(day: string): Promise<void> {
      server.clock.nowMs = at(day);
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
    }

    const view = (from: string, to: string) =>
      server.must('notices.view', { as: committee, query: { from, to } });
    const told = ({ heads }: AnswerOf<'notices.view'>) =>
      heads.flatMap(({ deeds }) => deeds.map(({ day, title }) => `${day} ${title}`));

    async function approve(ids: string[]): Promise<number> {
      const decided = await server.must('proposals.decide', {
        as: approver,
        body: { action: 'approve', ids },
      });
      return decided.journalNumbers[0] ?? 0;
    }

    async function award(effectiveOn: string): Promise<number> {
      const body = { ruleId, householdIds: [household.id], effectiveOn };
      return approve((await server.must('proposals.create', { as: committee, body })).ids);
    }

    async function takeBack(number: number): Promise<number> {
      const body = { number, reason: '记错了' };
      const { id } = await server.must('proposals.createReversal', { as: committee, body });
      return approve([id]);
    }

    it('tells an award of July that is booked in November in November, and not in July', async () => {
      await award('2026-07-05');
      expect(told(await view('2026-11-01', '2026-11-30'))).toEqual(['2026-07-05 庭院美']);
      expect(told(await view('2026-07-01', '2026-07-31'))).toEqual([]);
    });

    it('tells what was taken back in its days, whenever it had been booked, and never by the whole name', async () => {
      const number = await award('2026-11-02');
      await goOn('2026-12-03');
      const by = await takeBack(number);
      const december = await view('2026-12-01', '2026-12-31');
      expect(december.takenBack).toEqual([
        { day: '2026-11-02', title: '庭院美', points: 500, name: '王*明', group: '第一组', number, by },
      ]);
      expect(told(december)).toEqual([]);
      expect(told(await view('2026-11-01', '2026-11-30'))).toEqual(['2026-07-05 庭院美']);
      expect((await view('2026-11-01', '2026-11-30')).takenBack).toEqual([]);
    });

    it('sums up what else moved points of households', async () => {
      const november = await view('2026-11-01', '2026-11-30');
      expect(november.movedOtherwise).toEqual([{ kind: 'opening', entries: 1, points: 4200 }]);
      await goOn('2027-01-05');
      const { items } = await server.must('ledger.entries', { as: committee, query: { kind: 'opening' } });
      await takeBack(items[0]?.number ?? 0);
      const january = await view('2027-01-01', '2027-01-31');
      expect(january.movedOtherwise).toEqual([{ kind: 'correction', entries: 1, points: 4200 }]);
      expect(january.takenBack).toEqual([]);
    });

    it('shows on the board what was booked last, whatever day it is of', async () => {
      await award('2026-08-01');
      const { deeds } = await server.must('board.view', { params: { villageId: server.id } });
      expect(deeds[0]).toMatchObject({ day: '2026-08-01', title: '庭院美' });
    });
  });
});
