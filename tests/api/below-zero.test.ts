import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CappedVillage } from '../support/capped.ts';
import { counted, reminded } from '../support/deductions.ts';
import { withSecond } from '../support/second-person.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('how far deductions go, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('by the settings of the village', () => {
    let server: TestServer;
    let own: CappedVillage;
    let rule = '';
    let rich = '';
    let poor = '';

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      own = await CappedVillage.open(server);
      rule = await own.rule({ code: 'N1', title: '乱堆乱放', points: -200 });
      [rich, poor] = [await own.household(), await own.household()];
      await own.posted(await own.rule({}), rich);
    });
    afterAll(() => server.remove());

    const set = (settings: object) =>
      withSecond(server, 'village.update', {
        village: own.village,
        as: own.village.admin,
        body: { settings },
      });

    /** Proposes and approves a deduction from both, lets it count, and gives their balances. */
    async function deduct(beforeApproval: () => Promise<unknown> = () => Promise.resolve()) {
      const villageId = own.village.id;
      await reminded(server, { villageId, ruleId: rule, householdIds: [rich, poor] });
      const { data } = await own.propose(rule, [rich, poor]);
      await beforeApproval();
      expect((await own.decide('approve', ...data.ids)).data).toMatchObject({
        state: 'on_notice',
        onNotice: 2,
      });
      await counted(server, data.ids, villageId);
      const balanceOf = async (id: string) =>
        (await server.must('households.get', { as: own.committee, params: { id } })).balance;
      return [await balanceOf(rich), await balanceOf(poor)];
    }

    it('is down to zero, unless the village lets them go below before they are approved', async () => {
      expect(await deduct()).toEqual([300, 0]);
      expect(await deduct(() => set({ deductionsMayGoBelowZero: true }))).toEqual([100, -200]);
    });

    it('is to a limit that one person sets and two loosen, and no further', async () => {
      const limit = (belowZeroMostHundredths: number | null) => ({
        as: own.village.admin,
        body: { settings: { belowZeroMostHundredths } },
      });
      await server.must('village.update', limit(250));
      expect(await deduct()).toEqual([-100, -250]);
      expect(await deduct()).toEqual([-250, -250]);
      for (const looser of [null, 300])
        expect(await server.refused('village.update', limit(looser))).toBe('change.needs_second');
      await server.must('village.update', limit(100));
      // Below a stricter limit already, it takes nothing and gives nothing back.
      expect(await deduct()).toEqual([-250, -250]);
    });
  });
});
